import { type Move, ofAccount } from './desk-day.ts'

// What is owed and paid, promised, disputed, asked and noted.

const charge: Move = ({ random, put, on, next }, _who, account) => {
  const line = `l${next()}`
  const amount = random.between(1_500, 60_000)
  const code = random.pick(['99213', '99214', '80053'])
  put(
    random.between(480, 1_020),
    ofAccount(account, { type: 'PostCharge', on, visit: `v-${line}`, line, code, amount, party: 'patient' }),
  )
  account.lines.push({ line, amount })
}

const pays: Move = ({ random, put, on, next }, _who, account) => {
  const { amount } = account.lines.at(-1) ?? { amount: 5_000 }
  const part = random.pick([amount, Math.ceil(amount / 2), Math.ceil(amount / 4), 500])
  const tender = random.pick(['check', 'cash', 'card'] as const)
  const payment = `p${next()}`
  put(random.between(480, 1_020), ofAccount(account, { type: 'PostPayment', on, payment, amount: part, tender }))
  if (!random.chance(6)) return
  const reversed = { type: 'ReversePayment', on, payment, kind: 'misposted', reason: 'another account' } as const
  if (random.chance(50)) put(1_030, ofAccount(account, reversed))
  else put(1_030, ofAccount(account, { type: 'IssueReceipt', on, payment, by: 'inPerson' }))
}

const promises: Move = ({ random, put, on, next, later }, _who, account) => {
  const promise = `w${next()}`
  const amount = random.between(500, 9_000)
  const due = later(random.between(1, 33))
  const again = { amount, firstDue: later(random.between(1, 9)), every: 'week', times: 2 } as const
  const parts = {
    parts: [
      { amount, due: later(3) },
      { amount: amount + 500, due: later(11) },
    ],
  }
  const pays = random.pick([{ amount, due }, { amount, due }, again, parts])
  const made = { type: 'RecordPromise', on, promise, madeBy: 'guarantor', channel: 'phone' } as const
  const recorded = put(random.between(480, 1_020), ofAccount(account, { ...made, pays }))
  const gone = random.between(2, 40)
  if (random.chance(12)) {
    const closed = { type: 'ClosePromise', on: later(gone), promise, reason: 'was withdrawn' } as const
    put(600, ofAccount(account, closed), gone, recorded)
  }
  if (random.chance(50)) return
  const days = random.between(1, 25)
  const money = { type: 'PostPayment', on: later(days), payment: `p${next()}`, amount, tender: 'check' } as const
  put(random.between(480, 1_020), ofAccount(account, money), days, recorded)
}

const disputes: Move = ({ random, put, on, next, later }, _who, account) => {
  if (account.lines.length === 0) return
  const dispute = `x${next()}`
  const lines = random.chance(50) ? account.lines.map(({ line }) => line) : [random.pick(account.lines).line]
  const kind = random.pick([
    'billingError',
    'billingError',
    'insuranceProcessing',
    'quality',
    'bureau',
    'identityTheft',
  ] as const)
  const opened = { type: 'OpenDispute', on, dispute, kind, lines, raisedBy: 'patient', channel: 'phone' } as const
  const done = put(
    random.between(480, 1_020),
    ofAccount(account, { ...opened, written: random.chance(50), says: 'not mine' }),
  )
  const days = [1, random.between(2, 9), random.between(10, 20), random.between(20, 40)].map(later)
  const [told = on, looked = on, decided = on, closed = on] = days
  const noon = 720
  const daysTo = (day: string) => Math.round((Date.parse(day) - Date.parse(on)) / 86_400_000)
  const then = (day: string, command: Parameters<typeof ofAccount>[1]) =>
    put(noon, ofAccount(account, command), daysTo(day), done)
  then(told, { type: 'AcknowledgeDispute', on: told, dispute, channel: 'mail' })
  then(looked, { type: 'InvestigateDispute', on: looked, dispute, finding: 'the chart has it' })
  if (random.chance(15)) return
  then(decided, { type: 'ResolveDispute', on: decided, dispute, outcome: 'rejected', explanation: 'as the chart says' })
  then(closed, { type: 'CloseDispute', on: closed, dispute, because: { kind: 'resultSent', channel: 'mail' } })
}

const asks: Move = ({ random, put, on, next, later }, _who, account) => {
  const inquiry = `q${next()}`
  const asked = { type: 'RecordInquiry', on, inquiry, topic: 'balance', channel: 'phone', by: 'guarantor' } as const
  const minute = random.between(480, 1_000)
  const known = random.chance(70) ? { identifiers: ['name', 'born'] as ('name' | 'born')[] } : {}
  put(minute, ofAccount(account, { ...asked, ...known, says: 'what is this for?' }))
  const days = random.between(0, 12)
  const answer = { type: 'AnswerInquiry', on: later(days), inquiry, channel: 'phone', phi: random.chance(50) } as const
  put(1_010, ofAccount(account, { ...answer, answer: 'a visit' }), days)
}

const notes: Move = ({ random, put, on, next }, _who, account) => {
  const note = `o${next()}`
  const minute = random.between(480, 1_000)
  put(minute, ofAccount(account, { type: 'AddNote', on, note, summary: 'looked at the account' }))
  if (random.chance(25)) put(minute + 5, ofAccount(account, { type: 'AmendNote', on, note, summary: 'and again' }))
}

const pauses: Move = ({ random, put, on, next, later }, _who, account) => {
  const pause = `z${next()}`
  const because = random.pick(['assistance', 'newInsurance', 'hardship'] as const)
  put(random.between(480, 1_020), ofAccount(account, { type: 'PauseDunning', on, pause, because, reason: 'asked' }))
  const days = random.between(1, 30)
  put(700, ofAccount(account, { type: 'ResumeDunning', on: later(days), pause, reason: 'it is over' }), days)
}

const itemised: Move = ({ random, put, on, next, later }, _who, account) => {
  const itemisation = `e${next()}`
  put(random.between(480, 1_020), ofAccount(account, { type: 'RequestItemisation', on, itemisation, channel: 'phone' }))
  const days = random.between(0, 40)
  put(700, ofAccount(account, { type: 'IssueItemisation', on: later(days), itemisation }), days)
}

export const moneyMoves: readonly (readonly [weight: number, move: Move])[] = [
  [5, charge],
  [9, pays],
  [4, promises],
  [2, disputes],
  [3, asks],
  [4, notes],
  [1, pauses],
  [1, itemised],
]
