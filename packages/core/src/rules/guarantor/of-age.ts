import { gateRule, sinceBefore } from '../rule.ts'
import { blocked, vector } from '../vectors.ts'
import { block, pass } from '../verdicts.ts'

export const guarantorOfAge = gateRule({
  id: 'GU-02',
  version: 2,
  title: 'A minor agrees to no plan, and makes no promise to pay',
  capability: 'guarantor',
  jurisdiction: 'state',
  citation: 'a minor can not contract: the guarantor is the parent who signed (reference §8.6; id of the house)',
  provenance: 'K',
  status: 'in force',
  effective: sinceBefore,
  kind: 'gate',
  gates: ['proposePlan', 'agreePlan', 'amendPlan', 'recordPromise'],
  reads: 'today',
  needs: ['guarantor.confirmed'],
  judge: (_facts, at, all) => {
    const age = all['guarantor.age']
    if (!age?.known || age.value >= at.policy.policy.placement.ageOfMajority) return pass
    return block(`the guarantor is ${age.value}, and a minor can not contract`, { requiredAction: 'ConfirmGuarantor' })
  },
  vectors: [
    vector('a guarantor of 14', { 'guarantor.confirmed': true, 'guarantor.age': 14 }, blocked),
    vector('of age today', { 'guarantor.confirmed': true, 'guarantor.age': 18 }, 'pass'),
    vector('no birth day on file', { 'guarantor.confirmed': true }, 'pass'),
  ],
})
