import { addBusinessDays } from '../kernel/business-days.ts'
import { formatCents, sumOf } from '../kernel/cents.ts'
import type { Medium } from '../kernel/contact.ts'
import { addDays, type Day, isInstant, minDay } from '../kernel/day.ts'
import { type Earliest, precondition, type RuleHit } from '../kernel/decision.ts'
import { review } from './account.ts'
import { correctionPending } from './claims/corrections-state.ts'
import { earliestDay, type Given, latestAt } from './context.ts'
import { besides, netOf } from './payments/on-account.ts'
import type { Plan } from './plans/state.ts'
import { firstUnmet, lastDayOf } from './promises/state.ts'
import type { AccountState } from './rooms.ts'
import { laddersOf, type VisitLadder } from './statements/ladder.ts'
import { FINAL_NOTICE } from './statements/state.ts'

// The next best action of an account, reference §11.3: the first row of the table that is true, and either it has passed
// the gates or it says what it waits for. Rows of facets that are not there yet (bankruptcy, estates, income, appointments) wait for them.

/** What the table says is to be done, by the row that was true. `none`: nothing is asked of the patient, or owed. */
export type NextStep =
  | 'special'
  | 'billInsurance'
  | 'awaitCorrection'
  | 'workDispute'
  | 'workAssistance'
  | 'offerAssistance'
  | 'remindOfPromise'
  | 'followUpPromise'
  | 'cureNotice'
  | 'awaitInstalment'
  | 'awaitPayment'
  | 'confirmGuarantor'
  | 'namePerson'
  | 'skipTrace'
  | 'send'
  | 'call'
  | 'remind'
  | 'place'
  | 'none'

export interface NextAction {
  readonly step: NextStep
  /** What to do, in words. */
  readonly nextAction: string
  /** Why this row: what is true of the account. */
  readonly because: string
  /** Whether it may be done now. */
  readonly allowed: boolean
  /** What it waits for: each rule with its words, its citation and the first day or instant. Empty where it is allowed. */
  readonly blockedBy: readonly RuleHit[]
  /** From when on all of them would let it pass. */
  readonly earliest?: Earliest
  /** The day by which, or on which, it is to be done. */
  readonly due?: Day
  /** The first day on which somebody looks again, whatever happens: no later than work may be put off. */
  readonly reviewOn: Day
}

/** What the rules of contact say of one medium, now. */
export interface Reach {
  readonly allowed: boolean
  readonly hits: readonly RuleHit[]
  readonly earliest?: Earliest | undefined
}

/** Who stands behind the account, as their own stream says (decision 0015). */
export interface Behind {
  /** In words, why nobody asks them for anything: they have ceased it, or an attorney speaks for them. */
  readonly special: readonly string[]
  readonly vulnerable: boolean
  /** A phone or an address by which they may be found. */
  readonly reachable: boolean
  readonly may: (medium: Medium) => Reach
}

/** A row before it has its day of review. */
type Row = Omit<NextAction, 'reviewOn'>

interface At {
  readonly state: AccountState
  readonly given: Given
  readonly behind: Behind | undefined
}

const free = (step: NextStep, nextAction: string, because: string, due?: Day): Row => ({
  step,
  nextAction,
  because,
  allowed: true,
  blockedBy: [],
  ...(due === undefined ? {} : { due }),
})

const waiting = (row: Row, hits: readonly RuleHit[], { given }: At, earliest = latestAt(hits, given)): Row => ({
  ...row,
  allowed: hits.length === 0,
  blockedBy: hits,
  ...(hits.length === 0 || earliest === undefined ? {} : { earliest }),
})

/** A reason to wait with the words and the source of a rule of the catalogue. */
const waitFor = ({ given }: At, id: string, reason: string, earliest?: Day): RuleHit => {
  const rule = given.catalogue.rules.find((each) => each.id === id)
  return {
    rule: id,
    reason,
    citation: rule?.citation ?? 'practice policy',
    jurisdiction: rule?.jurisdiction ?? 'policy',
    ...(earliest === undefined ? {} : { earliest }),
  }
}

const nobodyNamed = precondition('contact.nobody', 'no person is named as guarantor of this account', 'OpenPerson')

