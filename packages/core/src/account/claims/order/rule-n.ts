import { isLaterPayer } from '../../../documents/claim-status.ts'
import { type Cents, formatCents, maxCents, minCents, sumOf, toCents, ZERO } from '../../../kernel/cents.ts'
import { netResponsibility } from '../advice/patient-share.ts'
import { components, type LineReading, totalOf } from '../advice/reading.ts'
import { type Adjudication, type AdjudicationPosting, inForce } from '../state.ts'
import type { Draft } from '../unit/draft.ts'
import { partyOf, type RemittedClaim } from '../unit/remitted-claim.ts'
import { lineOf, type UnitSoFar } from '../unit/so-far.ts'
import { toDoFirst } from './to-do-first.ts'

// Rule N: what a later payer's reductions are worth, once earlier payers' are taken (postings.md, clarification 9).

/** Adjudications of this line by earlier payers in the order of benefits, as far as they stand. */
export const earlierOnFile = (
  unit: UnitSoFar,
  { coverage }: RemittedClaim,
  { lineId }: LineReading,
): readonly Adjudication[] =>
  inForce(unit.state.claims, unit.visitId).filter(
    ({ event }) =>
      event.coverageId !== coverage.coverageId &&
      (unit.coverages.get(event.coverageId)?.order ?? 0) < coverage.order &&
      event.lines.some((line) => line.lineId === lineId),
  )

export const isEarlierOnFile = (unit: UnitSoFar, remitted: RemittedClaim, line: LineReading): boolean =>
  earlierOnFile(unit, remitted, line).length > 0

/**
 * Where the payer says that it is not the first, or an earlier one has spoken, or the older book had a part of it decided
 * (clarification 33); else what is open must be explained.
 */
export const appliesRuleN = (unit: UnitSoFar, remitted: RemittedClaim, lines: readonly LineReading[]): boolean =>
  isLaterPayer(remitted.claim.status) ||
  lines.some(
    (line) =>
      components(line, 'priorPayer').length > 0 ||
      isEarlierOnFile(unit, remitted, line) ||
      lineOf(unit, line.lineId).broughtForward,
  )

/**
 * OA-23 against the earlier payers on file: it agrees where it is what they paid, or what they paid and reduced. What
 * does not agree is a finding; rule N decides by what is open.
 */
export const priorPayerFindings = (
  unit: UnitSoFar,
  remitted: RemittedClaim,
  lines: readonly LineReading[],
): readonly string[] =>
  lines.flatMap((line) => {
    const stated = totalOf(line, 'priorPayer')
    const earlier = earlierOnFile(unit, remitted, line)
    if (stated === 0 || earlier.length === 0) return []
    const paid = postedOn(earlier, line, 'InsurancePaymentPosted')
    const reduced = postedOn(earlier, line, 'ContractualAdjustmentPosted')
    if (stated === paid || stated === paid + reduced) return []
    return [
      `OA-23 says ${formatCents(stated)} of earlier payers; on file they paid ${formatCents(paid)} and reduced ${formatCents(reduced)}`,
    ]
  })

/** What decisions took off a line by their postings of one type, cents. */
const postedOn = (
  decisions: readonly Adjudication[],
  { lineId }: LineReading,
  type: AdjudicationPosting['type'],
): number =>
  -sumOf(
    decisions
      .flatMap(({ postings }) => postings.filter((posting) => posting.type === type))
      .flatMap(({ effects }) => effects.filter((effect) => effect.lineId === lineId)),
    ({ amount }) => amount,
  )

/** What stays at the coverage or goes on from it without being paid or reduced. */
const unexplained = (line: LineReading): Cents =>
  toCents(
    maxCents(ZERO, netResponsibility(line)) + totalOf(line, 'denial', 'pending', 'regulatory', 'withheld', 'capitated'),
  )

/** An amount brought within what the payer reported: between zero and its figure, whatever the sign. */
const withinReported = (amount: Cents, reported: Cents): Cents =>
  maxCents(minCents(ZERO, reported), minCents(amount, maxCents(ZERO, reported)))

/** What there is of a line beside what is open at the payer. */
interface Beside {
  /** What later payers have explained ahead of this one, cents. */
  readonly ahead?: Cents | undefined
  /** Where a part of it stands that this payer does not find, in words. */
  readonly elsewhere?: string | undefined
}

/**
 * The reduction that a line gets. For a first payer it is what is reported, and the advice must explain what is open;
 * for a later one (rule N) it is what is open less all else that the advice explains, within what is reported.
 * `undefined` where the advice and the account can not both be right: the unit is held.
 */
export const effectiveContractual = (
  draft: Draft,
  { coverage }: RemittedClaim,
  line: LineReading,
  ruleN: boolean,
  { ahead = ZERO, elsewhere }: Beside = {},
): Cents | undefined => {
  const open = toCents(draft.owed(line.lineId, partyOf(coverage)) + ahead)
  const negativeNet = minCents(ZERO, netResponsibility(line))
  const effective = toCents(open - line.paid - unexplained(line) - negativeNet)
  const reported = totalOf(line, 'contractual')
  if (effective === reported) return reported
  const bounded = withinReported(effective, reported)
  if (ruleN && effective === bounded) return effective
  const charge = formatCents(lineOf(draft, line.lineId).amount)
  const here = draft.owed(line.lineId, partyOf(coverage))
  const least = toCents(here - effective + (ruleN ? bounded : reported))
  const needs = { least, most: toCents(here - effective + reported) }
  const requiredAction = toDoFirst(draft, coverage, line.lineId, { elsewhere, needs, isOver: effective > reported })
  if (ruleN) {
    const needed = `line of ${charge}: a reduction of ${formatCents(effective)} would be needed, the payer reports ${formatCents(reported)}`
    const reason = elsewhere ? `${needed}; ${elsewhere}` : needed
    draft.hold({ rule: 'N', reason, requiredAction, amount: effective - bounded })
  } else {
    const explains = formatCents(toCents(open - effective + reported))
    const reason = `line of ${charge}: ${formatCents(open)} is open at this payer, the advice explains ${explains}`
    draft.hold({ rule: 'open', reason, requiredAction, amount: effective - reported })
  }
  return undefined
}

/** A reduction as it is posted, with the payer's own figure beside it. */
export interface ContractualLine {
  readonly line: LineReading
  readonly group: string
  readonly carc: string
  readonly amount: Cents
  readonly reported: Cents
}

/** Gives an effective total to the components of a line: what is over comes off the largest of that sign first. */
export const fitted = (line: LineReading, effective: Cents): readonly ContractualLine[] => {
  const reported = components(line, 'contractual')
  const amounts = reported.map(({ amount }) => amount)
  let over = toCents(sumOf(amounts, (amount) => amount) - effective)
  const bySize = amounts
    .map((_, at) => at)
    .sort((a, b) => Math.abs(amounts[b] ?? 0) - Math.abs(amounts[a] ?? 0) || a - b)
  for (const at of bySize) {
    const amount = amounts[at] ?? ZERO
    const cut = over > 0 ? maxCents(ZERO, minCents(over, amount)) : minCents(ZERO, maxCents(over, amount))
    amounts[at] = toCents(amount - cut)
    over = toCents(over - cut)
  }
  return reported.map(({ group, carc, amount }, at) => ({
    line,
    group,
    carc,
    amount: amounts[at] ?? ZERO,
    reported: amount,
  }))
}
