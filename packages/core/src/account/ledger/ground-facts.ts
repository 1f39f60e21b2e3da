import { sumOf } from '../../kernel/cents.ts'
import type { Day } from '../../kernel/day.ts'
import { PATIENT, type Party } from '../../kernel/effects.ts'
import type { CoverageId, LineId, VisitId } from '../../kernel/ids.ts'
import type { WriteOffCategory } from '../../kernel/write-off-categories.ts'
import { type Fact, type Facts, known, unknown } from '../../rules/facts.ts'
import type { WriteOffApproval } from '../approval.ts'
import { filingSaid, isOfQmb, protectedOnFile, qmbOnFile } from '../claims/advice/said-facts.ts'
import { refusedBy, saidBy, shareOf, type Word, wordsOn } from '../claims/word-facts.ts'
import { coverageType, coverageTypeOf, isPublicPayer } from '../coverage/filing.ts'
import { coveragesOn } from '../coverage/state.ts'
import type { AccountState } from '../rooms.ts'
import { linesOfVisit } from './balances.ts'
import type { Line } from './state.ts'
import { holdingOn } from './state.ts'

// What a write-off rests on, by its category: from what payers said and coverages say, and from what the desk names. The
// desk names days and numbers that can be judged; that the category is right follows from them, and not from its word.

/** An amount that somebody wants to give up, cents. */
export interface WantedWriteOff {
  readonly category: WriteOffCategory
  readonly party: Party
  readonly cents: number
  readonly visit: VisitId
  /** The lines on which it stands. */
  readonly lines: readonly LineId[]
  /** Of each line, cents. */
  readonly amounts: ReadonlyMap<LineId, number>
  readonly on: Day
}

/** The indicators by which the coverage on file, and its payer itself, call its kind. */
const filingsOf = (state: AccountState, visit: VisitId, coverage: CoverageId): readonly (string | undefined)[] => [
  state.coverage.coverages.get(coverage)?.filingIndicator,
  ...filingSaid(state.claims, [visit], coverage),
]

/** The payer is a federal health care program, by the coverage on file or by what it says itself. */
const isFederal = (state: AccountState, visit: VisitId, coverage: CoverageId): boolean =>
  filingsOf(state, visit, coverage).some(
    (indicator) => isPublicPayer(indicator) || coverageType(indicator) === 'medicare',
  )
const isMedicare = (state: AccountState, visit: VisitId, coverage: CoverageId): boolean =>
  filingsOf(state, visit, coverage).some((indicator) => coverageType(indicator) === 'medicare')
const isMedicaid = (state: AccountState, visit: VisitId, coverage: CoverageId): boolean =>
  coverageTypeOf(...filingsOf(state, visit, coverage)) === 'medicaid'

/** Medicare, or a payer of its kind that calls the patient a QMB itself. */
const isOfBeneficiary: IsOf = (state, visit, coverage) =>
  isMedicare(state, visit, coverage) || isOfQmb(state.claims, visit, coverage)

type IsOf = (state: AccountState, visit: VisitId, coverage: CoverageId) => boolean

/**
 * What a payer calls the patient's of a line stays that wherever it stands: at the next payer, which owes nothing else of it, or
 * at a payer to which somebody has brought it back, beyond what that payer refuses itself.
 */
const stoodAtPatient = (
  { coverage: { coverages } }: AccountState,
  { party, amounts }: WantedWriteOff,
  line: LineId,
  words: readonly Word[],
  isTheirs: (word: Word) => boolean,
): boolean => {
  if (party === PATIENT) return false
  const placeOf = (id: CoverageId) => coverages.get(id)?.order ?? 0
  const shares = words.filter((word) => shareOf(word) > 0 && isTheirs(word))
  if (shares.some(({ coverageId }) => placeOf(coverageId) < placeOf(party.coverageId))) return true
  const own = words.find(({ coverageId }) => coverageId === party.coverageId)
  return (
    shares.length > 0 && own !== undefined && (amounts.get(line) ?? 0) > sumOf(refusedBy(own), ({ amount }) => amount)
  )
}

/**
 * Whether a line is a cost share of such a payer. What the patient owes is where the payer has called a part of the line the
 * patient's; what a payer owes is where a rule holds that part, or where it has gone there since. Now, or on the day that is
 * asked for. Of a balance that was brought forward nobody can tell: such a coverage of that day makes it one.
 */
const isShare = (state: AccountState, wanted: WantedWriteOff, line: LineId, today: Day, isOf: IsOf): boolean => {
  const { visit, party, on } = wanted
  const words = [...wordsOn(state.claims, visit, line), ...(on < today ? saidBy(state.claims, visit, line, on) : [])]
  const isTheirs = (word: Word) => isOf(state, visit, word.coverageId)
  if (party !== PATIENT) {
    const held = state.ledger.holdings
      .by('visit', visit)
      .flatMap((holding) => [holding, holdingOn(holding, on)])
      .some(
        (holding) =>
          holding?.open &&
          holding.event.coverageId === party.coverageId &&
          holding.event.lines.some((one) => one.lineId === line),
      )
    return (held && isOf(state, visit, party.coverageId)) || stoodAtPatient(state, wanted, line, words, isTheirs)
  }
  const known = state.ledger.lines.get(line)
  const patient = state.registration.visits.get(visit)?.patientId
  if (known?.broughtForward && patient !== undefined) {
    return coveragesOn(state.coverage, patient, known.dosTo).some((one) => isOf(state, visit, one.coverageId))
  }
  return words.some((word) => shareOf(word) > 0 && isTheirs(word))
}

