import { type Cents, formatCents, sumOf, toCents } from '../../kernel/cents.ts'
import type { Day } from '../../kernel/day.ts'
import { precondition, type RuleHit } from '../../kernel/decision.ts'
import { PATIENT } from '../../kernel/effects.ts'
import type { LineId, PlanId } from '../../kernel/ids.ts'
import type { PlanInterval } from '../../kernel/plan-intervals.ts'
import { type Division, schedule } from '../../rules/plan/schedule.ts'
import type { Context, GateResult } from '../context.ts'
import { frozenNow } from '../disputes/state.ts'
import { askBy } from '../facts.ts'
import { isPlaced, openLines, owedOn } from '../ledger/balances.ts'
import { activeFrom, notYet, notYetOwed, owedFrom } from '../ledger/owed-by-day.ts'
import type { AccountState } from '../rooms.ts'
import type { Instalment } from './events.ts'
import { creditFacts, type PlanTerms, planQuestion } from './gate-facts.ts'
import { activePlansAsOf, activePlansOn, type Plan, standingOn } from './state.ts'

/** What the patient owes on a line on a day and nobody has placed: what a plan may cover. */
export const activeOn = (state: AccountState, line: LineId, on: Day): number =>
  activeFrom(state.ledger, line, PATIENT, on)

/** What is open on a plan's lines, where a day is named on it, each never below zero: the plan's remaining stays within it (law H10). */
export const openOnLines = ({ ledger }: AccountState, lines: readonly LineId[], on?: Day): Cents =>
  sumOf(lines, (line) =>
    Math.max(0, on === undefined ? owedOn(ledger, line, PATIENT) : owedFrom(ledger, line, PATIENT, on)),
  )

/** Active plans on a line, today or on the day that is asked for. */
const activeFor = ({ plans }: AccountState, line: LineId, on: Day): readonly Plan[] => [
  ...new Set([...activePlansOn(plans, [line]), ...activePlansAsOf(plans, [line], on)]),
]

/** Lines that a plan may cover by themselves: open on the day, not placed, in no dispute, on no active plan. */
export const planableLines = (state: AccountState, on: Day): readonly LineId[] =>
  openLines(state.ledger)
    .map(({ lineId }) => lineId)
    .filter(
      (line) =>
        activeOn(state, line, on) > 0 &&
        !isPlaced(state.ledger, line) &&
        frozenNow(state.disputes, line).length === 0 &&
        activeFor(state, line, on).length === 0,
    )

/** What keeps lines off a plan: unknown, voided, nothing open, placed, or on another active plan (law H5). */
export const lineHits = (state: AccountState, lines: readonly LineId[], on: Day, self?: PlanId): readonly RuleHit[] => {
  const hits: RuleHit[] = []
  if (new Set(lines).size !== lines.length) hits.push(precondition('plans.lineTwice', 'a line is named twice'))
  for (const id of lines) {
    const line = state.ledger.lines.get(id)
    const other = activeFor(state, id, on).find((plan) => plan.planId !== self)
    if (!line) hits.push(precondition('plans.lineUnknown', `line ${id} is not on this account`))
    else if (line.voided) hits.push(precondition('plans.lineVoided', `line ${id} was voided`))
    else if (isPlaced(state.ledger, id)) {
      hits.push(precondition('plans.linePlaced', `line ${id} is placed with an agency`, 'recall it first'))
    } else if (activeOn(state, id, on) <= 0) {
      const owed = owedOn(state.ledger, id, PATIENT)
      const early = notYetOwed(state.ledger, { line: id, party: PATIENT, amount: owed, on })
      hits.push(
        ...(early.length > 0 ? early : [precondition('plans.nothingOpen', `the patient owes nothing on line ${id}`)]),
      )
    }
    if (other) {
      hits.push(precondition('plans.lineOnPlan', `line ${id} is on the active plan ${other.planId}`, 'amend that plan'))
    }
  }
  return hits
}

export interface Wanted {
  readonly total: Cents
  readonly divide: Division
  readonly firstDue: Day
  readonly interval: PlanInterval
  readonly downPayment?: { readonly amount: Cents; readonly due: Day } | undefined
}

