import { datumOf, iso, type Move, ofPerson, someMinute } from './desk-day.ts'
import { numberIn, towns } from './people.ts'

// What people tell the desk: how they are reached and by what not, what they agree to and take back, who speaks for them.

const consent = ({ random, put, on }: Parameters<Move>[0], who: Parameters<Move>[1], channel: 'text' | 'email') => {
  const datum = datumOf(who, channel === 'text' ? 'phone' : 'email', random)
  if (datum === undefined) return
  const minute = someMinute(random)
  const scope = random.chance(80) ? ('billing' as const) : random.pick(['all', 'clinical', 'marketing'] as const)
  const said = { on, datum, channel, scope, at: iso(on, minute) } as const
  put(minute, ofPerson(who, { type: 'GrantConsent', ...said, source: 'form' }))
  if (random.chance(60)) put(minute, ofPerson(who, { type: 'ConfirmDatum', on, datum, by: 'used' }))
}

const revokes: Move = ({ random, put, on }, who) => {
  const channel = random.pick(['text', 'text', 'email', 'call'] as const)
  const datum = datumOf(who, channel === 'email' ? 'email' : 'phone', random)
  if (datum === undefined) return
  const minute = someMinute(random)
  const said = { on, datum, channel, scope: 'billing', at: iso(on, minute), means: 'stopWord' } as const
  put(minute, ofPerson(who, { type: 'RevokeConsent', ...said }))
}

const uses: Move = ({ random, put, on }, who) => {
  const { data } = who
  if (data.length === 0) return
  const by = random.pick(['used', 'asked', 'database', 'mail'] as const)
  put(random.between(480, 1_020), ofPerson(who, { type: 'ConfirmDatum', on, datum: random.pick(data).datum, by }))
}

const inconvenient: Move = ({ random, put, on, next }, who) => {
  const minute = someMinute(random)
  const inconvenience = `n${next()}`
  const from = random.between(0, 1_300)
  const days = random.chance(50) ? { days: [...new Set([random.between(0, 6), random.between(0, 6)])] } : {}
  const what = random.pick([
    { kind: 'time' as const, from, until: Math.min(1_440, from + random.between(30, 600)), ...days },
    { kind: 'time' as const, from, until: Math.min(1_440, from + random.between(30, 600)), ...days },
    { kind: 'place' as const, place: 'work' as const, because: 'employer' as const },
    { kind: 'medium' as const, medium: random.pick(['text', 'email', 'call', 'mail'] as const) },
  ])
  const at = iso(on, minute)
  put(minute, ofPerson(who, { type: 'DeclareInconvenience', on, inconvenience, what, at }))
  who.windows.push(inconvenience)
}

const convenientAgain: Move = ({ random, put, on }, who) => {
  const inconvenience = who.windows.shift()
  if (inconvenience === undefined) return
  const reason = 'has nothing against it'
  put(random.between(480, 1_020), ofPerson(who, { type: 'WithdrawInconvenience', on, inconvenience, reason }))
}

/** Stands from now on, and most of the time ends some days or weeks later. */
const forSomeTime =
  (
    begin: (on: string, at: string, datum: string, account: string) => Parameters<typeof ofPerson>[1],
    end: (on: string) => Parameters<typeof ofPerson>[1],
  ): Move =>
  ({ random, put, on, later }, who, { account }) => {
    const datum = who.data.length > 0 ? random.pick(who.data).datum : 'none'
    const minute = someMinute(random)
    put(minute, ofPerson(who, begin(on, iso(on, minute), datum, account)))
    if (random.chance(25)) return
    const days = random.between(0, 40)
    put(random.between(480, 1_020), ofPerson(who, end(later(days))), days)
  }

const ceases = forSomeTime(
  (on, at) => ({ type: 'RecordCease', on, written: true, at }),
  (on) => ({ type: 'WithdrawCease', on, reason: 'wants to hear of it again' }),
)
const represented = forSomeTime(
  (on, at, _datum, account) => ({ type: 'RecordAttorney', on, at, name: 'A. Torney', accounts: [account] }),
  (on) => ({ type: 'ReleaseAttorney', on, because: 'ended', reason: 'the matter is over' }),
)
const confidential = forSomeTime(
  (on, at, datum) => ({ type: 'SetConfidentialChannel', on, at, datum }),
  (on) => ({ type: 'EndConfidentialChannel', on, reason: 'asked for it' }),
)
const vulnerable = forSomeTime(
  (on) => ({ type: 'FlagVulnerability', on, kind: 'illness' }),
  (on) => ({ type: 'EndVulnerability', on, reason: 'is well again' }),
)