const linesOf = (state: AccountState, wanted: WantedWriteOff): readonly Line[] =>
  wanted.lines.flatMap((line) => state.ledger.lines.get(line) ?? [])

/** Where nothing is open, the ground is judged by all that was served: a refusal names every reason. */
const orWholeVisit = (state: AccountState, wanted: WantedWriteOff): WantedWriteOff =>
  wanted.lines.length > 0
    ? wanted
    : { ...wanted, lines: linesOfVisit(state.ledger, wanted.visit).map(({ lineId }) => lineId) }

/** Of each, and there is one: of nothing that was served nothing can be said. */
const allOf = (lines: readonly Line[], is: (line: Line) => boolean): boolean => lines.length > 0 && lines.every(is)

/** What the patient owes, or is called the patient's and held at a payer: no payer's own debt. */
const isPatients = (state: AccountState, wanted: WantedWriteOff, today: Day): boolean =>
  wanted.party === PATIENT || wanted.lines.every((line) => isShare(state, wanted, line, today, () => true))

type Grounds = NonNullable<WriteOffApproval>

/** Whether a case covers all of the lines: what was served before the petition (11 U.S.C. 362(a), 524(a)). */
const covered = (
  lines: readonly Line[],
  { petitionedOn, dischargedOn }: NonNullable<Grounds['bankruptcy']>,
  on: Day,
): Fact<boolean> => {
  if (petitionedOn > on) return unknown(`the petition is of ${petitionedOn}, and it is written off on ${on}`)
  if (dischargedOn !== undefined && (dischargedOn < petitionedOn || dischargedOn > on)) {
    return unknown(`a discharge of ${dischargedOn} does not go with a petition of ${petitionedOn} and a day of ${on}`)
  }
  if (!allOf(lines, ({ dosFrom }) => dosFrom <= petitionedOn)) return known(false)
  const straddling = lines.find(({ dosTo }) => dosTo >= petitionedOn)
  return straddling
    ? unknown(`line ${straddling.lineId} was served until ${straddling.dosTo}, the petition is of ${petitionedOn}`)
    : known(true)
}

/** Whether all of the lines are a debt of the estate: what was served until the day of death. */
const owedByEstate = (lines: readonly Line[], { diedOn }: NonNullable<Grounds['estate']>, on: Day): Fact<boolean> => {
  if (diedOn > on) return unknown(`the guarantor died on ${diedOn}, and it is written off on ${on}`)
  return known(allOf(lines, ({ dosFrom }) => dosFrom <= diedOn))
}

/** A status that payers stated, or that a check of the desk shows: it adds to their silence. */
const qmb = (state: AccountState, { visit, on }: WantedWriteOff, named: Grounds['qmb']): Fact<boolean> => {
  const onFile = qmbOnFile(state.claims, [visit])
  if (named === undefined || (onFile.known && onFile.value)) return onFile
  return named.checkedOn > on
    ? unknown(`the check is of ${named.checkedOn}, and it is written off on ${on}`)
    : known(true)
}

const isProtected = (state: AccountState, { visit, lines }: WantedWriteOff): Fact<boolean> => {
  const confirmed = lines.every((line) =>
    state.agreements.notices.by('line', line).some(({ notice }) => notice.kind === 'nsaCostShare'),
  )
  return confirmed && lines.length > 0 ? known(true) : protectedOnFile(state.claims, [visit])
}

/** Medicaid covers every service, and the amount is the patient's or its own. */
const isOfMedicaid = (state: AccountState, wanted: WantedWriteOff, today: Day): boolean => {
  const { visit, party } = wanted
  if (party !== PATIENT && !isMedicaid(state, visit, party.coverageId)) return false
  const patient = state.registration.visits.get(visit)?.patientId
  return allOf(
    linesOf(state, wanted),
    ({ lineId, dosTo }) =>
      (patient !== undefined &&
        coveragesOn(state.coverage, patient, dosTo).some((one) => isMedicaid(state, visit, one.coverageId))) ||
      isShare(state, wanted, lineId, today, isMedicaid),
  )
}

/** The facts behind a write-off's category. */
export const groundFacts = (
  state: AccountState,
  asked: WantedWriteOff,
  approval: WriteOffApproval,
  today: Day,
): Facts => {
  const wanted = orWholeVisit(state, asked)
  const { bankruptcy, estate } = approval ?? {}
  const { on, lines } = wanted
  const served = linesOf(state, wanted)
  const isTheirs = isPatients(state, wanted, today)
  return {
    'costShare.federal': known(lines.some((line) => isShare(state, wanted, line, today, isFederal))),
    'costShare.medicare': known(lines.every((line) => isShare(state, wanted, line, today, isOfBeneficiary))),
    'coverage.medicaid': known(isOfMedicaid(state, wanted, today)),
    'patient.qmb': qmb(state, wanted, approval?.qmb),
    'service.nsaProtected': isProtected(state, wanted),
    'assistance.determined': known(approval?.determination !== undefined),
    'collection.effortExhausted': known(approval?.effort !== undefined),
    ...(bankruptcy ? { 'bankruptcy.open': isTheirs ? covered(served, bankruptcy, on) : known(false) } : {}),
    ...(estate ? { 'estate.paysNothing': isTheirs ? owedByEstate(served, estate, on) : known(false) } : {}),
  }
}
