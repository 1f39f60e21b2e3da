import type { Day } from '../kernel/day.ts'
import { normaliseName } from './identity.ts'

// Whether two papers speak of one patient: postings.md, clarification 26. Nothing of a person stands in the answers.

/** A patient as an 835, an 837 or the desk names one. */
export interface NamedPatient {
  readonly id?: string | undefined
  readonly last?: string | undefined
  readonly first?: string | undefined
  readonly suffix?: string | undefined
  readonly born?: Day | undefined
}

/** A name in the parts that are compared: letters and digits only. */
interface Name {
  readonly family: string
  readonly given: string
  readonly suffix: string
}

const suffixes: ReadonlySet<string> = new Set(['JR', 'SR', 'II', 'III', 'IV', '2ND', '3RD'])
const compact = (name: string): string => name.replaceAll(' ', '')

/** Takes a suffix off the end of a name that has more than it. */
const withoutSuffix = (name: string): readonly [name: string, suffix: string] => {
  const words = name.split(' ')
  const last = words.at(-1) ?? ''
  return words.length > 1 && suffixes.has(last) ? [words.slice(0, -1).join(' '), last] : [name, '']
}

const nameOf = ({ last = '', first = '', suffix = '' }: NamedPatient): Name => {
  const [family, ofFamily] = withoutSuffix(normaliseName(last))
  const [given, ofGiven] = withoutSuffix(normaliseName(first))
  const said = compact(normaliseName(suffix))
  return { family: compact(family), given: compact(given), suffix: said || ofFamily || ofGiven }
}

/** The identifier of a patient as it is compared; empty where there is none. */
export const identifierOf = ({ id }: Pick<NamedPatient, 'id'>): string => id?.trim().toUpperCase() ?? ''

/** A whole name with its birth day, to look a person up by; undefined where either is not known. */
export const nameAndBirthOf = (patient: NamedPatient): string | undefined => {
  const { family, given, suffix } = nameOf(patient)
  return family !== '' && given !== '' && patient.born ? `${family}|${given}|${suffix}|${patient.born}` : undefined
}

/** How one part of a name goes with another. `open`: one is missing, an initial or cut, and does not contradict. */
type Part = 'equal' | 'open' | 'letter' | 'other'

const partOf = (a: string, b: string): Part => {
  if (a === b) return 'equal'
  if (a === '' || b === '' || a.startsWith(b) || b.startsWith(a)) return 'open'
  return isOneLetterOff(a, b) ? 'letter' : 'other'
}

/** One letter more, less or other, or two that changed places. */
const isOneLetterOff = (a: string, b: string): boolean => {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (long.length - short.length > 1) return false
  let from = 0
  while (from < short.length && short[from] === long[from]) from += 1
  if (long.length > short.length) return short.slice(from) === long.slice(from + 1)
  if (short.slice(from + 1) === long.slice(from + 1)) return true
  return (
    short[from] === long[from + 1] && short[from + 1] === long[from] && short.slice(from + 2) === long.slice(from + 2)
  )
}

/** A given name as it is compared. */
export const givenName = (patient: Pick<NamedPatient, 'first'>): string => nameOf(patient).given

/** JANE and JANET: the one begins the other and is neither its initial nor its first word. Two patients, if a file has both. */
const areTwoNames = (a = '', b = ''): boolean => {
  const [short = '', long = ''] = [normaliseName(a), normaliseName(b)].sort((one, two) => one.length - two.length)
  return short.length > 1 && long.length > short.length && !long.startsWith(`${short} `)
}

/** What goes with the names of two papers. */
export interface Beside {
  /** Member ids, compared within one payer: ids of different payers say nothing (`none`). */
  readonly ids: 'equal' | 'another' | 'none'
  /** The file names both ids on claims of its own: two that come together are two patients. */
  readonly bothInFile: boolean
  /** Given names that the file has beside this one, under the same member id. */
  readonly givenBeside?: { readonly has: (given: string) => boolean } | undefined
  /** The number, a day of service and the absolute total charge are those of the visit. */
  readonly sameClaim: boolean
}

