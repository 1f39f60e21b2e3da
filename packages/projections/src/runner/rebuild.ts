import { type EventStore, ViewStore } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import type { ProjectionError } from './advance.ts'
import { type CatchUpOptions, catchUp } from './catch-up.ts'
import type { View } from './view.ts'

/** Where a rebuild is built: no live view has such a version. A rebuild that was stopped goes on from where it was. */
const beside = <E, Doc>(view: View<E, Doc>): View<E, Doc> => ({ ...view, version: -view.version })

/**
 * Builds a view again from the first event, beside the live one, which answers meanwhile; then the new one takes its
 * place at once. Gives the position it is built to.
 */
export const rebuild = <E, Doc>(
  view: View<E, Doc>,
  options: Omit<CatchUpOptions, 'upTo'> & {
    /** Throws away what a stopped rebuild had built. */
    readonly fromZero?: boolean
  } = {},
): Effect.Effect<number, ProjectionError, EventStore | ViewStore> =>
  Effect.gen(function* () {
    const views = yield* ViewStore
    const built = beside(view)
    if (options.fromZero) yield* views.forget(built)
    const position = yield* catchUp(built, options)
    yield* views.replace(view, built)
    return position
  })
