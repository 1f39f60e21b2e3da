import { qmbCarcs, qmbRemarks } from '../../rules/ledger/patient-responsibility.ts'
import type { ClaimAdjudicated } from './adjudication-events.ts'

/** A remark or a reason code with an amount says that the patient is a Qualified Medicare Beneficiary (AR-05). */
export const saysQmb = (
  remarks: readonly string[],
  adjustments: readonly { readonly carc: string; readonly amount: number }[],
): boolean =>
  remarks.some((remark) => qmbRemarks.includes(remark)) ||
  adjustments.some(({ carc, amount }) => amount !== 0 && qmbCarcs.includes(carc))

/** CARC 303 speaks of the patient, 209 of its amount alone. */
const ofThePatient = ({ carc }: { readonly carc: string }): boolean => carc === '303'

/**
 * A decision says that the patient is a QMB: by a remark, or CARC 303, which speak of the patient and go with no decision that is
 * taken back; or, as long as it stands, by CARC 209 too.
 */
export const eventSaysQmb = (event: ClaimAdjudicated, stands: boolean): boolean => {
  const remarks = [...event.remarks, ...event.lines.flatMap((line) => line.remarks)]
  const adjustments = event.lines.flatMap((line) => line.adjustments)
  return !event.predetermination && saysQmb(remarks, stands ? adjustments : adjustments.filter(ofThePatient))
}
