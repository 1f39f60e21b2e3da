import { type Cents, sumOf, toCents } from '../../kernel/cents.ts'
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
import type { ActorId } from '../../kernel/ids.ts'
import type { Context } from '../context.ts'
import { approvalFacts, askBy } from '../facts.ts'
import { datingHits } from '../preconditions.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import { overdueOn } from './arrears.ts'
import type { PlanCommand } from './commands.ts'
import { creditorHits, disclosed } from './disclosed.ts'
import type { Instalment } from './events.ts'
import { changeQuestion } from './gate-facts.ts'
import { dueAfter, intervalsUntil, laterBy, putOff } from './later.ts'
import { newMisses } from './misses.ts'
import type { Plan } from './state.ts'
import { isPlan, lastNumberOf, namedPlan, settled, standingHits, suspendedHits } from './terms.ts'

// What is done to a plan that runs: put off, made current again, told of, disclosed.

/** What is not paid of each instalment, in their order. */
const openParts = (plan: Plan): readonly Instalment[] =>
  plan.schedule
    .filter(({ paid, amount }) => paid < amount)
    .map(({ number, due, amount, paid }) => ({ number, due, amount: (amount - paid) as Cents }))

/** What is paid stays, with the rest after it under new numbers: a number is judged once. */
const withRest = (plan: Plan, rest: readonly Omit<Instalment, 'number'>[]): Instalment[] => {
  const last = lastNumberOf(plan)
  return [...settled(plan), ...rest.map((part, at) => ({ number: last + at + 1, ...part }))]
}

const onActive = (
  state: AccountState,
  { plan: id, on }: { readonly plan: Plan['planId']; readonly on: Day },
  context: Context,
): { readonly plan: Plan | RuleHit; readonly hits: readonly RuleHit[] } => {
  const plan = namedPlan(state, id, ['active'])
  const hits = datingHits(state, on, context)
  return isPlan(plan)
    ? { plan, hits: [...hits, ...standingHits(plan, on, ['active']), ...suspendedHits(plan)] }
    : { plan, hits }
}

/** Misses of until now are on record before what is asked changes: nobody finds them later. */
const missesUntil = (plan: Plan, on: Day, context: Context) =>
  newMisses(plan, context.policy.policy.plans, on <= context.today ? on : context.today)

/** Puts a plan off by months, by the gate `deferPlan`: each instalment as it is, on a later day. */
export const deferPlan = (
  state: AccountState,
  command: Of<PlanCommand, 'DeferPlan'>,
  context: Context,
): Decision<AccountEvent> => {
  const { plan, hits } = onActive(state, command, context)
  if (!isPlan(plan)) return reject([plan, ...hits])
  const { on, months, hardship, consent, reason } = command
  const open = openParts(plan)
  const [first] = open
  const start = putOff(plan, first?.due ?? on, months)
  const since = addMonths(on, -12)
  const gate = askBy(
    state,
    changeQuestion('deferPlan', state, plan, on, {
      deferredMonths: sumOf(plan.deferrals, (deferral) => (deferral.on > since ? deferral.months : 0)) + months,
    }),
    context,
  )
  const early =
    start < on
      ? [precondition('plans.dueInPast', `put off by ${months} months it is due on ${start}, before ${on}`, 'amend it')]
      : []
  const refused = rejectIfAny([...hits, ...early, ...gate.hits])
  if (refused) return refused
  const rest = open.map(({ due, amount }) => ({ due: laterBy(plan, due, months, first?.due ?? due), amount }))
  const schedule = withRest(plan, rest)
  return accept<AccountEvent>(
    [
      ...missesUntil(plan, on, context),
      { type: 'PlanDeferred', effectiveDate: on, planId: plan.planId, months, hardship, schedule, consent, reason },
    ],
    { allowedBy: gate.passed, warnings: gate.warnings },
  )
}

