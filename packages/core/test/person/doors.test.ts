import { describe, expect, it } from 'vitest'
import { noon, type PersonDesk, somebody } from '../support/person-desk.ts'

// Gates of contact that a word too many, too few or of another day would open.

const rulesOf = (answer: ReturnType<PersonDesk['may']>) => answer.ways.map((way) => way.hits.map((hit) => hit.rule))
const called = { type: 'RecordCallAttempt', account: 'a1', datum: 'd-home', outcome: 'noAnswer' } as const
const at = noon('2026-11-20')
const later = noon('2026-11-21')

describe('what is on file of a contact stays what it was', () => {
  const six = (desk = somebody()) => {
    for (const day of [2, 3, 4, 5, 6, 7]) desk.does(called, noon(`2026-11-0${day}`))
    return desk
  }

  it('a call that was counted is not uncounted by a text or a visit that is reported under its id', () => {
    const desk = six()
    desk.does({ ...called, contact: 'c7' }, noon('2026-11-08'))
    const text = { type: 'RecordMessage', account: 'a1', contact: 'c7', medium: 'text' } as const
    expect(desk.refused(text, '2026-11-08T18:01:00.000Z')).toEqual(['contact.anotherMedium'])
    const visit = { type: 'RecordVisit', account: 'a1', contact: 'c7', met: false } as const
    expect(desk.refused(visit, '2026-11-08T18:01:00.000Z')).toEqual(['contact.anotherMedium'])
    expect(rulesOf(desk.may('call', '2026-11-08T20:00:00.000Z'))).toEqual([['CT-01', 'CT-01.person']])
  })

  it('a report of what was begun to answer is of an answer, where it says nothing else', () => {
    const desk = somebody()
    desk.does(
      { type: 'BeginContact', account: 'a1', datum: 'd-home', medium: 'call', contact: 'c1', purpose: 'answer' },
      at,
    )
    desk.does({ ...called, contact: 'c1' }, at)
    expect(desk.events.at(-1)).toMatchObject({ type: 'CallAttempted', purpose: 'answer', with: 'person' })
  })

  it('what was begun with one who may speak for the person is reported as with that one', () => {
    const desk = somebody()
    desk.does({ type: 'NameSpokesperson', on: '2026-11-20', as: 'spouse', name: 'J. Roe', by: 'person' }, at)
    const begin = { type: 'BeginContact', account: 'a1', datum: 'd-home', medium: 'call', contact: 'c1' } as const
    desk.does({ ...begin, with: 'spouse' }, later)
    desk.does({ ...called, contact: 'c1' }, later)
    expect(desk.events.at(-1)).toMatchObject({ type: 'CallAttempted', with: 'spouse' })
  })
})

describe('what is on file is used for what it is', () => {
  const begin = { type: 'BeginContact', account: 'a1' } as const

  it('nobody is called at an address, nor written to at a phone', () => {
    const desk = somebody()
    expect(desk.refused({ ...begin, medium: 'call', datum: 'd-address' }, at)).toEqual(['contact.unfit'])
    expect(desk.refused({ ...begin, medium: 'mail', datum: 'd-home' }, at)).toEqual(['contact.unfit'])
  })

  it('no letter is begun to an address from which mail came back, as may says', () => {
    const desk = somebody()
    desk.does({ type: 'RecordReturnedMail', on: '2026-11-20', datum: 'd-address' }, at)
    expect(desk.may('mail', later).allowed).toBe(false)
    expect(desk.refused({ ...begin, medium: 'mail', datum: 'd-address' }, later)).toEqual(['contact.unfit'])
  })

  it('a look at the address from before the mail came back does not bring it back', () => {
    const desk = somebody()
    desk.does({ type: 'RecordReturnedMail', on: '2026-11-20', datum: 'd-address' }, at)
    desk.does({ type: 'ConfirmDatum', on: '2026-11-10', datum: 'd-address', by: 'asked' }, later)
    expect(desk.may('mail', later).allowed).toBe(false)
    desk.does({ type: 'ConfirmDatum', on: '2026-11-20', datum: 'd-address', by: 'asked' }, later)
    expect(desk.may('mail', later).allowed).toBe(true)
  })

  it('CT-06 nobody has seen a number tomorrow, and one that is reported late makes it no older', () => {
    const desk = somebody()
    const seen = { type: 'ConfirmDatum', datum: 'd-home', by: 'used' } as const
    desk.does(
      { type: 'GrantConsent', on: '2026-11-19', datum: 'd-home', channel: 'text', scope: 'all', source: 'form' },
      at,
    )
    expect(desk.refused({ ...seen, on: '2026-11-21' }, at)).toEqual(['person.notYet'])
    desk.does({ ...seen, on: '2026-11-20' }, at)
    desk.does({ ...seen, on: '2026-09-01' }, at)
    expect(desk.may('text', later).allowed).toBe(true)
  })

  it('a number that is to be given up next month, and is another’s today, is used no more from today', () => {
    const desk = somebody()
    desk.does({ type: 'RetireDatum', on: '2026-12-10', datum: 'd-home', because: 'moved' }, at)
    desk.does({ ...called, outcome: 'wrongNumber' }, at)
    expect(desk.may('call', later).ways).toEqual([])
    const other = somebody()
    other.does({ type: 'RetireDatum', on: '2026-12-10', datum: 'd-home', because: 'moved' }, at)
    other.does({ type: 'RetireDatum', on: '2026-11-20', datum: 'd-home', because: 'reassigned' }, at)
    expect(other.may('call', later).ways).toEqual([])
  })
})

