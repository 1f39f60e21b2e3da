import { formatCents, toCents } from '../../kernel/cents.ts'
import { addDays, addMonths, type Day } from '../../kernel/day.ts'
import {
  accept,
  type Decision,
  type Of,
  precondition,
  type RuleHit,
  reject,
  rejectIfAny,
} from '../../kernel/decision.ts'
import { PATIENT } from '../../kernel/effects.ts'
import type { PlanId } from '../../kernel/ids.ts'
import { monthlyBurden } from '../../rules/plan/schedule.ts'
import type { Context, GateResult } from '../context.ts'
import { frozenNow } from '../disputes/state.ts'
import { askBy, attest, attestedText } from '../facts.ts'
import { openLines, owedOn } from '../ledger/balances.ts'
import { notYetOwed } from '../ledger/owed-by-day.ts'
import { askedBeyondNet } from '../payments/on-account.ts'
import { datingHits } from '../preconditions.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import type { PlanCommand } from './commands.ts'
import { creditorHits, disclosed } from './disclosed.ts'
import type { Instalment } from './events.ts'
import { agreedOf, creditFacts, planQuestion } from './gate-facts.ts'
import { type Plan, remainingOf } from './state.ts'
import {
  activeOn,
  isPlan,
  lastNumberOf,
  lineHits,
  namedPlan,
  numberedSchedule,
  openOnLines,
  planableLines,
  planGate,
  settled,
  standingHits,
  suspendedHits,
} from './terms.ts'

type Propose = Of<PlanCommand, 'ProposePlan'>
type Accept = Of<PlanCommand, 'AcceptPlan'>
type Amend = Of<PlanCommand, 'AmendPlan'>

/** The instalments whose size the rules judge: without the down payment. */
const judgedAmounts = (schedule: readonly Instalment[], downPayment: number | undefined): readonly number[] =>
  (downPayment === undefined ? schedule : schedule.slice(1)).map((instalment) => instalment.amount)

/** What the gate's rules say of instalments; where the terms make none there is nothing to judge. */
const judged = (
  amounts: readonly number[],
  gate: () => GateResult,
): Pick<GateResult, 'hits' | 'passed' | 'warnings'> =>
  amounts.length > 0 ? gate() : { hits: [], passed: [], warnings: [] }

/** Why there is nothing to propose a plan over: nothing is owed, or not yet. */
const nothingToPlan = (state: AccountState, on: Day): readonly RuleHit[] => {
  const early = openLines(state.ledger).flatMap(({ lineId: line }) =>
    notYetOwed(state.ledger, { line, party: PATIENT, amount: owedOn(state.ledger, line, PATIENT), on }),
  )
  return early.length > 0
    ? early
    : [precondition('plans.nothingOpen', 'the patient owes nothing that a plan could cover')]
}

