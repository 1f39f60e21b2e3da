import { type Fact, known, unknown } from '../../rules/facts.ts'
import { type Asked, ageFact, type Supply } from '../facts.ts'

/** The age of the youngest patient of the visits: one that nobody can read leaves it open. */
const youngest = ({ state: { registration }, scope, given }: Asked): Fact<number> => {
  const ages = scope.visits.map((visit) => {
    const patient = registration.visits.get(visit)?.patientId
    return ageFact(patient && registration.patients.get(patient)?.born, given.today, 'the patient')
  })
  const values = ages.flatMap((age) => (age.known ? [age.value] : []))
  return ages.find((age) => !age.known) ?? (values.length > 0 ? known(Math.min(...values)) : unknown('no patient'))
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
  'guarantor.confirmed': ({ state }) => known(state.registration.guarantor?.standing === 'confirmed'),
  'guarantor.state': ({ state }) => {
    const { guarantor } = state.registration
    return guarantor?.state ? known(guarantor.state) : unknown('no state of residence is on file')
  },
  'patient.age': youngest,
  'service.professional': professional,
}
