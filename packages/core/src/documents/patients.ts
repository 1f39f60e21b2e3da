import type { Day } from '../kernel/day.ts'
import { foldedNumber, isNumber } from './control-number.ts'
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
  /** The words of both, for who has several: DOE-SMITH, MARY ANN. */
  readonly familyWords: readonly string[]
  readonly givenWords: readonly string[]
}

const suffixes: ReadonlySet<string> = new Set(['JR', 'SR', 'II', 'III', 'IV', '2ND', '3RD'])
const compact = (name: string): string => name.replaceAll(' ', '')

/** Takes a suffix off the end of a name that has more than it. */
const withoutSuffix = (name: string): readonly [name: string, suffix: string] => {
  const words = name.split(' ')
  const last = words.at(-1) ?? ''
  return words.length > 1 && suffixes.has(last) ? [words.slice(0, -1).join(' '), last] : [name, '']
}

/** One suffix in several writings. */
const suffixAs: ReadonlyMap<string, string> = new Map([
  ['JUNIOR', 'JR'],
  ['JNR', 'JR'],
  ['SENIOR', 'SR'],
  ['SNR', 'SR'],
  ['2', 'II'],
  ['2ND', 'II'],
  ['3', 'III'],
  ['3RD', 'III'],
  ['4', 'IV'],
  ['4TH', 'IV'],
])

const nameOf = ({ last = '', first = '', suffix = '' }: NamedPatient): Name => {
  const [family, ofFamily] = withoutSuffix(normaliseName(last))
  const [given, ofGiven] = withoutSuffix(normaliseName(first))
  const said = compact(normaliseName(suffix)) || ofFamily || ofGiven
  const [familyWords, givenWords] = [family.split(' '), given.split(' ')]
  return { family: compact(family), given: compact(given), suffix: suffixAs.get(said) ?? said, familyWords, givenWords }
}

/** Two names that are one as they are compared, to the suffix. */
export const isNamedAlike = (a: NamedPatient, b: NamedPatient): boolean => {
  const [one, two] = [nameOf(a), nameOf(b)]
  return one.family === two.family && one.given === two.given && one.suffix === two.suffix
}

/** The identifier of a patient as it is compared; empty where there is none, or one that says that there is none (NONE, 000). */
export const identifierOf = ({ id }: Pick<NamedPatient, 'id'>): string => (id && isNumber(id) ? foldedNumber(id) : '')

/** A whole name with its birth day, to look a person up by; undefined where either is not known. */
export const nameAndBirthOf = (patient: NamedPatient): string | undefined => {
  const { family, given, suffix } = nameOf(patient)
  return family !== '' && given !== '' && patient.born ? `${family}|${given}|${suffix}|${patient.born}` : undefined
}

/** A whole name, where nobody says the birth day; undefined where a part of it is not known, or only its initial. */
export const calledOf = (patient: NamedPatient): string | undefined => {
  const { family, given, suffix } = nameOf(patient)
  return family.length > 1 && given.length > 1 ? `${family}|${given}|${suffix}` : undefined
}

/** How one part of a name goes with another. `open`: one is missing, an initial or cut, and does not contradict. */
type Part = 'equal' | 'open' | 'letter' | 'other'

const partOf = (a: string, b: string): Part => {
  if (a === b) return 'equal'
  if (a === '' || b === '' || a.startsWith(b) || b.startsWith(a)) return 'open'
  return isOneLetterOff(a, b) ? 'letter' : 'other'
}

/** The same of a name of several words: in another order it is the name, and some of them are a name that is cut. */
const partOfWords = (a: readonly string[], b: readonly string[]): Part => {
  const part = partOf(a.join(''), b.join(''))
  if (part === 'equal' || part === 'open') return part
  const [few, many] = a.length <= b.length ? [a, b] : [b, a]
  if (many.length < 2 || !few.every((word) => word.length > 1 && many.includes(word))) return part
  return few.length === many.length ? 'equal' : 'open'
}

/** Family and given name in each other's place. */
const areExchanged = (one: Name, two: Name): boolean =>
  one.family.length > 1 && one.given.length > 1 && one.family === two.given && one.given === two.family

