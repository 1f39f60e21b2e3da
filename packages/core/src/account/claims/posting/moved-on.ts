import { type Cents, formatCents, sumOf } from '../../../kernel/cents.ts'
import { coverageParty, type Effect, netContra, PATIENT, type Party, sameParty } from '../../../kernel/effects.ts'
import type { LayerId, LineId } from '../../../kernel/ids.ts'
import type { CreditMoved } from '../../credits/events.ts'
import { standingMoves } from '../../credits/move-back.ts'
import type { Adjustment } from '../../ledger/adjustments-state.ts'
import { turnedOver } from '../../ledger/line-moves-state.ts'
import { type Moved, together } from '../../ledger/working.ts'
import type { LineReading } from '../advice/reading.ts'
import type { Adjudication } from '../state.ts'
import type { AdjudicationReversed } from '../takeback-events.ts'
import type { Draft } from '../unit/draft.ts'
import { partyOf, type RemittedClaim } from '../unit/remitted-claim.ts'
import type { UnitSoFar } from '../unit/so-far.ts'

// Rule R 2 to 4: what had moved on from an adjudication by the time the payer reversed it.

export type Residual = AdjudicationReversed['residual'][number]

const layerOf = (unit: UnitSoFar, { lineId, party, layerId }: Effect) =>
  unit.layers(lineId, party).find((layer) => layer.layerId === layerId)

/** A part of something that rested on what is taken back: how much, and how its layer gets it again. */
interface GivenBack {
  readonly lineId: LineId
  readonly layerId: Effect['layerId']
  readonly amount: Cents
  readonly moves: readonly Moved[]
}

const residualOf = (given: readonly GivenBack[], cause: Residual['cause']): readonly Residual[] =>
  given.map(({ lineId, amount }) => ({ lineId, amount, cause }))

// ── 3: written off ───────────────────────────────────────────────────────────────────────────────────────────────

/**
 * A write-off that stands on what is being taken back is given back first, up to the amount; so is one of what the
 * payer had left unpaid (a denial, a protected share): the payer decides about that amount again.
 */
export const giveBackWriteOffs = (
  draft: Draft,
  original: Adjudication,
  negated: readonly Effect[],
): readonly Residual[] => {
  const touched = new Set([...original.event.lines, ...negated].map(({ lineId }) => lineId))
  return draft.state.ledger.adjustments.by('line', ...touched).flatMap((adjustment) => {
    const given = adjustment.parts.flatMap((part): readonly GivenBack[] => {
      const amount = restedOn(draft, original, negated, adjustment, part)
      if (amount <= 0) return []
      const { lineId, layerId } = part
      return [{ lineId, layerId, amount: amount as Cents, moves: [draft.move.restore(layerId, 'active', amount)] }]
    })
    if (given.length > 0) reverseWriteOff(draft, adjustment, given)
    return residualOf(given, 'writtenOff')
  })
}

/** What of one write-off rested on the adjudication: all of it at the coverage, at the patient what is taken back. */
const restedOn = (
  unit: UnitSoFar,
  original: Adjudication,
  negated: readonly Effect[],
  { party }: Adjustment,
  part: Adjustment['parts'][number],
): number => {
  const inForce = part.amount - part.reversed
  if (sameParty(party, coverageParty(original.event.coverageId))) {
    return original.event.lines.some((line) => line.lineId === part.lineId) ? inForce : 0
  }
  const taken = negated.find((effect) => effect.layerId === part.layerId && effect.amount < 0)
  const layer = taken && unit.layers(part.lineId, party).find((each) => each.layerId === part.layerId)
  return taken && layer ? Math.min(-taken.amount - Math.max(0, layer.active), inForce) : 0
}

const reverseWriteOff = (draft: Draft, adjustment: Adjustment, given: readonly GivenBack[]): void => {
  const { category } = adjustment
  draft.emit(
    {
      type: 'AdjustmentReversed',
      visitId: adjustment.visitId,
      adjustmentId: adjustment.adjustmentId,
      lines: given.map(({ lineId, amount }) => ({ lineId, amount })),
      mode: 'economic',
      reason: 'the payer reversed the adjudication that this write-off rested on (rule R)',
      ...together(given.flatMap(({ moves }) => moves)),
      contra: netContra([{ account: `writeOff:${category}`, amount: -sumOf(given, ({ amount }) => amount) }]),
    },
    adjustment.effectiveDate,
  )
  draft.raise({
    code: 'writeOffReversedByPayer',
    message: `a write-off (${category}) was given back because the payer reversed: decide it again`,
  })
}

