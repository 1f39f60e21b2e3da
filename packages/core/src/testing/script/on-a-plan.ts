import type { AccountState } from '../../account/index.ts'
import { isRunning, type Plan } from '../../account/plans/state.ts'
import { addDays, addMonths, type Day, minDay } from '../../kernel/day.ts'
import type { Random } from '../random.ts'
import { type Given, opened } from './beginnings.ts'
import { visits } from './moment.ts'

// A desk that keeps plans: what was agreed at the beginning runs for years, paid in time, late, in part or not at all, and
// somebody looks when something of it falls due.

/** What is not paid of each instalment, in their order. */
export const unpaidOf = ({ schedule }: Plan): readonly { readonly due: Day; readonly amount: number }[] =>
  schedule.flatMap(({ due, amount, paid }) => (paid < amount ? [{ due, amount: amount - paid }] : []))

/** A day after the grace that policies give: what was due is judged by then. */
const JUDGED = 6

/** The next day on which something of a plan is due, drawn, judged, or at the end of its cure; mostly that, else some day soon. */
export const nextOnPlan = (random: Random, { autopay, plans }: AccountState, today: Day): Day => {
  const running = [...plans.plans.values()].filter(isRunning)
  const days = running.flatMap((plan) => [
    ...unpaidOf(plan).flatMap(({ due }) => [due, addDays(due, JUDGED)]),
    ...(plan.cureBy === undefined ? [] : [addDays(plan.cureBy, 1)]),
  ])
  const announced = [...autopay.autopays.values()].flatMap(({ notices }) => notices.map(({ draftOn }) => draftOn))
  const ahead = [...days, ...announced].filter((day) => day > today)
  const [first, ...others] = ahead
  if (first === undefined || random.oneIn(6)) return addDays(today, random.pick([0, 1, 10, 30]))
  return random.oneIn(2) ? today : others.reduce((next, day) => minDay(next, day), first)
}

interface Charged {
  readonly on: Day
  /** Who bills. */
  readonly kind: 'professional' | 'institutional'
  readonly amounts: readonly number[]
}

/** Old charges of one who pays for themselves, each on a visit of its own that says who bills. */
const charged = ({ on, kind, amounts }: Charged): readonly Given[] => [
  {
    on,
    command: { type: 'RegisterPatient', on, patient: 'self', relationshipToGuarantor: 'self', born: '1980-02-01' },
  },
  ...amounts.flatMap((amount, at): readonly Given[] => {
    const visit = visits[at] ?? 'v1'
    const charge = { type: 'PostCharge', on, visit, line: `l-${at}`, code: '99213', amount } as const
    return [
      { on, command: { type: 'OpenVisit', on, visit, patient: 'self', kind } },
      { on, command: { ...charge, party: 'patient' } },
    ]
  }),
]

const household = (random: Random, monthlyIncome: number) => ({
  monthlyIncome,
  incomeAfterEssentials: monthlyIncome,
  qualifiedPatient: true,
  screenedForAssistance: !random.oneIn(8),
})

/** A plan on what stands on the first line, disclosed and agreed on one day. */
const agreed = (random: Random, on: Day, instalment: number, firstDue: Day): readonly Given[] => [
  {
    on,
    command: {
      type: 'ProposePlan',
      on,
      plan: 'q-first',
      divide: { amount: instalment },
      firstDue,
      household: household(random, 600_000),
      writtenAgreement: !random.oneIn(4),
      lines: ['l-0'],
    },
  },
  { on, command: { type: 'DisclosePlan', on, plan: 'q-first', channel: 'mail' } },
  { on, command: { type: 'AcceptPlan', on, plan: 'q-first' } },
]

/** A plan of some months that has just been agreed. */
const begun = (random: Random, today: Day): readonly Given[] => {
  const on = addDays(today, -90)
  const kind = random.pick(['professional', 'institutional'] as const)
  const instalment = random.pick([5_000, 7_500, 10_000])
  const amounts = [instalment * random.int(6, 12) + random.pick([0, 1, 999]), 30_000]
  return [
    opened(random, on),
    ...charged({ on, kind, amounts }),
    ...agreed(random, today, instalment, addDays(today, random.int(15, 30))),
  ]
}

const paid = (on: Day, amount: number): Given => ({
  on,
  command: {
    type: 'PostPayment',
    on,
    payment: `p-${on}`,
    amount,
    tender: 'check',
    designation: { planId: 'q-first' },
  },
})

/** Old charges of which the first is on a plan since a day; its first payment is due twenty days later. */
const agreedAgo = (random: Random, on: Day, instalment: number, number: number): readonly Given[] => {
  const kind = random.pick(['professional', 'institutional'] as const)
  return [
    opened(random, on),
    ...charged({ on, kind, amounts: [instalment * number, 30_000] }),
    ...agreed(random, on, instalment, addDays(on, 20)),
  ]
}

/**
 * A plan that runs for longer than a law lets it (C.R.S. 25.5-3-503): paid until some months ago, or until today. What was paid
 * ahead, the law counts when its month has come.
 */
const yearsAgo = (random: Random, today: Day): readonly Given[] => {
  const months = random.pick([34, 35, 36, 37])
  const on = addDays(addMonths(today, -months), -26)
  return [...agreedAgo(random, on, 10_000, 60), paid(addDays(on, 20), 10_000 * (months + 1))]
}

/** A plan on which nothing was ever paid: a cure is offered, and mostly all is said that laws want said before default. */
const unpaid = (random: Random, today: Day): readonly Given[] => {
  const looked = addDays(today, -30)
  const said = (['cure', 'renegotiation', 'contactAttempt'] as const).filter(() => !random.oneIn(6))
  return [
    ...agreedAgo(random, addDays(today, -160), 5_000, 8),
    { on: looked, command: { type: 'EvaluatePlan', on: looked, plan: 'q-first' } },
    ...said.map((kind): Given => {
      const on = addDays(looked, 1)
      return { on, command: { type: 'RecordPlanNotice', on, plan: 'q-first', kind, channel: 'mail' } }
    }),
  ]
}

/** A plan that was behind from its first month on, and is paid month by month since. */
const behind = (random: Random, today: Day): readonly Given[] => {
  const on = addDays(addMonths(today, -4), -20)
  const firstDue = addDays(on, 20)
  const months = [1, 2, 3, 4].slice(0, random.pick([3, 4, 4, 4]))
  return [...agreedAgo(random, on, 5_000, 10), ...months.map((n) => paid(addMonths(firstDue, n), 5_000))]
}

/** At a desk that keeps plans. */
export const onAPlan = (random: Random, today: Day): readonly Given[] =>
  random.pick([begun, begun, begun, yearsAgo, yearsAgo, unpaid, unpaid, behind, behind])(random, today)
