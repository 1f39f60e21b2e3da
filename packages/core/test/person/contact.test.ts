import { describe, expect, it } from 'vitest'
import { toDay } from '../../src/kernel/day.ts'
import { validationNoticeDue, validationPeriod } from '../../src/rules/index.ts'
import { office } from '../support/desk.ts'
import { noon, type PersonDesk, somebody } from '../support/person-desk.ts'

const called = (outcome: 'noAnswer' | 'busy' | 'rightParty' = 'noAnswer', account = 'a1') =>
  ({ type: 'RecordCallAttempt', account, datum: 'd-home', outcome }) as const
const call = (desk: PersonDesk, now: string) => desk.may('call', now)
const rulesOf = (answer: ReturnType<PersonDesk['may']>) => answer.ways.map((way) => way.hits.map((hit) => hit.rule))
const days = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => `2026-11-${String(from + n).padStart(2, '0')}`)

const sevenCalls = (desk = somebody()) => {
  for (const day of days(2, 8)) desk.does(called(), noon(day))
  return desk
}

describe('reference §4.2, duty F02: how often somebody is called', () => {
  it('F02 seven calls of 2026-11-02 to 08: none more on the 8th, the next on the 9th, when it is 08:00 there', () => {
    const desk = sevenCalls()
    const asked = call(desk, '2026-11-08T20:00:00.000Z')
    expect([asked.allowed, rulesOf(asked)]).toEqual([false, [['CT-01', 'CT-01.person']]])
    expect(asked.earliest).toBe('2026-11-09T14:00:00.000Z')
    expect(call(desk, noon('2026-11-09')).allowed).toBe(true)
  })

  it('F02 a conversation on 2026-11-02: no call on the 8th, one on the 9th', () => {
    const desk = somebody()
    desk.does(called('rightParty'), noon('2026-11-02'))
    expect(rulesOf(call(desk, noon('2026-11-08')))).toEqual([['CT-02']])
    expect(call(desk, noon('2026-11-08')).earliest).toBe('2026-11-09T14:00:00.000Z')
    expect(call(desk, noon('2026-11-09')).allowed).toBe(true)
  })

  it('a call that does not connect is on record and not counted', () => {
    const desk = somebody()
    for (const day of days(2, 8)) desk.does(called('busy'), noon(day))
    expect(call(desk, '2026-11-08T20:00:00.000Z').allowed).toBe(true)
    expect(desk.state.contacts.size).toBe(7)
  })

  it('who asks to be called back may be called, that day and six days more, and such a call is not counted', () => {
    const desk = sevenCalls()
    desk.does({ type: 'RequestCallback', account: 'a1' }, noon('2026-11-08'))
    expect(call(desk, '2026-11-08T20:00:00.000Z').allowed).toBe(true)
    desk.does(called(), '2026-11-08T20:00:00.000Z')
    // The window of the 9th holds six counted calls: the one that was asked for is none of them.
    expect(call(desk, '2026-11-14T20:00:00.000Z').allowed).toBe(true)
    expect(desk.may('call', '2026-11-09T20:00:00.000Z').allowed).toBe(true)
  })

  it('the law counts for each account, policy over all accounts of the person', () => {
    const desk = somebody()
    desk.does({ type: 'NameAccount', on: '2026-10-02', account: 'a2', role: 'spouse' }, noon('2026-10-02'))
    for (const day of days(2, 8)) desk.does(called('noAnswer', 'a2'), noon(day))
    expect(rulesOf(call(desk, '2026-11-08T20:00:00.000Z'))).toEqual([['CT-01.person']])
  })

  it('in Massachusetts the third call within seven days is refused, also first party', () => {
    const desk = somebody(office, { state: 'MA', phone: '617-555-0101' })
    desk.does(called(), noon('2026-11-02'))
    expect(call(desk, noon('2026-11-03')).allowed).toBe(true)
    desk.does(called(), noon('2026-11-03'))
    expect(rulesOf(call(desk, noon('2026-11-04')))).toEqual([['CT-12']])
    expect(call(desk, noon('2026-11-04')).earliest).toBe('2026-11-09T13:00:00.000Z')
  })
})

