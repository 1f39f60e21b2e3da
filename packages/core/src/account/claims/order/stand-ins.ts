import { type Cents, formatCents } from '../../../kernel/cents.ts'
import { coverageParty, type Effect, netContra } from '../../../kernel/effects.ts'
import type { LineId } from '../../../kernel/ids.ts'
import { mergeEffects } from '../../ledger/taken.ts'
import type { LineReading } from '../advice/reading.ts'
import { type Adjudication, adjudicationsOf } from '../state.ts'
import type { Draft } from '../unit/draft.ts'
import { partyOf, type RemittedClaim } from '../unit/remitted-claim.ts'
import type { UnitSoFar } from '../unit/so-far.ts'
import { moveBetweenPayers } from './between-payers.ts'

// Clarification 6: a payer that comes after its stand-in, the `PriorPayerSettled` that a later payer's advice had posted.

/** Where stand-ins for a payer were undone: by line, the later payer's adjudication that had posted them. */
export interface StandInsUndone {
  readonly lines: ReadonlyMap<LineId, Adjudication>
  readonly findings: readonly string[]
}

/** Adjudications of the visit, by payers after this one, whose stand-ins for earlier payers are in force. */
const standInsBefore = (unit: UnitSoFar, { coverage }: RemittedClaim): readonly Adjudication[] =>
  adjudicationsOf(unit.state.claims, unit.visitId).filter(({ event, standsIn }) => {
    const later = unit.coverages.get(event.coverageId)
    return standsIn && later !== undefined && later.order > coverage.order
  })

/**
 * Undoes the stand-ins on these lines and brings what is open by it at the later payer back to this one, so that this
 * adjudication is posted on its own amounts. Says where: a transfer of those lines is limited to what is then left.
 */
export const undoStandIns = (
  draft: Draft,
  remitted: RemittedClaim,
  claimed: readonly LineReading[],
): StandInsUndone => {
  const lines = new Map<LineId, Adjudication>()
  const findings: string[] = []
  for (const standIn of standInsBefore(draft, remitted)) {
    const of = new Set(standIn.event.lines.map(({ lineId }) => lineId))
    const touched = claimed.map(({ lineId }) => lineId).filter((lineId) => of.has(lineId))
    if (touched.length === 0) continue
    undo(draft, remitted, standIn, touched)
    for (const lineId of touched) lines.set(lineId, standIn)
    const { adjudicationId } = standIn.event
    const amount = formatCents(amountOf(standIn))
    findings.push(`the stand-in of adjudication ${adjudicationId} for this payer was undone (${amount})`)
  }
  return { lines, findings }
}

/** What the stand-in had taken off a line is this payer's to explain; what the later one left open stays with it. */
const undo = (draft: Draft, remitted: RemittedClaim, standIn: Adjudication, touched: readonly LineId[]): void => {
  const from = coverageParty(standIn.event.coverageId)
  const to = partyOf(remitted.coverage)
  const before = new Map(touched.map((lineId) => [lineId, draft.owed(lineId, from)]))
  takeOut(draft, standIn)
  for (const lineId of touched) {
    const amount = draft.owed(lineId, from) - (before.get(lineId) ?? 0)
    moveBetweenPayers(draft, remitted, { lineId, from, to, amount, arrives: 'together' })
  }
}

const effectsOf = (standIn: Adjudication): readonly Effect[] =>
  standIn.postings.filter(({ type }) => type === 'PriorPayerSettled').flatMap(({ effects }) => effects)

/** What a stand-in took off in all, cents. */
const amountOf = (standIn: Adjudication): number => -effectsOf(standIn).reduce((sum, effect) => sum + effect.amount, 0)

/** The whole of a stand-in goes, on every line and layer that it stood on, age and all. */
const takeOut = (draft: Draft, standIn: Adjudication): void => {
  const effects = mergeEffects(
    effectsOf(standIn).flatMap(({ layerId, stage, amount }) => draft.move.restore(layerId, stage, -amount).effects),
  )
  const byLine = new Map<LineId, number>()
  for (const { lineId, amount } of effects) byLine.set(lineId, (byLine.get(lineId) ?? 0) + amount)
  draft.emit({
    type: 'PriorPayerSettlementUndone',
    visitId: draft.visitId,
    adjudicationId: standIn.event.adjudicationId,
    coverageId: standIn.event.coverageId,
    lines: [...byLine]
      .filter(([, amount]) => amount !== 0)
      .map(([lineId, amount]) => ({ lineId, amount: amount as Cents })),
    effects,
    contra: netContra([{ account: 'priorPayerUnverified', amount: -amountOf(standIn) }]),
  })
}
