import type { Cents } from '../../kernel/cents.ts'
import type { Day } from '../../kernel/day.ts'
import type { PlacementId } from '../../kernel/ids.ts'
import { type ReadonlyVersionedMap, VersionedMap } from '../../kernel/versioned-map.ts'
import type { AccountPlaced, AccountRecalled, AgencyNoticeId, AgencyNoticeRaised, AgencyTold } from './events.ts'

/** What agencies have now. */
export interface PlacementState {
  /** Placements in force, by id; their items are what has not been recalled. */
  readonly placements: ReadonlyVersionedMap<PlacementId, AccountPlaced>
  /** Every placement that ever was, as it was made, so that an id is used once. */
  readonly known: ReadonlyVersionedMap<PlacementId, AccountPlaced>
  /** What agencies have to be told, in the order in which it came up. */
  readonly toTell: ReadonlyVersionedMap<AgencyNoticeId, AgencyNoticeRaised>
  /** Notices of which they were told, and when. */
  readonly told: ReadonlyVersionedMap<AgencyNoticeId, Day>
}
export interface PlacementBuilder {
  placements: VersionedMap<PlacementId, AccountPlaced>
  known: VersionedMap<PlacementId, AccountPlaced>
  toTell: VersionedMap<AgencyNoticeId, AgencyNoticeRaised>
  told: VersionedMap<AgencyNoticeId, Day>
}

export const initial = (): PlacementBuilder => ({
  placements: new VersionedMap(),
  known: new VersionedMap(),
  toTell: new VersionedMap(),
  told: new VersionedMap(),
})
export const builderOf = (state: PlacementState): PlacementBuilder => ({
  placements: state.placements.next(),
  known: state.known.next(),
  toTell: state.toTell.next(),
  told: state.told.next(),
})

/** What stays with the agency after a part came back. */
const less = (placed: AccountPlaced, event: AccountRecalled): AccountPlaced['items'] =>
  placed.items.flatMap((item) => {
    const back = event.items.reduce((sum, each) => (each.layerId === item.layerId ? sum + each.amount : sum), 0)
    return back < item.amount ? [{ ...item, amount: (item.amount - back) as Cents }] : []
  })

export const evolve = {
  AccountPlaced: (slice: PlacementBuilder, event: AccountPlaced) => {
    slice.placements.set(event.placementId, event)
    slice.known.set(event.placementId, event)
  },
  AgencyNoticeRaised: (slice: PlacementBuilder, event: AgencyNoticeRaised) => {
    slice.toTell.set(event.noticeId, event)
  },
  AgencyTold: (slice: PlacementBuilder, { notices, effectiveDate }: AgencyTold) => {
    for (const notice of notices) {
      slice.toTell.delete(notice)
      slice.told.set(notice, effectiveDate)
    }
  },
  AccountRecalled: (slice: PlacementBuilder, event: AccountRecalled) => {
    const placed = slice.placements.get(event.placementId)
    const items = placed && !event.whole ? less(placed, event) : []
    if (placed && items.length > 0) slice.placements.set(event.placementId, { ...placed, items })
    else slice.placements.delete(event.placementId)
  },
}
