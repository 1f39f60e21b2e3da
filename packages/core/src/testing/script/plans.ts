import type { PlanCommand } from '../../account/plans/commands.ts'
import type { Plan } from '../../account/plans/state.ts'
import { openOnLines } from '../../account/plans/terms.ts'
import { addDays } from '../../kernel/day.ts'
import type { Random } from '../random.ts'
import type { Ways } from './moment.ts'
import { amount, type Generate, type Moment, none, oneOf, ownLines, slip } from './moment.ts'
import { unpaidOf } from './on-a-plan.ts'

// What a desk and a guarantor agree on.

const inStanding = ({ state }: Moment, ...wanted: readonly Plan['status'][]): readonly string[] =>
  [...state.plans.plans.values()].filter((plan) => wanted.includes(plan.status)).map((plan) => plan.planId)

const divide = (random: Random) =>
  random.pick([{ instalments: random.int(1, 6) }, { amount: random.int(2_500, 20_000) }, { instalments: 2 }])

/** What the household says of itself: mostly enough for any instalment. */
const household = (random: Random) => ({
  ...random.pick([
    ...Array.from({ length: 13 }, () => ({ monthlyIncome: 900_000, incomeAfterEssentials: 700_000 })),
    { monthlyIncome: 30_000, incomeAfterEssentials: 9_000 },
    { monthlyIncome: 30_000, incomeAfterEssentials: 9_000 },
    // Nobody has asked.
    {},
  ]),
  qualifiedPatient: random.oneIn(2),
  screenedForAssistance: !random.oneIn(8),
})

export const proposePlan: Generate<'ProposePlan'> = (random, moment) => {
  const lines = ownLines(moment)
  if (none(random, lines)) return undefined
  return {
    type: 'ProposePlan',
    on: moment.today,
    plan: `q${moment.number}`,
    divide: divide(random),
    firstDue: addDays(moment.today, random.int(15, 40)),
    household: household(random),
    writtenAgreement: random.oneIn(2),
    ...(random.oneIn(8) ? { requiredForCare: true } : {}),
    ...(random.oneIn(2) && lines.length > 0 ? { lines: slip(random, [random.pick(lines)]) } : {}),
    ...(random.oneIn(6) ? { downPayment: { amount: amount(random), due: addDays(moment.today, 3) } } : {}),
    ...(random.oneIn(6) ? { every: random.pick(['week', 'twoWeeks'] as const) } : {}),
  }
}

/** Proposals that are still open, with all that they promise still owed. */
const offers = ({ state, today }: Moment): readonly string[] =>
  [...state.plans.plans.values()]
    .filter(({ status, proposed, schedule, total, lines }) => {
      const [first] = schedule
      const due = first !== undefined && first.due >= today
      return status === 'proposed' && proposed.expires >= today && due && total <= openOnLines(state, lines)
    })
    .map((plan) => plan.planId)

/** An offer is accepted; seldom one that has lost its ground. */
export const acceptPlan: Generate<'AcceptPlan'> = (random, moment) => {
  const proposed = random.oneIn(8) ? inStanding(moment, 'proposed') : offers(moment)
  if (none(random, proposed)) return undefined
  return { type: 'AcceptPlan', on: moment.today, plan: proposed.at(-1) ?? 'q-unknown' }
}

/** A plan that stands. None, mostly, while an offer waits: an answer to it comes first. */
const standing = (random: Random, moment: Moment): string | undefined => {
  if (offers(moment).length > 0 && !random.oneIn(6)) return undefined
  const stale = inStanding(moment, 'proposed')
  const plans = stale.length > 0 && random.oneIn(4) ? stale : inStanding(moment, 'active', 'defaulted')
  return none(random, plans) ? undefined : oneOf(random, plans, 'q-unknown')
}

export const evaluatePlan: Generate<'EvaluatePlan'> = (random, moment) => {
  const plan = standing(random, moment)
  return plan === undefined ? undefined : { type: 'EvaluatePlan', on: moment.today, plan }
}

/** Plans in default of which nothing that was due is left open. */
const caughtUp = ({ state, today }: Moment): readonly string[] =>
  [...state.plans.plans.values()].flatMap((plan) =>
    plan.status === 'defaulted' && unpaidOf(plan).every(({ due }) => due > today) ? [plan.planId] : [],
  )

export const curePlan: Generate<'CurePlan'> = (random, moment) => {
  const curable = caughtUp(moment)
  const plan = curable.length > 0 ? random.pick(curable) : standing(random, moment)
  return plan === undefined ? undefined : { type: 'CurePlan', on: moment.today, plan }
}

const agreedTo = (random: Random, { today }: Moment) => ({
  on: today,
  how: random.pick(['signed', 'electronic', 'phone', 'inPerson'] as const),
})

