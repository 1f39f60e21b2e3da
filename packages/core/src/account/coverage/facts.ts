import type { VisitId } from '../../kernel/ids.ts'
import { type Facts, known, unknown } from '../../rules/facts.ts'
import type { Supply } from '../facts.ts'
import { linesOfVisit } from '../ledger/balances.ts'
import type { AccountState } from '../rooms.ts'
import { coverageType } from './filing.ts'
import { type Coverage, coveragesOn } from './state.ts'

/** The coverages that may have to pay for a visit, by the days of its lines. */
export const coveragesOfVisit = (state: AccountState, visit: VisitId): readonly Coverage[] => {
  const patient = state.registration.visits.get(visit)?.patientId
  if (patient === undefined) return []
  const days = new Set(linesOfVisit(state.ledger, visit).map((line) => line.dosTo))
  const covering = [...days].flatMap((on) => coveragesOn(state.coverage, patient, on))
  return [...new Map(covering.map((coverage) => [coverage.coverageId, coverage])).values()]
}

/** Medicaid decides where any coverage is Medicaid; a coverage that does not say what it is leaves it open. */
const kindOf = (coverages: readonly Coverage[]): Facts['coverage.type'] & object => {
  const [first] = coverages
  if (!first) return known('none')
  const types = coverages.map((coverage) => coverageType(coverage.filingIndicator))
  if (types.includes('medicaid')) return known('medicaid')
  const silent = coverages.find((coverage) => coverage.filingIndicator === undefined)
  if (silent) return unknown(`coverage ${silent.coverageId} has no filing indicator`)
  return known(types.find((type) => type !== 'other') ?? 'other')
}

export const facts: Supply = {
  'coverage.type': ({ state, scope }) => kindOf(scope.visits.flatMap((visit) => coveragesOfVisit(state, visit))),
}
