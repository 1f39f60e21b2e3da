import type { ApartReason } from '../../documents/statement/content.ts'
import { addBusinessDays } from '../../kernel/business-days.ts'
import { addDays, type Day, daysBetween, maxDay, minDay } from '../../kernel/day.ts'
import type { LineId, PatientId, VisitId } from '../../kernel/ids.ts'
import type { PracticePolicy } from '../../policy/policy.ts'
import { waitingDays } from '../claims/corrections-state.ts'
import { adjudicationsOf } from '../claims/state.ts'
import { heldBy } from '../disputes/state.ts'
import type { PaymentPromise } from '../promises/state.ts'
import { firstUnmet, lastDayOf } from '../promises/state.ts'
import type { AccountState } from '../rooms.ts'

// What pauses the ladder of statements and letters, reference §3.1, read from the facets that know of it. A pause is days
// from one on, up to another that is none of them; without an end as long as nobody says.

export interface Pause {
  readonly from: Day
  readonly to?: Day
  readonly why: ApartReason
  /** In words, for whoever asks why nothing was sent. */
  readonly says: string
  /** Days of notice pass after it; a broken promise resumes at once (reference §3.1). */
  readonly notice: boolean
}

const FOR_EVER = '9999-12-31' as Day

/** The day after which the work on a broken promise begins: the next business day (reference §5.5). */
const afterBroken = (brokenOn: Day): Day => addBusinessDays('FED_OBSERVED', brokenOn, 1)

const promisePauses = (
  promise: PaymentPromise,
  { paymentPauseDays }: PracticePolicy['statements'],
  on: Day,
): readonly Pause[] =>
  promise.standings.flatMap(({ from, status }, at): readonly Pause[] => {
    const next = promise.standings[at + 1]
    if (status === 'kept' && !next) {
      const to = addDays(from, paymentPauseDays)
      return [{ from, to, why: 'paused', says: 'a promise was kept', notice: true }]
    }
    if (status !== 'open') return []
    const pause = { from, why: 'promised' as const, says: 'a promise to pay is open', notice: false }
    if (next) {
      const broken = next.status === 'broken' || next.status === 'partlyKept'
      return [{ ...pause, to: broken ? afterBroken(next.from) : next.from }]
    }
    // Its time may have passed where nobody has recorded that yet.
    const unmet = firstUnmet(promise)
    const last = unmet && lastDayOf(promise, unmet.part)
    return last !== undefined && last < on ? [{ ...pause, to: afterBroken(addDays(last, 1)) }] : [pause]
  })

/** What pauses all of the account: a payment only what was the guarantor's when it came. */
const accountPauses = (state: AccountState, since: Day, policy: PracticePolicy): readonly Pause[] => {
  const { pausingShare, paymentPauseDays } = policy.statements
  const instalments = state.plans.plans.where('running').flatMap(({ schedule }) => schedule.map(({ amount }) => amount))
  const least = instalments.length === 0 ? undefined : Math.min(...instalments)
  const payments = [...state.statements.payments.values()].flatMap(({ on: from, amount, before }): readonly Pause[] => {
    const isShare = before > 0 && amount * 10_000 >= before * pausingShare
    const pauses = from >= since && (isShare || (least !== undefined && amount >= least))
    const to = addDays(from, paymentPauseDays)
    return pauses && to > from ? [{ from, to, why: 'paused', says: `paid on ${from}`, notice: true }] : []
  })
  const byHand = [...state.statements.pauses.values()].flatMap(({ from, to, because }): readonly Pause[] =>
    to !== undefined && to <= from
      ? []
      : [
          {
            from,
            ...(to === undefined ? {} : { to }),
            why: because === 'newInsurance' ? 'insurance' : 'paused',
            says: `paused by hand: ${because}`,
            notice: true,
          },
        ],
  )
  return [...payments, ...byHand]
}

/** Insurance that was found for a patient after something had become theirs to pay. */
const insurancePauses = (
  state: AccountState,
  patient: PatientId | undefined,
  since: Day,
  { insurancePauseDays }: PracticePolicy['statements'],
): readonly Pause[] =>
  state.statements.insurance
    .filter(({ patientId, on }) => patientId === patient && on > since)
    .map(({ on: from }) => ({
      from,
      to: addDays(from, insurancePauseDays),
      why: 'insurance',
      says: `insurance was found on ${from}`,
      notice: true,
    }))

