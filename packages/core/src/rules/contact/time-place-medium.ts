import type { Medium } from '../../kernel/contact.ts'
import { instant } from '../../kernel/day.ts'
import { isUnknownZone, type TimeOfDay, toTimeOfDay } from '../../kernel/local-time.ts'
import { type GateRule, gateRule, type Moment, type RuleVector, sinceBefore } from '../rule.ts'
import { blocked, vector } from '../vectors.ts'
import { block, pass, withinHours } from '../verdicts.ts'
import { type Against, clock, inEveryZone, windowEnd } from './clocks.ts'
import { cited, heldToRegF, mayConcernPersonBy, mayReachPersonBy, personHeldToRegF, regF } from './reach.ts'

// When, where and by what somebody is reached: reference §4.3.

/** A letter is read when it is read. */
const timed: readonly Medium[] = ['call', 'autodialedCall', 'prerecordedCall', 'text', 'email', 'visit']

interface Hours {
  readonly from: TimeOfDay
  readonly until: TimeOfDay
}
/** Before 08:00 and after 21:00 are inconvenient unless the person says otherwise; the last minute is not used. */
const lawful: Hours = { from: toTimeOfDay('08:00'), until: toTimeOfDay('21:00') }

const outside = (hours: Hours, zone: string, moment: Moment, whose: string): Against | undefined => {
  const verdict = withinHours(hours, zone, moment, whose)
  if (verdict.kind !== 'block') return undefined
  const { reason, earliest } = verdict
  return { reason, ...(earliest === undefined ? {} : { earliest: instant.parse(earliest) }) }
}

const ofDay = (minute: number): TimeOfDay => toTimeOfDay(clock(minute))

const ofPolicy = ({ policy }: Moment): Hours => {
  const { callFrom, callUntil } = policy.policy.contact
  return { from: ofDay(callFrom), until: ofDay(callUntil) }
}

const two = ['America/Denver', 'America/New_York']
const at = (now: string, today = now.slice(0, 10)) => ({ today, now })
const until = (text: string): RuleVector['expected'] => ({ blocked: true, earliest: instant.parse(text) })
const call = { 'contact.medium': 'call', 'contact.zones': ['America/Chicago'] }
const evening = at('2026-11-20T02:30:00.000Z', '2026-11-19')