/** Divides what is open on the lines into instalments, by the gate `proposePlan`. */
export const proposePlan = (state: AccountState, command: Propose, context: Context): Decision<AccountEvent> => {
  const { on, downPayment } = command
  const lines = command.lines ?? planableLines(state, on)
  const open = lines.reduce((sum, line) => sum + Math.max(0, activeOn(state, line, on)), 0)
  const total = command.total ?? toCents(open)
  const interval = command.every ?? 'month'
  const hits: RuleHit[] = [...datingHits(state, on, context), ...lineHits(state, lines, on)]
  if (command.plan !== undefined && state.plans.plans.has(command.plan)) {
    hits.push(precondition('plans.known', `plan ${command.plan} already stands`))
  }
  if (lines.length === 0) hits.push(...nothingToPlan(state, on))
  else if (total > open) {
    hits.push(precondition('plans.beyondOpen', `${formatCents(open)} is open on the lines, not ${formatCents(total)}`))
  }
  hits.push(...askedBeyondNet(state, total, 'plans.onAccount', { ...context, on }))
  const first = downPayment?.due ?? command.firstDue
  if (first < on) hits.push(precondition('plans.dueInPast', `the first payment is due on ${first}, before ${on}`))
  const { instalments, hits: unable } =
    total > 0
      ? numberedSchedule(
          { total, divide: command.divide, firstDue: command.firstDue, interval, downPayment },
          0,
          context,
        )
      : { instalments: [], hits: [] }
  const household = command.household ?? {}
  const amounts = judgedAmounts(instalments, downPayment?.amount)
  const gate = judged(amounts, () =>
    planGate(
      'proposePlan',
      state,
      { lines, total, amounts, interval, household, requiredForCare: command.requiredForCare },
      on,
      context,
    ),
  )
  const refused = rejectIfAny([...hits, ...unable, ...gate.hits])
  if (refused) return refused
  return accept<AccountEvent>(
    [
      {
        type: 'PlanProposed',
        effectiveDate: on,
        planId: command.plan ?? (context.newId('plan') as PlanId),
        total,
        lines: [...lines],
        schedule: [...instalments],
        interval,
        downPayment: downPayment?.amount,
        ...household,
        writtenAgreement: command.writtenAgreement,
        requiredForCare: command.requiredForCare,
        expires: addDays(on, context.policy.policy.plans.proposalDays),
      },
    ],
    { allowedBy: gate.passed, warnings: gate.warnings },
  )
}

const proposalHits = (state: AccountState, plan: Plan, command: Accept): readonly RuleHit[] => {
  const { expires } = plan.proposed
  const open = openOnLines(state, plan.lines, command.on)
  const first = plan.schedule[0]?.due
  const again = 'propose the plan again'
  return [
    ...lineHits(state, plan.lines, command.on),
    ...standingHits(plan, command.on, ['proposed']),
    ...(command.on > expires ? [precondition('plans.expired', `the proposal was open until ${expires}`, again)] : []),
    ...(plan.total > open
      ? [precondition('plans.beyondOpen', `only ${formatCents(open)} is open by now on the lines`, again)]
      : []),
    ...(first !== undefined && first < command.on
      ? [precondition('plans.dueInPast', `the first payment was due on ${first}`, again)]
      : []),
  ]
}

/**
 * Makes a proposal binding while it still fits what is open, by the gate `agreePlan`. Plans in default on its lines
 * end.
 */
export const acceptPlan = (state: AccountState, command: Accept, context: Context): Decision<AccountEvent> => {
  const plan = namedPlan(state, command.plan, ['proposed'])
  const dating = datingHits(state, command.on, context)
  if (!isPlan(plan)) return reject([plan, ...dating])
  const { proposed, lines, total, interval } = plan
  const amounts = judgedAmounts(plan.schedule, plan.downPayment)
  const { requiredForCare } = proposed
  const question = planQuestion(
    'agreePlan',
    state,
    { lines, total, amounts, interval, household: proposed, plan, requiredForCare },
    command.on,
  )
  const { facts: own, hits: attesting } = attest({ ...question.own, ...creditFacts(context) }, command, context.today)
  const gate = askBy(state, { ...question, own }, context)
  return (
    rejectIfAny([...dating, ...attesting, ...proposalHits(state, plan, command), ...gate.hits]) ??
    accept<AccountEvent>(
      [
        ...replacedBy(state, plan, command),
        { type: 'PlanActivated', effectiveDate: command.on, planId: plan.planId, agreedOn: command.on },
      ],
      { allowedBy: gate.passed, warnings: gate.warnings, inputs: inputsOf(command, context) },
    )
  )
}

/** What the book had counted, for the record of a decision. */
const countedInputs = ({ creditExtended }: Context): Readonly<Record<string, string>> =>
  creditExtended
    ? {
        'credit extended last year': String(creditExtended.lastYear),
        'credit extended this year': String(creditExtended.thisYear),
      }
    : {}

/** The same, with what somebody vouched for. */
const inputsOf = (command: Accept, context: Context): Readonly<Record<string, string>> => ({
  ...countedInputs(context),
  ...Object.fromEntries(attestedText(command).map(({ fact, value }) => [`attested ${fact}`, value])),
})

