import { formatCents, toCents } from '../../kernel/cents.ts'
import { addDays, type Day, minDay } from '../../kernel/day.ts'
import {
  accept,
  type Decision,
  type Of,
  precondition,
  type RuleHit,
  reject,
  rejectIfAny,
} from '../../kernel/decision.ts'
import type { Context, GateResult } from '../context.ts'
import { askBy } from '../facts.ts'
import { datingHits } from '../preconditions.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import { defaultCause, overdueOn } from './arrears.ts'
import type { PlanCommand } from './commands.ts'
import { defaultQuestion } from './gate-facts.ts'
import { newMisses } from './misses.ts'
import { curableOn, type Plan, remainingOf, standingOn } from './state.ts'
import { awaitedBy, resumed } from './suspend.ts'
import { isPlan, lineHits, namedPlan, standingHits, suspendedHits } from './terms.ts'

type Evaluate = Of<PlanCommand, 'EvaluatePlan'>
type Cure = Of<PlanCommand, 'CurePlan'>
type Cancel = Of<PlanCommand, 'CancelPlan'>
type Resume = Of<PlanCommand, 'ResumePlan'>

interface Found {
  readonly events: readonly AccountEvent[]
  /** What the gate `defaultPlan` says, where the plan's time has run out. */
  readonly gate?: GateResult
}

/** What follows from how the plan stands: written notice first, default when its time has run out, by its gate (reference §5.3). */
const standingEvents = (state: AccountState, plan: Plan, on: Day, context: Context): Found => {
  const terms = context.policy.policy.plans
  const { planId, cureBy } = plan
  // Looked at as of a day before the offer that runs: what follows from the offer is not of that day.
  if (cureBy !== undefined && on < (plan.offers.at(-1)?.from ?? on)) return { events: [] }
  const open = overdueOn(plan, terms, on)
  if (cureBy !== undefined && open === 0) return { events: [{ type: 'PlanCured', effectiveDate: on, planId }] }
  const cause = defaultCause(plan, terms, on)
  if (!cause || open === 0) return { events: [] }
  if (cureBy === undefined) {
    const offer = addDays(on, terms.cureDays)
    return { events: [{ type: 'PlanCureOffered', effectiveDate: on, planId, cureBy: offer, open: toCents(open) }] }
  }
  if (on <= cureBy) return { events: [] }
  const gate = askBy(state, defaultQuestion(state, plan, on, terms), context)
  const events: readonly AccountEvent[] =
    gate.hits.length === 0 ? [{ type: 'PlanDefaulted', effectiveDate: on, planId, cause, open: toCents(open) }] : []
  return { events, gate }
}

/**
 * Looks at a plan as of a day and records what has become true by then: misses, the offer of a cure, default, a
 * proposal too old to accept.
 */
export const evaluatePlan = (state: AccountState, command: Evaluate, context: Context): Decision<AccountEvent> => {
  const plan = namedPlan(state, command.plan, ['proposed', 'active', 'defaulted', 'completed', 'cancelled'])
  const dating = datingHits(state, command.on, context)
  if (!isPlan(plan)) return reject([plan, ...dating])
  const { on } = command
  const ahead = on > context.today ? [precondition('plans.ahead', `${on} has not come yet`)] : []
  const refused = rejectIfAny([...dating, ...ahead])
  if (refused) return refused
  if (plan.status === 'proposed' && on > plan.proposed.expires) {
    return accept<AccountEvent>([
      {
        type: 'PlanCancelled',
        // The day after its last, however late somebody looks: no page of the days between shows an offer.
        effectiveDate: addDays(plan.proposed.expires, 1),
        planId: plan.planId,
        reason: 'the proposal expired',
      },
    ])
  }
  if (plan.status !== 'active') return accept<AccountEvent>([])
  const { events, gate }: Found =
    plan.suspendedFrom === undefined ? standingEvents(state, plan, on, context) : { events: [] }
  // What keeps a plan from default is no reason to refuse a look at it: it goes into the warnings (decision 0014).
  return accept<AccountEvent>([...newMisses(plan, context.policy.policy.plans, on), ...events], {
    ...(gate ? { allowedBy: gate.passed, warnings: [...gate.hits, ...gate.warnings] } : {}),
  })
}

