import { type Cents, sumOf, ZERO } from '../../../kernel/cents.ts'
import { netContra } from '../../../kernel/effects.ts'
import type { AdjustmentId, DenialId } from '../../../kernel/ids.ts'
import { together } from '../../ledger/working.ts'
import { type ClaimReading, components, type LineReading } from '../advice/reading.ts'
import type { Draft } from '../unit/draft.ts'
import { partyOf, type RemittedClaim } from '../unit/remitted-claim.ts'

/** An adjustment by which the payer did not pay, on its line. */
interface Denied {
  readonly line: LineReading
  readonly component: { readonly group: string; readonly carc: string; readonly amount: Cents }
}

/** How a denial stands in the queue. */
interface Kind {
  /** The payer has not decided: a diary, not an appeal. */
  readonly pending: boolean
  /** The amount is carried by a holding (clarification 8). */
  readonly amountHeld: boolean
  /** Nobody will pay it (clarification 11). */
  readonly expectedZero: boolean
}

/** Row 7: one record a category, money stays at the coverage. */
export const recordDenials = (draft: Draft, remitted: RemittedClaim, { lines }: ClaimReading): void => {
  for (const disposition of ['denial', 'pending'] as const) {
    const all = lines.flatMap((line) => components(line, disposition).map((component) => ({ line, component })))
    for (const [category, denied] of Map.groupBy(all, ({ component }) => component.category ?? 'unlisted')) {
      recordDenial(draft, remitted, category, denied, {
        pending: disposition === 'pending',
        amountHeld: false,
        expectedZero: disposition === 'denial' && nobodyPays(lines, category, denied),
      })
    }
  }
}

/** Clarification 11: a bundle that is paid on another line, a penalty on the payment alone (B4). */
const nobodyPays = (lines: readonly LineReading[], category: string, denied: readonly Denied[]): boolean => {
  const paidElsewhere = lines.some((line) => line.paid > 0 && denied.every((one) => one.line !== line))
  return (category === 'bundled' && paidElsewhere) || denied.every(({ component }) => component.carc === 'B4')
}

export const recordDenial = (
  draft: Draft,
  remitted: RemittedClaim,
  category: string,
  denied: readonly Denied[],
  { pending, amountHeld, expectedZero }: Kind,
): DenialId => {
  const denialId = draft.context.newId('denial') as DenialId
  draft.emit({
    type: 'DenialRecorded',
    visitId: draft.visitId,
    denialId,
    adjudicationId: remitted.adjudicationId,
    coverageId: remitted.coverage.coverageId,
    category,
    lines: denied.map(({ line, component }) => ({
      lineId: line.lineId,
      group: component.group,
      carc: component.carc,
      remarks: [...line.remarks],
      amount: component.amount,
    })),
    pending,
    amountHeld,
    ...(expectedZero ? { expected: ZERO } : {}),
  })
  if (expectedZero && draft.context.policy.policy.posting.expectedZero === 'writeOff') {
    writeOff(draft, remitted, denialId, denied)
  }
  return denialId
}

/** By named policy, in the same unit: what nobody will pay is written off, and the denial is closed with it. */
const writeOff = (draft: Draft, { coverage }: RemittedClaim, denialId: DenialId, denied: readonly Denied[]): void => {
  const party = partyOf(coverage)
  const taken = denied
    .map(({ line: { lineId }, component }) => ({ lineId, moved: draft.move.take(lineId, party, component.amount) }))
    .filter(({ moved }) => moved.taken > 0)
  if (taken.length === 0) return
  const adjustmentId = draft.context.newId('adjustment') as AdjustmentId
  draft.emit({
    type: 'WriteOffPosted',
    visitId: draft.visitId,
    adjustmentId,
    category: 'administrative',
    party,
    lines: taken.map(({ lineId, moved }) => ({ lineId, amount: moved.taken })),
    authority: { policy: 'posting.expectedZero' },
    avoidable: false,
    reason: 'nobody will pay it: bundled into a paid line, or a penalty on the payment alone',
    ...together(taken.map(({ moved }) => moved)),
    contra: netContra([{ account: 'writeOff:administrative', amount: sumOf(taken, ({ moved }) => moved.taken) }]),
  })
  draft.emit({
    type: 'DenialResolved',
    visitId: draft.visitId,
    denialId,
    outcome: { kind: 'writtenOff', adjustmentId, avoidable: false },
    reason: 'policy posting.expectedZero',
  })
}
