import { z } from 'zod'
import { code, oneOf, phi, pii } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { accountId, patientId, visitId } from '../../kernel/ids.ts'

export const openAccount = z.strictObject({
  type: z.literal('OpenAccount'),
  accountId,
  on: day,
  guarantor: z.strictObject({
    name: pii(z.string().max(120)).optional(),
    born: pii(day).optional(),
    state: code(2).optional(),
    standing: oneOf(['confirmed', 'unconfirmed']).optional(),
  }),
})

export const confirmGuarantor = z.strictObject({
  type: z.literal('ConfirmGuarantor'),
  on: day,
  name: pii(z.string().max(120)).optional(),
  born: pii(day).optional(),
  state: code(2).optional(),
  reason: z.string().min(1).max(2_000),
})

export const registerPatient = z.strictObject({
  type: z.literal('RegisterPatient'),
  on: day,
  patient: patientId,
  last: phi(z.string().max(80)).optional(),
  first: phi(z.string().max(35)).optional(),
  born: phi(day).optional(),
  sex: phi(z.string().max(1)).optional(),
  relationshipToGuarantor: oneOf(['self', 'spouse', 'child', 'other', 'unknown']).optional(),
})

export const openVisit = z.strictObject({
  type: z.literal('OpenVisit'),
  on: day,
  visit: visitId,
  patient: patientId,
  patientControlNumber: code(50).optional(),
  kind: oneOf(['professional', 'institutional', 'dental', 'unknown']).optional(),
})

/** What the desk may ask of registration. Wire contract of the command line and the API. */
export const registrationCommands = [openAccount, confirmGuarantor, registerPatient, openVisit] as const
export type RegistrationCommand = z.output<(typeof registrationCommands)[number]>
