import { clearText, type Day } from '@daybook/core/kernel'
import type { SummaryPart } from '../part.ts'
import { patientName, type VisitSummary, visitsOf } from '../visits.ts'

/** A person whose visits the guarantor answers for. */
export interface PatientSummary {
  readonly patient: string
  /** `(protected)` where it is encrypted; the id where nobody has given one. */
  readonly name: string
  readonly born?: Day | string
  readonly relationship: string
}

/** The patients, and every visit with its lines and who owes what on each. */
export const summary = {
  sections: {
    patients: ({ state }): readonly PatientSummary[] =>
      [...state.registration.patients.values()].map(({ patientId, born, relationshipToGuarantor }) => ({
        patient: patientId,
        name: patientName(state, patientId),
        ...(born === undefined ? {} : { born: clearText(born) }),
        relationship: relationshipToGuarantor,
      })),
    visits: ({ state, money, asOf }): readonly VisitSummary[] => visitsOf(state, money.layers, asOf),
  },
} satisfies SummaryPart
