import { type AccountState, askedOf, besides, layersOf, type Plan } from '@daybook/core/account'
import { addDays, type Day, formatCents, PATIENT } from '@daybook/core/kernel'
import { COLORADO_MONTHS } from '@daybook/core/rules'
import { type Beside, besideOf } from '../beside.ts'
import { facetQueues } from '../queue.ts'
import type { Work, WorkContext } from '../work.ts'

/** A promised instalment and what of it is not paid, cents. */
interface Owed {
  readonly number: number
  readonly due: Day
  readonly open: number
}

export interface PlanMatter {
  readonly plan: string
  readonly status: 'active' | 'defaulted'
  readonly missed: readonly Owed[]
  /** Instalments that are not paid and of which no miss was recorded, in their order; of a running plan. */
  readonly unpaid: readonly Owed[]
  /** What the patient owes on the plan's lines beyond what it still asks, cents, and since when. */
  readonly beyond?: { readonly amount: number; readonly since: Day }
  /** A reversal alone has frozen it: nobody is asked for anything before the correction (clarification 37). */
  readonly frozenFrom?: Day
  readonly cureBy?: Day
  /** A cure is offered, and no notice of it is on record yet. */
  readonly noticeDue?: true
  /** What disputes hold of it, cents, and since when: nobody is asked for that. */
  readonly held?: { readonly amount: number; readonly since: Day }
  /** Of a qualified patient's: of each month all of which is paid its last due day. Before it has come it is no month. */
  readonly paidMonths?: readonly Day[]
  /** What is the guarantor's beside it: it is not asked for (law Q7). */
  readonly beside: Beside
}

/** A line's balance may have grown since it came on the plan, or only a part of it was promised. */
const beyondOf = (state: AccountState, { lines, planId }: Plan, asked: number): PlanMatter['beyond'] => {
  const layers = lines.flatMap((line) => layersOf(state.ledger, line, PATIENT)).filter(({ active }) => active > 0)
  const [first] = layers
  const amount = layers.reduce((sum, { active }) => sum + active, 0) - asked
  const since = state.plans.plans.get(planId)?.activatedOn ?? first?.openedOn
  return amount > 0 && since ? { amount, since } : undefined
}

/** Whether the offer of a cure that runs has no notice on record. */
const isNoticeDue = ({ cureBy, offers, notices }: Plan): boolean => {
  const offered = offers.at(-1)?.from
  return (
    cureBy !== undefined && !notices.some(({ kind, on }) => kind === 'cure' && offered !== undefined && on >= offered)
  )
}

/** Of each month all of whose instalments are paid its last due day; a down payment left out, as the gate counts (PL-03). */
const paidMonths = ({ schedule, downPayment }: Plan): readonly Day[] =>
  [...Map.groupBy(schedule.slice(downPayment === undefined ? 0 : 1), ({ due }) => due.slice(0, 7)).values()]
    .filter((month) => month.every(({ paid, amount }) => paid >= amount))
    .flatMap((month) => month.at(-1)?.due ?? [])

const matterOf = (state: AccountState, plan: Plan, beside: Beside): readonly PlanMatter[] => {
  if (plan.status !== 'active' && plan.status !== 'defaulted') return []
  const asked = new Map(askedOf(plan.schedule, plan.held).map(({ number, amount }) => [number, amount]))
  const owed = (isMissed: boolean): readonly Owed[] =>
    plan.schedule
      .map(({ number, due, missed, paid }) => ({ number, due, missed, open: (asked.get(number) ?? 0) - paid }))
      .filter(({ missed, open }) => missed === isMissed && open > 0)
      .map(({ number, due, open }) => ({ number, due, open }))
  const missed = owed(true)
  const unpaid = plan.status === 'active' ? owed(false) : []
  const due = [...missed, ...unpaid].reduce((sum, { open }) => sum + open, 0)
  const beyond = plan.status === 'active' ? beyondOf(state, plan, due + plan.held) : undefined
  if (due === 0 && plan.held === 0 && !beyond && plan.status === 'active') return []
  return [
    {
      plan: plan.planId,
      status: plan.status,
      missed,
      unpaid,
      ...(beyond ? { beyond } : {}),
      ...(plan.suspendedFrom ? { frozenFrom: plan.suspendedFrom } : {}),
      ...(plan.cureBy ? { cureBy: plan.cureBy } : {}),
      ...(plan.proposed.qualifiedPatient ? { paidMonths: paidMonths(plan) } : {}),
      ...(isNoticeDue(plan) ? { noticeDue: true as const } : {}),
      ...(plan.held > 0
        ? { held: { amount: plan.held, since: plan.versions.at(-1)?.from ?? plan.proposed.effectiveDate } }
        : {}),
      beside,
    },
  ]
}

const nextFor = (plan: PlanMatter, isNotice: boolean): string => {
  if (plan.status === 'defaulted') return 'call, offer a new plan'
  if (isNotice) return 'send the notice before default (IssueLetter), or record it (RecordPlanNotice)'
  return plan.cureBy ? `cure runs until ${plan.cureBy}: remind` : 'call, offer cure (plan)'
}

/**
 * The next instalments of a plan: nobody is asked for them before their grace has ended, and from the day after on
 * somebody has to look, whether or not the plan was evaluated.
 */
