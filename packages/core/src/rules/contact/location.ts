import { type GateRule, gateRule, sinceBefore } from '../rule.ts'
import { blocked, vector } from '../vectors.ts'
import { block, pass, warn } from '../verdicts.ts'
import { cited, heldToRegF, isForLocation, regF } from './reach.ts'

// Another is asked where the person lives, by what telephone they are reached there, or where they work: reference §4.3,
// 12 CFR 1006.10. By what the other is reached is the other's own, so nothing of it is on the person's file. With an
// attorney nobody else is asked (1006.10(b)(5)): CT-05. Consent for texts and recorded calls is that one's, and nobody has it: CT-06.

/** What may not be said, or sent, to whom is asked. */
const unsayable: ReadonlyMap<string, string> = new Map([
  ['debt', 'that anything is owed'],
  ['employer', 'for whom one calls, without being asked'],
  ['postcard', 'a postcard'],
  ['envelope', 'on the envelope or in the letter that it is about collecting'],
])
/** What has to be said. */
const toSay: ReadonlyMap<string, string> = new Map([
  ['ownName', 'one’s own name'],
  ['confirming', 'that one confirms or corrects where the person is'],
])

const location = { 'contact.purpose': 'location' } as const
const told = { ...location, 'location.said': ['ownName', 'confirming'] }

export const locationRules: readonly GateRule[] = [
  gateRule({
    ...regF,
    ...cited('1006.10(c)', 'K'),
    id: 'CT-05.location',
    title: 'Where the person is, is asked of each other once',
    appliesTo: (facts, moment) => heldToRegF(facts, moment) && isForLocation(facts),
    needs: ['location.earlier', 'location.again'],
    judge: ({ 'location.earlier': earlier, 'location.again': again }) =>
      earlier === 0 || again === 'asked' || again === 'incomplete'
        ? pass
        : block(
            'that one was asked already: again only where they want it, or what they said was wrong or incomplete and they know better now',
          ),
    vectors: [
      vector('the first time', { ...location, 'location.earlier': 0, 'location.again': 'none' }, 'pass'),
      vector('once more', { ...location, 'location.earlier': 1, 'location.again': 'none' }, blocked),
      vector('once more, as they wanted', { ...location, 'location.earlier': 1, 'location.again': 'asked' }, 'pass'),
      vector(
        'once more, what they said was incomplete',
        { ...location, 'location.earlier': 2, 'location.again': 'incomplete' },
        'pass',
      ),
      vector(
        'to collect, from whom was asked before',
        { 'contact.purpose': 'collect', 'location.earlier': 1, 'location.again': 'none' },
        'notApplicable',
      ),
    ],
  }),
  gateRule({
    ...regF,
    ...cited('1006.10(b)(1)-(4)', 'K'),
    id: 'CT-05.locationWords',
    title: 'To whom is asked where the person is, nothing of a debt is said',
    appliesTo: (facts, moment) => heldToRegF(facts, moment) && isForLocation(facts),
    needs: ['location.said'],
    judge: ({ 'location.said': said }) => {
      const not = [...unsayable].flatMap(([what, words]) => (said.includes(what) ? [words] : []))
      if (not.length > 0) return block(`what may not be said or sent: ${not.join(', ')}`)
      const missing = [...toSay].flatMap(([what, words]) => (said.includes(what) ? [] : [words]))
      if (missing.length === 0) return pass
      return said.length === 0
        ? warn(`say ${missing.join(' and ')}; for whom you call only if they ask; nothing of a debt; no postcard`)
        : block(`not said: ${missing.join(', ')}`)
    },
    vectors: [
      vector('own name, and what for', told, 'pass'),
      vector('nothing said yet', { ...told, 'location.said': [] }, 'warn'),
      vector(
        'the practice, as they asked',
        { ...told, 'location.said': ['ownName', 'confirming', 'employerAsked'] },
        'pass',
      ),
      vector(
        'the practice, and nobody asked',
        { ...told, 'location.said': ['ownName', 'confirming', 'employer'] },
        blocked,
      ),
      vector('that something is owed', { ...told, 'location.said': ['ownName', 'confirming', 'debt'] }, blocked),
      vector('a postcard', { ...told, 'location.said': ['ownName', 'confirming', 'postcard'] }, blocked),
      vector('an envelope that tells', { ...told, 'location.said': ['ownName', 'confirming', 'envelope'] }, blocked),
      vector('no name', { ...told, 'location.said': ['confirming'] }, blocked),
    ],
  }),
  gateRule({
    ...regF,
    ...cited('1006.10(b)(2)', 'K'),
    id: 'CT-05.locationDebt',
    title: 'With whom is asked where the person is, the account is not talked about',
    gates: ['discussAccount'],
    appliesTo: heldToRegF,
    needs: ['contact.purpose'],
    judge: ({ 'contact.purpose': purpose }) =>
      purpose === 'location'
        ? block('the account was talked about with whom the person’s whereabouts were asked of')
        : pass,
    vectors: [
      vector('asked where they live', location, blocked),
      vector('asked to pay', { 'contact.purpose': 'collect' }, 'pass'),
    ],
  }),
  gateRule({
    ...regF,
    id: 'CT-05.locationSearch',
    title: 'Where the person is, is asked of others while somebody looks for them',
    jurisdiction: 'policy',
    citation: '12 CFR 1006.10(a) (house: a search is a case, reference §11.6)',
    provenance: 'POLICY',
    effective: sinceBefore,
    appliesTo: isForLocation,
    needs: ['location.searched'],
    judge: ({ 'location.searched': searched }) =>
      searched ? pass : block('nobody looks for the person', { requiredAction: 'StartSkipTrace' }),
    vectors: [
      vector('a search goes on', { ...location, 'location.searched': true }, 'pass'),
      vector('none does', { ...location, 'location.searched': false }, blocked),
    ],
  }),
]