describe('Q8 asking and reporting', { tags: ['Q8'] }, () => {
  it('Q8 a question that is refused writes nothing', () => {
    const desk = sevenCalls()
    const before = desk.events.length
    const begin = { type: 'BeginContact', account: 'a1', datum: 'd-home', medium: 'call' } as const
    expect(desk.refused(begin, '2026-11-08T20:00:00.000Z')).toEqual(['CT-01', 'CT-01.person'])
    expect(desk.tries(begin, '2026-11-08T20:00:00.000Z')).toMatchObject({ earliest: '2026-11-09T14:00:00.000Z' })
    call(desk, '2026-11-08T20:00:00.000Z')
    expect(desk.events.length).toBe(before)
  })

  it('Q8 an eighth call that was made all the same is recorded with every hit, and counts against the ninth', () => {
    const desk = sevenCalls()
    expect(desk.warned(called(), '2026-11-09T03:30:00.000Z')).toEqual([
      'CT-01',
      'CT-01.person',
      'CT-03',
      'CT-03.policy',
    ])
    expect(desk.events.at(-1)).toMatchObject({
      type: 'CallAttempted',
      effectiveDate: '2026-11-08',
      against: ['CT-01', 'CT-01.person', 'CT-03', 'CT-03.policy'],
    })
    // Six of the seven and the eighth fall into the seven days that end on the 9th.
    expect(rulesOf(call(desk, noon('2026-11-09')))).toEqual([['CT-01', 'CT-01.person']])
  })

  it('a call that was begun counts from then on, and its report does not count again', () => {
    const desk = somebody()
    for (const day of days(2, 7)) desk.does(called(), noon(day))
    const begin = { type: 'BeginContact', account: 'a1', datum: 'd-home', medium: 'call', contact: 'c7' } as const
    desk.does(begin, noon('2026-11-08'))
    expect(desk.refused({ ...begin, contact: 'c8' }, '2026-11-08T18:01:00.000Z')).toEqual(['CT-01', 'CT-01.person'])
    expect(desk.warned({ ...called(), contact: 'c7' }, '2026-11-08T18:05:00.000Z')).toEqual([])
    expect(desk.state.contacts.size).toBe(7)
    expect(desk.refused({ ...called(), contact: 'c7' }, '2026-11-08T18:06:00.000Z')).toEqual(['contact.reported'])
  })

  it('a report of yesterday is judged by yesterday: what was said since is not held against it', () => {
    const desk = somebody()
    desk.does({ type: 'RecordCease', on: '2026-11-03', written: true, at: noon('2026-11-03') }, noon('2026-11-03'))
    expect(desk.warned({ ...called(), at: '2026-11-03T17:00:00.000Z' }, noon('2026-11-04'))).toEqual([])
    expect(desk.warned({ ...called(), at: '2026-11-03T19:00:00.000Z' }, noon('2026-11-04'))).toEqual(['CT-04'])
  })

  it('is refused where it is no report: not yet, about a stranger, of nothing on file, without an end', () => {
    const desk = somebody()
    expect(desk.refused({ ...called(), at: '2026-11-04T18:00:00.001Z' }, noon('2026-11-04'))).toEqual([
      'contact.notYet',
    ])
    expect(desk.refused({ ...called(), account: 'a9' }, noon('2026-11-04'))).toEqual(['person.accountUnknown'])
    expect(desk.refused({ ...called(), datum: 'd9' }, noon('2026-11-04'))).toEqual(['person.datumUnknown'])
    expect(desk.refused({ type: 'RecordCallAttempt', account: 'a1', code: 'NA' }, noon('2026-11-04'))).toEqual([
      'contact.noOutcome',
    ])
  })
})

