import type { AccountState } from '@daybook/core/account'
import { clearText, type Day, type PatientId } from '@daybook/core/kernel'
import type { SummaryPart } from '../part.ts'
import { patientName, type VisitSummary, visitsOf } from '../visits.ts'

/** A person whose visits the guarantor answers for. */
export interface PatientSummary {
  readonly patient: string
  /** `(protected)` where it is encrypted; the id where nobody has given one. */
  readonly name: string
  readonly born?: Day | string
  readonly relationship: string
  /** Patients of other accounts whom a person has said to be this one; the accounts stay two. */
  readonly sameAs?: readonly { readonly account: string; readonly patient: string }[]
}

const sameAs = ({ registration }: AccountState, patient: PatientId): Pick<PatientSummary, 'sameAs'> => {
  const found = [...registration.samePersons.values()].flatMap(({ patientId, other, judged }) =>
    patientId === patient && judged === 'same' ? [{ account: other.accountId, patient: other.patientId }] : [],
  )
  return found.length > 0 ? { sameAs: found } : {}
}

/** A human being who stands behind the account; what is true of them is kept on their own page. */
export interface PersonBehind {
  readonly person: string
  /** As their own file has it; absent where nobody has named them. An account does not know it: `book.account` does. */
  readonly name?: string
  readonly role: string
}

/** Who stands behind it, the patients, and every visit with its lines and who owes what on each. */
export const summary = {
  sections: {
    persons: ({ state }): readonly PersonBehind[] | undefined => {
      const persons = [...state.registration.persons.values()].map(({ personId, role }) => ({ person: personId, role }))
      return persons.length === 0 ? undefined : persons
    },
    patients: ({ state }): readonly PatientSummary[] =>
      [...state.registration.patients.values()].map(({ patientId, born, relationshipToGuarantor }) => ({
        patient: patientId,
        name: patientName(state, patientId),
        ...(born === undefined ? {} : { born: clearText(born) }),
        relationship: relationshipToGuarantor,
        ...sameAs(state, patientId),
      })),
    visits: ({ state, money, asOf }): readonly VisitSummary[] => visitsOf(state, money.layers, asOf),
  },
} satisfies SummaryPart
