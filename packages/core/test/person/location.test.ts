import { describe, expect, it } from 'vitest'
import type { PersonCommandInput } from '../../src/person/index.ts'
import { noon, type PersonDesk, somebody } from '../support/person-desk.ts'

// Another is asked where the person lives or works: reference §4.3, 12 CFR 1006.10.

const at = noon('2026-11-20')
const neighbour = { of: 'neighbour-1', zone: 'America/Chicago' } as const
const asked = { purpose: 'location', with: 'thirdParty', location: neighbour } as const
const said = ['ownName', 'confirming'] as const

const searched = (): PersonDesk => {
  const desk = somebody()
  desk.does({ type: 'StartSkipTrace', on: '2026-11-19', skipTrace: 's1', because: 'returnedMail' }, noon('2026-11-19'))
  return desk
}
const rulesOf = (desk: PersonDesk, more: object = {}, now = at): readonly string[] =>
  desk.may('call', now, { ...asked, ...more }).hits.map(({ rule }) => rule)
const spoke = (more: object = {}): PersonCommandInput =>
  ({
    ...{ type: 'RecordConversation', account: 'a1', direction: 'outbound', discussed: false, summary: 'they moved' },
    ...asked,
    location: { ...neighbour, said: [...said] },
    ...more,
  }) as PersonCommandInput
const call = (outcome: 'noAnswer' | 'thirdParty', more: object = {}): PersonCommandInput =>
  ({ type: 'RecordCallAttempt', account: 'a1', ...asked, outcome, ...more }) as PersonCommandInput

describe('reference §4.3: location information (12 CFR 1006.10)', () => {
  it('CT-05.location each other is asked once; not again, unless they wanted it or know better now', () => {
    const desk = searched()
    expect(rulesOf(desk)).toEqual([])
    expect(desk.warned(spoke(), at)).toEqual([])
    expect(rulesOf(desk, {}, noon('2026-11-21'))).toEqual(['CT-05.location'])
    for (const again of ['asked', 'incomplete'] as const) {
      expect(rulesOf(desk, { location: { ...neighbour, again } })).toEqual([])
    }
    expect(rulesOf(desk, { location: { ...neighbour, of: 'neighbour-2' } })).toEqual([])
  })

  it('who was not reached was not asked; who is about to be, is', () => {
    const desk = searched()
    desk.does(call('noAnswer'), at)
    expect(rulesOf(desk)).toEqual([])
    desk.does({ type: 'BeginContact', account: 'a1', medium: 'call', contact: 'c1', ...asked }, noon('2026-11-21'))
    expect(rulesOf(desk, {}, noon('2026-11-22'))).toEqual(['CT-05.location'])
    // The call that was begun is reported under its id, and not held against itself.
    const report = spoke({ contact: 'c1', at: noon('2026-11-21') })
    expect(desk.warned(report, noon('2026-11-22'))).toEqual([])
  })

  it('CT-05.locationWords before it says what is said; what was said besides stands against the report', () => {
    const desk = searched()
    const { warnings, askedOf } = desk.may('call', at, asked)
    expect(askedOf).toBe('neighbour-1')
    expect(warnings?.map(({ rule }) => rule)).toContain('CT-05.locationWords')
    const told = (...more: string[]) => {
      const one = searched()
      return one.warned(spoke({ location: { ...neighbour, said: [...said, ...more] } }), at)
    }
    expect(told('employerAsked')).toEqual([])
    for (const more of ['employer', 'debt', 'postcard', 'envelope']) {
      expect(told(more), more).toEqual(['CT-05.locationWords'])
    }
    expect(searched().warned(spoke({ location: { ...neighbour, said: ['confirming'] } }), at)).toEqual([
      'CT-05.locationWords',
    ])
    // Nobody told what was said: it is on record, and somebody has to look.
    expect(searched().warned(spoke({ location: neighbour }), at)).toEqual(['CT-05.locationWords'])
  })

  it('CT-05.locationDebt PR-01.identity the account is not talked about with them, whatever was asked', () => {
    const desk = searched()
    expect(desk.warned(spoke({ discussed: true }), at)).toContain('CT-05.locationDebt')
  })

  it('CT-05.locationSearch nobody is asked while nobody looks for the person', () => {
    const desk = somebody()
    expect(rulesOf(desk)).toEqual(['CT-05.locationSearch'])
    const report = desk.warned(spoke(), at)
    expect(report).toEqual(['CT-05.locationSearch'])
    expect([...desk.state.contacts.values()].at(-1)?.against).toEqual(['CT-05.locationSearch'])
  })

  it('CT-05 CT-04 PR-03 with an attorney, after a cease, and beside a confidential channel nobody is asked', () => {
    const represented = searched()
    represented.does({ type: 'RecordAttorney', on: '2026-11-19', name: 'A. Law' }, noon('2026-11-19'))
    expect(rulesOf(represented)).toEqual(['CT-05'])
    const ceased = searched()
    ceased.does({ type: 'RecordCease', on: '2026-11-19', written: true }, noon('2026-11-19'))
    expect(rulesOf(ceased)).toEqual(['CT-04'])
    const confidential = searched()
    confidential.does({ type: 'SetConfidentialChannel', on: '2026-11-19', datum: 'd-home' }, noon('2026-11-19'))
    expect(rulesOf(confidential)).toEqual(['PR-03'])
  })

  it('CT-01 CT-02 it is no call to the person; CT-03 it is made by the clocks of where the other is', () => {
    const desk = searched()
    for (let n = 1; n <= 8; n++) desk.does(call('thirdParty', { location: { ...neighbour, of: `n-${n}` } }), at)
    const person = desk.may('call', noon('2026-11-20'))
    expect(person.ways.map(({ hits }) => hits.map(({ rule }) => rule))).toEqual([[]])
    const late = '2026-11-21T02:30:00.000Z' // 20:30 in Chicago, 21:30 in New York
    expect(rulesOf(desk, {}, late)).toEqual([])
    expect(rulesOf(desk, { location: { ...neighbour, zone: 'America/New_York' } }, late)).toContain('CT-03')
  })

  it('CT-06 by a text, a recorded voice or e-mail they are not asked: nobody has their consent', () => {
    const desk = searched()
    for (const medium of ['text', 'prerecordedCall', 'email'] as const) {
      const rules = desk.may(medium, at, asked).hits.map(({ rule }) => rule)
      expect(
        rules.some((rule) => rule.startsWith('CT-06')),
        medium,
      ).toBe(true)
    }
    expect(desk.may('mail', at, asked).hits).toEqual([])
  })

  it('without saying of whom nobody is asked; of the person, at their own number, for another purpose neither', () => {
    const desk = searched()
    const { location: _location, ...whom } = asked
    expect(desk.may('call', at, whom).hits.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['CT-05.location', 'CT-05.locationWords']),
    )
    expect(rulesOf(desk, { with: 'person' })).toContain('contact.locationOf')
    expect(rulesOf(desk, { datum: 'd-home' })).toContain('contact.locationElsewhere')
    expect(rulesOf(desk, { purpose: 'collect', with: undefined })).toContain('contact.notLocation')
  })
})