const speaksFor: Move = ({ random, put, on, next, later }, who, { account }) => {
  const spokesperson = `s${next()}`
  const as = random.pick(['spouse', 'spouse', 'guardian'] as const)
  const by = as === 'guardian' ? ('court' as const) : ('person' as const)
  const accounts = random.chance(30) ? { accounts: [account] } : {}
  const named = { type: 'NameSpokesperson', on, spokesperson, as, name: 'Sam Sample', by, ...accounts } as const
  put(random.between(480, 1_020), ofPerson(who, named))
  if (random.chance(50)) return
  const days = random.between(1, 60)
  const ended = { type: 'EndSpokesperson', on: later(days), spokesperson, reason: 'no more' } as const
  put(random.between(480, 1_020), ofPerson(who, ended), days)
}

const complains: Move = ({ random, put, on, next, later }, who, { account }) => {
  const complaint = `m${next()}`
  const about = 'too many calls'
  put(
    random.between(480, 1_020),
    ofPerson(who, { type: 'RecordComplaint', on, complaint, account, topic: 'calls', about }),
  )
  const days = random.between(1, 35)
  const answer = { type: 'AnswerComplaint', on: later(days), complaint, answer: 'sorry' } as const
  put(random.between(480, 1_020), ofPerson(who, answer), days)
}

const language: Move = ({ random, put, on }, who) => {
  const needs = { type: 'NoteLanguage', on, language: random.pick(['so', 'es', 'hmn']) } as const
  put(random.between(480, 1_020), ofPerson(who, needs))
}

const newNumber: Move = ({ random, put, on, next }, who) => {
  const datum = `d${next()}`
  const from = random.chance(70) ? who.town : random.pick(towns)
  const line = random.pick(['mobile', 'mobile', 'landline'] as const)
  const place = random.pick(['mobile', 'home', 'work'] as const)
  const source = random.pick(['person', 'registration', 'append'] as const)
  const value = random.chance(20) ? who.mobile : numberIn(from, random)
  const zone = random.chance(15) ? { zone: random.pick(['America/Los_Angeles', 'America/New_York']) } : {}
  const number = { datum, kind: 'phone', value, line, place, source, ...zone } as const
  put(random.between(480, 1_020), ofPerson(who, { type: 'RecordDatum', on, ...number }))
  who.data.push({ datum, kind: 'phone' })
}

const moves: Move = ({ random, put, on, next }, who) => {
  const minute = random.between(480, 1_020)
  const before = who.data.find(({ kind }) => kind === 'address')
  if (before && random.chance(80)) {
    put(minute, ofPerson(who, { type: 'RetireDatum', on, datum: before.datum, because: 'moved' }))
    who.data.splice(who.data.indexOf(before), 1)
  }
  const { state, town } = random.pick(towns)
  const datum = `d${next()}`
  const value = `${random.between(1, 99)} Oak Avenue, ${town}, ${state}`
  const home = {
    type: 'RecordDatum',
    on,
    datum,
    kind: 'address',
    value,
    state,
    place: 'home',
    source: 'person',
  } as const
  put(minute, ofPerson(who, home))
  who.data.push({ datum, kind: 'address' })
}

const comesBack: Move = ({ random, put, on, later }, who) => {
  const datum = datumOf(who, 'address', random)
  if (datum === undefined) return
  put(random.between(480, 1_020), ofPerson(who, { type: 'RecordReturnedMail', on, datum }))
  if (random.chance(40)) return
  const days = random.between(1, 30)
  const right = { type: 'ConfirmDatum', on: later(days), datum, by: 'asked' } as const
  put(random.between(480, 1_020), ofPerson(who, right), days)
}

export const fileMoves: readonly (readonly [weight: number, move: Move])[] = [
  [4, (day, who) => consent(day, who, 'text')],
  [3, (day, who) => consent(day, who, 'email')],
  [3, revokes],
  [5, uses],
  [2, inconvenient],
  [1, convenientAgain],
  [1, ceases],
  [1, represented],
  [1, confidential],
  [1, vulnerable],
  [1, speaksFor],
  [1, complains],
  [1, language],
  [1, newNumber],
  [1, moves],
  [1, comesBack],
]
