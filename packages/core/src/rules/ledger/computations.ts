import { type ComputationRule, sinceBefore } from '../rule.ts'

export const accountingIdentities: ComputationRule = {
  id: 'AR-01',
  version: 1,
  title: 'Accounting identities hold after every decision',
  capability: 'ledger',
  jurisdiction: 'policy',
  citation: 'accounting identities (reference §1.3, errata 16)',
  provenance: 'POLICY',
  status: 'in force',
  effective: sinceBefore,
  kind: 'computation',
  computes:
    'effects and contra of each event sum to zero; the receivable moves by the effects; a break refuses the decision',
}

export const remittanceBalancing: ComputationRule = {
  id: 'AR-02',
  version: 1,
  title: 'A remittance balances',
  capability: 'ledger',
  jurisdiction: 'industry',
  citation: 'X12 835 TR3, balancing (reference §1.6, errata 7)',
  provenance: 'P',
  status: 'in force',
  effective: sinceBefore,
  kind: 'computation',
  computes:
    'B1–B10: B6 fails, the transaction is held; B1, B2, B4 or matching fails, that claim is held; the others are findings',
}

export const remittanceIdentity: ComputationRule = {
  id: 'AR-03',
  version: 1,
  title: 'A remittance is posted once',
  capability: 'ledger',
  jurisdiction: 'policy',
  citation: 'idempotency (reference §1.7(1), errata 8)',
  provenance: 'POLICY',
  status: 'in force',
  effective: sinceBefore,
  kind: 'computation',
  computes:
    'identity from payer, trace, payment date, amount and payee (zero-pay adds the content hash): same content is a duplicate, other content is held as a conflict',
}

export const ledgerComputations: readonly ComputationRule[] = [
  accountingIdentities,
  remittanceBalancing,
  remittanceIdentity,
]