describe('what stands between a person and the desk ends as it was said to', () => {
  it('CT-05 of two attorneys, each for an account of their own, one is released and the other stays', () => {
    const desk = somebody()
    desk.does({ type: 'NameAccount', on: '2026-11-20', account: 'a2', role: 'guarantor' }, at)
    for (const account of ['a1', 'a2']) {
      desk.does({ type: 'RecordAttorney', on: '2026-11-20', name: `for ${account}`, accounts: [account] }, at)
    }
    const release = { type: 'ReleaseAttorney', on: '2026-11-21', because: 'unresponsive', reason: 'letters' } as const
    expect(desk.refused(release, later)).toEqual(['person.whichAttorney'])
    expect(desk.refused({ ...release, accounts: ['a1', 'a2'] }, later)).toEqual(['person.noAttorney'])
    desk.does({ ...release, accounts: ['a2'] }, later)
    const next = noon('2026-11-22')
    expect(rulesOf(desk.may('call', next))).toEqual([['CT-05']])
    expect(rulesOf(desk.may('call', next, { account: 'a2' as never }))).toEqual([[]])
    desk.does({ ...release, on: '2026-11-22' }, next)
    expect(rulesOf(desk.may('call', noon('2026-11-23')))).toEqual([[]])
  })

  it('CT-04 a withdrawal of a day before it takes back no cease that came later', () => {
    const desk = somebody()
    desk.does({ type: 'RecordCease', on: '2026-11-20', written: true }, at)
    const withdraw = { type: 'WithdrawCease', on: '2026-11-10', reason: 'a letter of that day' } as const
    expect(desk.refused(withdraw, later)).toEqual(['person.noCease'])
    desk.does({ type: 'RecordCease', on: '2026-11-05', written: false }, later)
    desk.does(withdraw, later)
    expect(rulesOf(desk.may('call', later))).toEqual([['CT-04']])
  })

  it('who takes back that they may be called at a number is not called there, by hand neither', () => {
    const desk = somebody()
    const said = { on: '2026-11-20', datum: 'd-home', channel: 'call', scope: 'all' } as const
    desk.does({ type: 'RevokeConsent', ...said, means: 'spoken' }, at)
    expect(rulesOf(desk.may('call', later))).toEqual([['CT-03.medium']])
    desk.does({ type: 'GrantConsent', ...said, on: '2026-11-21', source: 'phone' }, later)
    expect(desk.may('call', noon('2026-11-22')).allowed).toBe(true)
  })
})

describe('reference §4.7, §11.5: who is talked to was looked at', () => {
  it('PR-01 a check of identity is of its day: who calls on another has not been looked at', () => {
    const desk = somebody()
    desk.does({ type: 'CheckIdentity', check: 'k1', matched: ['name', 'born'] }, at)
    const talk = {
      type: 'RecordConversation',
      account: 'a1',
      direction: 'inbound',
      discussed: true,
      check: 'k1',
    } as const
    expect(desk.warned({ ...talk, summary: 'asked for the balance' }, at)).toEqual([])
    expect(desk.warned({ ...talk, summary: 'and again' }, later)).toEqual(['PR-01.identity'])
  })
})

describe('reference §4.2, §4.3: an attorney is reached by what is the attorney’s', () => {
  const night = '2026-11-21T05:00:00.000Z'
  const represented = (): PersonDesk => {
    const desk = somebody()
    desk.does({ type: 'RecordAttorney', on: '2026-11-20', name: 'A. Torney', reach: '651-555-0199' }, at)
    return desk
  }

  it('CT-05 who asks for the attorney is given no number of the person', () => {
    const asked = represented().may('call', later, { with: 'attorney' })
    expect(asked).toMatchObject({
      allowed: true,
      ways: [],
      attorneys: [{ name: 'A. Torney', reach: '651-555-0199' }],
    })
  })

  it('CT-05 nobody calls the person by saying that it is the attorney', () => {
    const desk = represented()
    const begin = { type: 'BeginContact', account: 'a1', medium: 'call', with: 'attorney' } as const
    expect(desk.refused({ ...begin, datum: 'd-home' }, later)).toEqual(['contact.attorneyElsewhere'])
    expect(desk.may('call', later, { with: 'attorney', datum: 'd-home' as never }).allowed).toBe(false)
    desk.does(begin, later)
  })

  it('CT-01 CT-02 CT-03 calls to the attorney are not counted, end no week and know no hour', () => {
    const desk = represented()
    const call = { type: 'RecordCallAttempt', account: 'a1', with: 'attorney', outcome: 'rightParty' } as const
    for (let n = 0; n < 8; n++) expect(desk.warned(call, night)).toEqual([])
    expect(desk.may('call', night, { with: 'attorney' }).allowed).toBe(true)
    desk.does({ type: 'ReleaseAttorney', on: '2026-11-21', because: 'consented', reason: 'wrote so' }, later)
    expect(rulesOf(desk.may('call', noon('2026-11-22')))).toEqual([[]])
  })

  it('CT-05.thirdParty CT-04 but not where none is on file, nor after a cease', () => {
    const ask = (desk: PersonDesk) => desk.may('call', later, { with: 'attorney' }).hits.map(({ rule }) => rule)
    expect(ask(somebody())).toEqual(['CT-05.thirdParty'])
    const desk = represented()
    desk.does({ type: 'RecordCease', on: '2026-11-20', written: true }, at)
    expect(ask(desk)).toEqual(['CT-04'])
  })
})

describe('reference §4.3: an area code that lies in two zones names both', () => {
  it('423 reaches from Bristol, on Eastern time, to South Pittsburg, on Central time', () => {
    const desk = somebody(undefined, { state: 'GA', phone: '423-555-0101' })
    expect(desk.may('call', noon('2026-11-20')).ways[0]?.zones.map(({ zone }) => zone)).toEqual([
      'America/New_York',
      'America/Chicago',
    ])
  })
})
