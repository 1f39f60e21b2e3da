import { type Cents, sumOf, toCents } from '../../../kernel/cents.ts'
import { coverageParty, PATIENT } from '../../../kernel/effects.ts'
import type { CoverageId, LineId } from '../../../kernel/ids.ts'
import type { LineReading } from '../advice/reading.ts'
import { type Adjudication, inForce } from '../state.ts'
import type { RemittedClaim } from '../unit/remitted-claim.ts'
import type { UnitSoFar } from '../unit/so-far.ts'
import { decidedBy } from './decisions.ts'

/** A line of which later payers have explained their part already, before this payer spoke. */
export interface ExplainedAhead {
  /** What they decided of it, in the order of benefits. */
  readonly later: readonly Adjudication[]
  /** What they paid, reduced, moved on and left open at themselves: this payer's word covers it too. Cents. */
  readonly explained: Cents
}

/** What an adjudication took off a line at these payers by itself: paid, reduced, moved on. Stand-ins are not its. */
export const takenOff = (
  { postings }: Pick<Adjudication, 'postings'>,
  line: LineId,
  at: ReadonlySet<CoverageId>,
): number =>
  -sumOf(
    postings
      .filter(({ type }) => type !== 'PriorPayerSettled' && type !== 'PriorPayerSettlementUndone')
      .flatMap(({ effects }) => effects)
      .filter(({ lineId, party }) => lineId === line && party !== PATIENT && at.has(party.coverageId)),
    ({ amount }) => amount,
  )

/** What these later payers account for of a line, cents. What went on from one of them to another is the other's. */
export const explainedBy = (unit: UnitSoFar, spoke: readonly Adjudication[], line: LineId): Cents => {
  const them = new Set(spoke.map(({ event }) => event.coverageId))
  return toCents(
    sumOf(spoke, (each) => takenOff(each, line, them)) + sumOf([...them], (id) => unit.owed(line, coverageParty(id))),
  )
}

/** While a decision stood: it came after `from` others of the account, and was taken back when there were `until`. */
interface Stood {
  readonly from: number
  readonly until: number
}

const stood = (unit: UnitSoFar, coverage: CoverageId, line: LineId): readonly Stood[] =>
  decidedBy(unit, coverage, line).map(({ at, reversedAt }) => ({
    from: at,
    until: reversedAt ?? Number.POSITIVE_INFINITY,
  }))

/** A later payer decided the line while no decision of this payer stood. */
const wasHeardAhead = (unit: UnitSoFar, later: CoverageId, own: CoverageId, line: LineId): boolean => {
  const ours = stood(unit, own, line)
  return stood(unit, later, line).some(({ from }) => !ours.some((our) => our.from < from && from < our.until))
}

/** Decisions of this visit, in force, by payers after this one, in the order of benefits. */
const laterInForce = (unit: UnitSoFar, { coverage }: RemittedClaim): readonly Adjudication[] => {
  const placeOf = ({ event }: Adjudication) => unit.coverages.get(event.coverageId)?.order ?? 0
  return inForce(unit.state.claims, unit.visitId)
    .filter((decision) => placeOf(decision) > coverage.order)
    .toSorted((a, b) => placeOf(a) - placeOf(b))
}

/**
 * Lines on which later payers, whose decisions stand, were heard while none of this payer's stood: this payer's
 * own part is smaller in the books than in its advice, by what they explained. On a line where one of them stood in for
 * this payer until this unit (clarification 6), all of them are meant.
 */
export const explainedAhead = (
  unit: UnitSoFar,
  remitted: RemittedClaim,
  lines: readonly LineReading[],
  stoodIn: Pick<ReadonlySet<LineId>, 'has'>,
): ReadonlyMap<LineId, ExplainedAhead> => {
  const own = remitted.coverage.coverageId
  const later = laterInForce(unit, remitted)
  const ahead = new Map<LineId, ExplainedAhead>()
  for (const { lineId } of lines) {
    const spoke = later.filter(({ event }) => event.lines.some((line) => line.lineId === lineId))
    const heard = stoodIn.has(lineId) || spoke.some(({ event }) => wasHeardAhead(unit, event.coverageId, own, lineId))
    if (!heard || spoke.length === 0) continue
    ahead.set(lineId, { later: spoke, explained: explainedBy(unit, spoke, lineId) })
  }
  return ahead
}
