import { clearText, type Day } from '@daybook/core/kernel'
import type { SummaryPart } from '../part.ts'
import { patientName } from '../visits.ts'

/** A coverage on file, in the order in which a patient's coverages pay. */
export interface CoverageSummary {
  readonly coverage: string
  readonly patient: string
  readonly patientName: string
  readonly payer: string
  readonly payerName: string
  /** `(protected)` where it is encrypted. */
  readonly memberId?: string
  readonly order: number
  /** First and last day; absent: open. */
  readonly from?: Day
  readonly to?: Day
  /** Known by its name alone: somebody has to complete it. */
  readonly stub: boolean
}

/** Who pays for the account's patients. */
export const summary = {
  sections: {
    coverages: ({ state }): readonly CoverageSummary[] =>
      [...state.coverage.coverages.values()]
        .toSorted((a, b) => (a.patientId === b.patientId ? a.order - b.order : a.patientId < b.patientId ? -1 : 1))
        .map(({ coverageId, patientId, payerId, payerName, memberId, order, from, to, stub }) => ({
          coverage: coverageId,
          patient: patientId,
          patientName: patientName(state, patientId),
          payer: payerId,
          payerName,
          ...(memberId === undefined ? {} : { memberId: clearText(memberId) }),
          order,
          ...(from === undefined ? {} : { from }),
          ...(to === undefined ? {} : { to }),
          stub,
        })),
  },
} satisfies SummaryPart
