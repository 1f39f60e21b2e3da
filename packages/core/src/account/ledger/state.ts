import type { Day } from '../../kernel/day.ts'
import type { Layer, Posting } from '../../kernel/effects.ts'
import type { AdjustmentId, HoldingId, LineId, VisitId } from '../../kernel/ids.ts'
import { type Questions, type ReadonlyTable, Table } from '../../kernel/table.ts'
import { type ReadonlyVersionedMap, VersionedMap } from '../../kernel/versioned-map.ts'
import { stillWaiting } from '../../kernel/waiting-lines.ts'
import type { AdjudicationReversed } from '../claims/takeback-events.ts'
import { type Adjustment, adjustmentEvolve, ofAdjustments, undoWith } from './adjustments-state.ts'
import type { ChargeVoided, ResponsibilityHeld, ResponsibilityReleased, ResponsibilityTransferred } from './events.ts'
import type { LayerChange } from './layer-changes-state.ts'
import { type LineMoves, link, type ReadonlyLineMoves } from './line-moves-state.ts'
import { type Line, ofLines } from './lines-state.ts'

export { before, type Line } from './lines-state.ts'

/** What one layer holds now, by stage. Order of `sequence` is the order of opening. */
export interface LayerBalance extends Layer {
  readonly sequence: number
  readonly visitId: VisitId
  /** Effective day of the event that opened it: no effect may count from before it (law C4). */
  readonly openedOn: Day
  readonly active: number
  readonly placed: number
  readonly badDebt: number
  /** What changed it last, linked to what did before: `datedOf` gives the amounts through time. */
  readonly lastChange: LayerChange | undefined
}

export interface Holding {
  /** As it was recorded, its lines less what has ended. */
  readonly event: ResponsibilityHeld
  readonly open: boolean
  readonly recorded: ResponsibilityHeld
  /** What has ended it, or parts of it, in the order of the book. */
  readonly released: readonly ResponsibilityReleased[]
}

/** What of a layer is receivable, cents: bad debt is memo. */
export const receivableOf = (layer: Pick<LayerBalance, 'active' | 'placed'>): number => layer.active + layer.placed

const ofLayers = {
  where: {
    /** Something is owed in one of its receivable stages. */
    open: ({ active, placed }: LayerBalance) => active > 0 || placed > 0,
    credit: (layer: LayerBalance) => receivableOf(layer) < 0,
  },
  by: { line: (layer: LayerBalance) => layer.lineId },
  sum: { receivable: receivableOf },
  first: { openedOn: (layer: LayerBalance) => layer.openedOn },
} satisfies Questions<LayerBalance>

const ofHoldings = { by: { visit: (holding: Holding) => holding.event.visitId } } satisfies Questions<Holding>

/** The ledger facet's slice. Everything is derived from effects; no counter is stored that a fold could give. */
export interface LedgerState {
  readonly lines: ReadonlyTable<LineId, Line, typeof ofLines>
  /** In order of opening. */
  readonly layers: ReadonlyTable<string, LayerBalance, typeof ofLayers>
  readonly adjustments: ReadonlyTable<AdjustmentId, Adjustment, typeof ofAdjustments>
  readonly holdings: ReadonlyTable<HoldingId, Holding, typeof ofHoldings>
  /** What transfers did to a line: what left each party and has not come back, what they brought the patient. */
  readonly moves: ReadonlyLineMoves
  /** Debit-positive totals of the control accounts, as moved by this account's events. */
  readonly control: ReadonlyVersionedMap<string, number>
  /** The latest day on which money moved on a visit. */
  readonly lastActivity: ReadonlyVersionedMap<VisitId, Day>
  readonly booksBegin?: Day | undefined
}

/** The private builder that a fold writes into. */
export interface LedgerBuilder {
  lines: Table<LineId, Line, typeof ofLines>
  layers: Table<string, Unwritten, typeof ofLayers>
  adjustments: Table<AdjustmentId, Adjustment, typeof ofAdjustments>
  holdings: Table<HoldingId, Holding, typeof ofHoldings>
  moves: LineMoves
  control: VersionedMap<string, number>
  lastActivity: VersionedMap<VisitId, Day>
  booksBegin?: Day | undefined
}

export const initial = (): LedgerBuilder => ({
  lines: new Table(ofLines),
  layers: new Table(ofLayers),
  adjustments: new Table(ofAdjustments),
  holdings: new Table(ofHoldings),
  moves: new VersionedMap(),
  control: new VersionedMap(),
  lastActivity: new VersionedMap(),
})