/** What keeps no plan from going on: a line of it that is paid, or owed again later. */
const nothingOwed: readonly string[] = ['plans.nothingOpen', 'ledger.notYetOwed']

/** Neither in default nor under the offer of a cure: now, or on the day that is asked for. */
const inGoodStanding = (plan: Plan, on: Day): boolean =>
  (plan.status === 'active' && plan.cureBy === undefined) || (standingOn(plan, on) === 'active' && !curableOn(plan, on))

/** By hand, where payment alone does not: a plan in default goes on when all that was overdue is paid. */
export const curePlan = (state: AccountState, command: Cure, context: Context): Decision<AccountEvent> => {
  const plan = namedPlan(state, command.plan, ['active', 'defaulted'])
  const dating = datingHits(state, command.on, context)
  if (!isPlan(plan)) return reject([plan, ...dating])
  const open = overdueOn(plan, context.policy.policy.plans, command.on)
  const hits: RuleHit[] = [
    ...dating,
    ...standingHits(plan, command.on, ['active', 'defaulted']),
    ...suspendedHits(plan),
  ]
  if (open > 0) hits.push(precondition('plans.overdue', `${formatCents(open)} is overdue`, 'pay it or amend the plan'))
  if (inGoodStanding(plan, command.on)) {
    hits.push(precondition('plans.nothingToCure', `plan ${plan.planId} is in good standing`))
  }
  if (plan.status === 'defaulted' && remainingOf(plan) > 0) {
    const openLines = plan.lines.filter((line) => !state.ledger.lines.get(line)?.voided)
    hits.push(...lineHits(state, openLines, command.on, plan.planId).filter(({ rule }) => !nothingOwed.includes(rule)))
  }
  return (
    rejectIfAny(hits) ?? accept<AccountEvent>([{ type: 'PlanCured', effectiveDate: command.on, planId: plan.planId }])
  )
}

/** A person says that a suspended plan goes on though no correction has come. */
export const resumePlan = (state: AccountState, command: Resume, context: Context): Decision<AccountEvent> => {
  const plan = namedPlan(state, command.plan, ['active', 'defaulted'])
  const dating = datingHits(state, command.on, context)
  if (!isPlan(plan)) return reject([plan, ...dating])
  const { suspendedFrom } = plan
  const hits: RuleHit[] = [...dating]
  if (suspendedFrom === undefined) {
    hits.push(precondition('plans.notSuspended', `plan ${plan.planId} waits for no correction`))
  } else if (command.on < suspendedFrom) {
    hits.push(precondition('plans.beforeSuspended', `the plan is suspended since ${suspendedFrom}`))
  }
  return (
    rejectIfAny(hits) ??
    accept<AccountEvent>([
      resumed(plan, command.on, context, { despite: [...awaitedBy(state, plan)], reason: command.reason }),
    ])
  )
}

/** Ends a plan. The lines keep what is open on them, unchanged (law H9). */
export const cancelPlan = (state: AccountState, command: Cancel, context: Context): Decision<AccountEvent> => {
  const plan = namedPlan(state, command.plan, ['proposed', 'active', 'defaulted'])
  const dating = datingHits(state, command.on, context)
  if (!isPlan(plan)) return reject([plan, ...dating])
  const refused = rejectIfAny([...dating, ...standingHits(plan, command.on, ['proposed', 'active', 'defaulted'])])
  if (refused) return refused
  const until = minDay(command.on, context.today)
  return accept<AccountEvent>([
    ...(plan.status === 'active' ? newMisses(plan, context.policy.policy.plans, until) : []),
    { type: 'PlanCancelled', effectiveDate: command.on, planId: plan.planId, reason: command.reason },
  ])
}
