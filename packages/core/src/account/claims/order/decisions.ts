import type { CoverageId, LineId } from '../../../kernel/ids.ts'
import { type Adjudication, adjudicationsOf } from '../state.ts'
import type { UnitSoFar } from '../unit/so-far.ts'

// What payers have decided of a line, as it was on file before the unit.

/** Every decision about a line of the visit, in order of posting: estimates, and those that were taken back, too. */
export const decisionsOn = ({ state, visitId }: UnitSoFar, line: LineId): readonly Adjudication[] =>
  adjudicationsOf(state.claims, visitId).filter(({ event }) => event.lines.some(({ lineId }) => lineId === line))

/** What one payer decided of it; an estimate before the service (CLP02 25) decides nothing. */
export const decidedBy = (unit: UnitSoFar, coverage: CoverageId, line: LineId): readonly Adjudication[] =>
  decisionsOn(unit, line).filter(({ event }) => event.coverageId === coverage && !event.predetermination)

/** One payer has decided the line, and has not taken that back. */
export const hasDecided = (unit: UnitSoFar, coverage: CoverageId, line: LineId): boolean =>
  decidedBy(unit, coverage, line).some(({ reversed }) => !reversed)
