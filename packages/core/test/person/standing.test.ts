import { describe, expect, it } from 'vitest'
import { clearText } from '../../src/kernel/classes.ts'
import type { DatumId } from '../../src/person/index.ts'
import { presets } from '../../src/policy/presets.ts'
import { office } from '../support/desk.ts'
import { noon, type PersonDesk, somebody } from '../support/person-desk.ts'

const rulesOf = (answer: ReturnType<PersonDesk['may']>) => answer.ways.map((way) => way.hits.map((hit) => hit.rule))
const at = noon('2026-11-20')
const later = noon('2026-11-21')
const granted = (desk: PersonDesk, scope: 'billing' | 'clinical' = 'billing', now = at) =>
  desk.does(
    { type: 'GrantConsent', on: now.slice(0, 10), datum: 'd-home', channel: 'text', scope, source: 'form' },
    now,
  )
const stopped = (desk: PersonDesk, on: string, scope: 'billing' | 'clinical' = 'billing') =>
  desk.does(
    { type: 'RevokeConsent', on, datum: 'd-home', channel: 'text', scope, means: 'stopWord', at: noon(on) },
    noon(on),
  )[0]
const seen = (desk: PersonDesk, on: string) =>
  desk.does({ type: 'ConfirmDatum', on, datum: 'd-home', by: 'used' }, noon(on))

describe('reference §4.5, duties F32 and F41: what the person agreed to', () => {
  it('F32 a number that was looked up carries no consent: no text goes to it', () => {
    const desk = somebody()
    seen(desk, '2026-11-19')
    expect(rulesOf(desk.may('text', at))).toEqual([['CT-06']])
    granted(desk)
    expect(desk.may('text', at).allowed).toBe(true)
  })

  it('F41 STOP on 2026-11-20: off at once; the law would leave until 2026-12-07', () => {
    const desk = somebody()
    seen(desk, '2026-11-19')
    granted(desk)
    expect(stopped(desk, '2026-11-20')).toMatchObject({ type: 'ConsentRevoked', honourBy: '2026-12-07' })
    expect(rulesOf(desk.may('text', '2026-11-20T18:00:00.001Z'))).toEqual([['CT-06', 'CT-07.policy']])
    expect(stopped(desk, '2026-12-18')).toMatchObject({ honourBy: '2027-01-05' })
  })

  it('F41 what is taken back at a number counts at it under whatever name it is on file again', () => {
    const desk = somebody()
    const stop = {
      type: 'RevokeConsent',
      on: '2026-11-19',
      datum: 'd-home',
      channel: 'call',
      scope: 'billing',
    } as const
    desk.does({ ...stop, means: 'spoken', at: noon('2026-11-19') }, noon('2026-11-19'))
    expect(desk.may('call', at, { datum: 'd-home' as DatumId }).allowed).toBe(false)
    const home = desk.state.data.get('d-home' as DatumId)?.added
    const value = clearText(home?.value)
    const found = { kind: 'phone', value, place: 'home', datum: 'd-again' } as const
    desk.does({ type: 'StartSkipTrace', on: '2026-11-20', skipTrace: 's1', because: 'noAnswer' }, at)
    desk.does({ type: 'RecordSkipTraceStep', on: '2026-11-20', skipTrace: 's1', source: 'append', found: [found] }, at)
    const again = desk.may('call', later, { datum: 'd-again' as DatumId })
    expect(rulesOf(again)).toEqual(rulesOf(desk.may('call', later, { datum: 'd-home' as DatumId })))
    expect(again.allowed).toBe(false)
    desk.does(
      { type: 'GrantConsent', on: '2026-11-21', datum: 'd-again', channel: 'call', scope: 'billing', source: 'form' },
      noon('2026-11-21'),
    )
    expect(desk.may('call', noon('2026-11-22'), { datum: 'd-again' as DatumId }).allowed).toBe(true)
  })

  it('STOP to another topic ends billing too by policy, and by law from 2027-01-31', () => {
    const lax = { ...presets.physicianPracticeMN.contact, stopRevokesAll: false }
    const policy = { version: 2, policy: { ...presets.physicianPracticeMN, contact: lax } }
    const strict = somebody()
    const loose = somebody({ ...office, policy })
    for (const desk of [strict, loose]) {
      granted(desk)
      seen(desk, '2026-11-19')
      stopped(desk, '2026-11-20', 'clinical')
      seen(desk, '2027-01-20')
    }
    expect(rulesOf(strict.may('text', later))).toEqual([['CT-07.policy']])
    expect(rulesOf(loose.may('text', noon('2027-01-30')))).toEqual([[]])
    expect(rulesOf(loose.may('text', noon('2027-01-31')))).toEqual([['CT-07']])
  })

  it('a number that nobody has seen for sixty days gets no text', () => {
    const desk = somebody()
    granted(desk)
    expect(rulesOf(desk.may('text', at))).toEqual([['CT-06.reassigned']])
    desk.does({ type: 'ConfirmDatum', on: '2026-11-20', datum: 'd-home', by: 'database' }, at)
    expect(desk.may('text', noon('2027-01-19')).allowed).toBe(true)
    expect(rulesOf(desk.may('text', noon('2027-01-20')))).toEqual([['CT-06.reassigned']])
  })

  it('Q8 a text of a day before anybody knew whose number it is has that against it, though it is known by now', {
    tags: ['Q8'],
  }, () => {
    const desk = somebody()
    const said = { on: '2026-10-02', datum: 'd-home', channel: 'text', scope: 'billing' } as const
    desk.does({ type: 'GrantConsent', ...said, source: 'form' }, noon('2026-10-02'))
    desk.does({ type: 'ConfirmDatum', on: '2026-11-20', datum: 'd-home', by: 'used' }, at)
    expect(rulesOf(desk.may('text', noon('2026-11-19')))).toEqual([['CT-06.reassigned']])
    const sent = { type: 'RecordMessage', account: 'a1', datum: 'd-home', medium: 'text' } as const
    expect(desk.warned({ ...sent, at: noon('2026-11-19') }, at)).toEqual(['CT-06.reassigned'])
    expect(desk.may('text', at).allowed).toBe(true)
  })

  it('CT-11 nobody is called by a machine about medical debt in Minnesota, whatever they agreed to', () => {
    const desk = somebody()
    const consent = { type: 'GrantConsent', on: '2026-11-20', datum: 'd-home', scope: 'all', source: 'form' } as const
    desk.does({ ...consent, channel: 'prerecordedCall' }, at)
    expect(rulesOf(desk.may('prerecordedCall', at))).toEqual([['CT-11']])
  })
})