/** Plans in default on the same lines end with the new one: money can count on one plan only (law H5). */
const replacedBy = (state: AccountState, plan: Plan, command: Accept): readonly AccountEvent[] =>
  state.plans.plans
    .by('line', ...plan.lines)
    .filter((old) => old.status === 'defaulted')
    .map((old) => ({
      type: 'PlanCancelled',
      effectiveDate: command.on,
      planId: old.planId,
      reason: `replaced by plan ${plan.planId}`,
    }))

/** New instalments for what remains, by the gate `amendPlan`. What is paid keeps its place in the schedule. */
export const amendPlan = (state: AccountState, command: Amend, context: Context): Decision<AccountEvent> => {
  const plan = namedPlan(state, command.plan, ['active'])
  const dating = datingHits(state, command.on, context)
  if (!isPlan(plan)) return reject([plan, ...dating])
  const { on, addLines = [] } = command
  const kept = settled(plan)
  const lastKept = kept.at(-1)?.due
  const interval = command.every ?? plan.interval
  const remaining = toCents(remainingOf(plan) + addLines.reduce((sum, line) => sum + activeOn(state, line, on), 0))
  const lastNumber = lastNumberOf(plan)
  const { instalments, hits } = numberedSchedule(
    { total: remaining, divide: command.divide, firstDue: command.firstDue, interval },
    lastNumber,
    context,
  )
  const added = addLines.filter((line) => plan.lines.includes(line))
  const lines = [...plan.lines, ...addLines]
  const household = { ...plan.proposed, ...command.household }
  const amounts = instalments.map((instalment) => instalment.amount)
  const amendmentsInYear = plan.amendedOn.filter((amended) => amended > addMonths(on, -12)).length
  const change = {
    addsCharges: addLines.length > 0,
    asksMore: monthlyBurden(amounts, interval) > agreedOf(plan, on),
    consented: command.consent !== undefined,
  }
  const paid =
    plan.schedule.filter(({ paid, amount }) => paid >= amount).length - (plan.downPayment === undefined ? 0 : 1)
  const agreement = { instalments: Math.max(0, paid) + amounts.length, isDisclosed: command.disclosed !== undefined }
  const terms = { lines, total: remaining, amounts, interval, household, plan, amendmentsInYear, change, ...agreement }
  const gate = judged(amounts, () => planGate('amendPlan', state, terms, on, context))
  const refused = rejectIfAny([
    ...dating,
    ...standingHits(plan, on, ['active']),
    ...suspendedHits(plan),
    ...lineHits(state, addLines, on, plan.planId),
    ...addLines
      .filter((line) => frozenNow(state.disputes, line).length > 0)
      .map((line) => precondition('plans.lineDisputed', `line ${line} is in dispute`, 'ResolveDispute')),
    ...added.map((line) => precondition('plans.lineTwice', `line ${line} is on the plan already`)),
    ...(command.firstDue < on
      ? [precondition('plans.dueInPast', `the first payment is due on ${command.firstDue}, before ${on}`)]
      : []),
    ...(lastKept !== undefined && command.firstDue <= lastKept
      ? [precondition('plans.dueOrder', `instalments are paid until ${lastKept}: the next is due after it`)]
      : []),
    ...hits,
    ...(command.disclosed ? creditorHits(context) : []),
    ...gate.hits,
  ])
  if (refused) return refused

  const schedule = [...kept, ...instalments]
  const { planId } = plan
  return accept<AccountEvent>(
    [
      ...(command.disclosed ? [disclosed({ planId, on, schedule: instalments, ...command.disclosed }, context)] : []),
      {
        type: 'PlanAmended',
        effectiveDate: on,
        planId: plan.planId,
        total: toCents(schedule.reduce((sum, instalment) => sum + instalment.amount, 0)),
        lines,
        schedule,
        interval,
        reason: command.reason,
        consent: command.consent,
      },
    ],
    { allowedBy: gate.passed, warnings: gate.warnings, inputs: countedInputs(context) },
  )
}
