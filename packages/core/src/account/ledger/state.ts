import type { Cents } from '../../kernel/cents.ts'
import type { Day } from '../../kernel/day.ts'
import { type Layer, PATIENT, type Party, type Posting, partyKey, type Stage } from '../../kernel/effects.ts'
import type { AdjustmentId, HoldingId, LayerId, LineId, VisitId } from '../../kernel/ids.ts'
import { stillWaiting } from '../../kernel/waiting-lines.ts'
import type {
  AdjustmentReversed,
  BalanceBroughtForward,
  ChargePosted,
  ChargeVoided,
  ResponsibilityHeld,
  ResponsibilityReleased,
  WriteOffPosted,
} from './events.ts'

/** One charge line as posted. Balances are in the layers. */
export interface Line {
  readonly lineId: LineId
  readonly visitId: VisitId
  readonly code: string
  readonly modifiers: readonly string[]
  readonly units: string
  readonly lineControlNumber?: string | undefined
  readonly dosFrom: Day
  readonly dosTo: Day
  /** The charge; 0 for a line that was brought forward without one. */
  readonly amount: Cents
  readonly firstParty: Party
  readonly voided: boolean
  /** Converted from an older book: a balance, not a charge of ours. */
  readonly broughtForward: boolean
  readonly financialClass?: string | undefined
  readonly location?: string | undefined
  readonly provider?: string | undefined
}

/** What one layer holds now, by stage. Order of `sequence` is the order of opening. */
export interface LayerBalance extends Layer {
  readonly sequence: number
  readonly visitId: VisitId
  /** Effective day of the event that opened it: no effect may count from before it (law C4). */
  readonly openedOn: Day
  readonly active: number
  readonly placed: number
  readonly badDebt: number
}

/** A write-off that can still be reversed. */
export interface Adjustment {
  readonly adjustmentId: AdjustmentId
  readonly category: WriteOffPosted['category']
  readonly visitId: VisitId
  readonly party: Party
  readonly effectiveDate: Day
  /** What was taken off each layer, and how much of it was given back since. */
  readonly parts: readonly {
    readonly lineId: LineId
    readonly layerId: LayerId
    readonly stage: Stage
    readonly amount: Cents
    readonly reversed: Cents
  }[]
}

export interface Holding {
  readonly event: ResponsibilityHeld
  readonly open: boolean
}

/** The ledger facet's slice. Everything is derived from effects; no counter is stored that a fold could give. */
export interface LedgerState {
  readonly lines: ReadonlyMap<LineId, Line>
  readonly linesByVisit: ReadonlyMap<VisitId, readonly LineId[]>
  readonly layers: ReadonlyMap<string, LayerBalance>
  /** Layer ids of a line, in order of opening. */
  readonly layersByLine: ReadonlyMap<LineId, readonly string[]>
  readonly adjustments: ReadonlyMap<AdjustmentId, Adjustment>
  readonly holdings: ReadonlyMap<HoldingId, Holding>
  /** Debit-positive totals of the control accounts, as moved by this account's events. */
  readonly control: ReadonlyMap<string, number>
  /** The latest day on which money moved on a visit. */
  readonly lastActivity: ReadonlyMap<VisitId, Day>
  readonly booksBegin?: Day | undefined
}

/** A layer while a fold runs: its amounts are added up in place. */
type OpenLayer = { -readonly [Name in keyof LayerBalance]: LayerBalance[Name] }

/** The private builder that a fold writes into. */
export interface LedgerBuilder {
  lines: Map<LineId, Line>
  linesByVisit: Map<VisitId, LineId[]>
  layers: Map<string, OpenLayer>
  layersByLine: Map<LineId, string[]>
  adjustments: Map<AdjustmentId, Adjustment>
  holdings: Map<HoldingId, Holding>
  control: Map<string, number>
  lastActivity: Map<VisitId, Day>
  booksBegin?: Day | undefined
}

export const initial = (): LedgerBuilder => ({
  lines: new Map(),
  linesByVisit: new Map(),
  layers: new Map(),
  layersByLine: new Map(),
  adjustments: new Map(),
  holdings: new Map(),
  control: new Map(),
  lastActivity: new Map(),
})

