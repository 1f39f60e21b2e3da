import type { Day } from '../../kernel/day.ts'
import { precondition, type RuleHit } from '../../kernel/decision.ts'
import type { PatientId, VisitId } from '../../kernel/ids.ts'
import type { Context } from '../context.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'

/** A visit as it stands for a command: already open, or opened by these events of the same unit. */
export interface VisitFound {
  readonly patientId: PatientId
  readonly events: readonly AccountEvent[]
}

interface Wanted {
  readonly visit: VisitId
  readonly on: Day
  readonly patient?: PatientId | undefined
  readonly patientControlNumber?: string | undefined
}

/**
 * The account's own patient: the only one, or the one who is the guarantor. With none on file the guarantor is
 * registered as patient `self`, so that a first charge needs no ceremony.
 */
const ownPatient = (state: AccountState, on: Day, context: Context): VisitFound | RuleHit => {
  const patients = [...state.registration.patients.values()]
  const only = patients.length === 1 ? patients[0] : patients.find((one) => one.relationshipToGuarantor === 'self')
  if (only) return { patientId: only.patientId, events: [] }
  if (patients.length > 1) {
    return precondition('registration.patientAmbiguous', 'this account has several patients', 'name the patient')
  }
  const patientId = context.newId('patient') as PatientId
  const born = state.registration.guarantor?.born
  return {
    patientId,
    events: [
      {
        type: 'PatientRegistered',
        effectiveDate: on,
        patientId,
        relationshipToGuarantor: 'self',
        ...(born === undefined ? {} : { born }),
      },
    ],
  }
}

/** The patient whom a command means: the one named, else the account's own. */
export const patientFor = (
  state: AccountState,
  named: PatientId | undefined,
  on: Day,
  context: Context,
): VisitFound | RuleHit => {
  if (named === undefined) return ownPatient(state, on, context)
  if (state.registration.patients.has(named)) return { patientId: named, events: [] }
  return precondition(
    'registration.patientUnknown',
    `patient ${named} is not registered here`,
    'register the patient first',
  )
}

/** Finds the visit, or opens it for its patient. A hit where the patient can not be told or is another's. */
export const visitFor = (state: AccountState, wanted: Wanted, context: Context): VisitFound | RuleHit => {
  const visit = state.registration.visits.get(wanted.visit)
  if (visit) {
    if (wanted.patient === undefined || wanted.patient === visit.patientId) {
      return { patientId: visit.patientId, events: [] }
    }
    return precondition(
      'registration.otherPatient',
      `visit ${wanted.visit} is of patient ${visit.patientId}, not ${wanted.patient}`,
    )
  }
  const patient = patientFor(state, wanted.patient, wanted.on, context)
  if ('rule' in patient) return patient
  return {
    patientId: patient.patientId,
    events: [
      ...patient.events,
      {
        type: 'VisitOpened',
        effectiveDate: wanted.on,
        visitId: wanted.visit,
        patientId: patient.patientId,
        kind: 'unknown',
        ...(wanted.patientControlNumber ? { patientControlNumber: wanted.patientControlNumber } : {}),
      },
    ],
  }
}
