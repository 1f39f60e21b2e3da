import { type DeskDay, type Move, ofAccount } from './desk-day.ts'
import type { Account } from './people.ts'
import type { AccountCommandInput } from './step.ts'

// Plans, each over a line of its own, and what becomes of them: kept, missed and cured, left alone, put off, made current
// again, amended with and without consent, in dispute, cancelled; drawn by authorisation, with drafts that come back.

/** A plan as it was agreed on, and what can be done to it on a day to come. */
interface Agreed {
  readonly day: DeskDay
  readonly plan: string
  readonly line: string
  readonly amount: number
  readonly instalments: number
  /** Days from now until an instalment is due, about: the first is 1. */
  readonly dueIn: (instalment: number) => number
  readonly later: (days: number, command: (on: string) => AccountCommandInput) => number
}

const paysPart = ({ day, line, amount, later, dueIn }: Agreed, instalment: number, lateBy = 0): number =>
  later(dueIn(instalment) + lateBy, (on) => ({
    ...{ type: 'PostPayment', on, payment: `p${day.next()}`, amount, tender: 'check' },
    allocations: [{ line, amount }],
  }))

const pays = (agreed: Agreed, from: number, to: number): void => {
  for (let n = from; n <= Math.min(to, agreed.instalments); n += 1) paysPart(agreed, n)
}

const tells = ({ plan, later }: Agreed, days: number, kind: 'cure' | 'renegotiation' | 'contactAttempt'): void => {
  later(days, (on) => ({ type: 'RecordPlanNotice', on, plan, kind, channel: 'mail' }))
}

/** A letter about the plan. */
const writes = (
  { day, plan, later }: Agreed,
  days: number,
  about: 'planAmended' | 'planCure' | 'planDeferred',
): void => {
  const document = `b${day.next()}`
  later(days, (on) => ({ type: 'IssueLetter', on, document, letter: { about, plan } }))
}

type Course = (agreed: Agreed) => void

const kept: Course = (agreed) => pays(agreed, 1, agreed.instalments)

const leftAlone: Course = (agreed) => {
  tells(agreed, agreed.dueIn(1) + 8, 'contactAttempt')
  tells(agreed, agreed.dueIn(2) + 8, 'cure')
  writes(agreed, agreed.dueIn(2) + 8, 'planCure')
}

const missedAndCured: Course = (agreed) => {
  const { plan, dueIn, later } = agreed
  pays(agreed, 1, 1)
  tells(agreed, dueIn(3) + 8, 'cure')
  writes(agreed, dueIn(3) + 8, 'planCure')
  paysPart(agreed, 2, dueIn(3) + 10 - dueIn(2))
  paysPart(agreed, 3, 11)
  later(dueIn(3) + 12, (on) => ({ type: 'CurePlan', on, plan }))
  pays(agreed, 4, agreed.instalments)
}

const putOff: Course = (agreed) => {
  const { day, plan, dueIn, later } = agreed
  const hardship = day.random.chance(50)
  pays(agreed, 1, 1)
  for (const months of [day.random.between(1, 2), 1, 2]) {
    const reason = hardship ? 'out of work' : 'asked for it'
    later(dueIn(1) + months + 2, (on) => ({ type: 'DeferPlan', on, plan, months, hardship, reason }))
  }
  writes(agreed, dueIn(1) + 4, 'planDeferred')
  pays(agreed, 3, agreed.instalments)
}

const madeCurrent: Course = (agreed) => {
  const { day, plan, dueIn, later } = agreed
  pays(agreed, 1, 3)
  const approval = day.random.pick([
    { by: 'sue', roles: ['supervisor' as const] },
    { by: 'rob', roles: ['rep' as const] },
  ])
  for (const instalment of [2, 4, 5]) {
    later(dueIn(instalment) + 9, (on) => ({ type: 'ReagePlan', on, plan, approval, reason: 'paid thrice in a row' }))
  }
  pays(agreed, 6, agreed.instalments)
}

const amended: Course = (agreed) => {
  const { day, plan, dueIn, later, instalments } = agreed
  const { random } = day
  pays(agreed, 1, 1)
  for (const times of [1, 2, 3]) {
    const days = dueIn(1) + 2 * times
    const consent = random.chance(60) ? { consent: { on: day.later(days), how: 'phone' as const } } : {}
    const firstDue = day.later(dueIn(2) + random.between(0, 5))
    const divide = { instalments: Math.max(1, instalments + random.between(-2, 3)) }
    const added = random.chance(30) ? { addLines: [agreed.line] } : {}
    later(days, (on) => ({
      type: 'AmendPlan',
      on,
      plan,
      divide,
      firstDue,
      ...consent,
      ...added,
      reason: 'asked for it',
    }))
  }
  writes(agreed, dueIn(1) + 7, 'planAmended')
  pays(agreed, 2, instalments)
  if (random.chance(40)) later(dueIn(2) + 20, (on) => ({ type: 'ResumePlan', on, plan, reason: 'goes on' }))
}

const disputed: Course = (agreed) => {
  const { day, line, dueIn, later } = agreed
  const dispute = `x${day.next()}`
  const said = { dispute, raisedBy: 'patient', channel: 'phone', written: false, says: 'not mine' } as const
  later(Math.max(1, dueIn(1) - 2), (on) => ({ type: 'OpenDispute', on, kind: 'billingError', lines: [line], ...said }))
  later(dueIn(1) + 12, (on) => ({ type: 'CloseDispute', on, dispute, because: { kind: 'withdrawn', reason: 'it is' } }))
  pays(agreed, 2, agreed.instalments)
}

