import { datumOf, iso, type Move, ofPerson, someMinute } from './desk-day.ts'

// The desk reaches people: asks first, as it must, or reports what somebody did without asking.

const ends = [
  'noAnswer',
  'noAnswer',
  'noAnswer',
  'noAnswer',
  'leftLimitedMessage',
  'leftLimitedMessage',
  'busy',
  'rightParty',
  'refused',
  'hungUp',
  'promise',
  'wrongParty',
  'thirdParty',
  'wrongNumber',
  'disconnected',
] as const

const call: Move = ({ random, put, next }, who, { account }) => {
  const datum = datumOf(who, 'phone', random)
  if (datum === undefined) return
  const minute = someMinute(random)
  const contact = `k${next()}`
  const medium = random.chance(4) ? random.pick(['autodialedCall', 'prerecordedCall'] as const) : ('call' as const)
  const purpose = random.chance(6) ? { purpose: random.pick(['answer', 'requiredNotice', 'ceaseNotice'] as const) } : {}
  const begun = put(minute, ofPerson(who, { type: 'BeginContact', account, contact, medium, datum, ...purpose }))
  const outcome = random.chance(60) ? random.pick(['noAnswer', 'leftLimitedMessage'] as const) : random.pick(ends)
  const report = { type: 'RecordCallAttempt', account, contact, medium, datum, ...purpose, outcome } as const
  put(minute + random.between(0, 3), ofPerson(who, report), 0, begun)
  if (outcome !== 'rightParty' || medium !== 'call') return
  const check = `i${next()}`
  const matched = random.chance(85) ? (['name', 'born'] as const) : (['name'] as const)
  put(minute + 3, ofPerson(who, { type: 'CheckIdentity', account, check, matched: [...matched] }), 0, begun)
  const talk = { type: 'RecordConversation', account, contact, datum, direction: 'outbound', summary: 'spoke' } as const
  put(minute + 4, ofPerson(who, { ...talk, discussed: random.chance(80), check }), 0, begun)
}

/** Somebody else is called about it: an attorney, or who may speak for them, or may not. */
const callsAnother: Move = ({ random, put, next }, who, { account }) => {
  const minute = someMinute(random)
  const contact = `k${next()}`
  const other = random.pick(['attorney', 'attorney', 'spouse', 'guardian', 'thirdParty'] as const)
  const datum = other === 'attorney' && !random.chance(10) ? undefined : datumOf(who, 'phone', random)
  const about = { account, contact, medium: 'call', with: other, ...(datum === undefined ? {} : { datum }) } as const
  const purpose = random.chance(20) ? ({ purpose: 'answer' } as const) : {}
  const begun = put(minute, ofPerson(who, { type: 'BeginContact', ...about, ...purpose }))
  const outcome = random.pick(['noAnswer', 'rightParty', 'attorney', 'thirdParty', 'busy'] as const)
  // Now and then nobody has asked.
  if (random.chance(20)) {
    put(minute + 2, ofPerson(who, { type: 'RecordCallAttempt', ...about, ...purpose, contact: `k${next()}`, outcome }))
    return
  }
  put(minute + 2, ofPerson(who, { type: 'RecordCallAttempt', ...about, ...purpose, outcome }), 0, begun)
  if (random.chance(60)) return
  const check = `i${next()}`
  const matched = random.chance(70) ? (['name', 'accountNumber'] as const) : (['name'] as const)
  const looked = { type: 'CheckIdentity', account, check, as: other } as const
  put(minute + 3, ofPerson(who, { ...looked, matched: [...matched] }), 0, begun)
  const talk = { type: 'RecordConversation', account, contact, direction: 'outbound', summary: 'spoke' } as const
  put(minute + 4, ofPerson(who, { ...talk, with: other, discussed: random.chance(80), check }), 0, begun)
}

