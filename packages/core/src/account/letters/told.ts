import type { LetterContent } from '../../documents/letter/content.ts'
import { sumOf, toCents } from '../../kernel/cents.ts'
import type { Day } from '../../kernel/day.ts'
import { precondition, type RuleHit } from '../../kernel/decision.ts'
import { PATIENT } from '../../kernel/effects.ts'
import type { LineId, PatientId } from '../../kernel/ids.ts'
import { validationPeriod } from '../../rules/contact/agency.ts'
import { adjudicationsOf } from '../claims/state.ts'
import type { Context, Writing } from '../context.ts'
import { freezes } from '../disputes/kinds.ts'
import { activeAsOf } from '../ledger/owed-by-day.ts'
import { overdueOn } from '../plans/arrears.ts'
import { askedOf } from '../plans/plan-state.ts'
import { curableOn, type Plan, remainingOf } from '../plans/state.ts'
import type { AccountState } from '../rooms.ts'
import { untold } from '../statements/statement.ts'
import type { AboutAsked } from './commands.ts'
import { changeOf, givenUpOf, helpCategories } from './owed.ts'

// What each letter says, all of it from the book. What the book does not hold is no letter: a reason.

/** What a letter says of its matter. */
export interface Told extends Pick<LetterContent, 'concerns' | 'facts' | 'lines' | 'schedule'> {
  readonly outcome?: string
  readonly disputeKind?: string
  readonly answer?: LetterContent['answer']
  readonly patients: readonly PatientId[]
  /** It says that something is put right, and nothing of it was. */
  readonly uncorrected?: boolean
}
type Asked<About extends AboutAsked['about']> = Extract<AboutAsked, { readonly about: About }>
type Facts = LetterContent['facts']

const isHit = (told: Told | RuleHit): told is RuleHit => 'rule' in told
export const isTold = (told: Told | RuleHit): told is Told => !isHit(told)

const nothing: Pick<Told, 'lines' | 'schedule' | 'patients'> = { lines: [], schedule: [], patients: [] }
const unknown = (what: string, id: string): RuleHit =>
  precondition('letters.unknown', `${what} ${id} is not on this account`)
const notSo = (why: string, action?: string): RuleHit => precondition('letters.notSo', why, action)

/** What the guarantor owes, as the statement of today would say it (law K5). */
const owes = (state: AccountState, on: Day): number =>
  (state.statements.last?.balance ?? 0) + sumOf(untold(state, on), ({ amount }) => amount)

const balance = (state: AccountState, on: Day): Facts[number] => ({ what: 'balance', amount: toCents(owes(state, on)) })

/** Services with what is owed on each. */
const linesOf = (state: AccountState, lines: readonly LineId[], on: Day): LetterContent['lines'] =>
  lines.flatMap((lineId) => {
    const line = state.ledger.lines.get(lineId)
    const amount = toCents(activeAsOf(state.ledger, lineId, PATIENT, on))
    return line ? [{ lineId, from: line.dosFrom, code: line.code, amount }] : []
  })

const patientsOf = (state: AccountState, lines: readonly LineId[]): readonly PatientId[] =>
  lines.flatMap((line) => {
    const visit = state.ledger.lines.get(line)?.visitId
    return visit === undefined ? [] : (state.registration.visits.get(visit)?.patientId ?? [])
  })

/** Whether anything was done to a line since a day: voided, adjusted, decided anew by a payer. */
const isCorrected = (state: AccountState, id: LineId, since: Day): boolean => {
  const line = state.ledger.lines.get(id)
  if (!line || line.voided) return line !== undefined
  return (
    state.ledger.adjustments.by('line', id).some(({ effectiveDate }) => effectiveDate >= since) ||
    adjudicationsOf(state.claims, line.visitId).some(({ postings }) =>
      postings.some(
        ({ effectiveDate, effects }) => effectiveDate >= since && effects.some(({ lineId }) => lineId === id),
      ),
    )
  )
}

/** Who is written to as having said it. */
const ownWords: ReadonlySet<string> = new Set(['patient', 'representative'])