/** What stands for the given name of a newborn until it has one. */
const hasNoNameYet = ({ given }: Name): boolean => /^(BABY|BB$|BG$|NEWBORN|INFANT)/.test(given)

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

/** A birth day that is mistyped: a digit is another, two changed places, or day and month did. */
const isMistyped = (a: Day, b: Day): boolean => {
  const [year, month, day] = a.split('-')
  return b === `${year}-${day}-${month}` || isOneLetterOff(a.replaceAll('-', ''), b.replaceAll('-', ''))
}

/** How two birth days go together; one that is missing says nothing. */
const bornOf = ({ born: a }: NamedPatient, { born: b }: NamedPatient): Exclude<Part, 'open'> =>
  !a || !b || a === b ? 'equal' : isMistyped(a, b) ? 'letter' : 'other'

/** A given name as it is compared. */
export const givenName = (patient: Pick<NamedPatient, 'first'>): string => nameOf(patient).given

/**
 * JANE and JANET: the one begins the other and is neither its initial nor its first word. Two patients, if a file has both;
 * a payer may have cut the one, who sends claims cuts none.
 */
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
  /** Those that the file has beside it for one of its services, under one member id and number: of twins. */
  readonly twinBeside?: { readonly has: (given: string) => boolean } | undefined
  /** Both names are the practice's own, from its claims: neither of them is cut. */
  readonly bothOurs?: boolean | undefined
  /** The number, a day of service and the absolute total charge are those of the visit. */
  readonly sameClaim: boolean
}

/** Whether a paper speaks of a patient on file. `unsure`: a letter tells them apart, and all else is equal. */
export type Likeness =
  | {
      readonly is: 'same'
      readonly by: 'id' | 'birth' | 'claim'
      /** The given names are equal, and the suffix that the paper has: of two of a family who are called alike, it is this one. */
      readonly isCalledSo: boolean
      readonly findings: readonly string[]
    }
  | {
      readonly is: 'unsure' | 'other'
      readonly why: string
      /** The given name alone says so, under one member id: as of a child whom a payer calls by the name of the subscriber. */
      readonly byGiven?: true
    }

const other = (why: string): Likeness => ({ is: 'other', why })
const unsure: Likeness = { is: 'unsure', why: 'a letter of the name differs, all else is equal' }
const mistyped: Likeness = {
  is: 'unsure',
  why: 'the birth day differs as one that is mistyped does, all else is equal',
}
const nameless: Likeness = { is: 'unsure', why: 'another member id, and no name: number, day and charge are equal' }
const exchanged: Likeness = {
  is: 'unsure',
  why: 'family and given name stand in each other’s place, all else is equal',
}
const familyChanged: Likeness = {
  is: 'unsure',
  why: 'another family name, and no member id says that it is the patient; all else is equal, the birth day too',
}
const notNamedYet: Likeness = {
  is: 'unsure',
  why: 'one of them has no given name yet, as a newborn has none, all else is equal',
}
const cutOrAnother: Likeness = {
  is: 'unsure',
  why: 'one given name begins the other: one that is cut, or another patient of the family',
}

const contradicts = (a: string | undefined, b: string | undefined): boolean => !!a && !!b && a !== b

/** Of two of a family who are called alike, a suffix on the paper says which; without one it may be either. */
const isCalled = (one: Name, two: Name): boolean =>
  one.given === two.given && (two.suffix === '' || one.suffix === two.suffix)

