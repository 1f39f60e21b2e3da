import type { AdviceClaim } from '../../../documents/advice.ts'
import { amountsByReason } from '../../../documents/balancing.ts'
import { clearingOf } from '../../../documents/identity.ts'
import { type Cents, negateCents, toCents } from '../../../kernel/cents.ts'
import { type Contra, type Effect, netContra, PATIENT } from '../../../kernel/effects.ts'
import { mergeEffects, together } from '../../ledger/working.ts'
import { dollars, emit, hold, type Unit } from '../advice/unit.ts'
import { closeFollowers } from '../order/followers.ts'
import { type Adjudication, type AdjudicationPosting, adjudicationsOf } from '../state.ts'
import { claimKeyOf } from './adjudicate.ts'
import { giveBackWriteOffs, type Residual, recallPlaced } from './moved-on.ts'

/** The adjudication that a CLP 22 reverses: same payer, CLP01 and patient, then CLP07 or REF F8, then the only one. */
export const originalOf = (unit: Unit, claim: AdviceClaim): Adjudication | undefined => {
  const key = claimKeyOf(unit, claim)
  const candidates = adjudicationsOf(unit.state.claims, unit.visitId).filter(
    ({ event, reversed }) =>
      !reversed &&
      event.claimKey.payerId === key.payerId &&
      event.claimKey.patientControlNumber === key.patientControlNumber &&
      event.claimKey.patientKey === key.patientKey,
  )
  const byNumber = candidates.filter(
    ({ event }) =>
      event.claimKey.payerControlNumber === key.payerControlNumber ||
      (claim.originalReference !== undefined && event.claimKey.payerControlNumber === claim.originalReference),
  )
  if (byNumber.length > 0) return byNumber.at(-1)
  return candidates.length === 1 ? candidates[0] : undefined
}

/** Holds the unit where the reversal is not the negation of what was posted. */
const compare = (unit: Unit, claim: AdviceClaim, original: Adjudication): void => {
  const { event } = original
  const off = toCents((claim.paid ?? 0) + event.paidTotal)
  if (off !== 0) {
    hold(
      unit,
      'R',
      `the reversal takes back ${dollars(-(claim.paid ?? 0))}, the original paid ${dollars(event.paidTotal)}`,
      'compare both advices; correct the books or reject the claim',
      off,
    )
  }
  const reported = amountsByReason([...claim.adjustments, ...claim.lines.flatMap((line) => line.adjustments)], -1)
  const posted = amountsByReason(
    event.lines.flatMap((line) => line.adjustments),
    1,
  )
  if (reported !== posted) {
    hold(
      unit,
      'R',
      `the reversal's adjustments are not those of the original (${reported || 'none'}; original ${posted || 'none'})`,
      'compare both advices; correct the books or reject the claim',
    )
  }
}

/** What had moved on from the patient layer by the time the payer reversed (rule R 2–4). */
const residualOf = (unit: Unit, effects: readonly Effect[]): readonly Residual[] => {
  const residual: Residual[] = []
  for (const effect of effects) {
    if (effect.amount >= 0) continue
    const layer = unit.working
      .layers(effect.lineId, effect.party)
      .find((candidate) => candidate.layerId === effect.layerId)
    const below = Math.min(0, layer?.active ?? 0)
    const amount = Math.min(-effect.amount, -below)
    if (amount <= 0) continue
    const cause = effect.party === PATIENT ? 'paidByPatient' : 'movedToNext'
    residual.push({ lineId: effect.lineId, amount: amount as Cents, cause })
  }
  return residual
}

/** A takeback that a person had pushed for this claim is undone first: the payer shows it now itself (errata 1). */
const undoTakebacks = (unit: Unit, original: Adjudication): void => {
  for (const { event, undone } of unit.state.claims.takebacks.by('visit', unit.visitId)) {
    if (undone || event.coverageId !== original.event.coverageId) continue
    // PLB03-2 names the claim by the payer's number or by ours.
    const { payerControlNumber, patientControlNumber } = original.event.claimKey
    if (![payerControlNumber, patientControlNumber].includes(event.recoupment.payerControlNumber)) continue
    emit(unit, {
      type: 'PayerTakebackUndone',
      effectiveDate: unit.on,
      visitId: event.visitId,
      takebackId: event.takebackId,
      coverageId: event.coverageId,
      reason: 'the payer reversed the claim itself',
      ...together(event.effects.map((effect) => unit.working.restore(effect.layerId, effect.stage, -effect.amount))),
      contra: event.contra.map(({ account, amount }) => ({ account, amount: toCents(-amount) as Cents })),
    })
  }
}

/** The negation of one posting. What the payer had paid goes to the clearing of the remittance that takes it back. */
const undoingOf = (
  unit: Unit,
  { effects, contra }: AdjudicationPosting,
): { readonly effects: readonly Effect[]; readonly contra: readonly Contra[] } => ({
  effects: effects.map((effect) => ({ ...effect, amount: negateCents(effect.amount) })),
  contra: contra.map(({ account, amount }) => ({
    account: account.startsWith('payerClearing:') ? clearingOf(unit.remittanceId) : account,
    amount: negateCents(amount),
  })),
})

/**
 * Rule R: negates every effect of the original, to the cent and to the layer. What had moved on is dealt with first;
 * what the patient had paid stays as a negative patient item, provisional while `pending`.
 */
export const reverse = (unit: Unit, claim: AdviceClaim, original: Adjudication, pending: boolean): void => {
  compare(unit, claim, original)
  if (unit.hits.length > 0) return
  const undoing = original.postings.map((posting) => undoingOf(unit, posting))
  const negated = mergeEffects(undoing.flatMap(({ effects }) => effects))
  undoTakebacks(unit, original)
  const written = giveBackWriteOffs(unit, original, negated)
  const recalled = recallPlaced(unit, negated)
  for (const effect of negated) {
    const before = unit.working.layers(effect.lineId, effect.party).find((layer) => layer.layerId === effect.layerId)
    unit.working.restore(effect.layerId, effect.stage, effect.amount)
    const positive = Math.min(Math.max(0, before?.active ?? 0), -effect.amount)
    if (effect.amount < 0 && positive > 0) {
      unit.takenBack.set(effect.layerId, (unit.takenBack.get(effect.layerId) ?? 0) + positive)
    }
  }
  emit(unit, {
    type: 'AdjudicationReversed',
    effectiveDate: unit.on,
    visitId: unit.visitId,
    adjudicationId: original.event.adjudicationId,
    coverageId: original.event.coverageId,
    source: { remittanceId: unit.remittanceId, claim: claim.number },
    pending,
    residual: [...written, ...recalled, ...residualOf(unit, negated)],
    effects: negated,
    contra: netContra(undoing.flatMap(({ contra }) => contra)),
  })
  const { adjudicationId } = original.event
  closeFollowers(unit, (event) => event.adjudicationId === adjudicationId, 'the payer reversed the adjudication')
}