const dispute = (
  state: AccountState,
  { about, dispute: id }: Asked<'disputeAcknowledged' | 'disputeDecided'>,
  on: Day,
): Told | RuleHit => {
  const found = state.disputes.disputes.get(id)
  if (!found) return unknown('dispute', id)
  const { opened, decided, closedOn } = found
  if (closedOn !== undefined) return notSo(`dispute ${id} was closed on ${closedOn}`)
  if (!ownWords.has(opened.raisedBy)) return notSo(`dispute ${id} was not raised by the patient: ${opened.raisedBy}`)
  const lines = opened.lines.map(({ lineId }) => lineId)
  const told = {
    concerns: id,
    disputeKind: opened.kind,
    lines: linesOf(state, lines, on),
    schedule: [],
    patients: patientsOf(state, lines),
  }
  const received: Facts[number] = { what: 'receivedOn', on: opened.effectiveDate }
  if (about === 'disputeAcknowledged') {
    return { ...told, ...(freezes[opened.kind] ? { outcome: 'frozen' } : {}), facts: [received] }
  }
  if (!decided) return notSo(`dispute ${id} is not decided`, 'ResolveDispute')
  const { outcome, explanation: answer, effectiveDate } = decided
  return {
    ...told,
    outcome,
    answer,
    facts: [received, { what: 'decidedOn', on: effectiveDate }, balance(state, on)],
    uncorrected: outcome !== 'rejected' && !lines.some((line) => isCorrected(state, line, opened.effectiveDate)),
  }
}

/** What is asked of a plan and not paid yet; what disputes hold of its end is not asked. */
const scheduleOf = (plan: Plan): LetterContent['schedule'] =>
  askedOf(plan.schedule, plan.held).flatMap(({ number, due, amount }) => {
    const paid = plan.schedule.find((one) => one.number === number)?.paid ?? 0
    return amount > paid ? [{ due, amount: toCents(amount - paid) }] : []
  })

const plan = (
  state: AccountState,
  { about, plan: id }: Asked<'planAmended' | 'planCure' | 'planDeferred'>,
  on: Day,
  context: Context,
): Told | RuleHit => {
  const found = state.plans.plans.get(id)
  if (!found) return unknown('plan', id)
  if (found.status !== 'active') return notSo(`plan ${id} is ${found.status}`)
  const remaining: Facts[number] = { what: 'remaining', amount: toCents(remainingOf(found)) }
  const told = {
    concerns: id,
    lines: linesOf(state, found.lines, on),
    schedule: scheduleOf(found),
    patients: patientsOf(state, found.lines),
  }
  if (about === 'planCure') {
    const { cureBy } = found
    if (cureBy === undefined || !curableOn(found, on)) return notSo(`no cure of plan ${id} is offered`, 'EvaluatePlan')
    const overdue = toCents(overdueOn(found, context.policy.policy.plans, on))
    if (overdue === 0) return notSo(`nothing of plan ${id} is overdue`)
    return { ...told, facts: [{ what: 'cureBy', on: cureBy }, { what: 'overdue', amount: overdue }, remaining] }
  }
  const change = changeOf(found)
  if (change?.about !== about)
    return notSo(`plan ${id} was not ${about === 'planDeferred' ? 'put off' : 'amended'} last`)
  return { ...told, facts: [{ what: 'changedOn', on: change.on }, remaining] }
}

const assistanceGranted = (
  state: AccountState,
  { adjustment: id }: Asked<'assistanceGranted'>,
  on: Day,
): Told | RuleHit => {
  const found = state.ledger.adjustments.get(id)
  if (!found) return unknown('adjustment', id)
  if (!helpCategories.has(found.category)) return notSo(`adjustment ${id} is no help with the bill: ${found.category}`)
  const amount = toCents(givenUpOf(found))
  if (amount === 0) return notSo(`adjustment ${id} was taken back`)
  const lines = found.parts.map(({ lineId }) => lineId)
  return {
    ...nothing,
    concerns: id,
    lines: linesOf(state, [...new Set(lines)], on),
    patients: patientsOf(state, lines),
    facts: [{ what: 'decidedOn', on: found.effectiveDate }, { what: 'givenUp', amount }, balance(state, on)],
  }
}

