import { z } from 'zod'
import { code, flag, oneOf, phi, pii, why } from '../../kernel/classes.ts'
import { roleOnAccount } from '../../kernel/contact.ts'
import { day } from '../../kernel/day.ts'
import { event } from '../../kernel/event.ts'
import { accountId, patientId, payerId, personId, visitId } from '../../kernel/ids.ts'

// The wire contract: names and fields are the storage format. Change them only with a version and an upcast.

const personName = {
  last: phi(z.string().max(80)).optional(),
  first: phi(z.string().max(35)).optional(),
  /** Jr, III. */
  suffix: phi(z.string().max(10)).optional(),
}

/** The account of one guarantor. `unconfirmed`: nobody has said yet who answers for it; plans and placement wait. */
export const accountOpened = event('AccountOpened', {
  accountId,
  guarantor: z.strictObject({
    name: pii(z.string().max(120)).optional(),
    born: pii(day).optional(),
    /** Two-letter state of residence: which state's law protects the person. */
    state: code(2).optional(),
    standing: oneOf(['confirmed', 'unconfirmed']),
  }),
  /** Where the account came from; `converted`: known from a remittance alone, its charges are what the payer echoed. */
  openedFrom: oneOf(['desk', 'claim', 'remittance', 'conversion']),
  converted: flag(),
})
export interface AccountOpened extends z.infer<typeof accountOpened.schema> {}

/** Who answers for the account is known now; what is said here replaces what was on file. */
export const guarantorConfirmed = event('GuarantorConfirmed', {
  name: pii(z.string().max(120)).optional(),
  born: pii(day).optional(),
  state: code(2).optional(),
  reason: why(),
})
export interface GuarantorConfirmed extends z.infer<typeof guarantorConfirmed.schema> {}

/** A person whose visits the guarantor answers for: the guarantor, a child, a spouse. */
export const patientRegistered = event('PatientRegistered', {
  patientId,
  ...personName,
  born: phi(day).optional(),
  sex: phi(z.string().max(1)).optional(),
  relationshipToGuarantor: oneOf(['self', 'spouse', 'child', 'other', 'unknown']),
})
export interface PatientRegistered extends z.infer<typeof patientRegistered.schema> {}

/**
 * A payer has the patient under another name or member id than its claims had (835 NM1 74): what it has otherwise. The name on
 * file stays; papers that have the payer's are of the patient too.
 */
export const patientCorrectedByPayer = event('PatientCorrectedByPayer', {
  patientId,
  payerId,
  ...personName,
  memberId: phi(z.string().max(80)).optional(),
})
export interface PatientCorrectedByPayer extends z.infer<typeof patientCorrectedByPayer.schema> {}

/** One encounter or episode of care. Amounts hang on its lines. */
export const visitOpened = event('VisitOpened', {
  visitId,
  patientId,
  /** CLM01 / CLP01: the number that payers echo. */
  patientControlNumber: code(50).optional(),
  kind: oneOf(['professional', 'institutional', 'dental', 'unknown']),
  /** Where the visit came from: a remittance has the payer's lines alone. Absent in older books, and from the desk. */
  openedFrom: oneOf(['claim', 'remittance']).optional(),
})
export interface VisitOpened extends z.infer<typeof visitOpened.schema> {}

/** A patient of another account. */
export const otherPatient = z.strictObject({ accountId, patientId })
export type OtherPatient = z.infer<typeof otherPatient>

/**
 * What two patients have in common: name and birth day, or a member id of one payer under names that do not contradict; the
 * name alone where an advice, which names no birth day, has brought one of them.
 */
export const samePersonBy = oneOf(['nameAndBirth', 'memberId', 'name'])

/** A patient of another account may be this one: somebody has to look. Nothing is made one by it. */
export const samePersonHinted = event('SamePersonHinted', {
  patientId,
  other: otherPatient,
  by: z.array(samePersonBy).min(1),
})
export interface SamePersonHinted extends z.infer<typeof samePersonHinted.schema> {}

/** A person has said whether the two are one. Their accounts stay two. */
export const samePersonJudged = event('SamePersonJudged', {
  patientId,
  other: otherPatient,
  same: flag(),
  reason: why(),
})
export interface SamePersonJudged extends z.infer<typeof samePersonJudged.schema> {}

/** Somebody stands behind the account: what is true of them is kept on their own stream (decision 0015). */
export const personLinked = event('PersonLinked', { personId, role: roleOnAccount })
export interface PersonLinked extends z.infer<typeof personLinked.schema> {}

/** That person does not stand behind it any more, or never did. */
export const personUnlinked = event('PersonUnlinked', { personId, reason: why() })
export interface PersonUnlinked extends z.infer<typeof personUnlinked.schema> {}

export const registrationEvents = [
  accountOpened,
  guarantorConfirmed,
  patientRegistered,
  patientCorrectedByPayer,
  visitOpened,
  samePersonHinted,
  samePersonJudged,
  personLinked,
  personUnlinked,
] as const
export type RegistrationEvent =
  | AccountOpened
  | GuarantorConfirmed
  | PatientRegistered
  | PatientCorrectedByPayer
  | VisitOpened
  | SamePersonHinted
  | SamePersonJudged
  | PersonLinked
  | PersonUnlinked

/** What they bring into the book, by the name that commands give it: its id stands in `<name>Id`. */
export const registrationBrings = {
  PatientRegistered: 'patient',
  VisitOpened: 'visit',
} as const