/** The terms of an offer are shown; seldom those of something else. */
const disclosePlan: Generate<'DisclosePlan'> = (random, moment) => {
  const proposed = offers(moment)
  if (none(random, proposed)) return undefined
  return { type: 'DisclosePlan', on: moment.today, plan: proposed.at(-1) ?? 'q-unknown', channel: 'mail' }
}

const deferPlan: Generate<'DeferPlan'> = (random, moment) => {
  const plan = standing(random, moment)
  if (plan === undefined) return undefined
  const [months, hardship] = [random.int(1, 4), random.oneIn(2)]
  return { type: 'DeferPlan', on: moment.today, plan, months, hardship, reason: 'lost the job' }
}

const reagePlan: Generate<'ReagePlan'> = (random, moment) => {
  const plan = standing(random, moment)
  if (plan === undefined) return undefined
  const approval = random.oneIn(4) ? undefined : { by: 'dora', roles: ['supervisor' as const] }
  return { type: 'ReagePlan', on: moment.today, plan, reason: 'pays again', ...(approval ? { approval } : {}) }
}

/** What is said before default: mostly to who was offered a cure. */
const recordPlanNotice: Generate<'RecordPlanNotice'> = (random, moment) => {
  const offered = [...moment.state.plans.plans.values()].filter(({ cureBy }) => cureBy !== undefined)
  const one = offered.length > 0 ? random.pick(offered) : undefined
  const plan = one?.planId ?? standing(random, moment)
  if (plan === undefined) return undefined
  const since = one?.offers.at(-1)?.from ?? moment.today
  const said = new Set(one?.notices.flatMap(({ kind, on }) => (on >= since ? [kind] : [])))
  const kinds = (['cure', 'renegotiation', 'contactAttempt'] as const).filter((kind) => !said.has(kind))
  const kind = random.pick(kinds.length > 0 ? kinds : (['cure'] as const))
  return { type: 'RecordPlanNotice', on: moment.today, plan, kind, channel: 'mail' }
}

export const amendPlan: Generate<'AmendPlan'> = (random, moment) => {
  const plan = standing(random, moment)
  if (plan === undefined) return undefined
  const lines = ownLines(moment)
  return {
    type: 'AmendPlan',
    on: moment.today,
    plan,
    divide: divide(random),
    firstDue: addDays(moment.today, random.int(10, 60)),
    reason: 'asked',
    ...(random.oneIn(3) ? {} : { consent: agreedTo(random, moment) }),
    ...(random.oneIn(4) && lines.length > 0 ? { addLines: slip(random, [random.pick(lines)]) } : {}),
  }
}

export const cancelPlan: Generate<'CancelPlan'> = (random, moment) => {
  const plan = standing(random, moment)
  return plan === undefined ? undefined : { type: 'CancelPlan', on: moment.today, plan, reason: 'asked' }
}

/** A plan that waits for a payer's correction goes on by a person's word; seldom one that waits for nothing. */
export const resumePlan: Generate<'ResumePlan'> = (random, moment) => {
  const frozen = [...moment.state.plans.plans.values()].filter(({ suspendedFrom }) => suspendedFrom !== undefined)
  const plan = frozen.length > 0 ? random.pick(frozen).planId : random.oneIn(4) ? standing(random, moment) : undefined
  return plan === undefined ? undefined : { type: 'ResumePlan', on: moment.today, plan, reason: 'the payer said so' }
}

/** How its commands come into random lives. */
export const planWays: Ways<PlanCommand> = {
  ProposePlan: { make: proposePlan, often: 2, collecting: 3, planning: 1 },
  AcceptPlan: { make: acceptPlan, often: 1, collecting: 3, planning: 2, instead: 'ProposePlan' },
  EvaluatePlan: { make: evaluatePlan, often: 3, collecting: 14, planning: 8, instead: 'AcceptPlan' },
  CurePlan: { make: curePlan, often: 1, collecting: 1, planning: 3, instead: 'AcceptPlan' },
  AmendPlan: { make: amendPlan, often: 1, collecting: 1, planning: 2, instead: 'AcceptPlan' },
  ResumePlan: { make: resumePlan, often: 1, collecting: 1, planning: 2, instead: 'PostPayment' },
  DisclosePlan: { make: disclosePlan, often: 1, collecting: 3, planning: 1, instead: 'ProposePlan' },
  DeferPlan: { make: deferPlan, often: 1, collecting: 1, planning: 1, instead: 'AcceptPlan' },
  ReagePlan: { make: reagePlan, often: 1, collecting: 1, planning: 5, instead: 'PostPayment' },
  RecordPlanNotice: { make: recordPlanNotice, often: 1, collecting: 3, planning: 12, instead: 'EvaluatePlan' },
  CancelPlan: { make: cancelPlan, often: 1, collecting: 0, instead: 'AcceptPlan' },
}
