import * as Effect from 'effect/Effect'
import { NEW_VIEW, type ViewStoreShape } from '../../ports/view-store.ts'

/** A view store that accepts everything and forgets it: every case must fail on it. */
export const noOpViewStore: ViewStoreShape = {
  names: Effect.succeed([]),
  checkpoint: () => Effect.succeed(NEW_VIEW),
  commit: () => Effect.void,
  doc: () => Effect.succeed(undefined),
  docsOf: () => Effect.succeed(new Map()),
  docs: () => Effect.succeed([]),
  sum: () => Effect.succeed([]),
  series: () => Effect.succeed([]),
  items: () => Effect.succeed([]),
  cells: () => Effect.succeed([]),
  everyItem: () => Effect.succeed([]),
  strays: Effect.succeed(0),
  sweep: Effect.void,
  forget: () => Effect.void,
  replace: () => Effect.void,
}
