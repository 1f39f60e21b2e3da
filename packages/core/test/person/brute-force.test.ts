import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Medium } from '../../src/kernel/contact.ts'
import type { PersonCommandInput } from '../../src/person/index.ts'
import { presets } from '../../src/policy/presets.ts'
import { office } from '../support/desk.ts'
import { type PersonDesk, personDesk } from '../support/person-desk.ts'
import {
  bruteForce,
  type File,
  type Life,
  local,
  type Question,
  type Said,
  zonesOfCode,
  zonesOfState,
} from './brute-force.ts'

const HOUR = 3_600_000
const iso = (at: number): string => new Date(at).toISOString()
/** The civil day at the practice. */
const dayOf = (at: number): string => iso(local(at, 'America/Chicago').day * 86_400_000).slice(0, 10)

/** Weeks in which clocks go forward, go back, and do neither. */
const begins = ['2026-03-01', '2026-10-25', '2026-06-07', '2026-12-27'].map((day) => Date.parse(`${day}T00:00:00.000Z`))

const data = { mobile: 'phone', work: 'phone', email: 'email', address: 'address' } as const
const accounts = fc.constantFrom('a1', 'a1', 'a1', 'a2')
const window = fc
  .record(
    {
      from: fc.integer({ min: 0, max: 1_438 }),
      length: fc.integer({ min: 1, max: 700 }),
      days: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }),
    },
    { requiredKeys: ['from', 'length'] },
  )
  .map(({ from, length, days }) => ({ from, until: Math.min(1_440, from + length), ...(days ? { days } : {}) }))

const files = fc.constantFrom<File>('one', 'one', 'two')

const saidOf = fc.record({
  file: files,
  kind: fc.oneof(
    { weight: 24, arbitrary: fc.constant('call' as const) },
    { weight: 2, arbitrary: fc.constantFrom('talk' as const, 'callback' as const) },
    { weight: 3, arbitrary: fc.constantFrom('consent' as const, 'stop' as const, 'used' as const) },
    { weight: 1, arbitrary: fc.constant('window' as const) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('cease', 'uncease', 'uncease', 'attorney', 'confidential', 'noTexts'),
    },
  ),
  after: fc.integer({ min: 1, max: 16 * HOUR }),
  account: accounts,
  datum: fc.constantFrom('mobile', 'work'),
  outcome: fc.oneof(
    { weight: 16, arbitrary: fc.constantFrom('noAnswer', 'leftLimitedMessage') },
    { weight: 1, arbitrary: fc.constantFrom('busy', 'refused') },
  ),
  channel: fc.constantFrom('text', 'text', 'email'),
  window,
})
type Drawn = Awaited<ReturnType<typeof saidOf.generate>>['value']

/** What the desk is told, and the same for the other reckoning. */
const told = (
  { file, kind, account, datum, outcome, channel, window }: Drawn,
  at: number,
): [PersonCommandInput, Said] => {
  const on = dayOf(at)
  const reached = channel === 'email' ? 'email' : datum
  switch (kind) {
    case 'call':
      return [
        { type: 'RecordCallAttempt', account, datum, outcome },
        { file, kind, at, account, datum, connected: outcome !== 'busy', spoken: outcome === 'refused' },
      ]
    case 'talk':
      return [
        { type: 'RecordConversation', account, direction: 'inbound', discussed: false, summary: 'rang up' },
        { file, kind, at, account },
      ]
    case 'callback':
      return [
        { type: 'RequestCallback', account },
        { file, kind, at, account },
      ]
    case 'consent':
      return [
        { type: 'GrantConsent', on, datum: reached, channel, scope: 'billing', source: 'form', at: iso(at) },
        { file, kind, at, datum: reached, channel },
      ]
    case 'stop':
      return [
        { type: 'RevokeConsent', on, datum: reached, channel, scope: 'billing', means: 'stopWord', at: iso(at) },
        { file, kind, at, datum: reached, channel },
      ]
    case 'used':
      return [
        { type: 'ConfirmDatum', on, datum: reached, by: 'used' },
        { file, kind, at, datum: reached },
      ]
    case 'window':
      return [
        { type: 'DeclareInconvenience', on, what: { kind: 'time', ...window }, at: iso(at) },
        { file, kind, at, window },
      ]
    case 'cease':
      return [
        { type: 'RecordCease', on, written: true, at: iso(at) },
        { file, kind, at },
      ]
    case 'uncease':
      return [
        { type: 'WithdrawCease', on, reason: 'asked for it' },
        { file, kind, at },
      ]
    case 'attorney':
      return [
        { type: 'RecordAttorney', on, name: 'A. Torney', at: iso(at) },
        { file, kind, at },
      ]
    case 'confidential':
      return [
        { type: 'SetConfidentialChannel', on, datum: 'address', at: iso(at) },
        { file, kind, at },
      ]
    case 'noTexts':
      return [
        { type: 'DeclareInconvenience', on, what: { kind: 'medium', medium: 'text' }, at: iso(at) },
        { file, kind, at },
      ]
    default:
      throw new RangeError(`nothing is told of ${kind}`)
  }
}

/** What is not the same on both files. */
const second = { mobile: '5550201', work: '5550202', email: 'jo@two.example', address: '2 Main St' } as const