/** Opens a slice for further folding: maps are copied; of the values in them a fold changes none in place but its own. */
export const open = (state: LedgerState): LedgerBuilder => ({
  lines: new Map(state.lines),
  linesByVisit: new Map([...state.linesByVisit].map(([key, ids]) => [key, [...ids]])),
  layers: new Map(state.layers),
  layersByLine: new Map([...state.layersByLine].map(([key, ids]) => [key, [...ids]])),
  adjustments: new Map(state.adjustments),
  holdings: new Map(state.holdings),
  control: new Map(state.control),
  lastActivity: new Map(state.lastActivity),
  booksBegin: state.booksBegin,
})

const push = <K, V>(lists: Map<K, V[]>, key: K, value: V): void => {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}

/** A layer to add to: one of the state that the fold began with is copied first, since others hold that state. */
const ownLayer = (ledger: LedgerBuilder, layerId: string, began: LedgerState): OpenLayer | undefined => {
  const layer = ledger.layers.get(layerId)
  if (layer === undefined || layer !== began.layers.get(layerId)) return layer
  const own = { ...layer }
  ledger.layers.set(layerId, own)
  return own
}

/**
 * Adds an event's effects. Runs for every money event of every facet, whatever its type (design §3.2). `began`: the slice
 * that the fold began with.
 */
export const post = (
  ledger: LedgerBuilder,
  event: Posting & { readonly effectiveDate: Day },
  began: LedgerState,
): void => {
  for (const { layerId, lineId, party, agingFrom } of event.opens ?? []) {
    ledger.layers.set(layerId, {
      layerId,
      lineId,
      party,
      agingFrom,
      sequence: ledger.layers.size,
      visitId: ledger.lines.get(lineId)?.visitId ?? ('' as VisitId),
      openedOn: event.effectiveDate,
      active: 0,
      placed: 0,
      badDebt: 0,
    })
    push(ledger.layersByLine, lineId, layerId)
  }
  let visit: VisitId | undefined
  for (const { layerId, stage, amount } of event.effects) {
    const layer = ownLayer(ledger, layerId, began)
    if (!layer) continue
    layer[stage] += amount
    if (layer.visitId === visit) continue
    visit = layer.visitId
    const last = ledger.lastActivity.get(visit)
    if (last === undefined || last < event.effectiveDate) ledger.lastActivity.set(visit, event.effectiveDate)
  }
  for (const { account, amount } of event.contra) {
    ledger.control.set(account, (ledger.control.get(account) ?? 0) + amount)
  }
}

const addLine = (ledger: LedgerBuilder, line: Line): void => {
  ledger.lines.set(line.lineId, line)
  push(ledger.linesByVisit, line.visitId, line.lineId)
}

/** Lines come first: a layer that an event opens takes its visit from its line. Runs before the event's effects. */
export const before = {
  ChargePosted: (ledger: LedgerBuilder, event: ChargePosted) => {
    addLine(ledger, {
      lineId: event.lineId,
      visitId: event.visitId,
      code: event.code,
      modifiers: event.modifiers,
      units: event.units,
      lineControlNumber: event.lineControlNumber,
      dosFrom: event.dosFrom,
      dosTo: event.dosTo,
      amount: event.amount,
      firstParty: event.party,
      voided: false,
      broughtForward: false,
      financialClass: event.financialClass,
      location: event.location,
      provider: event.provider,
    })
  },
  BalanceBroughtForward: (ledger: LedgerBuilder, event: BalanceBroughtForward) => {
    ledger.booksBegin = event.booksBegin
    for (const line of event.lines) {
      if (ledger.lines.has(line.lineId)) continue
      addLine(ledger, {
        lineId: line.lineId,
        visitId: event.visitId,
        code: line.code,
        modifiers: [],
        units: '1',
        dosFrom: line.dosFrom,
        dosTo: line.dosFrom,
        amount: line.originalCharge ?? (0 as Cents),
        firstParty: line.party,
        voided: false,
        broughtForward: true,
        financialClass: event.financialClass,
        location: event.location,
        provider: event.provider,
      })
    }
  },
}

/** Books what came back against the parts it was taken from, by layer, in their order. */
const giveBack = (adjustment: Adjustment, event: Posting): Adjustment => {
  const back = new Map<string, number>()
  for (const { layerId, amount } of event.effects) back.set(layerId, (back.get(layerId) ?? 0) + amount)
  const parts = adjustment.parts.map((part) => {
    const given = Math.min(part.amount - part.reversed, back.get(part.layerId) ?? 0)
    back.set(part.layerId, (back.get(part.layerId) ?? 0) - given)
    return { ...part, reversed: (part.reversed + given) as Cents }
  })
  return { ...adjustment, parts }
}