const assistanceReceived = (
  state: AccountState,
  { pause: id }: Asked<'assistanceReceived'>,
  on: Day,
): Told | RuleHit => {
  const found = state.statements.pauses.get(id)
  if (!found) return unknown('pause', id)
  const { because, from, to } = found
  if (because !== 'assistance' && because !== 'hardship') return notSo(`pause ${id} is for no help with the bill`)
  if (from > on || (to !== undefined && to <= on)) return notSo(`pause ${id} does not run on ${on}`)
  return {
    ...nothing,
    concerns: id,
    facts: [
      { what: 'receivedOn', on: from },
      ...(to === undefined ? [] : [{ what: 'pausedUntil' as const, on: to }]),
      balance(state, on),
    ],
  }
}

const refund = (state: AccountState, { refund: id }: Asked<'refund'>): Told | RuleHit => {
  const found = state.credits.refunds.get(id)
  if (!found) return unknown('refund', id)
  const { approved, issued, status } = found
  if (approved.payee !== 'guarantor') return notSo(`refund ${id} goes to another: ${approved.payee}`)
  if (!issued || status === 'voided') return notSo(`refund ${id} is ${status}`, 'IssueRefund')
  return { ...nothing, concerns: id, facts: [{ what: 'refunded', on: issued.effectiveDate, amount: issued.amount }] }
}

const complaint = ({ complaint: id, answer }: Asked<'complaint'>, writing: Writing): Told | RuleHit => {
  const found = writing.complaint?.(id)
  if (!found) return notSo(`the guarantor has no open complaint ${id} about this account`)
  return { ...nothing, concerns: id, answer, facts: [{ what: 'receivedOn', on: found.on }] }
}

type Activity = ReturnType<typeof untold>[number]
const paying: ReadonlySet<Activity['what']> = new Set(['payment', 'paymentReturned', 'refund'])
const charging: ReadonlySet<Activity['what']> = new Set(['charge', 'broughtForward', 'yourShare'])

/** From the last statement, or from the first day of service where none was sent, to today: it adds up. */
const firstNotice = (state: AccountState, on: Day): Told | RuleHit => {
  const amount = owes(state, on)
  if (amount <= 0) return notSo('nothing is owed')
  const { last } = state.statements
  const lines = [...state.ledger.lines.values()].filter(
    ({ lineId }) => activeAsOf(state.ledger, lineId, PATIENT, on) > 0,
  )
  const first = lines.map(({ dosFrom }) => dosFrom).reduce((a, b) => (a < b ? a : b), on)
  const since = untold(state, on)
  const sum = (kinds: ReadonlySet<Activity['what']>) =>
    sumOf(
      since.filter(({ what }) => kinds.has(what)),
      (each) => each.amount,
    )
  const owedThen = last?.balance ?? 0
  const [charged, paid] = [sum(charging), sum(paying)]
  const named = lines.map(({ lineId }) => lineId)
  return {
    concerns: state.registration.account?.accountId ?? '',
    lines: linesOf(state, named, on),
    schedule: [],
    patients: patientsOf(state, named),
    facts: [
      { what: 'itemisationDate', on: last?.effectiveDate ?? first },
      { what: 'owedThen', amount: toCents(owedThen) },
      { what: 'chargedSince', amount: toCents(charged) },
      { what: 'paidSince', amount: toCents(paid) },
      { what: 'adjustedSince', amount: toCents(amount - owedThen - charged - paid) },
      { what: 'balance', amount: toCents(amount) },
      { what: 'disputeBy', on: validationPeriod(on).ends },
    ],
  }
}

/** What the book has to say of the matter; or why there is no such letter. */
export const toldOf = (state: AccountState, asked: AboutAsked, writing: Writing, context: Context): Told | RuleHit => {
  const on = context.today
  switch (asked.about) {
    case 'assistanceGranted':
      return assistanceGranted(state, asked, on)
    case 'assistanceReceived':
      return assistanceReceived(state, asked, on)
    case 'complaint':
      return complaint(asked, writing)
    case 'disputeAcknowledged':
    case 'disputeDecided':
      return dispute(state, asked, on)
    case 'firstNotice':
      return firstNotice(state, on)
    case 'planAmended':
    case 'planCure':
    case 'planDeferred':
      return plan(state, asked, on, context)
    case 'refund':
      return refund(state, asked)
  }
}
