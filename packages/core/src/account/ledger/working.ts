import type { Cents } from '../../kernel/cents.ts'
import { type Dated, firstDayOf, leastFrom, partsByDay, summed } from '../../kernel/dated.ts'
import { type Day, maxDay } from '../../kernel/day.ts'
import { type Effect, type Layer, type Party, type Posting, type Stage, sameParty } from '../../kernel/effects.ts'
import type { LayerId, LineId } from '../../kernel/ids.ts'
import type { Context } from '../context.ts'
import { datedOf } from './layer-changes-state.ts'
import { type LayerBalance, type LedgerState, receivableOf } from './state.ts'
import { mergeEffects, taken } from './taken.ts'

/** A layer as it stands inside a decision, after the effects decided so far. */
export type WorkingLayer = Omit<LayerBalance, 'visitId'>

/** What a movement adds to the event that carries it. Put `effects` and `opens` on the event as they are. */
export interface Moved {
  readonly effects: readonly Effect[]
  readonly opens: readonly Layer[]
}

/** From which layers an amount is taken, and in which order. */
export interface TakeOptions {
  /** Oldest `agingFrom` first (payments), or youngest first (a corrected adjudication that asks for less). */
  readonly order?: 'oldest' | 'youngest'
  /** Stages to take from, in this order. Default: active, then placed. */
  readonly stages?: readonly Stage[]
  /** Only layers opened on or before this day: an effect never counts from before its layer was opened (law C4). */
  readonly openedBy?: Day
  /** What is there on this and every later day is taken before what is not. */
  readonly thereOn?: Day
}

/** Where a new layer stands, for movements that may have to open one. `agingFrom` is the facet's choice, by policy. */
export interface NewLayer {
  /** Effective day of the event that opens it. */
  readonly on: Day
  readonly agingFrom: Day
}

/**
 * The layers as one decision sees them while it is being made: several events of a unit touch the same layer, and each
 * must see what the ones before it did. Nothing here writes state; the returned effects do, once folded.
 */
export interface WorkingLedger {
  /** Layers of a line, of one party where named, oldest `agingFrom` first. */
  readonly layers: (line: LineId, of?: Party) => readonly WorkingLayer[]
  /** Receivable of a line, of one party where named; negative where that party was overpaid. */
  readonly owed: (line: LineId, of?: Party) => number
  /**
   * Takes up to `amount` off what a party owes on a line, never below zero: patient money, transfers, write-offs.
   * `taken` says how much there was.
   */
  readonly take: (line: LineId, of: Party, amount: number, options?: TakeOptions) => Moved & { readonly taken: Cents }
  /**
   * Takes all of `amount`: positive layers oldest first, then the last layer goes negative, a payer credit. Opens a
   * layer where the party never had one on the line. For payer postings and reversals only (law E2).
   */
  readonly overdraw: (line: LineId, of: Party, amount: number, fresh: NewLayer, options?: TakeOptions) => Moved
  /** Raises what a party owes: negative layers up to zero first, then its oldest layer; opens one where it has none. */
  readonly put: (line: LineId, of: Party, amount: number, fresh: NewLayer) => Moved
  /** Gives back to a layer by name what was taken from it, age and all (law E6); from a day on, where it is known yet. */
  readonly restore: (layer: LayerId, stage: Stage, amount: number, on?: Day) => Moved
  /**
   * Takes `amount` off a layer in parts, each with the first day, from `on`, from which it is there on that and every
   * later day (clarification 35): on the layer, on the line as a whole, and of `money`, what is to take it, through time,
   * where money takes it.
   */
  readonly takeByDay: (
    layer: LayerId,
    stage: Stage,
    amount: number,
    from: { readonly on: Day; readonly money?: Dated },
  ) => readonly DatedEffect[]
  /** Opens a layer: every charge and transfer does. */
  readonly openLayer: (line: LineId, party: Party, amount: number, fresh: NewLayer) => Moved
  /** Takes an event into account that was decided elsewhere in the same unit. */
  readonly record: (event: Posting & { readonly effectiveDate: Day }) => void
  /** The first day, from `on`, on which all these effects may count: not before their layers were opened (law C4). */
  readonly notBefore: (on: Day, effects: readonly Effect[]) => Day
  /**
   * The same, and what they take is there on that and every later day, be it owed or a credit: so that no past day shows
   * a stage below zero, or a credit, that never was (clarification 35). What is not there in the end, as where a payer's
   * posting goes below zero, dates nothing.
   */
  readonly openFrom: (on: Day, effects: readonly Effect[]) => Day
}

