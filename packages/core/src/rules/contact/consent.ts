import type { Medium } from '../../kernel/contact.ts'
import { addDays, toDay } from '../../kernel/day.ts'
import { type GateRule, gateRule, sinceBefore } from '../rule.ts'
import { mayBe } from '../scope.ts'
import { blocked, vector } from '../vectors.ts'
import { block, pass } from '../verdicts.ts'
import { cited, heldToRegF, mayConcernPersonBy, mayLiveIn, mayReachPersonBy, regF } from './reach.ts'

// What a person must have agreed to: reference §4.5, and §4.3 for e-mail.

/** What needs consent by the law of telephones. */
const needsConsent: readonly Medium[] = ['text', 'autodialedCall', 'prerecordedCall']
const robot: readonly Medium[] = ['autodialedCall', 'prerecordedCall']

const tcpa = {
  version: 1,
  capability: 'contact',
  jurisdiction: 'federal',
  provenance: 'V',
  status: 'in force',
  effective: { from: toDay('2025-04-11') },
  kind: 'gate',
  gates: ['contactPerson'],
  reads: 'today',
} as const

/** 12 CFR 1006.6(d)(5): by the person's own use, or by the database. */
const LAWFUL_DAYS = 60

const noConsent = { requiredAction: 'ObtainConsent' }
const text = { 'contact.medium': 'text' } as const
const email = { 'contact.medium': 'email' } as const
const robocall = { 'contact.medium': 'prerecordedCall' } as const
const after = '2027-01-31'

