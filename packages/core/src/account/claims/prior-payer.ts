import { type Cents, sumOf } from '../../kernel/cents.ts'
import { type Effect, netContra, PATIENT } from '../../kernel/effects.ts'
import type { LineId } from '../../kernel/ids.ts'
import type { Coverage } from '../coverage/state.ts'
import { mergeEffects } from '../ledger/working.ts'
import { moveBetweenPayers } from './between-payers.ts'
import type { LinePlan } from './lines.ts'
import { type Adjudication, standing } from './state.ts'
import { dollars, emit, type Posting, partyOf, type Unit } from './unit.ts'

/**
 * Clarification 6: a payer that comes after its stand-in. Undoes the `PriorPayerSettled` that a later payer's advice
 * had posted on these lines and brings what is open at that later payer back to this one, so that this adjudication is
 * posted on its own amounts. Says on which lines it did so, and whose stand-in stood there: their transfer is limited to
 * what is then left.
 */
export const undoStandIns = (
  unit: Unit,
  posting: Posting,
  plans: readonly LinePlan[],
): { readonly lines: ReadonlyMap<LineId, Adjudication>; readonly findings: readonly string[] } => {
  const lines = new Map<LineId, Adjudication>()
  const findings: string[] = []
  for (const id of unit.state.claims.priorSettled) {
    const standIn = unit.state.claims.adjudications.get(id)
    const later = standIn && unit.coverages.get(standIn.event.coverageId)
    if (!standIn || !later || standIn.event.visitId !== unit.visitId || later.order <= posting.coverage.order) continue
    const touched = plans.filter((plan) => standIn.event.lines.some((line) => line.lineId === plan.lineId))
    if (touched.length === 0) continue
    undo(unit, standIn)
    for (const plan of touched) {
      lines.set(plan.lineId, standIn)
      bringBack(unit, posting, plan.lineId, standIn)
    }
    findings.push(`the stand-in of adjudication ${id} for this payer was undone (${dollars(amountOf(standIn))})`)
  }
  return { lines, findings }
}

/** What one adjudication explained of a line at its own payer by itself: paid, reduced, moved on. Stand-ins are not its. */
const explainedBy = ({ event, postings }: Adjudication, line: LineId): number =>
  -sumOf(
    postings
      .filter(({ type }) => type !== 'PriorPayerSettled' && type !== 'PriorPayerSettlementUndone')
      .flatMap(({ effects }) => effects)
      .filter(({ lineId, party }) => lineId === line && party !== PATIENT && party.coverageId === event.coverageId),
    ({ amount }) => amount,
  )

/** A line of which later payers have explained their part already, before this payer spoke. */
export interface ExplainedAhead {
  /** The first of them in the order of benefits. */
  readonly by: Adjudication
  /** What they paid, reduced and moved on: this payer's word covers it too. Cents. */
  readonly amount: Cents
}

/**
 * Lines on which a later payer spoke before this one, and whose stand-in for both is undone already, by the payer that
 * came first: this payer's own part is smaller in the books than in its advice, by what the later ones explained.
 */
export const explainedAhead = (
  unit: Unit,
  posting: Posting,
  plans: readonly LinePlan[],
): ReadonlyMap<LineId, ExplainedAhead> => {
  const placeOf = ({ event }: Adjudication) => unit.coverages.get(event.coverageId)?.order ?? 0
  const later = standing(unit.state.claims, unit.visitId)
    .filter((adjudication) => placeOf(adjudication) > posting.coverage.order)
    .filter(({ postings }) => postings.some(({ type }) => type === 'PriorPayerSettlementUndone'))
    .toSorted((a, b) => placeOf(a) - placeOf(b))
  return new Map(
    plans.flatMap(({ lineId }): [LineId, ExplainedAhead][] => {
      const spoke = later.filter(({ event }) => event.lines.some((line) => line.lineId === lineId))
      const [by] = spoke
      return by ? [[lineId, { by, amount: sumOf(spoke, (each) => explainedBy(each, lineId)) }]] : []
    }),
  )
}

const settlements = (standIn: Adjudication) => standIn.postings.filter((posted) => posted.type === 'PriorPayerSettled')
const amountOf = (standIn: Adjudication): number =>
  -settlements(standIn)
    .flatMap((posted) => posted.effects)
    .reduce((sum, effect) => sum + effect.amount, 0)

const undo = (unit: Unit, standIn: Adjudication): void => {
  const effects: Effect[] = mergeEffects(
    settlements(standIn)
      .flatMap((posted) => posted.effects)
      .flatMap((effect) => unit.working.restore(effect.layerId, effect.stage, -effect.amount).effects),
  )
  const byLine = new Map<LineId, number>()
  for (const effect of effects) byLine.set(effect.lineId, (byLine.get(effect.lineId) ?? 0) + effect.amount)
  emit(unit, {
    type: 'PriorPayerSettlementUndone',
    effectiveDate: unit.on,
    visitId: unit.visitId,
    adjudicationId: standIn.event.adjudicationId,
    coverageId: standIn.event.coverageId,
    lines: [...byLine]
      .filter(([, amount]) => amount !== 0)
      .map(([lineId, amount]) => ({ lineId, amount: amount as Cents })),
    effects,
    contra: netContra([{ account: 'priorPayerUnverified', amount: -amountOf(standIn) }]),
  })
}

/** The later payer's open amount on the line, which the stand-in had left there, is this payer's to explain first. */
const bringBack = (unit: Unit, posting: Posting, lineId: LineId, standIn: Adjudication): void => {
  const from = { coverageId: standIn.event.coverageId }
  const amount = unit.working.owed(lineId, from)
  moveBetweenPayers(unit, posting, { lineId, from, to: partyOf(posting.coverage), amount, arrives: 'together' })
}

/**
 * A later payer that is heard before the first: the charge still stands at an earlier coverage that has adjudicated
 * nothing. What is open there moves to this payer, whose advice explains it, the earlier payer's part as a stand-in.
 */
export const bringForward = (unit: Unit, posting: Posting, plans: readonly LinePlan[]): void => {
  const to = partyOf(posting.coverage)
  for (const { lineId } of plans) {
    if (unit.working.owed(lineId, to) > 0) continue
    for (const earlier of unheardBefore(unit, posting, lineId)) {
      const from = partyOf(earlier)
      const amount = unit.working.owed(lineId, from)
      moveBetweenPayers(unit, posting, { lineId, from, to, amount, arrives: 'apart' })
    }
  }
}

/** Coverages before this one in the order of benefits with money on the line and no adjudication that stands. */
const unheardBefore = (unit: Unit, posting: Posting, lineId: LineId): readonly Coverage[] =>
  [...unit.coverages.values()].filter(
    (coverage) =>
      coverage.patientId === posting.coverage.patientId &&
      coverage.order < posting.coverage.order &&
      unit.working.owed(lineId, partyOf(coverage)) > 0 &&
      ![...unit.state.claims.adjudications.values()].some(
        ({ event, reversed }) =>
          !reversed &&
          !event.predetermination &&
          event.visitId === unit.visitId &&
          event.coverageId === coverage.coverageId &&
          event.lines.some((line) => line.lineId === lineId),
      ),
  )
