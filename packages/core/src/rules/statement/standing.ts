import type { FactName, FactTypes } from '../facts.ts'
import { type GateRule, gateRule, type Provenance, sinceBefore } from '../rule.ts'
import { blocked, vector } from '../vectors.ts'
import { block, pass } from '../verdicts.ts'

// ST-02: what stands against asking the guarantor for anything, whatever the ladder says. Ids of the house.

type Raised = { [K in FactName]: FactTypes[K] extends boolean ? K : never }[FactName]

interface Check {
  readonly id: string
  readonly title: string
  readonly fact: Raised
  readonly reason: string
  readonly requiredAction?: string
  readonly law?: { readonly jurisdiction: string; readonly citation: string; readonly provenance: Provenance }
}

const checks: readonly Check[] = [
  {
    id: 'ST-02.bankruptcy',
    title: 'Nobody is billed for a debt that a bankruptcy covers',
    fact: 'bankruptcy.open',
    reason: 'a bankruptcy covers the debt',
    law: { jurisdiction: 'federal', citation: '11 U.S.C. 362(a), 524(a) (BK-01, BK-03)', provenance: 'K' },
  },
  {
    id: 'ST-02.deceased',
    title: 'Nothing is sent to a guarantor who has died',
    fact: 'person.deceased',
    reason: 'the guarantor has died and no estate path is set',
    requiredAction: 'WorkEstate',
  },
  {
    id: 'ST-02.hold',
    title: 'Nothing is sent while a hold is open',
    fact: 'hold.open',
    reason: 'a hold is open',
  },
  {
    id: 'ST-02.assistance',
    title: 'Nothing is sent while an application for assistance is open',
    fact: 'assistance.pending',
    reason: 'an application for financial assistance is open',
    requiredAction: 'DetermineAssistance',
  },
  {
    id: 'ST-02.identityTheft',
    title: 'Nobody is billed for what identity theft was reported of',
    fact: 'person.identityTheft',
    reason: 'identity theft was reported',
    requiredAction: 'ResolveDispute',
  },
  {
    id: 'ST-02.ppdr',
    title: 'Nothing is sent while a patient-provider dispute resolution is pending',
    fact: 'ppdr.pending',
    reason: 'a patient-provider dispute resolution is pending',
    law: { jurisdiction: 'federal', citation: '45 CFR 149.620(c) (DS-06, reference §7.3)', provenance: 'K' },
  },
]

const standing = checks.map(({ id, title, fact, reason, requiredAction, law }) =>
  gateRule({
    id,
    version: 2,
    title,
    capability: 'statement',
    jurisdiction: law?.jurisdiction ?? 'policy',
    citation: law?.citation ?? 'practice policy, statements (reference §3.1; id of the house)',
    provenance: law?.provenance ?? 'POLICY',
    status: 'in force',
    effective: sinceBefore,
    kind: 'gate',
    gates: ['issueStatement', 'demandPayment'],
    reads: 'today',
    needs: [fact],
    judge: (facts) => (facts[fact] ? block(reason, requiredAction ? { requiredAction } : {}) : pass),
    vectors: [vector('none', { [fact]: false }, 'pass'), vector(reason, { [fact]: true }, blocked)],
  }),
)

/** Who signed for a child is written to, and nobody else (reference §8.6). */
const minor = gateRule({
  id: 'ST-02.minor',
  version: 2,
  title: 'A minor is sent no bill',
  capability: 'statement',
  jurisdiction: 'state',
  citation: 'a minor can not contract: the guarantor is the parent who signed (reference §8.6; id of the house)',
  provenance: 'K',
  status: 'in force',
  effective: sinceBefore,
  kind: 'gate',
  gates: ['issueStatement', 'demandPayment'],
  reads: 'today',
  needs: ['guarantor.confirmed'],
  judge: (_facts, at, all) => {
    const { ageOfMajority } = at.policy.policy.placement
    const now = all['guarantor.age']
    const then = all['guarantor.ageAtService']
    const requiredAction = 'ConfirmGuarantor'
    if (now?.known && now.value < ageOfMajority) {
      return block(`the guarantor is ${now.value}: a parent or guardian answers`, { requiredAction })
    }
    // Who comes of age takes over no debt of before.
    return then?.known && then.value < ageOfMajority
      ? block('the guarantor was a minor at the service: who answered then does', { requiredAction })
      : pass
  },
  vectors: [
    vector('a parent', { 'guarantor.confirmed': true, 'guarantor.age': 44, 'guarantor.ageAtService': 44 }, 'pass'),
    vector('of 17', { 'guarantor.confirmed': true, 'guarantor.age': 17 }, blocked),
    vector('of 18', { 'guarantor.confirmed': true, 'guarantor.age': 18, 'guarantor.ageAtService': 18 }, 'pass'),
    vector(
      'of 18, and 17 at the service',
      { 'guarantor.confirmed': true, 'guarantor.age': 18, 'guarantor.ageAtService': 17 },
      blocked,
    ),
    vector('no birth day on file', { 'guarantor.confirmed': true }, 'pass'),
  ],
})

export const statementStandingRules: readonly GateRule[] = [...standing, minor]