const dueWork = (matter: PlanMatter, { asOf, policy }: WorkContext): readonly Work<'plansDue'>[] => {
  const { plan, unpaid, beyond, missed, frozenFrom, held } = matter
  if (frozenFrom) {
    return [
      {
        queue: 'plansDue',
        subject: plan,
        amount: [...missed, ...unpaid].reduce(
          (sum, { open }) => sum + open,
          (beyond?.amount ?? 0) + (held?.amount ?? 0),
        ),
        since: frozenFrom,
        waits: { says: `the plan waits for the correction of a payer's reversal since ${frozenFrom}` },
        reasons: [],
        nextAction: 'wait for the correction',
      },
    ]
  }
  const left = [...missed, ...unpaid].reduce((sum, { open }) => sum + open, 0)
  const months = (matter.paidMonths ?? []).filter((due) => due <= asOf).length
  if (policy.practice.state === 'CO' && months >= COLORADO_MONTHS && left > 0) {
    return [
      {
        queue: 'plansDue:statutory',
        subject: plan,
        amount: left,
        since: [...missed, ...unpaid][0]?.due ?? asOf,
        atOnce: true,
        reasons: [`${months} months of the plan are paid: by law it is paid in full (PL-03)`],
        nextAction: 'adjust the rest off (WriteOff, statutoryPlan)',
      },
    ]
  }
  const judgedOn = (due: Day) => addDays(due, policy.plans.graceDays + 1)
  const split = unpaid.findIndex(({ due }) => judgedOn(due) > asOf)
  const late = split < 0 ? unpaid : unpaid.slice(0, split)
  const ahead = split < 0 ? [] : unpaid.slice(split)
  const sum = (owed: readonly Owed[]) => owed.reduce((total, { open }) => total + open, 0)
  const [first] = late
  const [next] = ahead
  return [
    ...(first
      ? [
          {
            queue: 'plansDue' as const,
            subject: plan,
            amount: sum(late),
            since: first.due,
            reasons: late.map(({ due, open }) => `instalment due ${due}: ${formatCents(open)} open past its grace`),
            nextAction: 'evaluate the plan (EvaluatePlan), then ask',
            asksPatient: true,
          },
        ]
      : []),
    ...(held
      ? [
          {
            queue: 'plansDue' as const,
            subject: plan,
            amount: held.amount,
            since: held.since,
            atOnce: true,
            waits: { says: `${formatCents(held.amount)} of the plan is in dispute since ${held.since}` },
            reasons: [],
            nextAction: 'decide the dispute',
          },
        ]
      : []),
    ...(beyond
      ? [
          {
            queue: 'plansDue' as const,
            subject: plan,
            amount: beyond.amount,
            since: beyond.since,
            reasons: [`${formatCents(beyond.amount)} is owed on lines of the plan, which does not ask for it`],
            nextAction: 'amend the plan, or end it and ask',
            asksPatient: true,
          },
        ]
      : []),
    ...(next
      ? [
          {
            queue: 'plansDue' as const,
            subject: plan,
            amount: sum(ahead),
            since: next.due,
            // Promised, so that nobody is asked: it stands open from the day of the plan on.
            atOnce: true,
            waits: { says: `on a plan, next due ${next.due}`, until: judgedOn(next.due) },
            reasons: [],
            nextAction: 'wait for the instalment',
          },
        ]
      : []),
  ]
}

/** Missed instalments, less what is the guarantor's beside them: the same money stands beside one plan only. */
const missedWork = (plans: readonly PlanMatter[], { asOf, policy }: WorkContext): readonly Work<'planMisses'>[] => {
  let beside = besides(plans[0]?.beside ?? { credits: 0, onAccount: 0 }, policy)
  return plans.flatMap((plan): readonly Work<'planMisses'>[] => {
    if (plan.frozenFrom) return []
    const missed = plan.missed.filter(({ due }) => due <= asOf)
    const gross = missed.reduce((sum, { open }) => sum + open, 0)
    const netted = Math.min(beside, gross)
    beside -= netted
    const [first] = missed
    if (!first || gross === netted) return []
    const isNotice = plan.noticeDue === true && policy.plans.cureNotice === 'sent'
    return [
      {
        queue: isNotice ? 'planMisses:cureNotice' : 'planMisses',
        subject: plan.plan,
        amount: gross - netted,
        since: first.due,
        reasons: [
          ...missed.map(({ due, open }) => `plan instalment missed ${due}, ${formatCents(open)} open`),
          ...(plan.status === 'defaulted' ? ['plan in default'] : []),
        ],
        nextAction: nextFor(plan, isNotice),
        deadline: plan.cureBy ? { due: plan.cureBy, legal: false, source: 'cure period of the plan' } : undefined,
        asksPatient: true,
      },
    ]
  })
}

/** Plans of which instalments were missed, or are due. */
export const queues = facetQueues({
  names: ['planMisses', 'plansDue'],
  version: 5,
  matters: (state) => {
    const beside = besideOf(state)
    return [...state.plans.plans.values()].flatMap((plan) => matterOf(state, plan, beside))
  },
  work: (matters, context) => [...matters.flatMap((plan) => dueWork(plan, context)), ...missedWork(matters, context)],
})