const begun = (
  file: File,
  { state, areaCode, perPerson }: { readonly state: string; readonly areaCode: string; readonly perPerson: number },
  same: readonly string[],
  from: number,
): PersonDesk => {
  const preset = presets.physicianPracticeMN
  const policy = { version: 2, policy: { ...preset, contact: { ...preset.contact, callsPerPerson: perPerson } } }
  const desk = personDesk({ ...office, policy })
  const [now, on] = [iso(from), dayOf(from)]
  desk.does({ type: 'OpenPerson', on, personId: file }, now)
  for (const account of ['a1', 'a2']) desk.does({ type: 'NameAccount', on, account, role: 'guarantor' }, now)
  const first = { mobile: '5550101', work: '5550102', email: 'jo@roe.example', address: '1 Main St' }
  const value = (datum: keyof typeof data) => {
    const written = file === 'one' || same.includes(datum) ? first[datum] : second[datum]
    return data[datum] === 'phone' ? `${areaCode}${written}` : written
  }
  for (const [datum, kind] of Object.entries(data) as [keyof typeof data, 'phone' | 'email' | 'address'][]) {
    const place = datum === 'work' ? ('work' as const) : ('home' as const)
    const more = kind === 'address' ? { state } : {}
    desk.does({ type: 'RecordDatum', on, datum, kind, value: value(datum), place, source: 'payer', ...more }, now)
  }
  return desk
}

const lives = fc.record({
  from: fc.constantFrom(...begins),
  states: fc.record({
    one: fc.constantFrom(...Object.keys(zonesOfState)),
    two: fc.constantFrom(...Object.keys(zonesOfState)),
  }),
  together: fc.boolean(),
  same: fc.subarray(['mobile', 'email', 'address']),
  areaCode: fc.constantFrom(...Object.keys(zonesOfCode)),
  perPerson: fc.constantFrom(3, 7, 20),
  drawn: fc.array(saidOf, { minLength: 2, maxLength: 25, size: 'max' }),
  asked: fc.array(
    fc.record({
      file: files,
      after: fc.oneof(fc.integer({ min: 0, max: 3 * HOUR }), fc.integer({ min: 0, max: 12 * 24 * HOUR })),
      account: accounts,
      medium: fc.constantFrom('call', 'call', 'call', 'text', 'email', 'mail', 'prerecordedCall'),
    }),
    { minLength: 20, maxLength: 20 },
  ),
})

describe('Q8 may: the answer is the one that the plain reckoning gives', { tags: ['Q8'] }, () => {
  // 5,000 lives of 20 questions each, some of which ask about two numbers.
  it('Q8 allowed or not, for six zones, both ways of moving clocks, any life, and two files of one human being', {
    timeout: 600_000,
  }, () => {
    const seen = { allowed: 0, refused: 0, later: 0, together: 0 }
    fc.assert(
      fc.property(lives, ({ from, states, areaCode, perPerson, together, same, drawn, asked }) => {
        const desks = {
          one: begun('one', { state: states.one, areaCode, perPerson }, same, from),
          two: begun('two', { state: states.two, areaCode, perPerson }, same, from),
        }
        const said: Said[] = []
        let now = from
        for (const one of drawn) {
          now += one.after
          const [command, plain] = told(one, now)
          if (desks[one.file].tries(command, iso(now)).ok) said.push(plain)
        }
        const life: Life = { states, areaCode, perPerson, together, same, said }
        for (const [number, { file, after, account, medium }] of asked.entries()) {
          const desk = desks[file]
          const other = desks[file === 'one' ? 'two' : 'one'].state
          const others = together ? { files: [other], begun: [] } : undefined
          // Minutes and hours begin at the ends of what is allowed.
          const at = number % 3 === 0 ? Math.ceil((now + after) / HOUR) * HOUR : now + after
          for (const way of desk.may(medium as Medium, iso(at), { account: account as never }, others).ways) {
            const question: Question = { file, at, account, medium, datum: way.datum }
            const words = `${medium} about ${account} to ${way.datum} of ${file}${together ? ' (both)' : ''} at ${iso(at)}: ${way.hits.map(({ rule }) => rule)}`
            expect(way.allowed, words).toBe(bruteForce(life, question))
            seen[way.allowed ? 'allowed' : 'refused'] += 1
            if (together) seen.together += 1
            // When it is free again is looked at for one in four: that is most of the work.
            if (way.allowed || number % 4 !== 0) continue
            if (way.earliest === undefined) {
              for (const days of [1, 3, 8, 35]) {
                const is = bruteForce(life, { ...question, at: at + days * 24 * HOUR })
                expect(is, `${words}; said never to be free, and is after ${days} days`).toBe(false)
              }
              continue
            }
            seen.later += 1
            const free = Date.parse(way.earliest)
            const about = { account: account as never, datum: way.datum }
            const then = desk.may(medium as Medium, way.earliest, about, others)
            expect(then.allowed, `${words}; asked again at ${way.earliest}`).toBe(true)
            expect(bruteForce(life, { ...question, at: free }), `${words}; free at ${way.earliest}`).toBe(true)
            const until = [
              free - 1,
              ...[0.1, 0.3, 0.5, 0.7, 0.9].map((part) => Math.floor(at + (free - 1 - at) * part)),
            ]
            for (const sooner of until) {
              const is = bruteForce(life, { ...question, at: sooner })
              expect(is, `${words}; said to be free at ${way.earliest}, and is at ${iso(sooner)}`).toBe(false)
            }
          }
        }
      }),
      { numRuns: 5_000 },
    )
    // It says something only where all of these occurred.
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(100)
  })
})