describe('reference §4.3, duty F41: cease and attorney', () => {
  it('F41 after a cease the desk may answer and send what law requires, and nothing else', () => {
    const desk = somebody()
    desk.does({ type: 'RecordCease', on: '2026-11-20', written: true }, at)
    expect(rulesOf(desk.may('call', later))).toEqual([['CT-04']])
    expect(desk.may('call', later, { purpose: 'answer' }).allowed).toBe(true)
    expect(desk.may('mail', later, { purpose: 'requiredNotice' }).allowed).toBe(true)
    desk.does({ type: 'WithdrawCease', on: '2026-11-22', reason: 'called and asked to be called' }, noon('2026-11-22'))
    expect(desk.may('call', noon('2026-11-23')).allowed).toBe(true)
  })

  it('F41 who has an attorney is reached through the attorney, in the accounts that it is about', () => {
    const desk = somebody()
    desk.does({ type: 'NameAccount', on: '2026-11-20', account: 'a2', role: 'guarantor' }, at)
    desk.does({ type: 'RecordAttorney', on: '2026-11-20', name: 'A. Torney', accounts: ['a2'] }, at)
    expect(desk.may('call', later).allowed).toBe(true)
    const other = { account: 'a2' as never }
    expect(rulesOf(desk.may('call', later, other))).toEqual([['CT-05']])
    expect(desk.may('call', later, { ...other, with: 'attorney' }).allowed).toBe(true)
    desk.does(
      { type: 'ReleaseAttorney', on: '2026-12-01', because: 'unresponsive', reason: 'three letters' },
      noon('2026-12-01'),
    )
    expect(desk.may('call', noon('2026-12-02'), other).allowed).toBe(true)
  })
})