const planPauses = (state: AccountState, line: LineId): readonly Pause[] =>
  state.plans.plans.by('line', line).flatMap(({ standings }) =>
    standings.flatMap(({ from, status }, at): readonly Pause[] => {
      const to = standings[at + 1]?.from
      if (status !== 'active' || (to !== undefined && to <= from)) return []
      return [{ from, ...(to === undefined ? {} : { to }), why: 'onPlan', says: 'on a payment plan', notice: true }]
    }),
  )

/** A payer has taken something of the visit back, and is to say what is right (clarification 4). */
const correctionPauses = (state: AccountState, visit: VisitId): readonly Pause[] =>
  adjudicationsOf(state.claims, visit).flatMap((adjudication): readonly Pause[] => {
    const days = waitingDays(state, adjudication)
    const says = 'a payer has taken its decision back, and a correction is awaited'
    return days === undefined ? [] : [{ ...days, why: 'insurance', says, notice: true }]
  })

/** Everything that pauses the ladder for a line which is the patient's since a day, looked at on another. */
export const pausesOf = (
  state: AccountState,
  line: LineId,
  since: Day,
  policy: PracticePolicy,
  on: Day,
): readonly Pause[] => {
  const visit = state.ledger.lines.get(line)?.visitId
  const patient = visit === undefined ? undefined : state.registration.visits.get(visit)?.patientId
  const promises = [...state.promises.promises.values()].filter(({ made }) =>
    made.lines.some(({ lineId }) => lineId === line),
  )
  return [
    ...heldBy(state.disputes, line).map(
      (held): Pause => ({ ...held, why: 'disputed', says: 'in dispute', notice: true }),
    ),
    ...planPauses(state, line),
    ...promises.flatMap((promise) => promisePauses(promise, policy.statements, on)),
    ...insurancePauses(state, patient, since, policy.statements),
    ...(visit === undefined ? [] : correctionPauses(state, visit)),
    ...accountPauses(state, since, policy),
  ].filter(({ from, to }) => to === undefined || from < to)
}

/** Whether a pause lies over a day. */
export const isPausedOn = ({ from, to }: Pick<Pause, 'from' | 'to'>, on: Day): boolean =>
  from <= on && (to === undefined || on < to)

/** Days that something holds, none of them twice, in order. */
export interface HeldDays {
  readonly from: Day
  readonly to: Day
  readonly notice: boolean
}

/** All days over which one of these lies. */
export const unionOf = (pauses: readonly Pick<Pause, 'from' | 'to' | 'notice'>[]): readonly HeldDays[] => {
  const days: { from: Day; to: Day; notice: boolean }[] = []
  for (const { from, to = FOR_EVER, notice } of [...pauses].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = days.at(-1)
    if (last === undefined || from > last.to) days.push({ from, to, notice })
    else {
      // Notice is asked for where what ends last asks for it.
      if (to > last.to) last.notice = notice
      else if (to === last.to) last.notice ||= notice
      last.to = maxDay(last.to, to)
    }
  }
  return days
}

/** The days that all of these hold. */
export const commonOf = (each: readonly (readonly HeldDays[])[]): readonly HeldDays[] => {
  const [first = [], ...others] = each
  return others.reduce<readonly HeldDays[]>(
    (common, days) =>
      common.flatMap((a) =>
        days.flatMap((b) => {
          const from = maxDay(a.from, b.from)
          const to = minDay(a.to, b.to)
          return from < to ? [{ from, to, notice: a.to < b.to ? a.notice : b.notice }] : []
        }),
      ),
    first,
  )
}

/**
 * The day on which so many days have gone that nothing held (law I5), at least the days of notice after the last pause
 * before it; undefined where nobody can tell, because a pause has no end.
 */
export const stepDay = (start: Day, days: number, held: readonly HeldDays[], noticeDays: number): Day | undefined => {
  let day = addDays(start, days)
  for (const { from, to, notice } of held) {
    if (to <= start) continue
    if (from > day) break
    if (to === FOR_EVER) return undefined
    day = addDays(day, daysBetween(maxDay(from, start), to))
    if (notice) day = maxDay(day, addDays(to, noticeDays))
  }
  return day
}

/** The end of the last pause that asks for notice, where the days of notice are not over on a day. */
export const resumedOn = (held: readonly HeldDays[], noticeDays: number, on: Day): Day | undefined =>
  held.findLast(({ to, notice }) => notice && to <= on && addDays(to, noticeDays) > on)?.to
