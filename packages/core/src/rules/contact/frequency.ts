import { addDays, instant } from '../../kernel/day.ts'
import type { Facts } from '../facts.ts'
import { type GateRule, gateRule, type RuleVector, sinceBefore } from '../rule.ts'
import { vector } from '../vectors.ts'
import { beginIn, capped, dayIn, inEveryZone, isWithin, lastDayOf } from './clocks.ts'
import { cited, heldToRegF, mayBeCall, mayLiveIn, regF } from './reach.ts'

// How often somebody is called: reference §4.2. A day is one of the person; of several zones each counts for itself. All
// debts of one account are one here: no account is collected by parts, and counting them together never allows more.

const chicago = ['America/Chicago']
const noon = (day: string) => instant.parse(`${day}T18:00:00.000Z`)
const days = (month: string, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => noon(`${month}-${String(from + n).padStart(2, '0')}`))
/** At noon in Chicago. */
const at = (day: string) => ({ today: day, now: `${day}T18:00:00.000Z` })
const until = (text: string): RuleVector['expected'] => ({ blocked: true, earliest: instant.parse(text) })

const call = { 'contact.medium': 'call', 'contact.zones': chicago, 'contact.callbacksAt': [] }
const seven = { ...call, 'contact.callsAt': days('2026-11', 2, 8) }
const spoke = { ...call, 'contact.conversationsAt': [noon('2026-11-02')] }
const inMassachusetts = {
  'contact.medium': 'call',
  'contact.zones': ['America/New_York'],
  'person.states': ['MA'],
}
const twice = {
  ...inMassachusetts,
  'contact.place': 'home',
  'contact.callsAt': days('2026-11', 2, 3),
  'contact.callsToWorkAt': [],
}

const CALLS = 7
/** Whose law it is; who may live there, because nobody knows where they live, has it too. */
const inMass = ({ 'person.states': states }: Facts): string =>
  states?.known ? 'Massachusetts' : 'Massachusetts: no address says where the person lives'
const WEEK = 7