export const timePlaceMediumRules: readonly GateRule[] = [
  gateRule({
    ...regF,
    ...cited('1006.6(b)(1)(i)', 'K'),
    id: 'CT-03',
    title: 'Between 08:00 and 21:00 wherever the person may be',
    appliesTo: (facts, moment) => heldToRegF(facts, moment) && mayConcernPersonBy(facts, timed),
    needs: ['contact.zones'],
    judge: ({ 'contact.zones': zones }, moment) =>
      inEveryZone(zones, moment, (zone) => outside(lawful, zone, moment, 'an inconvenient time')),
    vectors: [
      vector(
        '19:30 in Denver, 21:30 in New York',
        { ...call, 'contact.zones': two },
        until('2026-11-20T13:00:00.000Z'),
        evening,
      ),
      vector(
        '06:30 in Denver, 08:30 in New York',
        { ...call, 'contact.zones': two },
        until('2026-11-20T15:00:00.000Z'),
        at('2026-11-20T13:30:00.000Z'),
      ),
      vector('20:30 in Chicago', call, 'pass', evening),
      vector('20:59 in Chicago', call, 'pass', at('2026-11-20T02:59:59.999Z', '2026-11-19')),
      vector('21:00 in Chicago', call, until('2026-11-20T14:00:00.000Z'), at('2026-11-20T03:00:00.000Z', '2026-11-19')),
      vector('07:59 in Chicago', call, until('2026-11-20T14:00:00.000Z'), at('2026-11-20T13:59:59.999Z')),
      vector('08:00 in Chicago', call, 'pass', at('2026-11-20T14:00:00.000Z')),
      vector(
        'a letter at night',
        { ...call, 'contact.medium': 'mail' },
        'notApplicable',
        at('2026-11-20T09:00:00.000Z'),
      ),
    ],
  }),
  gateRule({
    ...regF,
    id: 'CT-03.policy',
    title: 'Within the hours of the practice wherever the person may be',
    jurisdiction: 'policy',
    citation: 'practice policy contact.callFrom, contact.callUntil',
    provenance: 'POLICY',
    effective: sinceBefore,
    appliesTo: (facts) => mayConcernPersonBy(facts, timed),
    needs: ['contact.zones'],
    judge: ({ 'contact.zones': zones }, moment) =>
      inEveryZone(zones, moment, (zone) => outside(ofPolicy(moment), zone, moment, 'not an hour of the practice')),
    vectors: [
      vector('07:59 in Chicago', call, until('2026-11-20T14:00:00.000Z'), at('2026-11-20T13:59:00.000Z')),
      vector('08:00 in Chicago', call, 'pass', at('2026-11-20T14:00:00.000Z')),
    ],
  }),
  gateRule({
    ...regF,
    ...cited('1006.6(b)(1)(i)', 'K'),
    id: 'CT-03.declared',
    title: 'Not at a time that the person called inconvenient',
    appliesTo: (facts, moment) => heldToRegF(facts, moment) && mayReachPersonBy(facts, timed),
    needs: ['person.timesRefused', 'contact.zones'],
    judge: ({ 'person.timesRefused': windows, 'contact.zones': zones }, moment) => {
      if (windows.length === 0) return pass
      return inEveryZone(zones, moment, (zone) => {
        const earliest = windowEnd(windows, zone, moment)
        if (earliest === undefined) return undefined
        const local = moment.localTime.at(moment.now, zone)
        const time = isUnknownZone(local) ? '' : `, where it is ${local.time}`
        return { reason: `the person called this time inconvenient, in ${zone}${time}`, earliest }
      })
    },
    vectors: [
      vector(
        'at 12:30, not between 12:00 and 13:00',
        { ...call, 'person.timesRefused': [{ from: 720, until: 780 }] },
        until('2026-11-20T19:00:00.000Z'),
        at('2026-11-20T18:30:00.000Z'),
      ),
      vector(
        'at 13:00',
        { ...call, 'person.timesRefused': [{ from: 720, until: 780 }] },
        'pass',
        at('2026-11-20T19:00:00.000Z'),
      ),
      vector(
        'on a Friday, not on weekends',
        { ...call, 'person.timesRefused': [{ from: 0, until: 1_440, days: [0, 6] }] },
        'pass',
        at('2026-11-20T18:30:00.000Z'),
      ),
      vector(
        'on a Saturday, not on weekends: until it is Sunday, when it is asked again',
        { ...call, 'person.timesRefused': [{ from: 0, until: 1_440, days: [0, 6] }] },
        until('2026-11-22T06:00:00.000Z'),
        at('2026-11-21T18:30:00.000Z'),
      ),
    ],
  }),
  gateRule({
    ...regF,
    ...cited('1006.6(b)(1)(ii), (b)(3)', 'K'),
    id: 'CT-03.place',
    title: 'Not at a place where the person may not be reached',
    appliesTo: personHeldToRegF,
    needs: ['contact.place', 'person.placesRefused'],
    judge: ({ 'contact.place': place, 'person.placesRefused': refused }) =>
      refused.includes(place) ? block(`the person may not be reached at this place: ${place}`) : pass,
    vectors: [
      vector(
        'work, which the employer forbids',
        { 'contact.place': 'work', 'person.placesRefused': ['work'] },
        blocked,
      ),
      vector('home', { 'contact.place': 'home', 'person.placesRefused': ['work'] }, 'pass'),
    ],
  }),
  gateRule({
    ...regF,
    ...cited('1006.14(h)', 'K'),
    id: 'CT-03.medium',
    title: 'Not by a medium that the person refused',
    appliesTo: personHeldToRegF,
    needs: ['contact.medium', 'person.mediaRefused'],
    judge: ({ 'contact.medium': medium, 'person.mediaRefused': refused }) =>
      refused.includes(medium) ? block(`the person refused this medium: ${medium}`) : pass,
    vectors: [
      vector(
        'a text, and the person wants none',
        { 'contact.medium': 'text', 'person.mediaRefused': ['text'] },
        blocked,
      ),
      vector('a call', { 'contact.medium': 'call', 'person.mediaRefused': ['text'] }, 'pass'),
    ],
  }),
  gateRule({
    ...regF,
    ...cited('1006.22(f)(3)', 'K'),
    id: 'CT-03.workEmail',
    title: 'No e-mail to an address of the employer without consent',
    appliesTo: (facts, moment) => heldToRegF(facts, moment) && mayReachPersonBy(facts, ['email']),
    needs: ['contact.place', 'contact.consent'],
    judge: ({ 'contact.place': place, 'contact.consent': consent }) =>
      place === 'work' && consent !== 'granted' ? block('the address is one of the employer') : pass,
    vectors: [
      vector('at work', { 'contact.medium': 'email', 'contact.place': 'work', 'contact.consent': 'none' }, blocked),
      vector(
        'at work, with consent',
        { 'contact.medium': 'email', 'contact.place': 'work', 'contact.consent': 'granted' },
        'pass',
      ),
      vector('at home', { 'contact.medium': 'email', 'contact.place': 'home', 'contact.consent': 'none' }, 'pass'),
    ],
  }),
  gateRule({
    ...regF,
    ...cited('1006.6(e)', 'K'),
    id: 'CT-03.optOut',
    title: 'An e-mail or text says how to opt out',
    appliesTo: (facts, moment) => heldToRegF(facts, moment) && mayReachPersonBy(facts, ['email', 'text']),
    needs: ['contact.optOutOffered'],
    judge: ({ 'contact.optOutOffered': offered }) =>
      offered ? pass : block('the message does not say how to opt out', { requiredAction: 'say how to opt out' }),
    vectors: [
      vector('it says so', { 'contact.medium': 'text', 'contact.optOutOffered': true }, 'pass'),
      vector('it does not', { 'contact.medium': 'text', 'contact.optOutOffered': false }, blocked),
    ],
  }),
]
