import { toDay } from '../../kernel/day.ts'
import type { LegalWait } from '../claims/legal-waits.ts'
import { sinceBefore } from '../rule.ts'

// What law says of the time that a dispute may take. Calendar days.

/** Minnesota: what a billing error had the patient overpay is refunded (reference §1.10). */
export const billingErrorRefund: LegalWait = {
  id: 'AR-10',
  version: 1,
  title: 'MN: what was overpaid is refunded within 30 days of the review of a billing error',
  capability: 'credit',
  jurisdiction: 'MN',
  citation: 'Minn. Stat. 62J.808 subd. 1(b)',
  provenance: 'V',
  status: 'in force',
  effective: { from: toDay('2024-10-01') },
  kind: 'computation',
  computes: 'the last day of the refund: review completed + 30',
  days: 30,
}

/** A Medicare beneficiary asks for an itemised statement; policy gives it to everybody. */
export const itemisedStatement: LegalWait = {
  id: 'DS-08',
  version: 1,
  title: 'An itemised statement is given within 30 days of the request',
  capability: 'dispute',
  jurisdiction: 'federal',
  citation: '42 U.S.C. 1395b-7(b)',
  provenance: 'P',
  status: 'in force',
  effective: sinceBefore,
  kind: 'computation',
  computes: 'the last day of the statement: request + 30',
  days: 30,
}

const bureau = {
  version: 1,
  capability: 'dispute',
  jurisdiction: 'federal',
  citation: '15 U.S.C. 1681s-2(a)(8)(E), 1681i(a)(1) (reference §7.1; id of the house)',
  provenance: 'K',
  status: 'in force',
  effective: sinceBefore,
  kind: 'computation',
} as const

/** A consumer disputes to us what a bureau was told. */
export const bureauInvestigation: LegalWait = {
  ...bureau,
  id: 'DS-09',
  title: 'What a consumer disputes of a report is investigated within 30 days',
  computes: 'the last day of the result: received + 30',
  days: 30,
}

/** The same, where the consumer has sent more meanwhile. */
export const bureauInvestigationLonger: LegalWait = {
  ...bureau,
  id: 'DS-09.more',
  title: 'Where the consumer sends more meanwhile, the investigation may take 15 days longer',
  computes: 'the last day of the result: received + 45, where more was sent within the first 30',
  days: 45,
}

export const disputeClocks: readonly LegalWait[] = [
  billingErrorRefund,
  itemisedStatement,
  bureauInvestigation,
  bureauInvestigationLonger,
]