/** By the first medium that is free now; else it waits for the one that is free soonest. */
const reaching = (at: At, media: readonly Medium[], row: Row): Row => {
  const { behind } = at
  if (!behind) return waiting(row, [nobodyNamed], at)
  const asked = media.map((medium) => ({ medium, ...behind.may(medium) }))
  const now = asked.find(({ allowed }) => allowed)
  if (now) return { ...row, nextAction: `${row.nextAction} (${now.medium})` }
  const dated = asked.filter(({ earliest }) => earliest !== undefined)
  const best = dated.toSorted((a, b) => (String(a.earliest) < String(b.earliest) ? -1 : 1))[0] ?? asked[0]
  return waiting(row, best?.hits ?? [], at, best?.earliest)
}

const specialRow = ({ behind }: At): Row | undefined =>
  behind && behind.special.length > 0
    ? free('special', 'hand it to whoever works such accounts: nobody asks here', behind.special.join('; '))
    : undefined

const insuranceRow = (at: At, ladders: readonly VisitLadder[]): Row | undefined => {
  const found = ladders.filter(({ lines }) => lines.some(({ apart }) => apart === 'insurance'))
  const [visit] = found
  if (!visit) return undefined
  if (found.some(({ visitId }) => correctionPending(at.state, visitId))) {
    const row = free('awaitCorrection', 'wait for the correction', 'a payer has taken its decision back')
    return waiting(row, [waitFor(at, 'ST-01.paused', 'a correction of the payer is awaited')], at)
  }
  return free(
    'billInsurance',
    'bill the insurance that was found; the patient is asked for nothing meanwhile',
    'insurance was found',
    visit.due,
  )
}

const caseRow = ({ state, given, behind }: At): Row | undefined => {
  const [dispute] = state.disputes.disputes.where('open')
  if (dispute) {
    const { kind, effectiveDate } = dispute.opened
    const says = `in dispute since ${effectiveDate} (${kind}): undisputed lines go on`
    return free('workDispute', 'work the dispute', says)
  }
  const paused = [...state.statements.pauses.values()].some(
    ({ because, from, to }) =>
      because === 'assistance' && from <= given.today && (to === undefined || given.today < to),
  )
  if (paused) return free('workAssistance', 'work the application for assistance', 'an application is open')
  return behind?.vulnerable && netOf(state, given.today).owed > 0
    ? free(
        'offerAssistance',
        'offer assistance first; letters that demand nothing alone',
        'somebody vulnerable answers',
      )
    : undefined
}

const promiseRow = (at: At): Row | undefined => {
  const { state, given } = at
  const { today } = given
  for (const promise of state.promises.promises.where('watched')) {
    const unmet = firstUnmet(promise)
    if (!unmet) continue
    const { due } = unmet.part
    const missing = formatCents(unmet.asked - unmet.paid)
    const last = lastDayOf(promise, unmet.part)
    const broken = last < today
    if (broken) {
      const from = addBusinessDays('FED_OBSERVED', addDays(last, 1), 1)
      const row = free('followUpPromise', 'call and offer a plan', `${missing} promised by ${due} did not come`, from)
      return from > today
        ? waiting(row, [waitFor(at, 'PL-06', `broken on ${addDays(last, 1)}: worked the next business day`, from)], at)
        : reaching(at, ['call'], row)
    }
    const reminder = addDays(due, -1)
    const row = free('remindOfPromise', 'remind of the promise', `${missing} is promised by ${due}`, reminder)
    if (today === reminder) return reaching(at, ['text', 'email', 'call'], row)
    const from = today < reminder ? reminder : addDays(last, 1)
    const until = today < reminder ? `until the day before it is due` : `until its grace ends on ${last}`
    const wait = { ...row, step: 'awaitPayment' as const, nextAction: 'wait for the payment' }
    return waiting(wait, [waitFor(at, 'PL-06', `a promise is open: nobody asks ${until}`, from)], at)
  }
  return undefined
}

/** Reference §5.3: a reminder after a miss; the notice when a cure is offered, which no default comes without; then the call. */
const afterMiss = (
  { status, cureBy, offers, notices }: Plan,
  { policy }: Given,
): readonly [says: string, media: readonly Medium[]] => {
  if (status === 'defaulted') return ['call and offer a new plan', ['call']]
  if (cureBy === undefined) return ['remind of what was missed', ['text', 'email', 'call', 'mail']]
  const offered = offers.at(-1)?.from ?? cureBy
  const isTold = notices.some(({ kind, on }) => kind === 'cure' && on >= offered)
  return policy.policy.plans.cureNotice === 'sent' && !isTold
    ? ['send the cure notice and record it (RecordPlanNotice)', ['mail', 'email']]
    : ['call: the cure period runs', ['call']]
}

