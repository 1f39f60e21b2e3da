import { gateRule, sinceBefore } from '../rule.ts'
import { blocked, vector } from '../vectors.ts'
import { block, pass } from '../verdicts.ts'

/** The law asks that identity be verified, the reference that two identifiers do it: policy may ask for more. */
const LEAST = 2

export const callerVerified = gateRule({
  id: 'IQ-01',
  version: 1,
  title: 'Something about the patient is said only to who was verified',
  capability: 'inquiry',
  jurisdiction: 'federal',
  citation: '45 CFR 164.514(h) (reference §4.7, §11.5; id of the house)',
  provenance: 'K',
  status: 'in force',
  effective: sinceBefore,
  kind: 'gate',
  gates: ['answerInquiry'],
  reads: 'today',
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
