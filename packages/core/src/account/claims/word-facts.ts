import { type Cents, formatCents, sumOf, toCents, ZERO } from '../../kernel/cents.ts'
import type { Day } from '../../kernel/day.ts'
import type { AdjudicationId, CoverageId, LineId, VisitId } from '../../kernel/ids.ts'
import type { AdjudicatedAdjustment, Disposition } from './adjudication-events.ts'
import { type Adjudication, adjudicationsOf, type ClaimState, inForce } from './state.ts'

// The payer's word: what an advice said of a line, kept as facts of the line, and supplied to every gate to the patient,
// whoever stands before it (postings.md, clarification 39).

/** What a payer says of a line now: its last decision that stands and speaks of it. */
export interface Word {
  readonly coverageId: CoverageId
  readonly paid: Cents
  readonly adjustments: readonly AdjudicatedAdjustment[]
  /** Of the claim, and of the line. */
  readonly remarks: readonly string[]
}

/** A part of a line that a payer left unpaid, with the code that it gave. */
export interface Part {
  readonly group: string
  readonly carc: string
  readonly amount: number
  /** The reason code is a denial's. */
  readonly denial: boolean
}

const wordOf = ({ event }: Adjudication, line: LineId): Word | undefined => {
  const lines = event.lines.filter(({ lineId }) => lineId === line)
  if (lines.length === 0) return undefined
  return {
    coverageId: event.coverageId,
    paid: sumOf(lines, ({ paid }) => paid),
    adjustments: lines.flatMap(({ adjustments }) => adjustments),
    remarks: [...event.remarks, ...lines.flatMap(({ remarks }) => remarks)],
  }
}

/** What each payer says of a line, in the order in which they spoke; an estimate before the service is no word. */
export const wordsOn = (
  state: ClaimState,
  visit: VisitId,
  line: LineId,
  undone: ReadonlySet<AdjudicationId> = new Set(),
): readonly Word[] => {
  const standing = inForce(state, visit).filter(({ event }) => !undone.has(event.adjudicationId))
  const words = standing.flatMap((decision) => wordOf(decision, line) ?? [])
  return [...new Map(words.map((word) => [word.coverageId, word])).values()]
}

/**
 * All that payers have ever said of a line and had not taken back by the end of a day, also where they have taken it back or
 * said otherwise since: what stood in the way of that day was among it.
 */
export const saidBy = (state: ClaimState, visit: VisitId, line: LineId, on: Day): readonly Word[] =>
  adjudicationsOf(state, visit)
    .filter(({ event, reversedOn }) => !event.predetermination && (reversedOn === undefined || on < reversedOn))
    .flatMap((decision) => wordOf(decision, line) ?? [])

const of = (adjustments: readonly AdjudicatedAdjustment[], ...dispositions: readonly Disposition[]) =>
  adjustments.filter(({ disposition }) => dispositions.includes(disposition))

/**
 * Patient responsibility of a line, netted (clarification 2): negative amounts come off the smallest components first, so
 * that the largest keep their reason code. Shares first, then what stands on a denial; of each the largest first.
 */
export const netted = (
  adjustments: readonly AdjudicatedAdjustment[],
): readonly { readonly component: AdjudicatedAdjustment; readonly amount: Cents; readonly onDenial: boolean }[] => {
  const all = of(adjustments, 'transfer', 'held')
  let off = -sumOf(all, ({ amount }) => Math.min(0, amount))
  return all
    .filter(({ amount }) => amount > 0)
    .sort((a, b) => a.amount - b.amount)
    .map((component) => {
      const cut = Math.min(off, component.amount)
      off -= cut
      return { component, onDenial: component.disposition === 'held', amount: toCents(component.amount - cut) }
    })
    .filter(({ amount }) => amount > 0)
    .sort((a, b) => Number(a.onDenial) - Number(b.onDenial) || b.amount - a.amount)
}

/** What a payer calls the patient's of a line, by reason code. */
export const sharesOf = ({ adjustments }: Word): readonly Part[] =>
  netted(adjustments).map(({ component: { group, carc }, amount, onDenial }) => ({
    group,
    carc,
    amount,
    denial: onDenial,
  }))

/** All that a payer calls the patient's of a line, cents. */
export const shareOf = (word: Word): number => sumOf(sharesOf(word), ({ amount }) => amount)

/** What a payer has denied, or not decided yet. */
export const refusedBy = ({ adjustments }: Word): readonly Part[] =>
  of(adjustments, 'denial', 'pending').map(({ group, carc, amount }) => ({ group, carc, amount, denial: true }))

/** A payer says that the patient was not insured there, and nothing else: the coverage never applied. */
export const saysNotInsured = ({ paid, adjustments }: Word): boolean => {
  const said = adjustments.filter(({ disposition }) => disposition !== 'none')
  return paid === ZERO && said.length > 0 && said.every(({ category }) => category === 'eligibility')
}

/** A word as people write it: `paid 60.00, PR-1 40.00`. */
export const wordText = ({ paid, adjustments }: Word): string =>
  [
    ...(paid === ZERO ? [] : [`paid ${formatCents(paid)}`]),
    ...adjustments
      .filter(({ amount }) => amount !== 0)
      .map(({ group, carc, amount }) => `${group}-${carc} ${formatCents(amount)}`),
  ].join(', ')