const planRow = (at: At): Row | undefined => {
  const { state, given } = at
  const { today } = given
  for (const plan of state.plans.plans.where('running')) {
    const owed = plan.schedule.filter(({ amount, paid }) => paid < amount)
    const missed = owed.filter((each) => each.missed && each.due <= today)
    if (missed.length > 0) {
      const open = formatCents(sumOf(missed, ({ amount, paid }) => amount - paid))
      const [says, media] = afterMiss(plan, given)
      return reaching(at, media, free('cureNotice', says, `${open} of a plan was missed`, plan.cureBy))
    }
    const [next] = owed
    if (!next) continue
    const from = addDays(next.due, given.policy.policy.plans.graceDays + 1)
    if (from <= today) return free('cureNotice', 'evaluate the plan (EvaluatePlan)', `${next.due} has passed`, from)
    const row = free('awaitInstalment', 'wait for the instalment', 'on a plan', next.due)
    return waiting(row, [waitFor(at, 'ST-01.paused', `on a plan, next due ${next.due}`, from)], at)
  }
  return undefined
}

const reachRow = ({ state, behind }: At): Row | undefined => {
  if (state.registration.guarantor?.standing !== 'confirmed') {
    return free('confirmGuarantor', 'confirm who answers for the account (ConfirmGuarantor)', 'nobody has confirmed it')
  }
  if (!behind) return free('namePerson', 'name the person who answers (OpenPerson, NameAccount)', nobodyNamed.reason)
  return behind.reachable
    ? undefined
    : free('skipTrace', 'look for a phone or an address', 'no phone and no address is on file that is good')
}

/** The steps of the ladder: what is due is sent; between them the call and the reminder; at its end placement. */
const ladderRow = (at: At, ladders: readonly VisitLadder[]): Row => {
  const { state, given } = at
  const { today } = given
  const figures = given.policy.policy.statements
  const { dueOn, hits, earliest, content } = review('issueStatement', state, given)
  const sending = free(
    'send',
    content.kind === 'letter' ? 'send the letter' : 'send the statement',
    'a step is due',
    dueOn,
  )
  if (dueOn !== undefined && dueOn <= today) return waiting(sending, hits, at, earliest)
  const levels = ladders.map(({ level }) => level)
  const level = levels.length === 0 ? 0 : Math.min(...levels)
  const last = state.statements.last
  if (level >= FINAL_NOTICE) {
    const placing = review('placeAccount', state, given)
    const row = free('place', 'propose placement', 'the final notice is out', placing.pass ? today : undefined)
    return waiting(row, placing.hits, at, placing.earliest)
  }
  if (last && level === 3 && addDays(last.effectiveDate, figures.call - figures.firstLetter) <= today) {
    return reaching(at, ['call'], free('call', 'call', `the first letter is of ${last.effectiveDate}`, dueOn))
  }
  const document = last && state.statements.documents.get(last.documentId)
  if (level > 0 && document && document.remindedOn === undefined) {
    const row = free('remind', 'remind', `the last statement is of ${last.effectiveDate}`, dueOn)
    return reaching(at, ['text', 'email'], row)
  }
  return waiting({ ...sending, because: 'no step is due' }, hits, at, earliest)
}

const rowOf = (at: At): Row => {
  const { state, given } = at
  const ladders = laddersOf(state, given.policy.policy, given.today)
  const owed = sumOf(
    ladders.flatMap(({ lines }) => lines),
    ({ amount }) => amount,
  )
  const early = specialRow(at) ?? insuranceRow(at, ladders) ?? caseRow(at)
  if (early) return early
  if (owed - besides(netOf(state, given.today), given.policy.policy) <= 0) {
    return free('none', 'nothing to ask for', 'the patient owes nothing that could be asked for')
  }
  return promiseRow(at) ?? planRow(at) ?? reachRow(at) ?? ladderRow(at, ladders)
}

const dayOf = (earliest: Earliest, given: Given): Day | undefined =>
  isInstant(earliest) ? earliestDay(earliest, given) : earliest

/** The next best action of an account, now. Decides nothing, and is stored nowhere. */
export const nextActionOf = (state: AccountState, given: Given, behind: Behind | undefined): NextAction => {
  const row = rowOf({ state, given, behind })
  const { today } = given
  const latest = addDays(today, Math.max(1, given.policy.policy.work.snoozeDays))
  const days = [row.earliest && dayOf(row.earliest, given), row.due].filter(
    (day): day is Day => day !== undefined && day > today,
  )
  // What may be done now is looked at again tomorrow, if nobody does it.
  const reviewOn = row.allowed && row.step !== 'none' ? addDays(today, 1) : days.reduce(minDay, latest)
  return { ...row, reviewOn }
}