describe('reference §4.3: time, place, medium', () => {
  it('both zones count where the address and the number differ: Denver and New York', () => {
    const desk = somebody(office, { state: 'CO', phone: '(212) 555-0101' })
    const evening = call(desk, '2026-11-20T02:30:00.000Z')
    expect(evening.ways[0]?.zones).toEqual([
      { zone: 'America/New_York', day: '2026-11-19', time: '21:30' },
      { zone: 'America/Denver', day: '2026-11-19', time: '19:30' },
    ])
    expect([evening.allowed, evening.earliest]).toEqual([false, '2026-11-20T15:00:00.000Z'])
    expect(call(desk, '2026-11-20T13:30:00.000Z').allowed).toBe(false)
    expect(call(somebody(), '2026-11-20T02:30:00.000Z').allowed).toBe(true)
  })

  it('a number that tells no zone, and no address: nobody calls before somebody knows', () => {
    const desk = somebody()
    desk.does({ type: 'RetireDatum', on: '2026-10-02', datum: 'd-address', because: 'moved' }, noon('2026-10-02'))
    desk.does({ type: 'RetireDatum', on: '2026-10-02', datum: 'd-home', because: 'mistake' }, noon('2026-10-02'))
    desk.does(
      { type: 'RecordDatum', on: '2026-10-02', kind: 'phone', value: '800-555-0101', place: 'home', source: 'payer' },
      noon('2026-10-02'),
    )
    const asked = call(desk, noon('2026-10-03'))
    expect(asked.ways[0]?.hits.map(({ unknownFact }) => unknownFact?.name)).toContain('contact.zones')
    expect(asked.earliest).toBeUndefined()
  })

  it('a time that the person called inconvenient, until they withdraw it; the next hour is named', () => {
    const desk = somebody()
    const what = { kind: 'time' as const, from: 480, until: 1_020, days: [1, 2, 3, 4, 5] }
    desk.does({ type: 'DeclareInconvenience', on: '2026-11-02', inconvenience: 'i1', what }, noon('2026-11-02'))
    const friday = call(desk, noon('2026-11-20'))
    expect([rulesOf(friday), friday.earliest]).toEqual([[['CT-03.declared']], '2026-11-20T23:00:00.000Z'])
    expect(call(desk, noon('2026-11-21')).allowed).toBe(true)
    desk.does(
      { type: 'WithdrawInconvenience', on: '2026-11-23', inconvenience: 'i1', reason: 'retired' },
      noon('2026-11-23'),
    )
    expect(call(desk, noon('2026-11-24')).allowed).toBe(true)
  })

  it('a place that the employer forbids, and a medium that the person refused', () => {
    const desk = somebody()
    const on = '2026-11-02'
    const work = {
      type: 'RecordDatum',
      on,
      datum: 'd-work',
      kind: 'phone',
      value: '651-555-0102',
      place: 'work',
    } as const
    desk.does({ ...work, source: 'person' }, noon(on))
    const declare = { type: 'DeclareInconvenience', on } as const
    desk.does({ ...declare, what: { kind: 'place', place: 'work', because: 'employer' } }, noon(on))
    expect(rulesOf(call(desk, noon('2026-11-03')))).toEqual([[], ['CT-03.place']])
    desk.does({ ...declare, what: { kind: 'medium', medium: 'call' } }, noon(on))
    expect(rulesOf(call(desk, noon('2026-11-03')))).toEqual([['CT-03.medium'], ['CT-03.place', 'CT-03.medium']])
  })
})

describe('reference §4.4: what an agency owes', () => {
  it.each([
    ['2026-11-02', '2026-11-09', '2026-12-09'],
    ['2026-11-20', '2026-11-30', '2026-12-30'],
    ['2026-12-22', '2026-12-30', '2027-01-29'],
    ['2026-10-19', '2026-10-26', '2026-11-25'],
  ])('a validation notice of %s is received on %s and may be answered until %s', (provided, received, ends) => {
    expect(validationPeriod(toDay(provided))).toEqual({ received, ends })
  })

  it('the notice is due five calendar days after the first communication', () => {
    expect(validationNoticeDue(toDay('2026-11-20'))).toBe('2026-11-25')
  })
})