/** A part of an amount, and the day from which it counts. */
export interface DatedEffect {
  readonly effect: Effect
  readonly on: Day
}

const receivableStages: readonly Stage[] = ['active', 'placed']

const byAge = (a: WorkingLayer, b: WorkingLayer): number =>
  a.agingFrom === b.agingFrom ? a.sequence - b.sequence : a.agingFrom < b.agingFrom ? -1 : 1

const effectOf = (layer: WorkingLayer, stage: Stage, amount: number): Effect => ({
  lineId: layer.lineId,
  layerId: layer.layerId,
  party: layer.party,
  stage,
  amount: amount as Cents,
})

/** The working view of one decision about this account. */
export const workingOn = (state: { readonly ledger: LedgerState }, context: Pick<Context, 'newId'>): WorkingLedger =>
  workingLedger(state.ledger, () => context.newId('layer'))

/** A working view of a ledger whose new layers are named by `newLayerId`. */
export const workingLedger = (state: LedgerState, newLayerId: () => string): WorkingLedger => {
  const changed = new Map<string, WorkingLayer>()
  const added = new Map<LineId, LayerId[]>()
  let sequence = state.layers.size

  const layerOf = (id: string): WorkingLayer | undefined => changed.get(id) ?? state.layers.get(id)

  const layers = (line: LineId, of?: Party): readonly WorkingLayer[] =>
    [...state.layers.by('line', line).map(({ layerId }) => layerId), ...(added.get(line) ?? [])]
      .flatMap((id) => layerOf(id) ?? [])
      .filter((layer) => of === undefined || sameParty(layer.party, of))
      .sort(byAge)

  const owed = (line: LineId, of?: Party): number =>
    layers(line, of).reduce((sum, layer) => sum + receivableOf(layer), 0)

  const move = (layer: WorkingLayer, stage: Stage, amount: number, on?: Day): Effect => {
    const lastChange = on === undefined ? layer.lastChange : { stage, on, amount, before: layer.lastChange }
    changed.set(layer.layerId, { ...layer, [stage]: layer[stage] + amount, lastChange })
    return effectOf(layer, stage, amount)
  }

  /** What a party owes on a line through time. */
  const owedByDay = (line: LineId, of: Party): Dated =>
    summed(
      layers(line, of).flatMap((layer) => {
        const dated = datedOf(layer)
        return receivableStages.map((stage) => dated[stage])
      }),
    )

  const addLayer = (layer: Layer, openedOn: Day): WorkingLayer => {
    const opened: WorkingLayer = {
      ...layer,
      openedOn,
      sequence,
      active: 0,
      placed: 0,
      badDebt: 0,
      lastChange: undefined,
    }
    sequence += 1
    changed.set(layer.layerId, opened)
    const ids = added.get(layer.lineId)
    if (ids) ids.push(layer.layerId)
    else added.set(layer.lineId, [layer.layerId])
    return opened
  }

  const openLayer: WorkingLedger['openLayer'] = (lineId, party, amount, { on, agingFrom }) => {
    const layer: Layer = { layerId: newLayerId() as LayerId, lineId, party, agingFrom }
    const opened = addLayer(layer, on)
    return { opens: [layer], effects: amount === 0 ? [] : [move(opened, 'active', amount)] }
  }

  /** Takes from positive layers up to `limit`; says what was left over. */
  const drain = (line: LineId, of: Party, limit: number, options: TakeOptions): { effects: Effect[]; left: number } => {
    const effects: Effect[] = []
    let left = limit
    const { thereOn } = options
    const candidates = layers(line, of).filter((layer) => !options.openedBy || layer.openedOn <= options.openedBy)
    if (options.order === 'youngest') candidates.reverse()
    const takeFrom = (most: (layer: WorkingLayer, stage: Stage) => number): void => {
      for (const candidate of candidates) {
        for (const stage of options.stages ?? receivableStages) {
          const layer = layerOf(candidate.layerId) ?? candidate
          const part = Math.min(left, most(layer, stage))
          if (part <= 0) continue
          effects.push(move(layer, stage, -part))
          left -= part
        }
      }
    }
    if (thereOn !== undefined) {
      takeFrom((layer, stage) => Math.min(layer[stage], leastFrom(datedOf(layer)[stage], thereOn)))
    }
    takeFrom((layer, stage) => layer[stage])
    return { effects: thereOn === undefined ? effects : mergeEffects(effects), left }
  }

  const notBefore: WorkingLedger['notBefore'] = (on, effects) =>
    effects.reduce((latest, effect) => {
      const layer = layerOf(effect.layerId)
      return layer ? maxDay(latest, layer.openedOn) : latest
    }, on)

  return {
    layers,
    owed,
    openLayer,
    take: (line, of, amount, options = {}) => {
      const limit = Math.min(amount, Math.max(0, owed(line, of)))
      const { effects, left } = drain(line, of, limit, options)
      return { effects, opens: [], taken: (limit - left) as Cents }
    },
    overdraw: (line, of, amount, fresh, options = {}) => {
      const { effects, left } = drain(line, of, amount, options)
      if (left === 0) return { effects, opens: [] }
      const last = layers(line, of).at(-1)
      if (!last) {
        const opened = openLayer(line, of, -left, fresh)
        return { effects: [...effects, ...opened.effects], opens: opened.opens }
      }
      return { effects: mergeEffects([...effects, move(last, 'active', -left)]), opens: [] }
    },
    put: (line, of, amount, fresh) => {
      const effects: Effect[] = []
      let left = amount
      for (const layer of layers(line, of)) {
        const part = Math.min(left, -layer.active)
        if (part <= 0) continue
        effects.push(move(layer, 'active', part))
        left -= part
      }
      if (left === 0) return { effects, opens: [] }
      const first = layers(line, of)[0]
      if (!first) return openLayer(line, of, left, fresh)
      return { effects: mergeEffects([...effects, move(first, 'active', left)]), opens: [] }
    },
    restore: (id, stage, amount, on) => {
      const layer = layerOf(id)
      if (!layer) throw new RangeError(`no layer ${id} to restore`)
      return { effects: amount === 0 ? [] : [move(layer, stage, amount, on)], opens: [] }
    },
    record: (event) => {
      for (const layer of event.opens ?? []) addLayer(layer, event.effectiveDate)
      for (const { layerId, stage, amount } of event.effects) {
        const layer = layerOf(layerId)
        if (layer) move(layer, stage, amount, event.effectiveDate)
      }
    },
    takeByDay: (id, stage, amount, { on, money }) => {
      const layer = layerOf(id)
      if (!layer) throw new RangeError(`no layer ${id} to take from`)
      const there = [datedOf(layer)[stage], owedByDay(layer.lineId, layer.party), ...(money ? [money] : [])]
      return partsByDay(amount, maxDay(on, layer.openedOn), there).map((part) => ({
        effect: move(layerOf(id) ?? layer, stage, -part.amount, part.on),
        on: part.on,
      }))
    },
    notBefore,
    openFrom: (on, effects) => {
      const from = notBefore(on, effects)
      return taken(effects, layerOf, owedByDay).reduce(
        (latest, { amount, there }) => maxDay(latest, firstDayOf(amount, from, [there]) ?? from),
        from,
      )
    },
  }
}

/** Several movements as the posting fields of one event. */
export const together = (moves: readonly Moved[]): { readonly effects: Effect[]; readonly opens: Layer[] } => ({
  effects: mergeEffects(moves.flatMap((moved) => moved.effects)),
  opens: moves.flatMap((moved) => moved.opens),
})
