import { type Cents, formatCents, minCents, sumOf, toCents } from '../../../kernel/cents.ts'
import { PATIENT } from '../../../kernel/effects.ts'
import type { CoverageId, LineId } from '../../../kernel/ids.ts'
import { electionOn } from '../../agreements/state.ts'
import { together } from '../../ledger/working.ts'
import type { LineReading } from '../advice/reading.ts'
import { type Adjudication, inForce } from '../state.ts'
import type { Draft } from '../unit/draft.ts'
import { partyOf, type RemittedClaim } from '../unit/remitted-claim.ts'
import { lineOf, nextCoverage, type UnitSoFar } from '../unit/so-far.ts'
import { earlierOnFile } from './rule-n.ts'

// What an earlier payer left went to the patient, since nobody knew of the payer that comes next.

/** What decisions of payers have made the patient's on a line, paid or not. */
export const sharesToPatient = (decisions: readonly Adjudication[], line: LineId): Cents =>
  sumOf(
    decisions
      .flatMap(({ postings }) => postings)
      .flatMap(({ effects }) => effects)
      .filter(({ lineId, party }) => lineId === line && party === PATIENT),
    ({ amount }) => amount,
  )

/** What earlier payers that stand right before this one have made the patient's on a line. */
const leftToPatient = (unit: UnitSoFar, remitted: RemittedClaim, line: LineReading): Cents =>
  sharesToPatient(
    earlierOnFile(unit, remitted, line).filter(({ event }) => isNext(unit, event.coverageId, remitted, line)),
    line.lineId,
  )

const isNext = (unit: UnitSoFar, after: CoverageId, { coverage }: RemittedClaim, { lineId }: LineReading): boolean =>
  nextCoverage(unit, after, lineId)?.coverageId === coverage.coverageId

/** Somebody has added the coverage before this unit, and not the unit itself. */
const isOnFile = ({ state }: UnitSoFar, { coverage }: RemittedClaim): boolean =>
  state.coverage.coverages.has(coverage.coverageId)

/** Takes up to an amount of a line from the patient, what is active of it, and gives it to the payer that has decided. */
const bring = (draft: Draft, { coverage, adjudicationId }: RemittedClaim, lineId: LineId, most: Cents): void => {
  const to = partyOf(coverage)
  const taken = draft.move.take(lineId, PATIENT, most, { stages: ['active'] })
  if (taken.taken === 0) return
  draft.emit({
    type: 'ResponsibilityTransferred',
    visitId: draft.visitId,
    from: PATIENT,
    to,
    lines: [{ lineId, amount: taken.taken }],
    reason: { kind: 'coverageFound' },
    mode: 'economic',
    note: `${coverage.payerName} decided (adjudication ${adjudicationId})`,
    ...together([taken, draft.move.put(lineId, to, taken.taken)]),
    contra: [],
  })
}

/**
 * A coverage that somebody has added since comes before the patient: what the earlier payer had left, as far as it still
 * stands with the patient, is this payer's to explain. What was paid, placed or given up meanwhile stays as it is.
 */
export const bringBackFromPatient = (draft: Draft, remitted: RemittedClaim, lines: readonly LineReading[]): void => {
  if (!isOnFile(draft, remitted)) return
  for (const line of lines) bring(draft, remitted, line.lineId, leftToPatient(draft, remitted, line))
}

/** Where what an earlier payer left of a line went, where this payer does not find all of it: for whoever works the hold. */
export const standsWithPatient = (unit: UnitSoFar, remitted: RemittedClaim, line: LineReading): string | undefined => {
  const left = leftToPatient(unit, remitted, line)
  if (left <= 0) return undefined
  const went = `the ${formatCents(left)} that an earlier payer left went to the patient`
  if (!isOnFile(unit, remitted)) return went
  const here = toCents(Math.max(0, unit.owed(line.lineId, partyOf(remitted.coverage))))
  const back = minCents(left, here)
  if (back === left) return undefined
  return `${went}, and ${formatCents(back)} of it could be brought back: the rest is paid, placed or given up`
}

/**
 * The desk charged the patient before anybody knew of the payer, and no payer has decided the line: it is this one's to
 * explain. What was paid, placed, given up or chosen to be paid meanwhile stays as it is.
 */
export const bringFromSelfPay = (draft: Draft, remitted: RemittedClaim, lines: readonly LineReading[]): void => {
  const to = partyOf(remitted.coverage)
  const decided = new Set(
    inForce(draft.state.claims, draft.visitId).flatMap(({ event }) => event.lines.map(({ lineId }) => lineId)),
  )
  for (const { lineId } of lines) {
    const line = lineOf(draft, lineId)
    const isOwn = line.firstParty === PATIENT && !line.broughtForward && !decided.has(lineId)
    if (!isOwn || draft.owed(lineId, to) !== 0 || electionOn(draft.state.agreements, lineId)) continue
    bring(draft, remitted, lineId, toCents(Math.max(0, draft.owed(lineId, PATIENT))))
  }
}
