import type { VisitId } from '../../kernel/ids.ts'
import { qmbCarcs, qmbRemarks } from '../../rules/ledger/patient-responsibility.ts'
import { nsaRemarks } from '../../rules/nsa/balance-billing.ts'
import { type ClaimState, standing } from './state.ts'

// What payers' advices say of a patient or a service beyond the money (postings.md, clarification 1).

/** A remark or a reason code with an amount says that the patient is a Qualified Medicare Beneficiary (AR-05). */
export const saysQmb = (
  remarks: readonly string[],
  adjustments: readonly { readonly carc: string; readonly amount: number }[],
): boolean =>
  remarks.some((remark) => qmbRemarks.includes(remark)) ||
  adjustments.some(({ carc, amount }) => amount !== 0 && qmbCarcs.includes(carc))

/** A remark says that the No Surprises Act protects the service (DS-07). */
export const saysProtected = (remarks: readonly string[]): boolean =>
  remarks.some((remark) => nsaRemarks.includes(remark))

/** Any adjudication of these visits that stands says that the patient is a QMB. */
export const qmbOnFile = (state: ClaimState, visits: Iterable<VisitId>): boolean =>
  [...new Set(visits)]
    .flatMap((visit) => standing(state, visit))
    .some(({ event }) =>
      saysQmb(
        [...event.remarks, ...event.lines.flatMap((line) => line.remarks)],
        event.lines.flatMap((line) => line.adjustments),
      ),
    )
