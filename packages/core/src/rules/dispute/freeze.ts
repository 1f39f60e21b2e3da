import { toDay } from '../../kernel/day.ts'
import { type GateRule, gateRule, sinceBefore } from '../rule.ts'
import { mayBe } from '../scope.ts'
import { blocked, vector } from '../vectors.ts'
import { block, pass } from '../verdicts.ts'

const minnesota = { 'practice.state': 'MN', 'dispute.billingError': true } as const

/** Whoever found the error, the patient or we: nothing of the item is billed until the review is complete and said to be. */
export const billingErrorReview = gateRule({
  id: 'DS-01',
  version: 2,
  title: 'MN: an item with a billing error is not billed before the notice that its review is complete',
  capability: 'dispute',
  jurisdiction: 'MN',
  citation: 'Minn. Stat. 62J.808',
  provenance: 'V',
  status: 'in force',
  effective: { from: toDay('2024-10-01') },
  kind: 'gate',
  gates: ['billLines', 'proposePlan', 'agreePlan'],
  reads: 'today',
  appliesTo: (facts) => mayBe(facts, 'practice.state', 'MN'),
  needs: ['dispute.billingError'],
  judge: ({ 'dispute.billingError': review }) =>
    review ? block('Minnesota: a billing error on it is under review', { requiredAction: 'ResolveDispute' }) : pass,
  vectors: [
    vector('under review', minnesota, blocked),
    vector('no billing error', { ...minnesota, 'dispute.billingError': false }, 'pass'),
    vector('another state', { ...minnesota, 'practice.state': 'WI' }, 'notApplicable'),
    vector('on the first day of the law', minnesota, blocked, '2024-10-01'),
    vector('the day before', minnesota, 'notApplicable', '2024-09-30'),
  ],
})

/** Every other dispute that freezes: the result letter goes out before anybody asks again. */
export const disputedNotBilled = gateRule({
  id: 'DS-10',
  version: 2,
  title: 'Nobody asks for a disputed item before the letter with the result is out',
  capability: 'dispute',
  jurisdiction: 'policy',
  citation: 'practice policy, disputes (reference §7.1; id of the house)',
  provenance: 'POLICY',
  status: 'in force',
  effective: sinceBefore,
  kind: 'gate',
  gates: ['billLines', 'proposePlan', 'agreePlan'],
  reads: 'today',
  needs: ['dispute.open'],
  judge: ({ 'dispute.open': open }) => (open ? block('it is in dispute', { requiredAction: 'ResolveDispute' }) : pass),
  vectors: [
    vector('in dispute', { 'dispute.open': true }, blocked),
    vector('in no dispute', { 'dispute.open': false }, 'pass'),
  ],
})

const written = {
  'dispute.written': true,
  'dispute.receivedOn': toDay('2026-03-05'),
  'dispute.validationEndsOn': toDay('2026-03-05'),
} as const

/** Binds agencies: what is here tells an agency's own product, and us, what it may do. */
export const agencyCeases = gateRule({
  id: 'DS-02',
  version: 1,
  title: 'An agency ceases to collect what is disputed in writing within the validation period',
  capability: 'dispute',
  jurisdiction: 'federal',
  citation: '12 CFR 1006.38',
  provenance: 'K',
  status: 'in force',
  effective: sinceBefore,
  kind: 'gate',
  gates: ['agencyCollects'],
  reads: 'today',
  needs: ['dispute.written', 'dispute.receivedOn', 'dispute.validationEndsOn'],
  judge: (dispute) =>
    dispute['dispute.written'] && dispute['dispute.receivedOn'] <= dispute['dispute.validationEndsOn']
      ? block('the consumer disputed it in writing in time: it ceases until verification is mailed', {
          requiredAction: 'ProvideVerification',
        })
      : pass,
  vectors: [
    vector('in writing on the last day', written, blocked),
    vector('in writing the day after', { ...written, 'dispute.receivedOn': toDay('2026-03-06') }, 'pass'),
    vector('by word of mouth', { ...written, 'dispute.written': false }, 'pass'),
  ],
})

export const disputeRules: readonly GateRule[] = [billingErrorReview, disputedNotBilled, agencyCeases]
