import { type Cents, sumOf } from '../../kernel/cents.ts'
import { partsByDay } from '../../kernel/dated.ts'
import { type Day, maxDay } from '../../kernel/day.ts'
import type { LayerId, LineId } from '../../kernel/ids.ts'
import { datedOf } from '../ledger/layer-changes-state.ts'
import { together, type WorkingLayer, type WorkingLedger } from '../ledger/working.ts'
import type { AccountState } from '../rooms.ts'
import type { AccountPlaced, AccountRecalled } from './events.ts'

/** What of a layer has to come back from the agency, cents; no more than is there. */
export interface Wanted {
  readonly lineId: LineId
  readonly layerId: LayerId
  readonly amount: number
}

const layerIn = (working: WorkingLedger, { lineId, layerId }: Wanted): WorkingLayer | undefined =>
  working.layers(lineId).find((layer) => layer.layerId === layerId)

/** What comes back of one layer, in parts: each from the first day, from `on`, from which the agency has it. */
const backOf = (working: WorkingLedger, wanted: Wanted, on: Day) => {
  const layer = layerIn(working, wanted)
  const amount = Math.min(wanted.amount, layer?.placed ?? 0)
  if (!layer || amount <= 0) return []
  const { lineId, layerId } = layer
  return partsByDay(amount, maxDay(on, layer.openedOn), [datedOf(layer).placed]).map((part) => ({
    on: part.on,
    item: { lineId, layerId, amount: part.amount as Cents },
    moves: [
      working.restore(layerId, 'placed', -part.amount, part.on),
      working.restore(layerId, 'active', part.amount, part.on),
    ],
  }))
}

const nothingLeft = (state: AccountState, working: WorkingLedger, { items }: AccountPlaced): boolean =>
  sumOf(items, (item) => (state.ledger.layers.has(item.layerId) ? (layerIn(working, item)?.placed ?? 0) : 0)) === 0

/**
 * Amounts that are with an agency come back to active, before something else is done with them as of an earlier day: from
 * the day on which they were placed, so that neither stage is below zero on any day. One event a placement and day.
 */
export const recallParts = (
  state: AccountState,
  working: WorkingLedger,
  wanted: readonly Wanted[],
  on: Day,
  reason: AccountRecalled['reason'],
): readonly AccountRecalled[] =>
  [...state.placement.placements.values()].flatMap((placement) => {
    const own = new Set(placement.items.map(({ layerId }) => layerId))
    const back = wanted.filter(({ layerId }) => own.has(layerId)).flatMap((each) => backOf(working, each, on))
    const days = [...Map.groupBy(back, (part) => part.on)].sort(([a], [b]) => (a < b ? -1 : 1))
    const whole = nothingLeft(state, working, placement)
    return days.map(
      ([day, parts], at): AccountRecalled => ({
        type: 'AccountRecalled',
        effectiveDate: day,
        placementId: placement.placementId,
        items: parts.map(({ item }) => item),
        reason,
        ...(whole && at === days.length - 1 ? { whole } : {}),
        ...together(parts.flatMap(({ moves }) => moves)),
        contra: [],
      }),
    )
  })
