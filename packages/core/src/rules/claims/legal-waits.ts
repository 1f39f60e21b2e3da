import { toDay } from '../../kernel/day.ts'
import { type ComputationRule, sinceBefore } from '../rule.ts'

/** A time limit that law sets: calendar days from the day on which the matter counts, where the rule is law on that day. */
export interface LegalWait extends ComputationRule {
  readonly days: number
  /** Days after a notice on which its receipt is presumed: the time runs from then. */
  readonly presumedReceipt?: number
}

/** Overpayments of Medicare and Medicaid (42 U.S.C. 1320a-7k(d)); other public payers have rules of their own. */
export const governmentOverpayment: LegalWait = {
  id: 'AR-11',
  version: 1,
  title: 'An identified government overpayment is reported and returned in 60 days',
  capability: 'credit',
  jurisdiction: 'federal',
  citation: '42 CFR 401.305',
  provenance: 'V',
  status: 'in force',
  effective: { from: toDay('2025-01-01') },
  kind: 'computation',
  computes: 'the day by which to report and return: identified + 60; none runs while the credit is provisional',
  days: 60,
}

export const medicareRedetermination: LegalWait = {
  id: 'CL-03',
  version: 1,
  title: 'The first Medicare appeal is filed in 120 days from receipt',
  capability: 'claims',
  jurisdiction: 'federal',
  citation: '42 CFR 405.942(a)',
  provenance: 'V',
  status: 'in force',
  effective: sinceBefore,
  kind: 'computation',
  computes: 'the last day of the redetermination request: notice + 5 days of presumed receipt + 120',
  days: 120,
  presumedReceipt: 5,
}

export const commercialAppeal: LegalWait = {
  id: 'CL-06',
  version: 1,
  title: 'The internal appeal of a commercial denial is filed in 180 days',
  capability: 'claims',
  jurisdiction: 'federal',
  citation: '29 CFR 2560.503-1(h)(3)(i)',
  provenance: 'V',
  status: 'in force',
  effective: sinceBefore,
  kind: 'computation',
  computes: 'the last day of the internal appeal: receipt of the denial + 180',
  days: 180,
}

/** The waits that the worklist counts. */
export const legalWaits: readonly LegalWait[] = [governmentOverpayment, medicareRedetermination, commercialAppeal]