export const contactConsentRules: readonly GateRule[] = [
  gateRule({
    ...tcpa,
    id: 'CT-06',
    title: 'Texts and recorded or dialed calls need consent for that number',
    citation: '47 U.S.C. 227(b); 47 CFR 64.1200(a)(1), (a)(10)',
    appliesTo: (facts) => mayConcernPersonBy(facts, needsConsent),
    needs: ['contact.consent'],
    judge: ({ 'contact.consent': consent }) => {
      if (consent === 'granted') return pass
      return block(
        consent === 'revoked'
          ? 'the person revoked consent for this number'
          : 'the person never consented for this number',
        noConsent,
      )
    },
    vectors: [
      vector('granted', { ...text, 'contact.consent': 'granted' }, 'pass'),
      vector('never', { ...text, 'contact.consent': 'none' }, blocked),
      vector('revoked', { ...robocall, 'contact.consent': 'revoked' }, blocked),
      vector('a call by hand', { 'contact.medium': 'call', 'contact.consent': 'none' }, 'notApplicable'),
    ],
  }),
  gateRule({
    ...regF,
    ...cited('1006.6(d)(4)', 'K'),
    id: 'CT-06.email',
    title: 'An e-mail goes to an address that the person used or agreed to',
    appliesTo: (facts, moment) => heldToRegF(facts, moment) && mayConcernPersonBy(facts, ['email']),
    needs: ['contact.consent', 'contact.numberSeenOn'],
    judge: ({ 'contact.consent': consent, 'contact.numberSeenOn': used }) => {
      if (consent === 'revoked') return block('the person opted out of e-mail to this address', noConsent)
      if (consent === 'granted' || used !== 'never') return pass
      return block('the person neither used this address nor agreed to it', noConsent)
    },
    vectors: [
      vector('agreed', { ...email, 'contact.consent': 'granted', 'contact.numberSeenOn': 'never' }, 'pass'),
      vector('used', { ...email, 'contact.consent': 'none', 'contact.numberSeenOn': toDay('2024-01-02') }, 'pass'),
      vector('neither', { ...email, 'contact.consent': 'none', 'contact.numberSeenOn': 'never' }, blocked),
      vector(
        'opted out',
        { ...email, 'contact.consent': 'revoked', 'contact.numberSeenOn': toDay('2026-01-02') },
        blocked,
      ),
    ],
  }),
  gateRule({
    ...regF,
    ...cited('1006.6(d)(5)', 'K'),
    id: 'CT-06.reassigned',
    title: 'A text goes to a number that was the person’s not long ago',
    appliesTo: (facts, moment) => heldToRegF(facts, moment) && mayReachPersonBy(facts, ['text']),
    needs: ['contact.numberSeenOn'],
    judge: ({ 'contact.numberSeenOn': seen }, { today, policy }) => {
      const within = Math.min(policy.policy.contact.numberCheckedDays, LAWFUL_DAYS)
      if (seen !== 'never' && today <= addDays(seen, within)) return pass
      const reason =
        seen === 'never' ? 'the number was never looked up' : `the number was last known to be theirs on ${seen}`
      return block(`${reason}: a text needs that within ${within} days`, { requiredAction: 'CheckNumber' })
    },
    forbids: ({ contact: { numberCheckedDays } }) =>
      numberCheckedDays > LAWFUL_DAYS
        ? `contact.numberCheckedDays ${numberCheckedDays} is more than the ${LAWFUL_DAYS} of 12 CFR 1006.6(d)(5)`
        : undefined,
    vectors: [
      vector('60 days ago', { ...text, 'contact.numberSeenOn': toDay('2026-01-04') }, 'pass', '2026-03-05'),
      vector('61 days ago', { ...text, 'contact.numberSeenOn': toDay('2026-01-03') }, blocked, '2026-03-05'),
      vector('never', { ...text, 'contact.numberSeenOn': 'never' }, blocked),
    ],
  }),
  gateRule({
    ...tcpa,
    id: 'CT-07',
    title: 'What is revoked on one topic is revoked on all',
    citation: '47 CFR 64.1200(a)(10), delayed by FCC DA 26-12 (2026-01-06)',
    status: 'future',
    effective: { from: toDay(after) },
    appliesTo: (facts) => mayReachPersonBy(facts, needsConsent),
    needs: ['contact.revokedElsewhere'],
    judge: ({ 'contact.revokedElsewhere': revoked }) =>
      revoked ? block('the person revoked consent on another topic', noConsent) : pass,
    vectors: [
      vector('revoked elsewhere, from 2027-01-31', { ...text, 'contact.revokedElsewhere': true }, blocked, after),
      vector('nothing revoked', { ...text, 'contact.revokedElsewhere': false }, 'pass', after),
    ],
  }),
  gateRule({
    ...tcpa,
    id: 'CT-07.policy',
    title: 'STOP ends every billing message and recorded call',
    jurisdiction: 'policy',
    citation: 'practice policy contact.stopRevokesAll (reference §4.5)',
    provenance: 'POLICY',
    effective: sinceBefore,
    appliesTo: (facts, { policy }) => policy.policy.contact.stopRevokesAll && mayReachPersonBy(facts, needsConsent),
    needs: ['contact.revokedElsewhere'],
    judge: ({ 'contact.revokedElsewhere': revoked }) =>
      revoked ? block('the person said STOP on another number or topic', noConsent) : pass,
    vectors: [
      vector('STOP to another number', { ...text, 'contact.revokedElsewhere': true }, blocked),
      vector('none', { ...text, 'contact.revokedElsewhere': false }, 'pass'),
    ],
  }),
  gateRule({
    ...tcpa,
    id: 'CT-11',
    title: 'MN: no automatic dialer and no recorded call about medical debt',
    jurisdiction: 'MN',
    citation: 'Minn. Stat. 332C.02',
    provenance: 'P',
    effective: { from: toDay('2024-10-01') },
    appliesTo: (facts) => mayBe(facts, 'practice.state', 'MN') || mayLiveIn(facts, 'MN'),
    needs: ['contact.medium'],
    judge: ({ 'contact.medium': medium }) =>
      robot.some((each) => each === medium)
        ? block('Minnesota forbids automatic dialers and recorded calls about medical debt')
        : pass,
    vectors: [
      vector('a recorded call', { 'practice.state': 'MN', ...robocall }, blocked),
      vector('to somebody who lives there', { 'practice.state': 'WI', 'person.states': ['MN'], ...robocall }, blocked),
      vector('a call by hand', { 'practice.state': 'MN', 'contact.medium': 'call' }, 'pass'),
      vector('elsewhere', { 'practice.state': 'WI', 'person.states': ['WI'], ...robocall }, 'notApplicable'),
    ],
  }),
]