/** (a) The identifier is equal: the same, unless given name, suffix or birth day contradict. */
const byIdentifier = (
  known: NamedPatient,
  asked: NamedPatient,
  {
    givenBeside,
    twinBeside,
    bothOurs,
    sameClaim,
  }: Pick<Beside, 'givenBeside' | 'twinBeside' | 'bothOurs' | 'sameClaim'>,
): Likeness => {
  const [one, two] = [nameOf(known), nameOf(asked)]
  const family = partOfWords(one.familyWords, two.familyWords)
  const born = bornOf(known, asked)
  if (born === 'other') return other('another birth day under this member id')
  if (contradicts(one.suffix, two.suffix)) return other('another suffix of the name under this member id')
  if (areExchanged(one, two) && born === 'equal') return exchanged
  const given = partOfWords(one.givenWords, two.givenWords)
  const isCutOrTwo = given === 'open' && areTwoNames(known.first, asked.first)
  if ((isCutOrTwo && givenBeside?.has(givenName(known))) || (given === 'letter' && twinBeside?.has(givenName(known)))) {
    return other('the file names both given names under this member id')
  }
  // An initial, or a second name that one paper has not, is the name; two of a family may be born on days that are alike.
  const isNamedAlike = given === 'equal' || (sameClaim && given === 'open' && !isCutOrTwo)
  if (born === 'letter') return isNamedAlike ? mistyped : other('another birth day under this member id')
  if (given === 'letter') return family === 'equal' || family === 'open' ? unsure : other('another name under this id')
  if (given === 'other' && sameClaim && hasNoNameYet(one) !== hasNoNameYet(two)) return notNamedYet
  if (given === 'other') return { is: 'other', why: 'another given name under this member id', byGiven: true }
  if (isCutOrTwo && bothOurs) return cutOrAnother
  const changed = family === 'other' || family === 'letter'
  return {
    is: 'same',
    by: 'id',
    isCalledSo: isCalled(one, two),
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
  const born = bornOf(known, asked)
  if (born === 'other') return other('another birth day')
  if (contradicts(one.suffix, two.suffix)) return other('another suffix of the name')
  const [family, given] = [partOfWords(one.familyWords, two.familyWords), partOfWords(one.givenWords, two.givenWords)]
  const isNamed = (one.family !== '' || one.given !== '') && (two.family !== '' || two.given !== '')
  const isNamedSo = isNamed && family === 'equal' && given === 'equal'
  if (born === 'letter') return isNamedSo && sameClaim ? mistyped : other('another birth day')
  if (isNamedSo && known.born && asked.born) {
    return { is: 'same', by: 'birth', isCalledSo: isCalled(one, two), findings: [] }
  }
  if (areExchanged(one, two) && (sameClaim || (known.born && asked.born))) return exchanged
  const parts = [family, given]
  if (sameClaim && known.born && asked.born && family === 'other' && given === 'equal') return familyChanged
  if (parts.includes('other')) return other('another name')
  if (!isNamed && isAnotherId) return sameClaim ? nameless : other('another member id, and no name')
  if (!sameClaim) return other('no member id says that it is the patient, and name alone does not')
  if (parts.includes('letter')) return parts.every((part) => part === 'letter') ? other('another name') : unsure
  return { is: 'same', by: 'claim', isCalledSo: isCalled(one, two), findings: [] }
}

/** Whether a paper speaks of a patient on file. */
export const likeness = (
  known: NamedPatient,
  asked: NamedPatient,
  { ids, bothInFile, givenBeside, twinBeside, bothOurs, sameClaim }: Beside,
): Likeness => {
  if (ids === 'equal') return byIdentifier(known, asked, { givenBeside, twinBeside, bothOurs, sameClaim })
  if (ids === 'another' && bothInFile) return other('the file names both member ids, on claims of its own')
  const likely = byName(known, asked, { sameClaim, ids })
  return ids === 'another' && likely.is === 'same'
    ? { ...likely, findings: [...likely.findings, 'memberIdChanged: the payer names this patient by another id'] }
    : likely
}

const correctedOtherwise: Likeness = {
  is: 'unsure',
  why: 'a payer has corrected the given name to this one (NM1 74): the patient, or a twin; all else is equal',
}

/**
 * The same of a patient whom payers have corrected: by the name on file, else by one that a payer has (NM1 74). A given name that is
 * wholly another one may be a twin's.
 */
export const likenessOfAny = (
  [onFile = {}, ...corrected]: readonly NamedPatient[],
  asked: NamedPatient,
  beside: Beside,
): Likeness => {
  const like = likeness(onFile, asked, beside)
  if (like.is === 'same') return like
  for (const name of corrected) {
    const so = likeness(name, asked, beside)
    if (so.is !== 'same') continue
    const given = partOfWords(nameOf(onFile).givenWords, nameOf(name).givenWords)
    if (given === 'other') return correctedOtherwise
    return { ...so, findings: [...so.findings, 'nameCorrected: so the payer has corrected the name (NM1 74)'] }
  }
  return like
}