describe('reference §4.7, duty F37: a confidential channel, and who is spoken to', () => {
  it('F37 everything goes by the channel that the person asked for, and nothing elsewhere', () => {
    const desk = somebody()
    const on = '2026-11-20'
    const box = { type: 'RecordDatum', on, datum: 'd-box', kind: 'address', value: 'Box 9', state: 'MN' } as const
    desk.does({ ...box, place: 'other', source: 'person' }, at)
    desk.does({ type: 'SetConfidentialChannel', on, datum: 'd-box' }, at)
    expect(rulesOf(desk.may('call', later))).toEqual([['PR-03']])
    expect(desk.may('mail', later).ways.map(({ datum, allowed }) => [datum, allowed])).toEqual([
      ['d-address', false],
      ['d-box', true],
    ])
  })

  it('F37 of two ways that one human being asked for, told to two files, the one that was agreed on last holds', () => {
    const [first, second] = [somebody(), somebody()]
    const on = '2026-11-20'
    for (const [desk, hour] of [
      [first, '16:00'],
      [second, '17:00'],
    ] as const) {
      const told = `${on}T${hour}:00.000Z`
      const value = desk === first ? 'Box 9' : 'Box 10'
      const box = { type: 'RecordDatum', on, datum: 'd-box', kind: 'address', value, state: 'MN' } as const
      desk.does({ ...box, place: 'other', source: 'person' }, told)
      desk.does({ type: 'SetConfidentialChannel', on, datum: 'd-box', at: told }, told)
    }
    const byMail = (desk: PersonDesk, other: PersonDesk) =>
      desk.may('mail', later, {}, { files: [other.state], begun: [] }).ways.map(({ allowed }) => allowed)
    expect(byMail(first, second)).toEqual([false, false])
    expect(byMail(second, first)).toEqual([false, true])
  })

  it('F09 with fewer than two identifiers nothing of the account is said: that is an event', () => {
    const desk = somebody()
    const check = { type: 'CheckIdentity', account: 'a1' } as const
    expect(desk.does({ ...check, check: 'k1', matched: ['name', 'name'] }, at)).toMatchObject([
      { type: 'IdentityVerificationFailed', matched: ['name'] },
    ])
    const spoke = {
      type: 'RecordConversation',
      account: 'a1',
      direction: 'inbound',
      discussed: true,
      summary: 'asked about the bill',
    } as const
    expect(desk.warned({ ...spoke, check: 'k1' }, at)).toEqual(['PR-01.identity'])
    desk.does({ ...check, check: 'k2', matched: ['name', 'born'] }, at)
    expect(desk.warned({ ...spoke, check: 'k2' }, at)).toEqual([])
  })

  it('another is spoken to only where the person, the law or a court lets them', () => {
    const desk = somebody()
    expect(rulesOf(desk.may('call', at, { with: 'spouse' }))).toEqual([['CT-05.thirdParty']])
    const spouse = { type: 'NameSpokesperson', on: '2026-11-20', spokesperson: 's1', as: 'spouse' } as const
    desk.does({ ...spouse, name: 'Sam Roe', by: 'person' }, at)
    expect(desk.may('call', at, { with: 'spouse' }).allowed).toBe(true)
    desk.does({ type: 'EndSpokesperson', on: '2026-11-21', spokesperson: 's1', reason: 'divorced' }, later)
    expect(rulesOf(desk.may('call', later, { with: 'spouse' }))).toEqual([['CT-05.thirdParty']])
  })
})

describe('duty F39: with care', () => {
  it('F39 who is vulnerable gets no letter above level 1, and is offered assistance first', () => {
    const desk = somebody()
    desk.does({ type: 'FlagVulnerability', on: '2026-11-20', kind: 'illness' }, at)
    expect(rulesOf(desk.may('mail', at, { letterLevel: 2 }))).toEqual([['VU-01.letter']])
    const first = desk.may('mail', at, { letterLevel: 1 })
    expect(first.ways.map(({ allowed, warnings }) => [allowed, warnings.map(({ rule }) => rule)])).toEqual([
      [true, ['VU-01.assistance']],
    ])
  })

  it('who needs another language is spoken to in it', () => {
    const desk = somebody()
    desk.does({ type: 'NoteLanguage', on: '2026-11-20', language: 'so' }, at)
    expect(desk.may('call', at).ways[0]?.warnings).toMatchObject([{ rule: 'VU-02', reason: 'the person needs so' }])
  })

  it('a complaint is answered within the days of policy, once', () => {
    const desk = somebody()
    const complaint = {
      type: 'RecordComplaint',
      on: '2026-11-20',
      complaint: 'k1',
      topic: 'calls',
      about: 'too often',
    } as const
    expect(desk.does(complaint, at)).toMatchObject([{ type: 'ComplaintLogged', answerBy: '2026-12-20' }])
    const answer = { type: 'AnswerComplaint', on: '2026-11-21', complaint: 'k1', answer: 'sorry' } as const
    desk.does(answer, later)
    expect(desk.refused(answer, later)).toEqual(['person.complaintAnswered'])
  })
})