/** Whether a paper speaks of a patient on file. `unsure`: a letter tells them apart, and all else is equal. */
export type Likeness =
  | {
      readonly is: 'same'
      readonly by: 'id' | 'birth' | 'claim'
      /** The given names are equal: of two of a family whose names begin alike, it is this one. */
      readonly isCalledSo: boolean
      readonly findings: readonly string[]
    }
  | { readonly is: 'unsure' | 'other'; readonly why: string }

const other = (why: string): Likeness => ({ is: 'other', why })
const unsure: Likeness = { is: 'unsure', why: 'a letter of the name differs, all else is equal' }

const contradicts = (a: string | undefined, b: string | undefined): boolean => !!a && !!b && a !== b

/** (a) The identifier is equal: the same, unless given name, suffix or birth day contradict. */
const byIdentifier = (
  known: NamedPatient,
  asked: NamedPatient,
  { givenBeside }: Pick<Beside, 'givenBeside'>,
): Likeness => {
  const [one, two] = [nameOf(known), nameOf(asked)]
  const family = partOf(one.family, two.family)
  if (contradicts(known.born, asked.born)) return other('another birth day under this member id')
  if (contradicts(one.suffix, two.suffix)) return other('another suffix of the name under this member id')
  const given = partOf(one.given, two.given)
  if (given === 'open' && areTwoNames(known.first, asked.first) && givenBeside?.has(givenName(known))) {
    return other('the file names both given names under this member id')
  }
  if (given === 'letter') return family === 'equal' || family === 'open' ? unsure : other('another name under this id')
  if (given === 'other') return other('another given name under this member id')
  const changed = family === 'other' || family === 'letter'
  const isCalledSo = given === 'equal'
  return {
    is: 'same',
    by: 'id',
    isCalledSo,
    findings: changed ? ['nameChanged: another family name under this member id'] : [],
  }
}

/** (b), (c) No identifier says so: the name with the birth day, or with number, service day and charge. */
const byName = (
  known: NamedPatient,
  asked: NamedPatient,
  { sameClaim, ids }: Pick<Beside, 'sameClaim' | 'ids'>,
): Likeness => {
  const isAnotherId = ids === 'another'
  const [one, two] = [nameOf(known), nameOf(asked)]
  if (contradicts(known.born, asked.born)) return other('another birth day')
  if (contradicts(one.suffix, two.suffix)) return other('another suffix of the name')
  const [family, given] = [partOf(one.family, two.family), partOf(one.given, two.given)]
  const isNamed = (one.family !== '' || one.given !== '') && (two.family !== '' || two.given !== '')
  if (isNamed && family === 'equal' && given === 'equal' && known.born && asked.born) {
    return { is: 'same', by: 'birth', isCalledSo: true, findings: [] }
  }
  const parts = [family, given]
  if (parts.includes('other')) return other('another name')
  if (!isNamed && isAnotherId) return other('another member id, and no name')
  if (!sameClaim) return other('no member id says that it is the patient, and name alone does not')
  if (parts.includes('letter')) return parts.every((part) => part === 'letter') ? other('another name') : unsure
  return { is: 'same', by: 'claim', isCalledSo: given === 'equal', findings: [] }
}

/** Whether a paper speaks of a patient on file. */
export const likeness = (
  known: NamedPatient,
  asked: NamedPatient,
  { ids, bothInFile, givenBeside, sameClaim }: Beside,
): Likeness => {
  if (ids === 'equal') return byIdentifier(known, asked, { givenBeside })
  if (ids === 'another' && bothInFile) return other('the file names both member ids, on claims of its own')
  const likely = byName(known, asked, { sameClaim, ids })
  return ids === 'another' && likely.is === 'same'
    ? { ...likely, findings: [...likely.findings, 'memberIdChanged: the payer names this patient by another id'] }
    : likely
}
