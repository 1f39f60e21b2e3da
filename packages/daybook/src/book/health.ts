import type { ReadError, ViewName } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import type { BookHealth, ViewHealth } from './answers.ts'
import { keptViews } from './kept-views.ts'
import type { OpenBook } from './open-book.ts'

const viewHealth = (book: OpenBook, name: ViewName, head: number): Effect.Effect<ViewHealth, ReadError> =>
  Effect.gen(function* () {
    const { view, version } = name
    const { position } = yield* book.views.checkpoint(name)
    const behind = Math.max(0, head - position)
    const [missed] = behind > 0 ? yield* book.events.readAll({ after: position, limit: 1 }) : []
    const behindMs = missed
      ? Math.max(0, Date.parse(book.desk.service.world.now()) - Date.parse(missed.committedAt))
      : 0
    return { view, version, position, behind, behindMs }
  })

/** How the book stands, held against the true head of its log. Nothing is caught up by it, and it never fails. */
export const healthIn = (book: OpenBook): Effect.Effect<BookHealth> =>
  Effect.gen(function* () {
    const store = yield* book.events.health
    const names = [...keptViews, ...book.ownViews.values()].map(({ name }) => name)
    const views = yield* Effect.forEach(names, (name) =>
      Effect.catch(viewHealth(book, name, store.head?.position ?? 0), ({ message }) =>
        Effect.succeed<ViewHealth>({ view: name.view, version: name.version, detail: message }),
      ),
    )
    const well = store.reachable && store.writable && views.every(({ detail }) => detail === undefined)
    return { well, store, views }
  }).pipe(Effect.withSpan('Daybook.health'))