/** Spoken with, and nobody had asked whether they may be. */
const speaks: Move = ({ random, put, next, on }, who, { account }) => {
  const datum = datumOf(who, 'phone', random)
  if (datum === undefined) return
  const minute = someMinute(random)
  const check = `i${next()}`
  put(minute, ofPerson(who, { type: 'CheckIdentity', account, check, matched: ['name', 'last4'] }))
  const talk = { type: 'RecordConversation', account, contact: `k${next()}`, datum, summary: 'met by chance' } as const
  const said = { direction: 'outbound', discussed: random.chance(70), check } as const
  const days = random.chance(30) ? 1 : 0
  const at = days > 0 ? { at: iso(on, minute) } : {}
  put(days > 0 ? random.between(480, 1_020) : minute + 1, ofPerson(who, { ...talk, ...said, ...at }), days)
}

const written =
  (medium: 'text' | 'email' | 'mail'): Move =>
  ({ random, put, next }, who, { account }) => {
    const kind = medium === 'text' ? 'phone' : medium === 'email' ? 'email' : 'address'
    const datum = datumOf(who, kind, random)
    if (datum === undefined) return
    const minute = someMinute(random)
    const contact = `k${next()}`
    const letter = medium === 'mail' ? { letterLevel: random.between(0, 3) } : {}
    const begin = { type: 'BeginContact', account, contact, medium, datum, ...letter } as const
    const begun = put(minute, ofPerson(who, begin))
    const silent = random.chance(5) ? { optOutOffered: false } : {}
    const sent = { type: 'RecordMessage', account, contact, medium, datum, ...letter, ...silent } as const
    put(minute + 1, ofPerson(who, sent), 0, begun)
  }

/** Nobody asked; or it is reported a day or more later. */
const careless: Move = ({ random, put, next, on }, who, { account }) => {
  const datum = datumOf(who, 'phone', random)
  if (datum === undefined) return
  const minute = someMinute(random)
  const report = { type: 'RecordCallAttempt', account, contact: `k${next()}`, datum } as const
  const outcome = random.pick(ends)
  if (random.chance(60)) put(minute, ofPerson(who, { ...report, outcome }))
  else put(random.between(480, 1_020), ofPerson(who, { ...report, outcome, at: iso(on, minute) }), random.between(1, 3))
}

const visit: Move = ({ random, put, next }, who, { account }) => {
  const datum = datumOf(who, 'address', random)
  if (datum === undefined) return
  const minute = someMinute(random)
  const contact = `k${next()}`
  const begun = put(minute, ofPerson(who, { type: 'BeginContact', account, contact, medium: 'visit', datum }))
  const made = { type: 'RecordVisit', account, contact, datum, met: random.chance(40) } as const
  put(minute + 2, ofPerson(who, made), 0, begun)
}

const ringsUp: Move = ({ random, put, next }, who, { account }) => {
  const minute = random.between(480, 1_020)
  const check = `i${next()}`
  const matched = random.chance(80) ? (['name', 'born', 'last4'] as const) : (['name'] as const)
  put(minute, ofPerson(who, { type: 'CheckIdentity', account, check, matched: [...matched] }))
  const talk = { type: 'RecordConversation', account, direction: 'inbound', summary: 'rang up' } as const
  put(minute + 3, ofPerson(who, { ...talk, contact: `k${next()}`, discussed: matched.length > 1, check }))
}

const callback: Move = ({ random, put }, who, { account }) => {
  put(random.between(480, 1_020), ofPerson(who, { type: 'RequestCallback', account }))
}

const reviews: Move = ({ random, put, next, on }, who, { account }) => {
  const minute = random.between(480, 900)
  const contact = `k${next()}`
  const sent = { type: 'RecordMessage', account, contact, medium: 'mail', template: 'welcome' } as const
  put(minute, ofPerson(who, sent))
  put(minute + 5, ofPerson(who, { type: 'ReviewContact', on, contact, note: 'looked at' }))
}

export const contactMoves: readonly (readonly [weight: number, move: Move])[] = [
  [36, call],
  [8, written('text')],
  [7, written('email')],
  [6, written('mail')],
  [4, careless],
  [3, callsAnother],
  [1, speaks],
  [1, visit],
  [5, ringsUp],
  [2, callback],
  [1, reviews],
]