export const frequencyRules: readonly GateRule[] = [
  gateRule({
    ...regF,
    ...cited('1006.14(b)(2)(i)(A)', 'V'),
    id: 'CT-01',
    title: 'No more than seven calls about a debt within seven days',
    appliesTo: (facts, moment) => heldToRegF(facts, moment) && mayBeCall(facts),
    needs: ['contact.callsAt', 'contact.callbacksAt', 'contact.zones'],
    judge: ({ 'contact.callsAt': calls, 'contact.callbacksAt': asked, 'contact.zones': zones }, moment) =>
      inEveryZone(zones, moment, (zone) =>
        isWithin(dayIn(moment.now, zone, moment), asked, WEEK, zone, moment)
          ? undefined
          : capped(calls, { cap: CALLS, days: WEEK, what: 'calls about the debt' }, zone, moment),
      ),
    vectors: [
      vector(
        'seven calls of 2026-11-02 to 08, on 2026-11-08',
        seven,
        until('2026-11-09T06:00:00.000Z'),
        at('2026-11-08'),
      ),
      vector('seven calls of 2026-11-02 to 08, on 2026-11-09', seven, 'pass', at('2026-11-09')),
      vector('six calls', { ...call, 'contact.callsAt': days('2026-11', 2, 7) }, 'pass', at('2026-11-08')),
      vector(
        'the person asked on 2026-11-07 to be called back',
        { ...seven, 'contact.callbacksAt': [noon('2026-11-07')] },
        'pass',
        at('2026-11-08'),
      ),
      vector(
        'the person asked for it on 2026-11-01, seven days before',
        { ...seven, 'contact.callbacksAt': [noon('2026-11-01')] },
        until('2026-11-09T06:00:00.000Z'),
        at('2026-11-08'),
      ),
      vector('a text is no call', { ...seven, 'contact.medium': 'text' }, 'notApplicable', at('2026-11-08')),
    ],
  }),
  gateRule({
    ...regF,
    id: 'CT-01.person',
    title: 'No more calls to a person within seven days than policy says, over all accounts',
    jurisdiction: 'policy',
    citation: 'practice policy contact.callsPerPerson (reference §4.2)',
    provenance: 'POLICY',
    effective: sinceBefore,
    appliesTo: mayBeCall,
    needs: ['contact.callsOfPersonAt', 'contact.callbacksAt', 'contact.zones'],
    judge: ({ 'contact.callsOfPersonAt': calls, 'contact.callbacksAt': asked, 'contact.zones': zones }, moment) => {
      const cap = moment.policy.policy.contact.callsPerPerson
      return inEveryZone(zones, moment, (zone) =>
        isWithin(dayIn(moment.now, zone, moment), asked, WEEK, zone, moment)
          ? undefined
          : capped(calls, { cap, days: WEEK, what: 'calls to the person' }, zone, moment),
      )
    },
    vectors: [
      vector(
        'seven calls about several accounts',
        { ...call, 'contact.callsOfPersonAt': days('2026-11', 2, 8) },
        until('2026-11-09T06:00:00.000Z'),
        at('2026-11-08'),
      ),
      vector('six', { ...call, 'contact.callsOfPersonAt': days('2026-11', 2, 7) }, 'pass', at('2026-11-08')),
    ],
  }),
  gateRule({
    ...regF,
    ...cited('1006.14(b)(2)(i)(B)', 'V'),
    id: 'CT-02',
    title: 'No call within seven days of a conversation about the debt',
    appliesTo: (facts, moment) => heldToRegF(facts, moment) && mayBeCall(facts),
    needs: ['contact.conversationsAt', 'contact.callbacksAt', 'contact.zones'],
    judge: ({ 'contact.conversationsAt': spoken, 'contact.callbacksAt': asked, 'contact.zones': zones }, moment) =>
      inEveryZone(zones, moment, (zone) => {
        const today = dayIn(moment.now, zone, moment)
        const last = lastDayOf(spoken, zone, moment)
        // The day of the conversation is the first of the seven.
        if (last === undefined || today >= addDays(last, WEEK)) return undefined
        if (isWithin(today, asked, WEEK, zone, moment)) return undefined
        return {
          reason: `the person was spoken with on ${last}: no call before ${addDays(last, WEEK)}`,
          earliest: beginIn(addDays(last, WEEK), zone, moment),
        }
      }),
    vectors: [
      vector(
        'a conversation on 2026-11-02, a call on 2026-11-08',
        spoke,
        until('2026-11-09T06:00:00.000Z'),
        at('2026-11-08'),
      ),
      vector('a conversation on 2026-11-02, a call on 2026-11-09', spoke, 'pass', at('2026-11-09')),
      vector(
        'the person asked to be called back',
        { ...spoke, 'contact.callbacksAt': [noon('2026-11-02')] },
        'pass',
        at('2026-11-08'),
      ),
      vector('never spoken with', { ...call, 'contact.conversationsAt': [] }, 'pass', at('2026-11-08')),
    ],
  }),
  gateRule({
    ...regF,
    id: 'CT-12',
    title: 'MA: no more than two calls within seven days, at home',
    jurisdiction: 'MA',
    citation: '940 CMR 7.04(1)(f) (creditors too)',
    provenance: 'K',
    effective: sinceBefore,
    appliesTo: (facts) => mayLiveIn(facts, 'MA') && mayBeCall(facts),
    needs: ['contact.callsAt', 'contact.callsToWorkAt', 'contact.place', 'contact.zones'],
    judge: (facts, moment, all) => {
      const toWork = new Set(facts['contact.callsToWorkAt'])
      const home = facts['contact.callsAt'].filter((each) => !toWork.has(each))
      return inEveryZone(facts['contact.zones'], moment, (zone) =>
        facts['contact.place'] === 'work'
          ? undefined
          : capped(home, { cap: 2, days: WEEK, what: `calls at home (${inMass(all)})` }, zone, moment),
      )
    },
    vectors: [
      vector(
        'two calls of 2026-11-02 and 03, on 2026-11-08',
        twice,
        until('2026-11-09T05:00:00.000Z'),
        at('2026-11-08'),
      ),
      vector('two calls of 2026-11-02 and 03, on 2026-11-09', twice, 'pass', at('2026-11-09')),
      vector('one call', { ...twice, 'contact.callsAt': days('2026-11', 3, 3) }, 'pass', at('2026-11-08')),
      vector('in Minnesota', { ...twice, 'person.states': ['MN'] }, 'notApplicable', at('2026-11-08')),
    ],
  }),
  gateRule({
    ...regF,
    id: 'CT-12.work',
    title: 'MA: no more than two calls within thirty days, at work',
    jurisdiction: 'MA',
    citation: '940 CMR 7.04(1)(f) (creditors too)',
    provenance: 'K',
    effective: sinceBefore,
    appliesTo: (facts) => mayLiveIn(facts, 'MA') && mayBeCall(facts),
    needs: ['contact.callsToWorkAt', 'contact.place', 'contact.zones'],
    judge: (facts, moment, all) =>
      inEveryZone(facts['contact.zones'], moment, (zone) =>
        facts['contact.place'] === 'work'
          ? capped(
              facts['contact.callsToWorkAt'],
              { cap: 2, days: 30, what: `calls at work (${inMass(all)})` },
              zone,
              moment,
            )
          : undefined,
      ),
    vectors: [
      vector(
        'two calls of 2026-11-02 and 03, on 2026-12-01',
        { ...inMassachusetts, 'contact.place': 'work', 'contact.callsToWorkAt': days('2026-11', 2, 3) },
        until('2026-12-02T05:00:00.000Z'),
        at('2026-12-01'),
      ),
      vector(
        'two calls of 2026-11-02 and 03, on 2026-12-02',
        { ...inMassachusetts, 'contact.place': 'work', 'contact.callsToWorkAt': days('2026-11', 2, 3) },
        'pass',
        at('2026-12-02'),
      ),
    ],
  }),
]
