import type { EventStore, ViewName, ViewStore } from '@daybook/core/ports'
import { agingView, heldInAging } from '@daybook/projections/aging'
import { listsView } from '@daybook/projections/lists'
import {
  type CatchUpOptions,
  catchUp,
  type Holding,
  type ProjectionError,
  rebuild,
  type View,
} from '@daybook/projections/runner'
import { catchUpWorklist, rebuildWorklist, worklistView } from '@daybook/projections/worklist'
import type { Effect } from 'effect/Effect'

type Building = (options: CatchUpOptions) => Effect<number, ProjectionError, EventStore | ViewStore>

/** A view that is kept beside the log: of Daybook itself, or of a product. */
export interface KeptView {
  readonly name: ViewName
  /** Brings it up to a position. */
  readonly build: Building
  /** Builds it again from the first event, beside the live one, and puts it in its place. */
  readonly rebuild: Building
  /** What its documents hold, where they themselves may be cut otherwise; the documents themselves where absent. */
  readonly holding?: Holding
  /** A product's, by the name that the product gave it. */
  readonly own?: string
}

/** Begins the names of views of products in the store. */
export const OWN_VIEWS = 'own:'

const kept = <E, Doc>(view: View<E, Doc>, holding?: Holding): KeptView => ({
  name: view,
  build: (options) => catchUp(view, options),
  // What a rebuild that was stopped has left may have been changed, too.
  rebuild: (options) => rebuild(view, { ...options, fromZero: true }),
  ...(holding ? { holding } : {}),
})

/** A view of a product. */
export const keptOwn = <E, Doc>(own: string, view: View<E, Doc>): KeptView => ({ ...kept(view), own })

/** Those of Daybook itself. */
export const keptViews: readonly KeptView[] = [
  kept(agingView, heldInAging),
  kept(listsView),
  { name: worklistView, build: catchUpWorklist, rebuild: rebuildWorklist },
]
