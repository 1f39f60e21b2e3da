import { type GateRule, gateRule, sinceBefore } from '../rule.ts'
import { mayBe } from '../scope.ts'
import { blocked, vector } from '../vectors.ts'
import { block, notApplicable, pass } from '../verdicts.ts'

// A patient may keep a service from the plan by paying it in full: 45 CFR 164.522(a)(1)(vi), reference §4.7.

const law = {
  version: 1,
  capability: 'agreement',
  jurisdiction: 'federal',
  provenance: 'K',
  status: 'in force',
  effective: sinceBefore,
  kind: 'gate',
  gates: ['electSelfPay'],
  reads: 'today',
} as const

export const selfPayRules: readonly GateRule[] = [
  gateRule({
    ...law,
    id: 'SP-01',
    title: 'What the plan knows of already can not be kept from it',
    citation: '45 CFR 164.522(a)(1)(vi) (id of the house)',
    needs: ['selfPay.planKnows'],
    judge: ({ 'selfPay.planKnows': knows }) =>
      knows ? block('a claim for the service was sent or decided: the plan knows of it') : pass,
    vectors: [
      vector('nothing was sent', { 'selfPay.planKnows': false }, 'pass'),
      vector('a claim was sent', { 'selfPay.planKnows': true }, blocked),
    ],
  }),
  gateRule({
    ...law,
    id: 'SP-02',
    // Where the day alone is known, the reading that protects the patient: an agreement of the day itself may have been
    // signed after the service.
    title: 'A Medicaid patient pays for a service only by an agreement from before it',
    citation: '42 CFR 447.15 (reference §1.4 gate 3; postings.md 39; id of the house)',
    appliesTo: (facts) => mayBe(facts, 'coverage.type', 'medicaid'),
    needs: ['coverage.type', 'selfPay.agreedBeforeService'],
    judge: ({ 'coverage.type': type, 'selfPay.agreedBeforeService': before }) => {
      if (type !== 'medicaid') return notApplicable
      return before ? pass : block('Medicaid covers the day, and no agreement from before the service is on file')
    },
    vectors: [
      vector('Medicaid, agreed before', { 'coverage.type': 'medicaid', 'selfPay.agreedBeforeService': true }, 'pass'),
      vector('Medicaid, agreed after', { 'coverage.type': 'medicaid', 'selfPay.agreedBeforeService': false }, blocked),
      vector('commercial', { 'coverage.type': 'commercial', 'selfPay.agreedBeforeService': false }, 'notApplicable'),
    ],
  }),
]
