import { clearingOf } from '../../../documents/identity.ts'
import { sumOf } from '../../../kernel/cents.ts'
import { type ControlAccount, netContra } from '../../../kernel/effects.ts'
import { type Moved, together } from '../../ledger/working.ts'
import { netResponsibility } from '../advice/patient-share.ts'
import { components, type LineReading, totalOf } from '../advice/reading.ts'
import type { ContractualLine } from '../order/rule-n.ts'
import type { Draft } from '../unit/draft.ts'
import { partyOf, type RemittedClaim } from '../unit/remitted-claim.ts'
import { lineOf, type UnitSoFar } from '../unit/so-far.ts'

// postings.md, rows 4 to 6: what lowers, or below zero raises, what the coverage owes on its lines.

/** Row 4: payer cash by line; the lines sum to CLP04 (errata 6). */
export const postPayment = (draft: Draft, remitted: RemittedClaim, lines: readonly LineReading[]): void => {
  const paid = lines.filter((line) => line.paid !== 0)
  if (paid.length === 0) return
  const moves = paid.map((line) => reduce(draft, remitted, line, line.paid))
  draft.emit({
    type: 'InsurancePaymentPosted',
    ...headOf(draft, remitted),
    ...dimensionsOf(draft, remitted, paid),
    lines: paid.map((line) => ({ lineId: line.lineId, amount: line.paid })),
    ...together(moves),
    contra: netContra([{ account: clearingOf(draft.remittanceId), amount: sumOf(paid, (line) => line.paid) }]),
  })
}

/** Row 5: one event a contra account; the lines keep the payer's figure beside what was posted. */
export const postContractual = (
  draft: Draft,
  remitted: RemittedClaim,
  account: ControlAccount,
  reductions: readonly ContractualLine[],
): void => {
  const posted = reductions.filter(({ amount }) => amount !== 0)
  if (posted.length === 0) return
  const moves = posted.map(({ line, amount }) => reduce(draft, remitted, line, amount))
  const lines = posted.map(({ line }) => line)
  draft.emit({
    type: 'ContractualAdjustmentPosted',
    ...headOf(draft, remitted),
    ...dimensionsOf(draft, remitted, lines),
    lines: posted.map(({ line, group, carc, amount, reported }) => ({
      lineId: line.lineId,
      group,
      carc,
      amount,
      reported,
    })),
    ...together(moves),
    contra: netContra([{ account, amount: sumOf(posted, ({ amount }) => amount) }]),
  })
}

/** Row 6: OA-23 with no adjudication of the earlier payer on file stands in for that payer, unverified. */
export const postPriorPayer = (
  draft: Draft,
  remitted: RemittedClaim,
  lines: readonly LineReading[],
): readonly string[] => {
  const settled = lines.flatMap((line, at) => {
    const amount = totalOf(line, 'priorPayer')
    return amount === 0 ? [] : [{ line, at, amount }]
  })
  if (settled.length === 0) return []
  const moves = settled.map(({ line, amount }) => reduce(draft, remitted, line, amount))
  draft.emit({
    type: 'PriorPayerSettled',
    ...headOf(draft, remitted),
    lines: settled.map(({ line, amount }) => ({ lineId: line.lineId, amount })),
    ...together(moves),
    contra: netContra([{ account: 'priorPayerUnverified', amount: sumOf(settled, ({ amount }) => amount) }]),
  })
  return settled
    .filter(({ line, amount }) => amount > line.charge)
    .map(({ at }) => `line ${at + 1}: prior payer amount above the charge`)
}

/** What goes off in full, as reported, whatever is open: a capitated part, a withhold. */
export const asReported = (
  lines: readonly LineReading[],
  disposition: 'capitated' | 'withheld',
): readonly ContractualLine[] =>
  lines.flatMap((line) =>
    components(line, disposition).map(({ group, carc, amount }) => ({ line, group, carc, amount, reported: amount })),
  )

/** PR that nets below zero raises what is owed: posts as row 5, signed (clarification 2). */
export const negativeNets = (lines: readonly LineReading[]): readonly ContractualLine[] =>
  lines.flatMap((line) => {
    const net = netResponsibility(line)
    const [lowest] = components(line, 'transfer').toSorted((a, b) => a.amount - b.amount)
    return net < 0 && lowest ? [{ line, group: lowest.group, carc: lowest.carc, amount: net, reported: net }] : []
  })

/** Lowers (amount > 0) or raises (amount < 0) what the coverage owes on a line. */
const reduce = (draft: Draft, { coverage }: RemittedClaim, { lineId }: LineReading, amount: number): Moved => {
  if (amount === 0) return { effects: [], opens: [] }
  const party = partyOf(coverage)
  return amount > 0 ? draft.move.overdraw(lineId, party, amount) : draft.move.put(lineId, party, -amount)
}

const headOf = ({ visitId }: UnitSoFar, { adjudicationId, coverage }: RemittedClaim) => ({
  visitId,
  adjudicationId,
  coverageId: coverage.coverageId,
})

/** What money reports are cut by, as far as all these lines have one value of it. */
const dimensionsOf = (unit: UnitSoFar, { coverage }: RemittedClaim, lines: readonly LineReading[]) => {
  const charges = lines.map(({ lineId }) => lineOf(unit, lineId))
  const only = (values: readonly (string | undefined)[]): string | undefined =>
    new Set(values).size === 1 ? values[0] : undefined
  const financialClass = coverage.filingIndicator
  const location = only(charges.map((charge) => charge.location))
  const provider = only(charges.map((charge) => charge.provider))
  return {
    ...(financialClass ? { financialClass } : {}),
    ...(location ? { location } : {}),
    ...(provider ? { provider } : {}),
  }
}
