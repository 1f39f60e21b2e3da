import type { VisitId } from '../../kernel/ids.ts'
import type { LedgerState, Line } from './state.ts'

/** Charge lines of a visit in the order they were posted; voided ones too. */
export const linesOfVisit = (ledger: Pick<LedgerState, 'lines' | 'linesByVisit'>, visit: VisitId): readonly Line[] =>
  (ledger.linesByVisit.get(visit) ?? []).flatMap((id) => ledger.lines.get(id) ?? [])
