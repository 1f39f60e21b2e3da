import type { Asked } from '../../account/claims/identity/asked.ts'
import type { Company } from '../../account/claims/identity/judge.ts'
import { isLong, isNumber, stemOf } from '../../documents/control-number.ts'
import { normaliseName } from '../../documents/identity.ts'
import type { Day } from '../../kernel/day.ts'
import type { AccountId, PatientId, VisitId } from '../../kernel/ids.ts'
import type { ReferenceAssigned } from '../../registry/events.ts'
import type { World } from '../service.ts'

/** Where a claim belongs. */
export interface Place {
  readonly accountId: AccountId
  readonly patientId: PatientId
  readonly visitId: VisitId
}

/** A visit that is noted and not opened. `its`: the claim is of it; else it may be, and a person would be asked. */
export interface Begun {
  readonly place: Place
  readonly as: 'its' | 'maybe'
}

export const isSamePlace = (a: Place, b: Place): boolean => a.accountId === b.accountId && a.visitId === b.visitId

/** What hashes: a desk, or as much of one. */
interface Hashing {
  readonly service: { readonly world: Pick<World, 'keyedHash'> }
}

const short = ({ service }: Hashing, kind: string, value: string): string =>
  `${kind}:${service.world.keyedHash(kind, value).slice(0, 40)}`

/**
 * Keyed hashes by which the patient of a visit that is noted, and not opened yet, is recognised: each payer's identifier,
 * the payers, and the name.
 */
export const patientKeys = (
  desk: Hashing,
  { patient, members }: Pick<Asked, 'patient' | 'members'>,
): readonly string[] => {
  const name = normaliseName(`${patient.last ?? ''} ${patient.first ?? ''}`)
  return [
    ...members.flatMap(({ payer: { payerId }, id }) => [
      short(desk, 'member', `${payerId}|${id}`),
      short(desk, 'payer', payerId),
    ]),
    ...(name === '' ? [] : [short(desk, 'name', name)]),
  ]
}

/** What a claim without a number waits for: its patient, by the identifier of a payer or by the name. */
export const whoWaits = (desk: Hashing, asked: Pick<Asked, 'patient' | 'members'>): readonly string[] =>
  patientKeys(desk, asked).filter((key) => !key.startsWith('payer:'))

/** Whether two sets of keys speak of one person: an identifier and no other name, else the name of the same claim. */
const samePerson = (known: readonly string[], asked: readonly string[], sameClaim: boolean): boolean => {
  const shared = (kind: string) => asked.some((key) => key.startsWith(kind) && known.includes(key))
  const named = (keys: readonly string[]) => keys.some((key) => key.startsWith('name:'))
  if (shared('member:')) return shared('name:') || !named(known) || !named(asked)
  return shared('name:') && sameClaim
}

/** The first day of a claim as it is noted: its own, else its lines'. */
const firstDay = ({ lines, period }: Asked): Day | undefined =>
  [...lines.flatMap(({ days }) => days?.from ?? []), ...(period ? [period.from] : [])].sort()[0]

/** More services than these are not noted one by one. */
const SERVICES = 24

/** What was done and when, a line each, hashed; undefined where a line does not say, or says it of more than one day. */
const servicesOf = ({ service: { world } }: Hashing, { lines }: Asked): readonly string[] | undefined => {
  const services = new Set<string>()
  for (const { service, days } of lines) {
    const code = service.procedure ?? service.revenue
    if (code === undefined || !days || days.from !== days.to) return undefined
    services.add(world.keyedHash('service', `${code}|${days.from}`).slice(0, 16))
  }
  return services.size > 0 && services.size <= SERVICES ? [...services] : undefined
}

/** What is noted of a claim's number beside the place: whether it is the whole number, and of what services the claim is. */
export const noted = (desk: Hashing, asked: Asked) => {
  const day = firstDay(asked)
  const services = servicesOf(desk, asked)
  return {
    ...wholeOf(desk, asked.controlNumber),
    ...(day ? { served: short(desk, 'served', day) } : {}),
    ...(services ? { services: [...services] } : {}),
  }
}

/** A number that is longer than what a payer must return is kept whole beside its stem, hashed. */
export const wholeOf = (desk: Hashing, number: string): { readonly whole?: string } =>
  isLong(number) ? { whole: short(desk, 'number', number.trim().toUpperCase()) } : {}

/** The value under which a number is looked up; undefined where it is none (clarification 25). */
export const numberValue = (number: string): string | undefined => (isNumber(number) ? stemOf(number) : undefined)

/** Whether what is noted under the stem of a number is the number itself. */
export const isOfNumber = (desk: Hashing, { whole }: ReferenceAssigned, number: string): boolean => {
  const asked = wholeOf(desk, number).whole
  return whole === undefined || asked === undefined || whole === asked
}

/**
 * How a claim goes with a visit that is noted, and not opened yet. `its`: by person and day the visit is that of the claim.
 * `maybe`: a service is one of both, and nothing but the total charge or the other services tells them apart. Once the
 * visit is open a person would be asked; whoever opens it there first makes the other see it.
 */
export const begunAs = (
  desk: Hashing,
  entry: ReferenceAssigned,
  asked: Asked,
  { numberShared }: Pick<Company, 'numberShared'>,
): Begun['as'] | undefined => {
  const { served, services } = noted(desk, asked)
  const keys = patientKeys(desk, asked)
  const sameCharge = entry.charge === undefined || Math.abs(entry.charge) === asked.charge
  const sameDay = entry.served === undefined || served === undefined || entry.served === served
  if (sameDay && samePerson(entry.patientKeys, keys, sameCharge && !numberShared)) return 'its'
  const sameService = services?.some((service) => entry.services?.includes(service)) ?? false
  return sameService && samePerson(entry.patientKeys, keys, !numberShared) ? 'maybe' : undefined
}

/** Whether a claim is of a payer, or of a service, for which somebody of its patient's name and birth day was noted. */
export const isMetBy = (
  desk: Hashing,
  { patientKeys: known, services = [] }: ReferenceAssigned,
  asked: Asked,
): boolean =>
  patientKeys(desk, asked).some((key) => key.startsWith('payer:') && known.includes(key)) ||
  (servicesOf(desk, asked) ?? []).some((service) => services.includes(service))

export const placeOf = ({ target }: ReferenceAssigned): Place | undefined =>
  target.accountId && target.patientId && target.visitId
    ? { accountId: target.accountId, patientId: target.patientId, visitId: target.visitId }
    : undefined

/** The value under which a payer's own number of a claim (CLP07) is looked up; undefined where it is none. */
export const payerNumberValue = (payerId: string, number: string): string | undefined =>
  isNumber(number) ? `${payerId}|${number.trim()}` : undefined

/** The value under which a held claim waits for others of its number; those without one wait together. */
export const waitingUnder = (number: string): string => numberValue(number) ?? 'none'

/** The value under which a held claim of an 837 without a number waits for its patient: one of `whoWaits`. */
export const waitingFor = (who: string): string => `none ${who}`
