import { accept, type Decide, precondition, reject } from '../../kernel/decision.ts'
import type { Context } from '../context.ts'
import type { AccountEvent } from '../events.ts'
import type { AccountState } from '../state.ts'
import type { RegistrationCommand } from './commands.ts'

const notOpen = precondition('registration.notOpen', 'this account has not been opened', 'open the account first')

export const decide: Decide<AccountState, RegistrationCommand, AccountEvent, Context> = {
  OpenAccount: (state, command) => {
    if (state.registration.account) {
      return reject([precondition('registration.open', 'this account is already open', 'use the account as it is')])
    }
    const { standing, ...guarantor } = command.guarantor
    return accept([
      {
        type: 'AccountOpened',
        effectiveDate: command.on,
        accountId: command.accountId,
        guarantor: { ...guarantor, standing: standing ?? 'confirmed' },
        openedFrom: 'desk',
        converted: false,
      },
    ])
  },
  ConfirmGuarantor: (state, { type: _type, on, ...said }) =>
    state.registration.account
      ? accept([{ type: 'GuarantorConfirmed', effectiveDate: on, ...said }])
      : reject([notOpen]),
  RegisterPatient: (state, { type: _type, on, patient, relationshipToGuarantor, ...said }) => {
    if (!state.registration.account) return reject([notOpen])
    return accept([
      {
        type: 'PatientRegistered',
        effectiveDate: on,
        patientId: patient,
        relationshipToGuarantor: relationshipToGuarantor ?? 'unknown',
        ...said,
      },
    ])
  },
  OpenVisit: (state, command) => {
    if (!state.registration.account) return reject([notOpen])
    if (!state.registration.patients.has(command.patient)) {
      return reject([
        precondition(
          'registration.patientUnknown',
          `patient ${command.patient} is not registered here`,
          'register the patient first',
        ),
      ])
    }
    if (state.registration.visits.has(command.visit)) {
      return reject([precondition('registration.visitOpen', `visit ${command.visit} is already open`)])
    }
    return accept([
      {
        type: 'VisitOpened',
        effectiveDate: command.on,
        visitId: command.visit,
        patientId: command.patient,
        kind: command.kind ?? 'unknown',
        ...(command.patientControlNumber ? { patientControlNumber: command.patientControlNumber } : {}),
      },
    ])
  },
}
