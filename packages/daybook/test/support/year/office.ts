import { type DeskDay, type Move, ofAccount, ofPerson } from './desk-day.ts'
import type { Account, Owing } from './people.ts'
import { type LookedAt, lookers, type Role } from './step.ts'

// The office itself: who looks at what, who has which work and hands it on, what is told to others, what is put to a note.

const staff = ['berta', 'carl', 'dora'] as const

const looks: Move = ({ random, put }, who, { account }) => {
  const role: Role = random.pick(lookers)
  const of: LookedAt = random.pick(['account', 'account', 'history', 'explain', 'person', 'statement', 'may'] as const)
  const about = { account, person: who.person }
  const limited = random.chance(40)
  put(random.between(480, 1_020), { kind: 'look', of, about, by: `${random.pick(staff)}-${role}`, role, limited })
}

const assigns: Move = ({ random, put, on, later }, _who, account) => {
  const queue = random.chance(50) ? { queue: random.pick(['statementsDue', 'plans', 'disputes', 'promises']) } : {}
  const minute = random.between(480, 1_020)
  put(minute, ofAccount(account, { type: 'AssignWork', on, ...queue, to: random.pick(staff) }))
  const days = random.between(1, 20)
  if (random.chance(40)) put(500, ofAccount(account, { type: 'UnassignWork', on: later(days), ...queue }), days)
}

const putsOff: Move = ({ random, put, on, later }, _who, account) => {
  const queue = random.pick(['statementsDue', 'plans', 'disputes', 'inquiries'])
  const until = later(random.pick([2, 5, 10, 90]))
  const snooze = { type: 'SnoozeWork', on, queue, until, reason: 'waits for the chart' } as const
  put(random.between(480, 1_020), ofAccount(account, snooze))
}

const handsOver: Move = ({ random, put }) => {
  const [from, to] = random.chance(50) ? (['berta', 'carl'] as const) : (['carl', 'dora'] as const)
  put(random.between(900, 1_020), { kind: 'handOver', from, to })
}

/** One goes away and another does their work meanwhile; or does it without being asked, or when it is over. */
const standsIn: Move = ({ random, put, next, later }, _who, account) => {
  const [from, to] = random.pick([
    ['berta', 'carl'],
    ['carl', 'dora'],
    ['dora', 'berta'],
  ] as const)
  const days = random.between(0, 6)
  const delegation = `e${next()}`
  const until = later(days)
  const asked = random.chance(75)
    ? put(random.between(480, 500), { kind: 'delegate', delegation, from, to, until })
    : undefined
  for (const after of [0, 1, days, days + 1]) {
    const note = { type: 'AddNote', on: later(after), note: `o${next()}`, summary: 'looked at the account' } as const
    const actor = { id: to, onBehalfOf: from }
    put(random.between(520, 1_020), { kind: 'account', account: account.account, command: note, actor }, after)
  }
  if (asked && random.chance(30)) put(510, { kind: 'revoke', delegation, by: from }, random.between(0, days), asked)
}

const discloses: Move = ({ random, put, on, next }, _who, account) => {
  const purpose = random.pick(['payment', 'individual', 'government', 'mistaken'] as const)
  const told = { to: 'Some Office', summary: 'an itemised bill', reason: 'asked for in writing' }
  const disclosure = { type: 'RecordDisclosure', on, disclosure: `g${next()}`, purpose, ...told } as const
  put(random.between(480, 1_020), ofAccount(account, disclosure))
}

const attaches: Move = ({ random, put, on, next }, _who, account) => {
  const note = `o${next()}`
  const minute = random.between(480, 1_000)
  const written = put(minute, ofAccount(account, { type: 'AddNote', on, note, summary: 'a letter came' }))
  const scan = { sha256: 'cd'.repeat(32), bytes: 12_345, mediaType: 'application/pdf', place: 'scans/2026/1' }
  put(
    minute + 2,
    ofAccount(account, { type: 'AttachDocument', on, note, attachment: `h${next()}`, ...scan }),
    0,
    written,
  )
}

const escalates: Move = ({ random, put, on, next, later }, _who, account) => {
  const inquiry = `q${next()}`
  const asked = { type: 'RecordInquiry', on, inquiry, topic: 'charges', channel: 'email', by: 'guarantor' } as const
  const minute = random.between(480, 1_000)
  const done = put(minute, ofAccount(account, { ...asked, says: 'why twice?' }))
  const to = { type: 'EscalateInquiry', on: later(2), inquiry, to: 'supervisor', reason: 'asked twice' } as const
  put(600, ofAccount(account, to), 2, done)
  const verified = { type: 'VerifyInquirer', on: later(3), inquiry, identifiers: ['name', 'born'] } as const
  if (random.chance(60)) put(600, ofAccount(account, { ...verified, identifiers: [...verified.identifiers] }), 3, done)
  const answer = { type: 'AnswerInquiry', on: later(4), inquiry, channel: 'email', phi: true } as const
  put(600, ofAccount(account, { ...answer, answer: 'two visits' }), 4, done)
}

/** Somebody who stood behind an account no longer does; another day they do again. */
const changesHands: Move = ({ random, put, on, later }: DeskDay, who: Owing, { account }: Account) => {
  if (who.accounts.length < 2) return
  put(random.between(480, 1_020), ofPerson(who, { type: 'EndAccount', on, account, reason: 'the other parent pays' }))
  const days = random.between(2, 20)
  put(500, ofPerson(who, { type: 'NameAccount', on: later(days), account, role: 'guarantor' }), days)
}

export const officeMoves: readonly (readonly [weight: number, move: Move])[] = [
  [5, looks],
  [2, assigns],
  [1, putsOff],
  [1, handsOver],
  [2, standsIn],
  [1, discloses],
  [1, attaches],
  [1, escalates],
  [1, changesHands],
]
