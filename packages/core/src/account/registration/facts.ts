import type { VisitId } from '../../kernel/ids.ts'
import { type Fact, known, unknown } from '../../rules/facts.ts'
import { type Asked, ageFact, type Supply } from '../facts.ts'
import type { Line } from '../ledger/state.ts'
import type { AccountState } from '../rooms.ts'

/** The least of some ages: one that nobody can read leaves it open. */
const least = (ages: readonly Fact<number>[]): Fact<number> => {
  const values = ages.flatMap((age) => (age.known ? [age.value] : []))
  return ages.find((age) => !age.known) ?? (values.length > 0 ? known(Math.min(...values)) : unknown('no patient'))
}

const bornOf = ({ registration }: AccountState, visit: VisitId) => {
  const patient = registration.visits.get(visit)?.patientId
  return patient && registration.patients.get(patient)?.born
}

/** The age of the youngest patient of the visits. */
const youngest = ({ state, scope, given }: Asked): Fact<number> =>
  least(scope.visits.map((visit) => ageFact(bornOf(state, visit), given.today, 'the patient')))

const linesIn = ({ state, scope }: Asked): readonly Line[] =>
  scope.lines.flatMap((line) => state.ledger.lines.get(line) ?? [])

/** How old the youngest patient was on a day of service: who was a minor then had somebody to answer for the debt. */
const youngestAtService = (asked: Asked): Fact<number> =>
  least(linesIn(asked).map(({ visitId, dosFrom }) => ageFact(bornOf(asked.state, visitId), dosFrom, 'the patient')))

const guarantorAtService = (asked: Asked): Fact<number> => {
  const { guarantor } = asked.state.registration
  return least(linesIn(asked).map(({ dosFrom }) => ageFact(guarantor?.born, dosFrom, 'the guarantor')))
}

/** Whether a professional bills, where the practice is a facility: as the visits say. */
const professional = ({ state, scope, given }: Asked): Fact<boolean> => {
  if (given.policy.policy.practice.entityType === 'physician_practice') return known(true)
  const kinds = new Set(scope.visits.map((visit) => state.registration.visits.get(visit)?.kind))
  const [kind] = kinds
  if (kinds.size !== 1 || (kind !== 'professional' && kind !== 'institutional')) {
    return unknown('the visits do not say with one voice who bills')
  }
  return known(kind === 'professional')
}

export const facts: Supply = {
  'guarantor.age': ({ state, given }) => ageFact(state.registration.guarantor?.born, given.today, 'the guarantor'),
  'guarantor.ageAtService': guarantorAtService,
  'guarantor.confirmed': ({ state }) => known(state.registration.guarantor?.standing === 'confirmed'),
  'guarantor.state': ({ state }) => {
    const { guarantor } = state.registration
    return guarantor?.state ? known(guarantor.state) : unknown('no state of residence is on file')
  },
  'patient.age': youngest,
  'patient.ageAtService': youngestAtService,
  'service.professional': professional,
}
