import { normaliseName } from '../documents/identity.ts'
import type { Day } from '../kernel/day.ts'
import type { AccountId, PatientId, VisitId } from '../kernel/ids.ts'
import type { Desk } from './desk.ts'

/** A patient as an 835 or 837 names one, and how one is recognised again. */
export interface NamedPatient {
  readonly id?: string | undefined
  readonly last?: string | undefined
  readonly first?: string | undefined
}

/** Where a claim belongs. */
export interface Place {
  readonly accountId: AccountId
  readonly patientId: PatientId
  readonly visitId: VisitId
}

/** What a claim of an 835 or 837 says of whose it is (postings.md, claim and charge identity). */
export interface ClaimIdentity {
  /** CLP01 or CLM01. */
  readonly controlNumber: string
  readonly patient: NamedPatient
  readonly payerId: string
  /** CLP03 or CLM02, in cents. */
  readonly charge: number | undefined
}

/** Civil days of a service, both included. */
export interface ServiceDays {
  readonly from: Day
  readonly to: Day
}

/** Whether a charge is of one of these days. */
export const isOfDays = (
  { dosFrom, dosTo }: { readonly dosFrom: Day; readonly dosTo: Day },
  days: readonly ServiceDays[],
): boolean => days.some(({ from, to }) => dosFrom <= to && from <= dosTo)

/** The identifier of a patient as it is compared; empty where there is none. */
export const identifierOf = ({ id }: NamedPatient): string => id?.trim().toUpperCase() ?? ''
export const nameOf = ({ last, first }: NamedPatient): string => normaliseName(`${last ?? ''} ${first ?? ''}`)

/**
 * Keyed hashes by which a patient is recognised: identifier and name, each where present, and the payer whose
 * identifier it is.
 */
export const patientKeys = (desk: Desk, patient: NamedPatient, payerId: string): readonly string[] => {
  const known = computedKeys.get(patient)
  if (known?.desk === desk && known.payerId === payerId) return known.keys
  const keys = computeKeys(desk, patient, payerId)
  computedKeys.set(patient, { desk, payerId, keys })
  return keys
}

/** One claim asks for the same keys several times: to find its visit, and to remember it. */
const computedKeys = new WeakMap<NamedPatient, { desk: Desk; payerId: string; keys: readonly string[] }>()

const computeKeys = (desk: Desk, patient: NamedPatient, payerId: string): readonly string[] => {
  const { keyedHash } = desk.service.world
  const short = (kind: string, value: string) => `${kind}:${keyedHash(kind, value).slice(0, 40)}`
  const name = nameOf(patient)
  const id = identifierOf(patient)
  return [
    ...(id === '' ? [] : [short('id', id), short('payer', payerId)]),
    ...(name === '' ? [] : [short('name', name)]),
  ]
}

/**
 * Whether two sets of keys speak of one person: the same identifier; else the same name and charge, unless the same
 * payer gave them different identifiers.
 */
export const samePerson = (known: readonly string[], asked: readonly string[], sameCharge: boolean): boolean => {
  const shared = (kind: string) => asked.some((key) => key.startsWith(kind) && known.includes(key))
  if (shared('id:')) return true
  const bothNumbered = [known, asked].every((keys) => keys.some((key) => key.startsWith('id:')))
  if (!bothNumbered) return shared('name:')
  return shared('name:') && sameCharge && !shared('payer:')
}
