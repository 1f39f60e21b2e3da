import { gateRule, sinceBefore } from '../rule.ts'
import { blocked, vector } from '../vectors.ts'
import { block, pass } from '../verdicts.ts'

/** The law asks that identity be verified, the reference that two identifiers do it: policy may ask for more. */
const LEAST = 2

const described = {
  version: 1,
  capability: 'inquiry',
  jurisdiction: 'federal',
  provenance: 'K',
  status: 'in force',
  effective: sinceBefore,
  kind: 'gate',
  gates: ['answerInquiry'],
  reads: 'today',
} as const

/** What a stranger knows of somebody makes no patient of them: identifiers tell who calls, not whom they call for. */
export const callerActsForPatient = gateRule({
  ...described,
  id: 'IQ-02',
  title: 'Something about the patient is said to no stranger, whatever they know',
  citation: '45 CFR 164.510(b), 12 CFR 1006.6(d)(1) (reference §4.3, §4.7; id of the house)',
  needs: ['answer.phi', 'caller.is'],
  judge: (facts) =>
    facts['answer.phi'] && facts['caller.is'] === 'other'
      ? block('who asks is neither the patient nor known to act for them: nothing about the patient is said', {
          requiredAction: 'NameSpokesperson',
        })
      : pass,
  vectors: [
    vector('a neighbour', { 'answer.phi': true, 'caller.is': 'other' }, blocked),
    vector('a neighbour, and nothing about the patient', { 'answer.phi': false, 'caller.is': 'other' }, 'pass'),
    vector('the spouse', { 'answer.phi': true, 'caller.is': 'spouse' }, 'pass'),
  ],
})

export const callerVerified = gateRule({
  ...described,
  id: 'IQ-01',
  title: 'Something about the patient is said only to who was verified',
  citation: '45 CFR 164.514(h) (reference §4.7, §11.5; id of the house)',
  needs: ['answer.phi', 'caller.identifiers'],
  judge: (facts, { policy }) => {
    const wanted = policy.policy.inquiries.identifiers
    return !facts['answer.phi'] || facts['caller.identifiers'] >= wanted
      ? pass
      : block(
          `verified by ${facts['caller.identifiers']} of ${wanted} identifiers: nothing about the patient is said`,
          {
            requiredAction: 'VerifyInquirer',
          },
        )
  },
  forbids: ({ inquiries: { identifiers } }) =>
    identifiers < LEAST ? `inquiries.identifiers ${identifiers} is below ${LEAST}` : undefined,
  vectors: [
    vector('by two', { 'answer.phi': true, 'caller.identifiers': 2 }, 'pass'),
    vector('by one', { 'answer.phi': true, 'caller.identifiers': 1 }, blocked),
    vector('by none, and nothing about the patient', { 'answer.phi': false, 'caller.identifiers': 0 }, 'pass'),
  ],
})
