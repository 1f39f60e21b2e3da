import { type Cents, formatCents, minCents, sumOf, toCents, ZERO } from '../../../kernel/cents.ts'
import { type Party, partyKey } from '../../../kernel/effects.ts'
import type { LineId } from '../../../kernel/ids.ts'
import type { TransferReason } from '../../ledger/events.ts'
import { type Moved, together } from '../../ledger/working.ts'
import type { Share } from '../advice/patient-share.ts'
import { type LineReading, totalOf } from '../advice/reading.ts'
import type { Draft } from '../unit/draft.ts'
import { partyOf, type RemittedClaim } from '../unit/remitted-claim.ts'
import type { Blocked } from './hold-shares.ts'

/** A share that nothing keeps from its next party. */
export interface Moving extends Share {
  readonly to: Party
  readonly reason: TransferReason
}

/** What moves no more than is left, and what does not move at all. */
interface Limits {
  readonly lines: readonly LineReading[]
  readonly blocked: readonly Blocked[]
  readonly limited: Pick<ReadonlySet<LineId>, 'has'>
}

/** Row 8: one event a party, with the reason of the largest share that goes there. */
export const transferShares = (
  draft: Draft,
  remitted: RemittedClaim,
  moving: readonly Moving[],
  limits: Limits,
): readonly string[] => {
  const staying = stayingOf(limits)
  return [...Map.groupBy(moving, ({ to }) => partyKey(to)).values()].flatMap((shares) =>
    transferTo(draft, remitted, shares, staying),
  )
}

/** Of the limited lines, what the payer denies, has not decided, or a rule holds: it stays, and is no share to move. */
const stayingOf = ({ lines, blocked, limited }: Limits): ReadonlyMap<LineId, Cents> =>
  new Map(
    lines
      .filter(({ lineId }) => limited.has(lineId))
      .map((line) => {
        const held = blocked.filter((share) => share.line === line)
        return [line.lineId, toCents(totalOf(line, 'denial', 'pending') + sumOf(held, ({ amount }) => amount))]
      }),
  )

/** All shares of one party. Says where less was left to move than the advice calls the patient's. */
const transferTo = (
  draft: Draft,
  { coverage, adjudicationId }: RemittedClaim,
  shares: readonly Moving[],
  staying: ReadonlyMap<LineId, Cents>,
): readonly string[] => {
  const [largest] = shares.toSorted((a, b) => b.amount - a.amount)
  if (!largest) return []
  const { to, reason } = largest
  const from = partyOf(coverage)
  const findings: string[] = []
  const moves: Moved[] = []
  const lines: { lineId: LineId; amount: Cents }[] = []
  for (const [lineId, ofLine] of Map.groupBy(shares, ({ line }) => line.lineId)) {
    const share = sumOf(ofLine, ({ amount }) => amount)
    const stays = staying.get(lineId)
    const wanted = stays === undefined ? share : minCents(share, leftToMove(draft.owed(lineId, from), stays))
    if (wanted < share) {
      findings.push(`of a patient share of ${formatCents(share)} only ${formatCents(wanted)} is left to move`)
    }
    if (wanted === 0) continue
    const taken = draft.move.take(lineId, from, wanted)
    if (taken.taken < wanted) holdShort(draft, wanted, taken.taken)
    if (taken.taken === 0) continue
    moves.push(taken, ...draft.move.arrive(lineId, to, taken.taken))
    lines.push({ lineId, amount: taken.taken })
  }
  if (lines.length === 0) return findings
  draft.emit({
    type: 'ResponsibilityTransferred',
    visitId: draft.visitId,
    from,
    to,
    lines,
    reason,
    adjudicationId,
    mode: 'economic',
    ...together(moves),
    contra: [],
  })
  return findings
}

const leftToMove = (owed: number, stays: Cents): Cents => toCents(Math.max(ZERO, owed - stays))

/** The advice moves more than the account has at the payer: one of them is wrong, and a person says which. */
const holdShort = (draft: Draft, wanted: Cents, left: Cents): void =>
  draft.hold({
    rule: 'open',
    reason: `a patient share of ${formatCents(wanted)}, and ${formatCents(left)} is left at the payer to move`,
    requiredAction: 'compare the advice with the account; correct the books or reject the claim',
    amount: wanted - left,
  })
