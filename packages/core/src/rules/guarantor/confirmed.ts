import { gateRule, sinceBefore } from '../rule.ts'
import { blocked, vector } from '../vectors.ts'
import { block, pass } from '../verdicts.ts'

export const guarantorConfirmed = gateRule({
  id: 'GU-01',
  version: 1,
  title: 'Somebody has confirmed who answers for the account',
  capability: 'guarantor',
  jurisdiction: 'policy',
  citation: 'an account opened from a claim or a remittance names no guarantor (reference §8.6; id of the house)',
  provenance: 'POLICY',
  status: 'in force',
  effective: sinceBefore,
  kind: 'gate',
  gates: ['proposePlan', 'agreePlan', 'placeAccount', 'issueStatement'],
  reads: 'today',
  needs: ['guarantor.confirmed'],
  judge: ({ 'guarantor.confirmed': confirmed }) =>
    confirmed ? pass : block('the guarantor is not confirmed', { requiredAction: 'ConfirmGuarantor' }),
  vectors: [
    vector('opened from a remittance', { 'guarantor.confirmed': false }, blocked),
    vector('confirmed at the desk', { 'guarantor.confirmed': true }, 'pass'),
  ],
})
