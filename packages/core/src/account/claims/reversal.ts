import { type Cents, toCents } from '../../kernel/cents.ts'
import { type Contra, type Effect, netContra, PATIENT, sameParty } from '../../kernel/effects.ts'
import type { LineId } from '../../kernel/ids.ts'
import type { AdviceClaim } from '../../remittance/advice.ts'
import { clearingOf } from '../../remittance/identity.ts'
import { type Moved, mergeEffects, together } from '../ledger/working.ts'
import { claimKeyOf } from './adjudicate.ts'
import type { AdjudicationReversed } from './events.ts'
import type { Adjudication } from './state.ts'
import { dollars, emit, hold, type Unit } from './unit.ts'

/** The adjudication that a CLP 22 reverses: same payer, CLP01 and patient, then CLP07 or REF F8, then the only one. */
export const originalOf = (unit: Unit, claim: AdviceClaim): Adjudication | undefined => {
  const key = claimKeyOf(unit, claim)
  const candidates = [...unit.state.claims.adjudications.values()].filter(
    ({ event, reversed }) =>
      !reversed &&
      event.visitId === unit.visitId &&
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

/** Amounts by reason code, group letters and zero amounts ignored (clarification 4). */
const byCode = (adjustments: readonly { readonly carc: string; readonly amount: Cents }[], sign: 1 | -1): string => {
  const totals = new Map<string, number>()
  for (const { carc, amount } of adjustments) totals.set(carc, (totals.get(carc) ?? 0) + sign * amount)
  return [...totals]
    .filter(([, amount]) => amount !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([carc, amount]) => `${carc}:${amount}`)
    .join(' ')
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
  const reported = byCode([...claim.adjustments, ...claim.lines.flatMap((line) => line.adjustments)], -1)
  const posted = byCode(
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

type Residual = AdjudicationReversed['residual'][number]

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

/** Rule R 3: a write-off that stands on what is being taken back is given back first, up to the amount. */
const giveBackWriteOffs = (unit: Unit, effects: readonly Effect[]): readonly Residual[] => {
  const residual: Residual[] = []
  for (const adjustment of unit.state.ledger.adjustments.values()) {
    const moves: Moved[] = []
    const lines: { lineId: LineId; amount: Cents }[] = []
    for (const part of adjustment.parts) {
      const negated = effects.find((effect) => effect.layerId === part.layerId && effect.amount < 0)
      const layer = negated && unit.working.layers(part.lineId, negated.party).find((l) => l.layerId === part.layerId)
      if (!negated || !layer || !sameParty(layer.party, adjustment.party)) continue
      const short = -negated.amount - Math.max(0, layer.active)
      const amount = Math.min(short, part.amount - part.reversed)
      if (amount <= 0) continue
      moves.push(unit.working.restore(layer.layerId, 'active', amount))
      lines.push({ lineId: part.lineId, amount: amount as Cents })
      residual.push({ lineId: part.lineId, amount: amount as Cents, cause: 'writtenOff' })
    }
    if (lines.length === 0) continue
    emit(unit, {
      type: 'AdjustmentReversed',
      effectiveDate: unit.on,
      visitId: adjustment.visitId,
      adjustmentId: adjustment.adjustmentId,
      lines,
      mode: 'economic',
      reason: 'the payer reversed the adjudication that this write-off rested on (rule R)',
      ...together(moves),
      contra: netContra([
        { account: `writeOff:${adjustment.category}`, amount: -lines.reduce((sum, line) => sum + line.amount, 0) },
      ]),
    })
    emit(unit, {
      type: 'ClaimWorkItemRaised',
      effectiveDate: unit.on,
      visitId: unit.visitId,
      code: 'writeOffReversedByPayer',
      message: `a write-off (${adjustment.category}) was given back because the payer reversed: decide it again`,
    })
  }
  return residual
}

/** Rule R 4: an amount that is placed comes back to active before it is taken. */
const recallPlaced = (unit: Unit, effects: readonly Effect[]): readonly Residual[] => {
  const residual: Residual[] = []
  for (const placement of unit.state.placement.placements.values()) {
    const moves: Moved[] = []
    const items: { lineId: LineId; layerId: Effect['layerId']; amount: Cents }[] = []
    for (const effect of effects) {
      if (effect.amount >= 0 || !placement.items.some((item) => item.layerId === effect.layerId)) continue
      const layer = unit.working.layers(effect.lineId, effect.party).find((l) => l.layerId === effect.layerId)
      const amount = Math.min(-effect.amount, layer?.placed ?? 0)
      if (amount <= 0) continue
      moves.push(
        unit.working.restore(effect.layerId, 'placed', -amount),
        unit.working.restore(effect.layerId, 'active', amount),
      )
      items.push({ lineId: effect.lineId, layerId: effect.layerId, amount: amount as Cents })
      residual.push({ lineId: effect.lineId, amount: amount as Cents, cause: 'placed' })
    }
    if (items.length === 0) continue
    emit(unit, {
      type: 'AccountRecalled',
      effectiveDate: unit.on,
      placementId: placement.placementId,
      items,
      reason: 'reversal',
      ...together(moves),
      contra: [],
    })
  }
  return residual
}

/** Denials and holdings of the adjudication are of the past. */
const closeFollowers = (unit: Unit, original: Adjudication): void => {
  const id = original.event.adjudicationId
  for (const { event, resolved } of unit.state.claims.denials.values()) {
    if (event.adjudicationId !== id || resolved) continue
    emit(unit, {
      type: 'DenialResolved',
      effectiveDate: unit.on,
      visitId: event.visitId,
      denialId: event.denialId,
      outcome: { kind: 'superseded' },
      reason: 'the payer reversed the adjudication',
    })
  }
  for (const { event, open } of unit.state.ledger.holdings.values()) {
    if (event.adjudicationId !== id || !open) continue
    emit(unit, {
      type: 'ResponsibilityReleased',
      effectiveDate: unit.on,
      visitId: event.visitId,
      holdingId: event.holdingId,
      outcome: 'reversed',
      reason: 'the payer reversed the adjudication',
    })
  }
}

/** A takeback that a person had pushed for this claim is undone first: the payer shows it now itself (errata 1). */
const undoTakebacks = (unit: Unit, original: Adjudication): void => {
  for (const { event, undone } of unit.state.claims.takebacks.values()) {
    if (undone || event.visitId !== unit.visitId || event.coverageId !== original.event.coverageId) continue
    if (event.recoupment.payerControlNumber !== original.event.claimKey.payerControlNumber) continue
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

/**
 * Rule R: negates every effect of the original, to the cent and to the layer. What had moved on is dealt with first;
 * what the patient had paid stays as a negative patient item, provisional while `pending`.
 */
export const reverse = (unit: Unit, claim: AdviceClaim, original: Adjudication, pending: boolean): void => {
  compare(unit, claim, original)
  if (unit.hits.length > 0) return
  const posted = original.postings
  const negated = mergeEffects(
    posted.flatMap((posting) =>
      posting.effects.map((effect) => ({ ...effect, amount: toCents(-effect.amount) as Cents })),
    ),
  )
  undoTakebacks(unit, original)
  const written = giveBackWriteOffs(unit, negated)
  const recalled = recallPlaced(unit, negated)
  for (const effect of negated) {
    const before = unit.working.layers(effect.lineId, effect.party).find((layer) => layer.layerId === effect.layerId)
    unit.working.restore(effect.layerId, effect.stage, effect.amount)
    const positive = Math.min(Math.max(0, before?.active ?? 0), -effect.amount)
    if (effect.amount < 0 && positive > 0) {
      unit.takenBack.set(effect.layerId, (unit.takenBack.get(effect.layerId) ?? 0) + positive)
    }
  }
  const clearing = clearingOf(unit.remittanceId)
  const contra: Contra[] = netContra(
    posted
      .flatMap((posting) => posting.contra)
      .map(({ account, amount }) => ({
        account: account.startsWith('payerClearing:') ? clearing : account,
        amount: -amount,
      })),
  )
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
    contra,
  })
  closeFollowers(unit, original)
}