// ── 4: placed ────────────────────────────────────────────────────────────────────────────────────────────────────

/** An amount that is placed comes back to active before it is taken. */
export const recallPlaced = (draft: Draft, negated: readonly Effect[]): readonly Residual[] => {
  const wanted = negated.flatMap(({ lineId, layerId, amount }) =>
    amount < 0 ? [{ lineId, layerId, amount: -amount }] : [],
  )
  return draft.recall(wanted, 'reversal').map(({ lineId, amount }) => ({ lineId, amount, cause: 'placed' }))
}

// ── the payer's own money, used for another item ─────────────────────────────────────────────────────────────────

/** What was overpaid and has been used for another item comes back first: the payer takes all that it paid. */
export const bringCreditsBack = (draft: Draft, { event: { adjudicationId, lines } }: Adjudication): void => {
  const ofIt = ({ of }: CreditMoved) => 'adjudicationId' in of && of.adjudicationId === adjudicationId
  const touched = lines.map(({ lineId }) => lineId)
  for (const move of standingMoves(draft.state, touched, ofIt)) {
    draft.bringBack(move, 'the payer reversed the adjudication that had paid it (rule R)')
  }
}

/**
 * A payer's credit that was used for a line before the payer decided on it: the decision explains the whole of the charge, so that the
 * credit stands where it was again, and is the payer's. What came of it, in words.
 */
export const bringUsedCreditsBack = (
  draft: Draft,
  { coverage }: RemittedClaim,
  lines: readonly LineReading[],
): readonly string[] => {
  const party = partyOf(coverage)
  return lines.flatMap(({ lineId }) => {
    const isHere = (place: CreditMoved['to']) => place.lineId === lineId && sameParty(place.party, party)
    const ofPayer = ({ of, from, to }: CreditMoved) => !('paymentId' in of) && (isHere(from) || isHere(to))
    const used = standingMoves(draft.state, [lineId], ofPayer).filter(({ event }) => isHere(event.to))
    for (const move of used) draft.bringBack(move, 'the payer has decided on what its credit was used for')
    const amount = sumOf(used, (move) => move.amount)
    return amount > 0
      ? [`${formatCents(amount)} of its credit that was used for line ${lineId} stand where they were`]
      : []
  })
}

// ── what turned out to be another payer's ────────────────────────────────────────────────────────────────────────

/** What this unit has brought home to a layer from a payer already, cents. */
const broughtHome = ({ events }: UnitSoFar, payer: Party, layer: LayerId): number =>
  sumOf(
    events.flatMap((event) =>
      event.type === 'ResponsibilityTransferred' && event.adjudicationId === undefined && sameParty(event.from, payer)
        ? event.effects.filter(({ layerId }) => layerId === layer)
        : [],
    ),
    ({ amount }) => amount,
  )

/**
 * A share that had gone to the patient, and on to a payer that turned up later, comes home before it is taken back: else
 * the patient had a credit, and that payer the debt. That payer may be left below zero, as had it got the share at once.
 */
export const bringHome = (draft: Draft, negated: readonly Effect[], because: string): void => {
  for (const { lineId, layerId, amount: negation } of negated.filter(({ party }) => party === PATIENT)) {
    for (const part of turnedOver(draft.state.ledger.moves, lineId)) {
      if (part.layerId !== layerId) continue
      const from = coverageParty(part.to)
      const amount = Math.min(-negation, part.amount - broughtHome(draft, from, layerId))
      if (amount <= 0) continue
      const taken = draft.move.overdraw(lineId, from, amount)
      draft.emit({
        type: 'ResponsibilityTransferred',
        visitId: draft.visitId,
        from,
        to: PATIENT,
        lines: [{ lineId, amount: amount as Cents }],
        reason: { kind: 'cobChanged' },
        mode: 'economic',
        note: because,
        ...together([taken, draft.move.restore(layerId, 'active', amount)]),
        contra: [],
      })
    }
  }
}

// ── 2: paid, or gone on ──────────────────────────────────────────────────────────────────────────────────────────

/** What a layer can not give back, because it was paid or has gone on: it stays there below zero. */
export const belowZero = (unit: UnitSoFar, negated: readonly Effect[]): readonly Residual[] =>
  negated.flatMap((effect): readonly Residual[] => {
    if (effect.amount >= 0) return []
    const amount = Math.min(-effect.amount, -Math.min(0, layerOf(unit, effect)?.active ?? 0))
    if (amount <= 0) return []
    const cause = effect.party === PATIENT ? 'paidByPatient' : 'movedToNext'
    return [{ lineId: effect.lineId, amount: amount as Cents, cause }]
  })
