import { sumOf, ZERO } from '../../../kernel/cents.ts'
import { netContra } from '../../../kernel/effects.ts'
import type { AdjustmentId, DenialId, HoldingId } from '../../../kernel/ids.ts'
import type { Facts } from '../../../rules/facts.ts'
import { together } from '../../ledger/working.ts'
import type { Share } from '../advice/patient-share.ts'
import type { Draft } from '../unit/draft.ts'
import { partyOf, type RemittedClaim } from '../unit/remitted-claim.ts'
import { nextCoverage } from '../unit/so-far.ts'
import { recordDenial } from './denials.ts'

/** A share that rules keep off the patient. */
export interface Blocked extends Share {
  readonly blockedBy: readonly string[]
}

/** Row 9, one event for shares that the same rules block; a denial reason code also gets its denial (clarification 8). */
export const holdShares = (
  draft: Draft,
  remitted: RemittedClaim,
  blocked: readonly Blocked[],
  evidence: Facts,
): void => {
  const alike = ({ blockedBy, onDenial, component }: Blocked): string =>
    `${blockedBy.join(' ')} ${onDenial ? component.category : ''}`
  for (const shares of Map.groupBy(blocked, alike).values()) {
    const holdingId = holdAlike(draft, remitted, shares)
    if (isProtected(shares, evidence)) writeOffProtected(draft, remitted, holdingId, shares)
  }
}

/** The patient is a QMB, known, and that is what holds all of it (AR-05). */
const isProtected = (shares: readonly Blocked[], evidence: Facts): boolean => {
  const qmb = evidence['patient.qmb']
  return qmb?.known === true && qmb.value && shares.every(({ blockedBy }) => blockedBy.includes('AR-05'))
}

const holdAlike = (draft: Draft, remitted: RemittedClaim, shares: readonly Blocked[]): HoldingId => {
  const denialId = denyBeside(draft, remitted, shares)
  const holdingId = draft.context.newId('holding') as HoldingId
  draft.emit({
    type: 'ResponsibilityHeld',
    visitId: draft.visitId,
    holdingId,
    coverageId: remitted.coverage.coverageId,
    adjudicationId: remitted.adjudicationId,
    ...(denialId ? { denialId } : {}),
    lines: shares.map(({ line, component, amount }) => ({
      lineId: line.lineId,
      group: component.group,
      carc: component.carc,
      amount,
    })),
    blockedBy: [...(shares[0]?.blockedBy ?? [])],
  })
  return holdingId
}

/** Clarification 8: the denial of what is held, for the queue. It counts 0; the holding carries the amount. */
const denyBeside = (draft: Draft, remitted: RemittedClaim, shares: readonly Blocked[]): DenialId | undefined => {
  const denied = shares.filter(({ onDenial }) => onDenial)
  if (denied.length === 0) return undefined
  return recordDenial(
    draft,
    remitted,
    denied[0]?.component.category ?? 'unlisted',
    denied.map(({ line, component, amount }) => ({ line, component: { ...component, amount } })),
    { pending: false, amountHeld: true, expectedZero: false },
  )
}

/** A QMB's cost share with no payer after this one may be written off, by policy (postings.md, row OA-209). */
const writeOffProtected = (
  draft: Draft,
  { coverage }: RemittedClaim,
  holdingId: HoldingId,
  shares: readonly Blocked[],
): void => {
  if (draft.context.policy.policy.posting.qmbWithoutNextPayer !== 'writeOff') return
  const party = partyOf(coverage)
  const taken = shares
    .filter(({ line }) => !nextCoverage(draft, coverage.coverageId, line.lineId))
    .map(({ line: { lineId }, amount }) => ({ lineId, moved: draft.move.take(lineId, party, amount) }))
    .filter(({ moved }) => moved.taken > ZERO)
  if (taken.length === 0) return
  draft.emit({
    type: 'WriteOffPosted',
    visitId: draft.visitId,
    adjustmentId: draft.context.newId('adjustment') as AdjustmentId,
    category: 'qmb',
    party,
    lines: taken.map(({ lineId, moved }) => ({ lineId, amount: moved.taken })),
    authority: { policy: 'posting.qmbWithoutNextPayer' },
    reason: 'may not be collected from the patient, and no payer follows (42 U.S.C. 1396a(n)(3)(B))',
    ...together(taken.map(({ moved }) => moved)),
    contra: netContra([{ account: 'writeOff:qmb', amount: sumOf(taken, ({ moved }) => moved.taken) }]),
  })
  draft.emit({
    type: 'ResponsibilityReleased',
    visitId: draft.visitId,
    holdingId,
    outcome: 'writtenOff',
    reason: 'policy posting.qmbWithoutNextPayer',
  })
}
