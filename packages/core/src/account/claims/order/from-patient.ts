import { type Cents, minCents, sumOf, toCents } from '../../../kernel/cents.ts'
import { PATIENT } from '../../../kernel/effects.ts'
import { together } from '../../ledger/working.ts'
import type { LinePlan } from '../advice/lines.ts'
import { dollars, emit, lineOf, newLayer, nextCoverage, type Posting, partyOf, type Unit } from '../advice/unit.ts'
import { earlierOnFile } from './rule-n.ts'

// What an earlier payer left went to the patient, since nobody knew of the payer that comes next.

/** What earlier payers that stand right before this one have made the patient's on a line. */
const leftToPatient = (unit: Unit, posting: Posting, plan: LinePlan): Cents => {
  const { dosFrom } = lineOf(unit, plan.lineId)
  return sumOf(
    earlierOnFile(unit, posting, plan)
      .filter(({ event }) => nextCoverage(unit, event.coverageId, dosFrom)?.coverageId === posting.coverage.coverageId)
      .flatMap(({ postings }) => postings)
      .flatMap(({ effects }) => effects)
      .filter(({ lineId, party }) => lineId === plan.lineId && party === PATIENT),
    ({ amount }) => amount,
  )
}

/**
 * A coverage that somebody has added since comes before the patient: what the earlier payer had left, as far as it still
 * stands with the patient, is this payer's to explain. What was paid, placed or given up meanwhile stays as it is.
 */
export const bringBackFromPatient = (unit: Unit, posting: Posting, plans: readonly LinePlan[]): void => {
  if (!unit.state.coverage.coverages.has(posting.coverage.coverageId)) return
  const to = partyOf(posting.coverage)
  for (const plan of plans) {
    const { lineId } = plan
    const taken = unit.working.take(lineId, PATIENT, leftToPatient(unit, posting, plan), { stages: ['active'] })
    if (taken.taken === 0) continue
    const given = unit.working.put(lineId, to, taken.taken, newLayer(unit, lineOf(unit, lineId), to))
    emit(unit, {
      type: 'ResponsibilityTransferred',
      effectiveDate: unit.on,
      visitId: unit.visitId,
      from: PATIENT,
      to,
      lines: [{ lineId, amount: taken.taken }],
      reason: { kind: 'coverageFound' },
      mode: 'economic',
      note: `${posting.coverage.payerName} decided (adjudication ${posting.adjudicationId})`,
      ...together([taken, given]),
      contra: [],
    })
  }
}

/** Where what an earlier payer left of a line went, where this payer does not find all of it: for whoever works the hold. */
export const standsWithPatient = (unit: Unit, posting: Posting, plan: LinePlan): string | undefined => {
  const left = leftToPatient(unit, posting, plan)
  if (left <= 0) return undefined
  const went = `the ${dollars(left)} that an earlier payer left went to the patient`
  if (!unit.state.coverage.coverages.has(posting.coverage.coverageId)) return went
  const back = minCents(left, toCents(Math.max(0, unit.working.owed(plan.lineId, partyOf(posting.coverage)))))
  if (back === left) return undefined
  return `${went}, and ${dollars(back)} of it could be brought back: the rest is paid, placed or given up`
}
