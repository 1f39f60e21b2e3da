import * as Effect from 'effect/Effect'
import type { RebuiltView } from './answers.ts'
import { invalidQuery } from './errors.ts'
import { questionGiven, rebuildAsked } from './given.ts'
import { keptViews } from './kept-views.ts'
import type { OpenBook } from './open-book.ts'
import { withStores } from './questions.ts'
import type { DaybookShape } from './shape.ts'

/**
 * Builds views again from the first event, each beside the live one, which answers meanwhile. What belongs to no view is
 * taken out.
 */
export const rebuildIn = (book: OpenBook): DaybookShape['rebuild'] =>
  Effect.fn('Daybook.rebuild')(function* (view, options = {}) {
    yield* questionGiven(rebuildAsked, options)
    if (!book.keepsViews) {
      const why =
        'the book was opened for reading only: its views are built for this opening, and what stands in its file stays'
      return yield* invalidQuery('', why)
    }
    const chosen = keptViews.filter(({ name }) => view === undefined || name.view === view)
    if (chosen.length === 0) {
      const known = keptViews.map(({ name }) => name.view).join(', ')
      return yield* invalidQuery('view', `there is no such view: it is one of ${known}`)
    }
    const rebuilt: RebuiltView[] = []
    for (const { name, rebuild } of chosen) {
      const position = yield* withStores(
        book,
        rebuild({ progress: ({ position, head }) => options.onProgress?.(name.view, position, head) }),
      )
      rebuilt.push({ view: name.view, position })
    }
    yield* book.views.sweep
    return rebuilt
  })