describe('duty F32: numbers and addresses', () => {
  it('F32 a number that is another’s is retired with the call that found out; nothing is overwritten', () => {
    const desk = somebody()
    const wrong = { type: 'RecordCallAttempt', account: 'a1', datum: 'd-home', outcome: 'wrongNumber' } as const
    expect(desk.does(wrong, at).map(({ type }) => type)).toEqual(['CallAttempted', 'ContactDatumRetired'])
    expect(desk.may('call', later)).toMatchObject({
      allowed: false,
      ways: [],
      hits: [{ rule: 'contact.nothingOnFile' }],
    })
    expect(desk.state.data.get('d-home' as never)?.added.value).toBe('+16125550101')
  })

  it('F32 Q8 a number that is known to be another’s, called again, is on record with that against it', {
    tags: ['Q8'],
  }, () => {
    const desk = somebody()
    const call = { type: 'RecordCallAttempt', account: 'a1', datum: 'd-home' } as const
    desk.does({ ...call, outcome: 'wrongNumber' }, at)
    expect(desk.warned({ ...call, outcome: 'noAnswer' }, noon('2026-11-23'))).toEqual(['contact.retired'])
    expect(desk.warned({ ...call, datum: 'd-address', outcome: 'noAnswer' }, noon('2026-11-24'))).toEqual([
      'contact.unfit',
    ])
    const spoke = {
      type: 'RecordConversation',
      account: 'a1',
      datum: 'd-home',
      discussed: false,
      summary: 'x',
    } as const
    const outbound = { ...spoke, direction: 'outbound' } as const
    expect(desk.warned(outbound, noon('2026-11-25'))).toEqual(['contact.retired'])
    // By what a person was met is of no kind of its own.
    expect(desk.warned({ ...outbound, medium: 'other' }, noon('2026-12-10'))).toEqual([])
  })

  it('F32 Q8 a call that finds out that a number is another’s has nothing against it for that', {
    tags: ['Q8'],
  }, () => {
    const desk = somebody()
    const contact = { account: 'a1', contact: 'c1', datum: 'd-home' } as const
    desk.does({ type: 'BeginContact', ...contact, medium: 'call' }, at)
    expect(desk.warned({ type: 'RecordCallAttempt', ...contact, outcome: 'wrongNumber' }, at)).toEqual([])
  })

  it('F32 mail that came back: no letter until the address is confirmed', () => {
    const desk = somebody()
    desk.does({ type: 'RecordReturnedMail', on: '2026-11-20', datum: 'd-address' }, at)
    expect(desk.may('mail', later).hits).toMatchObject([{ requiredAction: 'StartSkipTrace' }])
    desk.does({ type: 'ConfirmDatum', on: '2026-11-22', datum: 'd-address', by: 'mail' }, noon('2026-11-22'))
    expect(desk.may('mail', noon('2026-11-23')).allowed).toBe(true)
  })

  it('what is no number, no e-mail, no zone and no line of text is refused', () => {
    const desk = somebody()
    const datum = { type: 'RecordDatum', on: '2026-11-20', place: 'home', source: 'person' } as const
    expect(desk.refused({ ...datum, kind: 'phone', value: '555-0101' }, at)).toEqual(['person.noDatum'])
    expect(desk.refused({ ...datum, kind: 'email', value: 'jo at roe' }, at)).toEqual(['person.noDatum'])
    expect(desk.refused({ ...datum, kind: 'address', value: 'x', zone: 'Mars/Olympus' }, at)).toEqual([
      'person.unknownZone',
    ])
    expect(() => desk.tries({ ...datum, kind: 'address', value: 'a\u0007b' }, at)).toThrow()
  })
})

describe('policy: whether a practice holds itself to Regulation F', () => {
  it('without it the state’s law and the person’s consent stand all the same', () => {
    const contact = { ...presets.physicianPracticeMN.contact, adoptsRegF: false, callUntil: 1_320 }
    const policy = { version: 2, policy: { ...presets.physicianPracticeMN, contact } }
    const desk = somebody({ ...office, policy })
    expect(desk.may('call', '2026-11-20T03:30:00.000Z').allowed).toBe(true)
    expect(rulesOf(desk.may('text', '2026-11-20T03:30:00.000Z'))).toEqual([['CT-06']])
    expect(somebody().may('call', '2026-11-20T03:30:00.000Z').allowed).toBe(false)
  })
})
