import { z } from 'zod'
import { code, flag, oneOf, phi, pii, reason } from '../../kernel/classes.ts'
import { roleOnAccount } from '../../kernel/contact.ts'
import { day } from '../../kernel/day.ts'
import { accountId, patientId, personId, visitId } from '../../kernel/ids.ts'
import { otherPatient, samePersonBy } from './events.ts'

// What the desk may ask of registration. The wire contract of the command line and the API. `on` is the effective date.

/** Opens the account of one guarantor, the first thing that any account is told. Absent standing: confirmed. */
export const openAccount = z.strictObject({
  type: z.literal('OpenAccount'),
  accountId,
  on: day,
  guarantor: z.strictObject({
    name: pii(z.string().max(120)).optional(),
    born: pii(day).optional(),
    /** Two-letter state of residence: which state's law protects the person. */
    state: code(2).optional(),
    standing: oneOf(['confirmed', 'unconfirmed']).optional(),
  }),
})

/** Somebody found out who answers for the account: what was unconfirmed may be placed or put on a plan from now on. */
export const confirmGuarantor = z.strictObject({
  type: z.literal('ConfirmGuarantor'),
  on: day,
  name: pii(z.string().max(120)).optional(),
  born: pii(day).optional(),
  state: code(2).optional(),
  reason,
})

/** A person whose visits this guarantor answers for. */
export const registerPatient = z.strictObject({
  type: z.literal('RegisterPatient'),
  on: day,
  patient: patientId,
  last: phi(z.string().max(80)).optional(),
  first: phi(z.string().max(35)).optional(),
  /** Jr, III. */
  suffix: phi(z.string().max(10)).optional(),
  born: phi(day).optional(),
  sex: phi(z.string().max(1)).optional(),
  relationshipToGuarantor: oneOf(['self', 'spouse', 'child', 'other', 'unknown']).optional(),
})

/** One encounter or episode of care, before its first charge. `PostCharge` opens the visit too where it is unknown. */
export const openVisit = z.strictObject({
  type: z.literal('OpenVisit'),
  on: day,
  visit: visitId,
  patient: patientId,
  /** CLM01: the number that payers echo as CLP01. */
  patientControlNumber: code(50).optional(),
  kind: oneOf(['professional', 'institutional', 'dental', 'unknown']).optional(),
})

/**
 * Reports that a patient of another account may be this one: by import and desk, where the references of the book say so.
 * Said before, or judged, it is nothing new.
 */
export const hintSamePerson = z.strictObject({
  type: z.literal('HintSamePerson'),
  on: day,
  patient: patientId,
  other: otherPatient,
  by: z.array(samePersonBy).min(1),
})

/** Reports whether a patient of another account is this one, hinted at or not. Accounts are not merged by it. */
export const judgeSamePerson = z.strictObject({
  type: z.literal('JudgeSamePerson'),
  on: day,
  patient: patientId,
  other: otherPatient,
  same: flag(),
  reason,
})

/** Reports who stands behind the account. Given with the person's own `NameAccount`; said before as the same, it is nothing new. */
export const linkPerson = z.strictObject({
  type: z.literal('LinkPerson'),
  on: day,
  person: personId,
  role: roleOnAccount,
})

/** Reports that that person does not stand behind it. Given with the person's own `EndAccount`. */
export const unlinkPerson = z.strictObject({ type: z.literal('UnlinkPerson'), on: day, person: personId, reason })

export const registrationCommands = [
  openAccount,
  confirmGuarantor,
  registerPatient,
  openVisit,
  hintSamePerson,
  judgeSamePerson,
  linkPerson,
  unlinkPerson,
] as const
export type RegistrationCommand = z.output<(typeof registrationCommands)[number]>

/** Which of them ask, and which report what has happened (decision 0014, law Q8). */
export const registrationAsksOrReports: { readonly [Type in RegistrationCommand['type']]: 'asks' | 'reports' } = {
  ConfirmGuarantor: 'reports',
  HintSamePerson: 'reports',
  JudgeSamePerson: 'reports',
  LinkPerson: 'reports',
  OpenAccount: 'reports',
  OpenVisit: 'reports',
  RegisterPatient: 'reports',
  UnlinkPerson: 'reports',
}