/** PL-01 with a down payment first, numbered on from `after`. Hits where the terms make no schedule. */
export const numberedSchedule = (
  wanted: Wanted,
  after: number,
  context: Context,
): { readonly instalments: readonly Instalment[]; readonly hits: readonly RuleHit[] } => {
  const { total, downPayment, firstDue } = wanted
  const hits: RuleHit[] = []
  const financed = total - (downPayment?.amount ?? 0)
  if (downPayment && downPayment.due >= firstDue) {
    hits.push(
      precondition('plans.dueOrder', `the down payment is due on ${downPayment.due}, before the first instalment`),
    )
  }
  if (financed <= 0) {
    hits.push(precondition('plans.downPayment', `the down payment leaves nothing of ${formatCents(total)} to pay`))
    return { instalments: [], hits }
  }
  const dues = schedule({
    total: toCents(financed),
    division: wanted.divide,
    firstDue,
    interval: wanted.interval,
    minimum: context.policy.policy.plans.minimumInstalment,
  })
  if (!dues) {
    hits.push(precondition('plans.noSchedule', `${formatCents(financed)} can not be divided like this`))
    return { instalments: [], hits }
  }
  const all = [...(downPayment ? [{ due: downPayment.due, amount: downPayment.amount }] : []), ...dues]
  return { instalments: all.map((due, index) => ({ number: after + index + 1, ...due })), hits }
}

/** The rules of a plan's gate. */
export const planGate = (
  gate: 'proposePlan' | 'agreePlan' | 'amendPlan',
  state: AccountState,
  terms: PlanTerms,
  on: Day,
  context: Context,
): GateResult => {
  const question = planQuestion(gate, state, terms, on)
  return askBy(state, { ...question, own: { ...question.own, ...creditFacts(context) } }, context)
}

/** The plan that a command names, in one of the standings that it may have, or why not. */
export const namedPlan = (state: AccountState, id: PlanId, allowed: readonly Plan['status'][]): Plan | RuleHit => {
  const plan = state.plans.plans.get(id)
  if (!plan) return precondition('plans.unknown', `plan ${id} is not on this account`)
  return allowed.includes(plan.status)
    ? plan
    : precondition('plans.standing', `plan ${id} is ${plan.status}, not ${allowed.join(' or ')}`)
}

/** What stands against a command of a day: the plan was none of what it may be then, whatever has become of it since. */
export const standingHits = (plan: Plan, on: Day, allowed: readonly Plan['status'][]): readonly RuleHit[] => {
  const { planId, proposed, standings } = plan
  if (on < proposed.effectiveDate) {
    return [
      notYet('plans.notYetProposed', `${planId} was proposed on ${proposed.effectiveDate}`, proposed.effectiveDate),
    ]
  }
  const then = standingOn(plan, on)
  if (then !== undefined && allowed.includes(then)) return []
  const reason = `plan ${planId} was ${then} on ${on}, not ${allowed.join(' or ')}`
  const since = standings.find(({ from, status }) => from > on && allowed.includes(status))?.from
  return [since ? notYet('plans.standing', reason, since) : precondition('plans.standing', reason)]
}
/** A frozen plan is neither amended nor cured: nobody knows yet what it will be about. */
export const suspendedHits = ({ planId, suspendedFrom }: Plan): readonly RuleHit[] =>
  suspendedFrom === undefined
    ? []
    : [
        precondition(
          'plans.suspended',
          `plan ${planId} waits since ${suspendedFrom} for the correction of a reversal`,
          'wait for the correction, or let the plan go on with ResumePlan',
        ),
      ]

export const isPlan = (value: Plan | RuleHit): value is Plan => 'planId' in value

/** Instalments as far as they are paid: they stay in a new schedule, so that its sum says all that was agreed. */
export const settled = (plan: Plan): readonly Instalment[] =>
  plan.schedule
    .filter((instalment) => instalment.paid > 0)
    .map(({ number, due, paid }) => ({ number, due, amount: paid as Cents }))

/**
 * The highest number that an instalment of the plan ever had: new ones come after it, since a number is judged once. One that
 * a write-off took off the end may have been missed before, whether or not somebody has looked (law H6).
 */
export const lastNumberOf = ({ schedule, versions, misses }: Plan): number =>
  [schedule, ...versions.map((version) => version.schedule)]
    .flatMap((parts) => parts.map(({ number }) => number))
    .reduce((last, number) => Math.max(last, number), Math.max(0, ...misses))
