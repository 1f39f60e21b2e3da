import type { AdviceClaim } from '../../../documents/advice.ts'
import { amountsByReason } from '../../../documents/balancing.ts'
import { clearingOf } from '../../../documents/identity.ts'
import { formatCents, negateCents, toCents } from '../../../kernel/cents.ts'
import { netContra, type Posting } from '../../../kernel/effects.ts'
import { mergeEffects } from '../../ledger/taken.ts'
import { together } from '../../ledger/working.ts'
import { askedByAdvice } from '../identity/asked.ts'
import { mayBeOf } from '../identity/judge.ts'
import { endWaiting } from '../order/waiting.ts'
import type { Adjudication, AdjudicationPosting, Takeback } from '../state.ts'
import type { Draft, Held } from '../unit/draft.ts'
import { ofPayer } from '../unit/remitted-claim.ts'
import type { UnitSoFar } from '../unit/so-far.ts'
import { belowZero, bringCreditsBack, bringHome, giveBackWriteOffs, recallPlaced } from './moved-on.ts'

export const noOriginal: Held = {
  rule: 'R',
  reason: 'a reversal without an original on file',
  requiredAction: 'import the remittance that paid it first; the claim is then posted by its release',
}

/**
 * The adjudication that a CLP 22 reverses: this payer's of the visit, by CLP07 or REF F8, then the only one. Another
 * patient's is not it, unless a person says so.
 */
export const originalOf = (unit: UnitSoFar, claim: AdviceClaim): Adjudication | undefined => {
  if (!unit.named && !mayBeOf(unit.state, unit.patientId, askedByAdvice(claim, unit.payer))) return undefined
  const candidates = ofPayer(unit).filter(({ reversed }) => !reversed)
  const number = claim.payerControlNumber.trim()
  const byNumber = candidates.filter(
    ({ event }) =>
      (number !== '' && event.claimKey.payerControlNumber.trim() === number) ||
      (claim.originalReference !== undefined && event.claimKey.payerControlNumber === claim.originalReference),
  )
  if (byNumber.length > 0) return byNumber.at(-1)
  return candidates.length === 1 ? candidates[0] : undefined
}

/**
 * Rule R: negates every effect of the original, to the cent and to the layer. What had moved on is dealt with first;
 * what the patient had paid stays as a negative patient item, provisional while `pending` (clarification 4).
 */
export const reverse = (draft: Draft, claim: AdviceClaim, original: Adjudication, pending: boolean): void => {
  holdIfOther(draft, claim, original)
  if (draft.held) return
  const { adjudicationId, coverageId } = original.event
  const undoing = original.postings.map((posting) => negationOf(draft, posting))
  const negated = mergeEffects(undoing.flatMap(({ effects }) => effects))
  undoTakebacks(draft, original)
  bringCreditsBack(draft, original)
  bringHome(draft, negated, `${draft.payer.payerName} took back its decision (adjudication ${adjudicationId})`)
  const writtenOff = giveBackWriteOffs(draft, original, negated)
  const recalled = recallPlaced(draft, negated)
  for (const effect of negated) draft.move.takeBack(effect)
  draft.emit({
    type: 'AdjudicationReversed',
    visitId: draft.visitId,
    adjudicationId,
    coverageId,
    source: { remittanceId: draft.remittanceId, claim: claim.number },
    pending,
    residual: [...writtenOff, ...recalled, ...belowZero(draft, negated)],
    effects: negated,
    contra: netContra(undoing.flatMap(({ contra }) => contra)),
  })
  endWaiting(draft, (event) => event.adjudicationId === adjudicationId, 'the payer reversed the adjudication')
}

/** Clarification 4: the reversal must negate what was posted. Amounts are compared by CARC; groups are not. */
const holdIfOther = (draft: Draft, claim: AdviceClaim, { event }: Adjudication): void => {
  const requiredAction = 'compare both advices; correct the books or reject the claim'
  const paid = claim.paid ?? 0
  const off = toCents(paid + event.paidTotal)
  if (off !== 0) {
    const reason = `the reversal takes back ${formatCents(-paid)}, the original paid ${formatCents(event.paidTotal)}`
    draft.hold({ rule: 'R', reason, requiredAction, amount: off })
  }
  const reported = amountsByReason([...claim.adjustments, ...claim.lines.flatMap((line) => line.adjustments)], -1)
  const posted = amountsByReason(
    event.lines.flatMap((line) => line.adjustments),
    1,
  )
  if (reported !== posted) {
    const both = `${reported || 'none'}; original ${posted || 'none'}`
    const reason = `the reversal's adjustments are not those of the original (${both})`
    draft.hold({ rule: 'R', reason, requiredAction })
  }
}

/** The negation of one posting. What the payer had paid goes to the clearing of the remittance that takes it back. */
const negationOf = ({ remittanceId }: UnitSoFar, { effects, contra }: AdjudicationPosting): Posting => ({
  effects: effects.map((effect) => ({ ...effect, amount: negateCents(effect.amount) })),
  contra: contra.map(({ account, amount }) => ({
    account: account.startsWith('payerClearing:') ? clearingOf(remittanceId) : account,
    amount: negateCents(amount),
  })),
})

/** A takeback that a person had pushed for this claim is undone first: the payer shows it now itself (errata 1). */
const undoTakebacks = (draft: Draft, original: Adjudication): void => {
  for (const takeback of draft.state.claims.takebacks.by('visit', draft.visitId)) {
    if (takeback.undone || !isOf(original, takeback)) continue
    const { event } = takeback
    draft.emit({
      type: 'PayerTakebackUndone',
      visitId: event.visitId,
      takebackId: event.takebackId,
      coverageId: event.coverageId,
      reason: 'the payer reversed the claim itself',
      ...together(
        event.effects.map(({ layerId, stage, amount }) => draft.move.restore(layerId, stage, negateCents(amount))),
      ),
      contra: event.contra.map(({ account, amount }) => ({ account, amount: negateCents(amount) })),
    })
  }
}

/** PLB03-2 names the claim by the payer's number or by ours. */
const isOf = ({ event: { claimKey, coverageId } }: Adjudication, { event }: Takeback): boolean =>
  event.coverageId === coverageId &&
  [claimKey.payerControlNumber, claimKey.patientControlNumber].includes(event.recoupment.payerControlNumber)
