import { clearOf } from '../kernel/classes.ts'
import type { AdviceClaim } from './advice.ts'
import { identifierOf, isNamedAlike, type NamedPatient } from './patients.ts'

/** The patient of an advice. */
export const patientOfAdvice = ({ patient }: AdviceClaim): NamedPatient => ({
  id: clearOf(patient.id),
  last: clearOf(patient.last),
  first: clearOf(patient.first),
  suffix: clearOf(patient.suffix),
})

/** The same with what the payer corrects of it (NM1 74); undefined where it corrects nothing that is compared. */
export const correctedOfAdvice = (claim: AdviceClaim): NamedPatient | undefined => {
  const { corrected } = claim
  if (!corrected) return undefined
  const named = patientOfAdvice(claim)
  const said = {
    id: clearOf(corrected.id) ?? named.id,
    last: clearOf(corrected.last) ?? named.last,
    first: clearOf(corrected.first) ?? named.first,
    suffix: clearOf(corrected.suffix) ?? named.suffix,
  }
  const isOther = identifierOf(said) !== identifierOf(named) || !isNamedAlike(said, named)
  return isOther ? said : undefined
}
