import { type Cents, sumOf, toCents } from '../../../kernel/cents.ts'
import { coverageParty, PATIENT } from '../../../kernel/effects.ts'
import type { CoverageId, LineId } from '../../../kernel/ids.ts'
import type { LinePlan } from '../advice/lines.ts'
import type { Posting, Unit } from '../advice/unit.ts'
import { type Adjudication, adjudicationsOf, standing } from '../state.ts'

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
export const explainedBy = (unit: Unit, spoke: readonly Adjudication[], line: LineId): Cents => {
  const them = new Set(spoke.map(({ event }) => event.coverageId))
  return toCents(
    sumOf(spoke, (each) => takenOff(each, line, them)) +
      sumOf([...them], (id) => unit.working.owed(line, coverageParty(id))),
  )
}

/**
 * Lines on which later payers, whose decisions stand, were heard while none of this payer's stood: this payer's
 * own part is smaller in the books than in its advice, by what they explained. On a line where one of them stood in for
 * this payer until this unit, all of them are meant.
 */
export const explainedAhead = (
  unit: Unit,
  posting: Posting,
  plans: readonly LinePlan[],
  stoodIn: Pick<ReadonlySet<LineId>, 'has'>,
): ReadonlyMap<LineId, ExplainedAhead> => {
  const decided = (line: LineId, of: CoverageId) =>
    adjudicationsOf(unit.state.claims, unit.visitId).flatMap(({ at, event, reversedAt }) =>
      event.coverageId === of && !event.predetermination && event.lines.some(({ lineId }) => lineId === line)
        ? [{ at, until: reversedAt ?? Number.POSITIVE_INFINITY }]
        : [],
    )
  const spokeAhead = (line: LineId, other: CoverageId): boolean => {
    const own = decided(line, posting.coverage.coverageId)
    return decided(line, other).some(({ at }) => !own.some((stood) => stood.at < at && at < stood.until))
  }
  const placeOf = ({ event }: Adjudication) => unit.coverages.get(event.coverageId)?.order ?? 0
  const later = standing(unit.state.claims, unit.visitId)
    .filter((adjudication) => placeOf(adjudication) > posting.coverage.order)
    .toSorted((a, b) => placeOf(a) - placeOf(b))
  return new Map(
    plans.flatMap(({ lineId }): [LineId, ExplainedAhead][] => {
      const spoke = later.filter(({ event }) => event.lines.some((line) => line.lineId === lineId))
      if (!stoodIn.has(lineId) && !spoke.some(({ event }) => spokeAhead(lineId, event.coverageId))) return []
      return spoke.length > 0 ? [[lineId, { later: spoke, explained: explainedBy(unit, spoke, lineId) }]] : []
    }),
  )
}