/** Opens a slice for further folding: a version of its own. */
export const builderOf = (state: LedgerState): LedgerBuilder => ({
  lines: state.lines.next(),
  layers: state.layers.next(),
  adjustments: state.adjustments.next(),
  holdings: state.holdings.next(),
  moves: state.moves.next(),
  control: state.control.next(),
  lastActivity: state.lastActivity.next(),
  booksBegin: state.booksBegin,
})

/** A layer while a fold runs: its amounts are added up in place. */
type Unwritten = { -readonly [Name in keyof LayerBalance]: LayerBalance[Name] }

const opened = (ledger: LedgerBuilder, { layerId, lineId, party, agingFrom }: Layer, on: Day): Unwritten => ({
  layerId,
  lineId,
  party,
  agingFrom,
  sequence: ledger.layers.size,
  visitId: ledger.lines.get(lineId)?.visitId ?? ('' as VisitId),
  openedOn: on,
  active: 0,
  placed: 0,
  badDebt: 0,
  lastChange: undefined,
})

/** Adds an event's effects. Runs for every money event of every facet, whatever its type (design §3.2). */
export const post = (ledger: LedgerBuilder, event: Posting & { readonly effectiveDate: Day }): void => {
  const { opens, effectiveDate } = event
  if (opens) for (const layer of opens) ledger.layers.set(layer.layerId, opened(ledger, layer, effectiveDate))
  let visit: VisitId | undefined
  for (const { layerId, stage, amount } of event.effects) {
    const layer = ledger.layers.change(layerId, (layer) => {
      layer[stage] += amount
      layer.lastChange = { stage, on: effectiveDate, amount, before: layer.lastChange }
    })
    if (!layer || layer.visitId === visit) continue
    visit = layer.visitId
    const last = ledger.lastActivity.get(visit)
    if (last === undefined || last < effectiveDate) ledger.lastActivity.set(visit, effectiveDate)
  }
  for (const { account, amount } of event.contra) {
    ledger.control.set(account, (ledger.control.get(account) ?? 0) + amount)
  }
}

export const evolve = {
  ...adjustmentEvolve,
  ResponsibilityTransferred: (ledger: LedgerBuilder, event: ResponsibilityTransferred) => {
    link(ledger.moves, event)
  },
  AdjudicationReversed: (ledger: LedgerBuilder, event: AdjudicationReversed) => {
    link(ledger.moves, event)
  },
  ChargeVoided: (ledger: LedgerBuilder, event: ChargeVoided) => {
    const line = ledger.lines.get(event.lineId)
    if (line) ledger.lines.set(event.lineId, { ...line, voided: true, voidedOn: event.effectiveDate })
    undoWith(ledger, event)
  },
  ResponsibilityHeld: (ledger: LedgerBuilder, event: ResponsibilityHeld) => {
    ledger.holdings.set(event.holdingId, { event, open: true, recorded: event, released: [] })
  },
  ResponsibilityReleased: (ledger: LedgerBuilder, event: ResponsibilityReleased) => {
    const holding = ledger.holdings.get(event.holdingId)
    if (!holding) return
    const lines = event.lines ? stillWaiting(holding.event.lines, event.lines) : []
    const released = [...holding.released, event]
    const after = lines.length > 0 ? { ...holding, event: { ...holding.event, lines } } : { ...holding, open: false }
    ledger.holdings.set(event.holdingId, { ...after, released })
  },
}

// ── questions ────────────────────────────────────────────────────────────────────────────────────────────────────

/** A holding as it stood at the end of a day; undefined where nothing was held under it. */
export const holdingOn = (holding: Holding, on: Day): Holding | undefined => {
  const { recorded, released } = holding
  if (on < recorded.effectiveDate) return undefined
  const lines = released.reduce<ResponsibilityHeld['lines']>(
    (left, over) => (on < over.effectiveDate ? left : over.lines ? stillWaiting(left, over.lines) : []),
    recorded.lines,
  )
  return lines.length > 0 ? { ...holding, event: { ...recorded, lines }, open: true } : undefined
}

/** The line stands: a charge that was voided has nothing that anybody waits for. */
export const isLive = ({ lines }: LedgerState, line: LineId): boolean => lines.get(line)?.voided !== true
