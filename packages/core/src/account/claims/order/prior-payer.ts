import type { Cents } from '../../../kernel/cents.ts'
import { coverageParty, type Effect, netContra } from '../../../kernel/effects.ts'
import type { LineId } from '../../../kernel/ids.ts'
import type { Coverage } from '../../coverage/state.ts'
import { mergeEffects } from '../../ledger/working.ts'
import { type LinePlan, totalOf } from '../advice/lines.ts'
import { dollars, emit, type Posting, partyOf, type Unit } from '../advice/unit.ts'
import { type Adjudication, adjudicationsOf, standing } from '../state.ts'
import { moveBetweenPayers } from './between-payers.ts'
import type { ExplainedAhead } from './explained-ahead.ts'
import { isEarlierOnFile } from './rule-n.ts'

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
  for (const standIn of adjudicationsOf(unit.state.claims, unit.visitId)) {
    const later = unit.coverages.get(standIn.event.coverageId)
    if (!standIn.standsIn || !later || later.order <= posting.coverage.order) continue
    const touched = plans.filter((plan) => standIn.event.lines.some((line) => line.lineId === plan.lineId))
    if (touched.length === 0) continue
    const before = new Map(touched.map(({ lineId }) => [lineId, owedTo(unit, standIn, lineId)]))
    undo(unit, standIn)
    for (const { lineId } of touched) {
      lines.set(lineId, standIn)
      bringBack(unit, posting, lineId, standIn, owedTo(unit, standIn, lineId) - (before.get(lineId) ?? 0))
    }
    findings.push(
      `the stand-in of adjudication ${standIn.event.adjudicationId} for this payer was undone (${dollars(amountOf(standIn))})`,
    )
  }
  return { lines, findings }
}

const owedTo = (unit: Unit, { event }: Adjudication, line: LineId): number =>
  unit.working.owed(line, coverageParty(event.coverageId))

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

/** What the stand-in had taken off the line is this payer's to explain; what the later one left open stays with it. */
const bringBack = (unit: Unit, posting: Posting, lineId: LineId, standIn: Adjudication, amount: number): void => {
  const from = coverageParty(standIn.event.coverageId)
  moveBetweenPayers(unit, posting, { lineId, from, to: partyOf(posting.coverage), amount, arrives: 'together' })
}

/**
 * A later payer took its decision back before this payer spoke at all: the charge, which had come forward to it, is this
 * payer's to explain first.
 */
export const bringBackUndecided = (unit: Unit, posting: Posting, plans: readonly LinePlan[]): void => {
  const to = partyOf(posting.coverage)
  const of = (coverage: Coverage, line: LineId) =>
    adjudicationsOf(unit.state.claims, unit.visitId).filter(
      ({ event }) =>
        !event.predetermination &&
        event.coverageId === coverage.coverageId &&
        event.lines.some(({ lineId }) => lineId === line),
    )
  for (const { lineId } of plans) {
    if (of(posting.coverage, lineId).length > 0) continue
    for (const later of unit.coverages.values()) {
      const decided = of(later, lineId)
      if (later.patientId !== posting.coverage.patientId || later.order <= posting.coverage.order) continue
      if (decided.length === 0 || decided.some(({ reversed }) => !reversed)) continue
      // Where one between them has decided, what is open there is what that one left.
      const between = [...unit.coverages.values()].filter((each) => each.order < later.order)
      if (between.some((each) => of(each, lineId).some(({ reversed }) => !reversed))) continue
      const from = partyOf(later)
      moveBetweenPayers(unit, posting, {
        lineId,
        from,
        to,
        amount: unit.working.owed(lineId, from),
        arrives: 'together',
      })
    }
  }
}

/**
 * A later payer that is heard before the first: the charge still stands at an earlier coverage that has adjudicated
 * nothing, or nothing that stands. What is open there moves to this payer, whose advice explains it, the earlier payer's
 * part as a stand-in; where a part of the line is open at this payer already, as much as the advice explains beside it.
 */
export const bringForward = (
  unit: Unit,
  posting: Posting,
  plans: readonly LinePlan[],
  ahead: ReadonlyMap<LineId, ExplainedAhead>,
): void => {
  const to = partyOf(posting.coverage)
  for (const plan of plans) {
    const { lineId } = plan
    const standsIn = totalOf(plan, 'priorPayer') > 0 && !isEarlierOnFile(unit, posting, plan)
    if (unit.working.owed(lineId, to) > 0 && !standsIn) continue
    for (const earlier of unheardBefore(unit, posting, lineId)) {
      const from = partyOf(earlier)
      const open = unit.working.owed(lineId, to)
      const beside = open > 0 ? plan.charge - open - (ahead.get(lineId)?.explained ?? 0) : Number.POSITIVE_INFINITY
      const amount = Math.min(unit.working.owed(lineId, from), Math.max(0, beside))
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
      !standing(unit.state.claims, unit.visitId).some(
        ({ event }) => event.coverageId === coverage.coverageId && event.lines.some((line) => line.lineId === lineId),
      ),
  )