const cancelled: Course = (agreed) => {
  const { plan, dueIn, later } = agreed
  pays(agreed, 1, 1)
  later(dueIn(1) + 5, (on) => ({ type: 'CancelPlan', on, plan, reason: 'pays all at once' }))
}

const returns = ['R01', 'R09', 'R02', 'R07', 'R10'] as const

/** One draft: presented, perhaps after notice; settled or returned, and then perhaps presented again. */
const drafted = (agreed: Agreed, autopay: string, instalment: number, varies: boolean): void => {
  const { day, amount, line, dueIn, later } = agreed
  const { random, next } = day
  const due = dueIn(instalment)
  const draft = `z${next()}`
  if (random.chance(varies ? 70 : 10)) {
    const draftOn = day.later(due)
    later(Math.max(1, due - random.between(8, 12)), (on) => ({
      ...{ type: 'RecordDraftNotice', on, autopay, amount, draftOn, channel: 'mail' },
    }))
  }
  later(due, (on) => ({ type: 'PresentDraft', on, autopay, draft, amount }))
  if (random.chance(60)) {
    const payment = `p${next()}`
    const tender = { payment, amount, tender: 'ach' as const, allocations: [{ line, amount }] }
    later(due + 1, (on) => ({ type: 'PostPayment', on, ...tender }))
    later(due + 1, (on) => ({ type: 'RecordDraftSettled', on, draft, payment }))
    if (random.chance(80)) return
    later(due + 3, (on) => ({ type: 'RecordDraftReturned', on, draft, code: random.pick(returns) }))
    later(due + 3, (on) => ({ type: 'ReversePayment', on, payment, kind: 'nsf', reason: 'it came back' }))
    return
  }
  const code = random.pick(returns)
  later(due + 2, (on) => ({ type: 'RecordDraftReturned', on, draft, code }))
  for (const days of [4, 6, 8]) later(due + days, (on) => ({ type: 'PresentDraft', on, autopay, amount, again: draft }))
}

const drawn: Course = (agreed) => {
  const { day, plan, amount, dueIn, later, instalments } = agreed
  const { random, next } = day
  const autopay = `u${next()}`
  const varies = random.chance(40)
  const terms = {
    method: random.pick(['ach', 'ach', 'card'] as const),
    token: `tok_${autopay}`,
    drawn: varies ? { amount: amount - 500 } : random.pick([{ amount }, { least: amount - 100, most: amount + 100 }]),
    text: 'ab'.repeat(32),
    textVersion: '2026-1',
    how: random.chance(90) ? ('signed' as const) : ('spoken' as const),
    copyGiven: random.chance(95),
    disclosed: random.chance(95),
    conditioned: random.chance(5),
  }
  later(1, (on) => ({ type: 'AuthorizeAutopay', on, autopay, plan, ...terms }))
  for (let n = 1; n <= instalments; n += 1) drafted(agreed, autopay, n, varies)
  if (random.chance(60)) return
  const after = dueIn(random.between(1, instalments)) + 2
  later(after, (on) => ({ type: 'RevokeAutopay', on, autopay, channel: 'phone', reason: 'pays by check' }))
}

const courses: readonly Course[] = [
  kept,
  kept,
  leftAlone,
  missedAndCured,
  putOff,
  putOff,
  madeCurrent,
  madeCurrent,
  amended,
  amended,
  disputed,
  cancelled,
  drawn,
  drawn,
  drawn,
]

const days = { week: 7, twoWeeks: 14, month: 30 } as const

const agrees: Move = (day, _who, account: Account) => {
  const { random, put, next, on, later } = day
  const plan = `a${next()}`
  const line = `l${next()}`
  const instalments = random.pick([3, 4, 4, 6, 8])
  const every = random.pick(['week', 'week', 'twoWeeks', 'month'] as const)
  const first = random.between(6, 16)
  const amount = random.between(26, every === 'week' ? 55 : 90) * 100
  const minute = random.between(480, 1_000)
  const total = amount * instalments
  const charge = { visit: `v-${line}`, line, code: '99214', amount: total, party: 'patient' } as const
  put(minute, ofAccount(account, { type: 'PostCharge', on, ...charge }))
  account.lines.push({ line, amount: total })
  const writtenAgreement = random.chance(60)
  const income = random.chance(90)
    ? { household: { monthlyIncome: random.pick([60_000, 500_000, 500_000, 500_000, 500_000]) } }
    : {}
  const asked = random.chance(15) ? { requiredForCare: true } : {}
  const terms = { divide: { instalments }, every, firstDue: later(first), writtenAgreement, ...income, ...asked }
  const proposal = { type: 'ProposePlan', on, plan, ...terms } as const
  const proposed = put(minute + 1, ofAccount(account, { ...proposal, lines: [line] }))
  if (random.chance(70)) {
    put(minute + 2, ofAccount(account, { type: 'DisclosePlan', on, plan, channel: 'mail' }), 0, proposed)
  }
  if (random.chance(10)) return
  const accepted = put(minute + 3, ofAccount(account, { type: 'AcceptPlan', on, plan }), 0, proposed)
  const agreed: Agreed = {
    ...{ day, plan, line, amount, instalments },
    dueIn: (instalment) => first + (instalment - 1) * days[every],
    later: (more, command) => put(700, ofAccount(account, command(later(more))), more, accepted),
  }
  random.pick(courses)(agreed)
}

export const planMoves: readonly (readonly [weight: number, move: Move])[] = [[3, agrees]]
