import { type DeskDay, type Move, ofAccount, ofPerson } from './desk-day.ts'
import type { Account } from './people.ts'
import type { AccountCommandInput } from './step.ts'

// Letters beside the ladder, each behind what it is about; those about plans are in the courses of plans. Some say in their own
// words what the book does not hold.

type Letter = Extract<AccountCommandInput, { type: 'IssueLetter' }>['letter']

/** A letter some days later, where what it is about was done. */
const writes = (
  { random, put, later, next }: DeskDay,
  account: Account,
  { letter, days = 0, ifDone }: { readonly letter: Letter; readonly days?: number; readonly ifDone?: number },
): number => {
  const issue = { type: 'IssueLetter', on: later(days), document: `b${next()}`, letter } as const
  const by = random.chance(20) ? { by: random.pick(['mail', 'email', 'inPerson'] as const) } : {}
  return put(1_025, ofAccount(account, { ...issue, ...by }), days, ifDone)
}

const firstNotice: Move = (day, _who, account) => {
  writes(day, account, { letter: { about: 'firstNotice' } })
}

const assistance: Move = (day, _who, account) => {
  const { random, put, on, next, later } = day
  const bill = random.pick(account.lines)
  const pause = `z${next()}`
  const asked = { type: 'PauseDunning', on, pause, because: 'assistance', reason: 'asked for help' } as const
  const paused = put(random.between(480, 1_000), ofAccount(account, asked))
  writes(day, account, { letter: { about: 'assistanceReceived', pause }, ifDone: paused })
  const days = random.between(3, 20)
  const adjustment = `f${next()}`
  const approval = { by: 'sue', roles: ['faSupervisor' as const, 'director' as const], determination: `fap-${next()}` }
  const amount = Math.ceil(bill.amount / random.pick([1, 2, 4]))
  const given = put(
    700,
    ofAccount(account, {
      ...{ type: 'WriteOff', on: later(days), visit: `v-${bill.line}`, party: 'patient', category: 'charity' },
      ...{ lines: [{ line: bill.line, amount }], adjustment, approval, reason: 'the policy of the practice' },
    }),
    days,
    paused,
  )
  writes(day, account, { letter: { about: 'assistanceGranted', adjustment }, days, ifDone: given })
  put(
    701,
    ofAccount(account, { type: 'ResumeDunning', on: later(days + 1), pause, reason: 'decided' }),
    days + 1,
    paused,
  )
}

const complaint: Move = (day, who, account) => {
  const { random, put, on, next } = day
  const said = `m${next()}`
  const about = { account: account.account, topic: 'billing', about: 'the bill is wrong' } as const
  const recorded = put(
    random.between(480, 1_000),
    ofPerson(who, { type: 'RecordComplaint', on, complaint: said, ...about }),
  )
  const answer = random.pick([
    'we looked at it and are sorry',
    'we looked at it: you owe $9,876.54',
    'we wrote on 1999-12-24',
  ])
  writes(day, account, {
    letter: { about: 'complaint', complaint: said, answer },
    days: random.between(1, 9),
    ifDone: recorded,
  })
}

const dispute: Move = (day, _who, account) => {
  const { random, put, on, next, later } = day
  const { line } = random.pick(account.lines)
  const id = `x${next()}`
  const opened = {
    type: 'OpenDispute',
    on,
    dispute: id,
    kind: 'billingError',
    raisedBy: 'patient',
  } as const
  const done = put(
    random.between(480, 1_000),
    ofAccount(account, { ...opened, lines: [line], channel: 'phone', written: random.chance(50), says: 'not mine' }),
  )
  const [told, decided] = [random.between(0, 5), random.between(6, 20)]
  const acknowledged = { type: 'AcknowledgeDispute', on: later(told), dispute: id, channel: 'mail' } as const
  if (random.chance(50)) put(720, ofAccount(account, acknowledged), told, done)
  writes(day, account, { letter: { about: 'disputeAcknowledged', dispute: id }, days: told, ifDone: done })
  const outcome = random.pick(['rejected', 'rejected', 'upheld', 'partiallyUpheld'] as const)
  const explanation = random.pick(['as the chart says', 'as the chart says', 'the visit cost $9,876.54'])
  const result = { type: 'ResolveDispute', on: later(decided), dispute: id, outcome, explanation } as const
  const resolved = put(720, ofAccount(account, result), decided, done)
  writes(day, account, { letter: { about: 'disputeDecided', dispute: id }, days: decided, ifDone: resolved })
  const sent = { kind: 'resultSent', channel: 'mail' } as const
  const closed = { type: 'CloseDispute', on: later(decided + 1), dispute: id, because: sent } as const
  put(720, ofAccount(account, closed), decided + 1, done)
}

/** More is paid than is owed, and what is too much goes back. */
const refund: Move = (day, _who, account) => {
  const { random, put, on, next, later } = day
  const payment = `p${next()}`
  const paid = { type: 'PostPayment', on, payment, amount: 2_000_000, tender: 'check' } as const
  const done = put(random.between(480, 1_000), ofAccount(account, paid))
  const id = `r${next()}`
  const approved = {
    type: 'ApproveRefund',
    on: later(1),
    refund: id,
    payment,
    payee: 'guarantor',
    method: 'check',
  } as const
  const allowed = put(700, ofAccount(account, { ...approved, reason: 'paid too much' }), 1, done)
  const days = random.between(1, 9)
  const issued = put(710, ofAccount(account, { type: 'IssueRefund', on: later(days), refund: id }), days, allowed)
  writes(day, account, { letter: { about: 'refund', refund: id }, days, ifDone: issued })
}

export const letterMoves: readonly (readonly [weight: number, move: Move])[] = [
  [1, firstNotice],
  [1, assistance],
  [1, complaint],
  [1, dispute],
  [1, refund],
]