/** Makes a plan current, by the gate `reagePlan`: what is overdue falls due behind all the others. */
export const reagePlan = (
  state: AccountState,
  command: Of<PlanCommand, 'ReagePlan'>,
  context: Context,
): Decision<AccountEvent> => {
  const { plan, hits } = onActive(state, command, context)
  if (!isPlan(plan)) return reject([plan, ...hits])
  const { on, approval, reason } = command
  const { graceDays } = context.policy.policy.plans
  const open = openParts(plan)
  const overdue = open.filter(({ due }) => addDays(due, graceDays) < on)
  const ahead = open.filter((part) => !overdue.includes(part))
  const since = addMonths(on, -12)
  const gate = askBy(
    state,
    changeQuestion('reagePlan', state, plan, on, {
      reagedInYear: plan.reagedOn.filter((day) => day > since).length,
      terms: context.policy.policy.plans,
      more: approvalFacts(approval, context),
    }),
    context,
  )
  const current =
    overdueOn(plan, context.policy.policy.plans, on) === 0
      ? [precondition('plans.current', `nothing of plan ${plan.planId} is overdue on ${on}`)]
      : []
  const refused = rejectIfAny([...hits, ...current, ...gate.hits])
  if (refused) return refused
  const last = ahead.at(-1)?.due ?? overdue.at(-1)?.due ?? on
  const next = Math.max(1, intervalsUntil(plan, last, on))
  const moved = overdue.map(({ amount }, at) => ({ due: dueAfter(plan, last, next + at), amount }))
  return accept<AccountEvent>(
    [
      ...missesUntil(plan, on, context),
      {
        type: 'PlanReaged',
        effectiveDate: on,
        planId: plan.planId,
        schedule: withRest(plan, [...ahead.map(({ due, amount }) => ({ due, amount })), ...moved]),
        moved: toCents(sumOf(overdue, ({ amount }) => amount)),
        approvedBy: approval?.by as ActorId,
        reason,
      },
    ],
    { allowedBy: gate.passed, warnings: gate.warnings },
  )
}

/** What is reported has happened: on a day that has come, of a plan that there was. */
const reportHits = (state: AccountState, plan: Plan, on: Day, context: Context): readonly RuleHit[] => [
  ...datingHits(state, on, context),
  ...(on > context.today ? [precondition('plans.ahead', `${on} has not come yet`)] : []),
  ...standingHits(plan, on, ['proposed', 'active', 'defaulted']),
]

const everyStanding = ['proposed', 'active', 'defaulted', 'completed', 'cancelled'] as const

export const recordPlanNotice = (
  state: AccountState,
  command: Of<PlanCommand, 'RecordPlanNotice'>,
  context: Context,
): Decision<AccountEvent> => {
  const plan = namedPlan(state, command.plan, everyStanding)
  if (!isPlan(plan)) return reject([plan, ...datingHits(state, command.on, context)])
  const { on, kind, channel, letter } = command
  const unasked =
    kind === 'cure' && !plan.offers.some(({ from, until }) => from <= on && (until === undefined || on < until))
      ? [precondition('plans.noCure', `no cure of plan ${plan.planId} is offered on ${on}`, 'EvaluatePlan')]
      : []
  return (
    rejectIfAny([...reportHits(state, plan, on, context), ...unasked]) ??
    accept<AccountEvent>([{ type: 'PlanNoticeSent', effectiveDate: on, planId: plan.planId, kind, channel, letter }])
  )
}

/** The terms as the proposal has them are shown to the patient. */
export const disclosePlan = (
  state: AccountState,
  command: Of<PlanCommand, 'DisclosePlan'>,
  context: Context,
): Decision<AccountEvent> => {
  const plan = namedPlan(state, command.plan, ['proposed'])
  if (!isPlan(plan)) return reject([plan, ...datingHits(state, command.on, context)])
  const { on, channel, document } = command
  const { planId, schedule, downPayment } = plan
  return (
    rejectIfAny([...reportHits(state, plan, on, context), ...creditorHits(context)]) ??
    accept<AccountEvent>([disclosed({ planId, on, schedule, downPayment, channel, document }, context)])
  )
}