export const evolve = {
  ChargeVoided: (ledger: LedgerBuilder, event: ChargeVoided) => {
    const line = ledger.lines.get(event.lineId)
    if (line) ledger.lines.set(event.lineId, { ...line, voided: true })
    for (const undone of event.adjustments) {
      const adjustment = ledger.adjustments.get(undone.adjustmentId)
      if (!adjustment) continue
      const parts = adjustment.parts.map((part) =>
        part.lineId === event.lineId ? { ...part, reversed: part.amount } : part,
      )
      ledger.adjustments.set(undone.adjustmentId, { ...adjustment, parts })
    }
  },
  WriteOffPosted: (ledger: LedgerBuilder, event: WriteOffPosted) => {
    ledger.adjustments.set(event.adjustmentId, {
      adjustmentId: event.adjustmentId,
      category: event.category,
      visitId: event.visitId,
      party: event.party,
      effectiveDate: event.effectiveDate,
      parts: event.effects.map((effect) => ({
        lineId: effect.lineId,
        layerId: effect.layerId,
        stage: effect.stage,
        amount: -effect.amount as Cents,
        reversed: 0 as Cents,
      })),
    })
  },
  AdjustmentReversed: (ledger: LedgerBuilder, event: AdjustmentReversed) => {
    const adjustment = ledger.adjustments.get(event.adjustmentId)
    if (adjustment) ledger.adjustments.set(event.adjustmentId, giveBack(adjustment, event))
  },
  ResponsibilityHeld: (ledger: LedgerBuilder, event: ResponsibilityHeld) => {
    ledger.holdings.set(event.holdingId, { event, open: true })
  },
  ResponsibilityReleased: (ledger: LedgerBuilder, event: ResponsibilityReleased) => {
    const holding = ledger.holdings.get(event.holdingId)
    if (!holding) return
    const lines = event.lines ? stillWaiting(holding.event.lines, event.lines) : []
    const after = lines.length > 0 ? { ...holding, event: { ...holding.event, lines } } : { ...holding, open: false }
    ledger.holdings.set(event.holdingId, after)
  },
}

// ── questions that decisions ask ──────────────────────────────────────────────────────────────────────────────────

/** What of a layer is receivable, cents: bad debt is memo. */
export const receivableOf = (layer: Pick<LayerBalance, 'active' | 'placed'>): number => layer.active + layer.placed

/** Layers of a line in order of opening; of one party where named. */
export const layersOf = (state: LedgerState, line: LineId, of?: Party): readonly LayerBalance[] =>
  (state.layersByLine.get(line) ?? [])
    .flatMap((id) => state.layers.get(id) ?? [])
    .filter((layer) => of === undefined || partyKey(layer.party) === partyKey(of))

/** What a party owes on a line, stages active and placed; negative where the party was overpaid. */
export const owedOn = (state: LedgerState, line: LineId, of?: Party): number =>
  layersOf(state, line, of).reduce((sum, layer) => sum + receivableOf(layer), 0)

/** True while an agency has anything of the patient's on the line. */
export const isPlaced = (state: LedgerState, line: LineId): boolean =>
  layersOf(state, line, PATIENT).some((layer) => layer.placed !== 0)

export const balanceOf = (
  state: LedgerState,
  filter: { readonly party?: Party; readonly visitId?: VisitId; readonly stage?: Stage } = {},
): number => {
  let total = 0
  for (const layer of state.layers.values()) {
    if (filter.party !== undefined && partyKey(layer.party) !== partyKey(filter.party)) continue
    if (filter.visitId !== undefined && layer.visitId !== filter.visitId) continue
    if (filter.stage !== undefined) total += layer[filter.stage]
    else total += receivableOf(layer)
  }
  return total
}

/** Receivable by party key; parties at zero left out. */
export const balancesByParty = (state: LedgerState): ReadonlyMap<string, number> => {
  const totals = new Map<string, number>()
  for (const layer of state.layers.values()) {
    const key = partyKey(layer.party)
    totals.set(key, (totals.get(key) ?? 0) + receivableOf(layer))
  }
  for (const [key, total] of totals) if (total === 0) totals.delete(key)
  return totals
}
