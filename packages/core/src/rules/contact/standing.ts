import { toDay } from '../../kernel/day.ts'
import { type GateRule, gateRule, sinceBefore } from '../rule.ts'
import { blocked, vector } from '../vectors.ts'
import { block, pass, warn } from '../verdicts.ts'
import { cited, heldToRegF, isForLocation, mayBeCollector, mayConcernPerson, mayReachPerson, regF } from './reach.ts'

// What stands between a person and whoever wants to reach them: reference §4.3, §4.7, §11.5.

/** What a practice that collects its own may still send after a cease: reference §4.3. */
const afterCease: readonly string[] = ['ceaseNotice', 'requiredNotice', 'answer']

const hipaa = {
  version: 1,
  capability: 'contact',
  jurisdiction: 'federal',
  provenance: 'K',
  status: 'in force',
  effective: { from: toDay('2003-04-14') },
  kind: 'gate',
  reads: 'today',
} as const

const house = {
  ...hipaa,
  jurisdiction: 'policy',
  provenance: 'POLICY',
  effective: sinceBefore,
  gates: ['contactPerson'],
} as const

const physicians = { 'practice.entityType': 'physician_practice' } as const
const agency = { 'practice.entityType': 'agency_third_party' } as const

export const contactStandingRules: readonly GateRule[] = [
  gateRule({
    ...regF,
    ...cited('1006.6(c)', 'K'),
    id: 'CT-04',
    title: 'After a cease, nothing but the notices that are left',
    appliesTo: heldToRegF,
    needs: ['person.ceased', 'contact.purpose', 'practice.entityType'],
    judge: ({ 'person.ceased': ceased, 'contact.purpose': purpose }, _at, facts) => {
      if (!ceased || purpose === 'ceaseNotice') return pass
      if (!mayBeCollector(facts) && afterCease.includes(purpose)) return pass
      return block('the person asked not to be contacted', { requiredAction: 'RouteToSpecialQueue' })
    },
    vectors: [
      vector('after a cease', { ...physicians, 'person.ceased': true, 'contact.purpose': 'collect' }, blocked),
      vector('no cease', { ...physicians, 'person.ceased': false, 'contact.purpose': 'collect' }, 'pass'),
      vector('that it ends', { ...agency, 'person.ceased': true, 'contact.purpose': 'ceaseNotice' }, 'pass'),
      vector('a practice answers', { ...physicians, 'person.ceased': true, 'contact.purpose': 'answer' }, 'pass'),
      vector('an agency does not', { ...agency, 'person.ceased': true, 'contact.purpose': 'answer' }, blocked),
    ],
  }),
  gateRule({
    ...regF,
    ...cited('1006.6(b)(2)', 'K'),
    id: 'CT-05',
    title: 'Whom an attorney represents is reached through the attorney',
    appliesTo: heldToRegF,
    needs: ['person.represented', 'contact.with'],
    judge: ({ 'person.represented': represented, 'contact.with': other }) =>
      represented && other !== 'attorney'
        ? block('an attorney represents the person', { requiredAction: 'ContactAttorney' })
        : pass,
    vectors: [
      vector('the person, who is represented', { 'person.represented': true, 'contact.with': 'person' }, blocked),
      vector('the attorney', { 'person.represented': true, 'contact.with': 'attorney' }, 'pass'),
      vector('nobody represents', { 'person.represented': false, 'contact.with': 'person' }, 'pass'),
    ],
  }),
  gateRule({
    ...regF,
    ...cited('1006.6(d)(1)', 'K'),
    id: 'CT-05.thirdParty',
    version: 2,
    title: 'With nobody else than the person and who acts for them',
    gates: ['contactPerson', 'discussAccount'],
    // Where the person is, may be asked of others: CT-05.location says how.
    appliesTo: (facts, moment) => heldToRegF(facts, moment) && !isForLocation(facts),
    needs: ['contact.with', 'contact.withMaySpeak'],
    judge: ({ 'contact.with': other, 'contact.withMaySpeak': maySpeak }) =>
      other === 'person' || maySpeak
        ? pass
        : block(`nobody has recorded that the person lets this one speak for them: ${other}`, {
            requiredAction: 'NameSpokesperson',
          }),
    vectors: [
      vector('the person', { 'contact.with': 'person', 'contact.withMaySpeak': false }, 'pass'),
      vector('a guardian on file', { 'contact.with': 'guardian', 'contact.withMaySpeak': true }, 'pass'),
      vector('a neighbour', { 'contact.with': 'thirdParty', 'contact.withMaySpeak': false }, blocked),
      vector(
        'a neighbour who is asked where the person lives',
        { 'contact.with': 'thirdParty', 'contact.withMaySpeak': false, 'contact.purpose': 'location' },
        'notApplicable',
      ),
    ],
  }),
  gateRule({
    ...hipaa,
    id: 'PR-03',
    title: 'By the confidential channel alone, where the person asked for one',
    citation: '45 CFR 164.522(b)(1)',
    gates: ['contactPerson'],
    appliesTo: mayConcernPerson,
    needs: ['contact.datum', 'person.confidentialDatum'],
    judge: ({ 'contact.datum': used, 'person.confidentialDatum': agreed }) =>
      agreed === 'none' || agreed === used
        ? pass
        : block('the person asked to be reached in one other way alone', { requiredAction: 'UseConfidentialChannel' }),
    vectors: [
      vector('by that channel', { 'contact.datum': 'd1', 'person.confidentialDatum': 'd1' }, 'pass'),
      vector('by another', { 'contact.datum': 'd2', 'person.confidentialDatum': 'd1' }, blocked),
      vector('none agreed', { 'contact.datum': 'd2', 'person.confidentialDatum': 'none' }, 'pass'),
    ],
  }),
  gateRule({
    ...hipaa,
    id: 'PR-01.identity',
    title: 'Two identifiers before anything of the account is said',
    citation: '45 CFR 164.514(h) (reference §4.7)',
    gates: ['discussAccount'],
    needs: ['identity.identifiers'],
    judge: ({ 'identity.identifiers': matched }) =>
      matched >= 2
        ? pass
        : block(`${matched} of 2 identifiers matched: nothing of the account is said`, {
            requiredAction: 'CheckIdentity',
          }),
    vectors: [
      vector('two matched', { 'identity.identifiers': 2 }, 'pass'),
      vector('one matched', { 'identity.identifiers': 1 }, blocked),
    ],
  }),
  gateRule({
    ...house,
    id: 'VU-01.letter',
    title: 'Who is vulnerable gets no letter above level 1',
    citation: 'reference §11.5, duty F39 (house)',
    appliesTo: mayReachPerson,
    needs: ['person.vulnerable', 'contact.letterLevel'],
    judge: ({ 'person.vulnerable': vulnerable, 'contact.letterLevel': level }) =>
      vulnerable && level > 1
        ? block(`a letter of level ${level}, and the person is vulnerable`, { requiredAction: 'OfferAssistance' })
        : pass,
    vectors: [
      vector('level 1', { 'person.vulnerable': true, 'contact.letterLevel': 1 }, 'pass'),
      vector('level 2', { 'person.vulnerable': true, 'contact.letterLevel': 2 }, blocked),
      vector('level 2, not vulnerable', { 'person.vulnerable': false, 'contact.letterLevel': 2 }, 'pass'),
    ],
  }),
  gateRule({
    ...house,
    id: 'VU-01.assistance',
    title: 'Who is vulnerable is offered assistance first',
    citation: 'reference §11.5, duty F39 (house)',
    needs: ['person.vulnerable'],
    judge: ({ 'person.vulnerable': vulnerable }) =>
      vulnerable ? warn('the person is vulnerable: assistance is offered first', 'OfferAssistance') : pass,
    vectors: [
      vector('vulnerable', { 'person.vulnerable': true }, 'warn'),
      vector('not vulnerable', { 'person.vulnerable': false }, 'pass'),
    ],
  }),
  gateRule({
    ...house,
    id: 'VU-02',
    title: 'Who needs another language is spoken to in it',
    citation: 'Section 1557, 45 CFR 92.201 (reference §11.5)',
    provenance: 'K',
    jurisdiction: 'federal',
    needs: ['person.language'],
    judge: ({ 'person.language': language }) =>
      language === 'none' ? pass : warn(`the person needs ${language}`, 'ArrangeInterpreter'),
    vectors: [
      vector('Somali', { 'person.language': 'so' }, 'warn'),
      vector('none said', { 'person.language': 'none' }, 'pass'),
    ],
  }),
]
