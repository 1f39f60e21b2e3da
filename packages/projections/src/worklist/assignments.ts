import { isPersonStream } from '@daybook/core/kernel'
import { type EventStore, ViewStore } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { documentIn, type ProjectionError } from '../runner/index.ts'
import { catchUpWorklist, worklistView } from './catch-up.ts'
import type { KeptDocument } from './documents.ts'

/** Work of an account that somebody has: all of it, a queue, or one piece, as it was assigned. */
export interface AssignedPiece {
  readonly account: string
  readonly queue?: string
  readonly subject?: string
}

const DOCUMENTS_AT_ONCE = 1_000

/** Everything that somebody has, in the order of accounts: also what is on no list today. */
export const assignedPieces = (
  to: string,
): Effect.Effect<readonly AssignedPiece[], ProjectionError, EventStore | ViewStore> =>
  Effect.gen(function* () {
    yield* catchUpWorklist()
    const views = yield* ViewStore
    const pieces: AssignedPiece[] = []
    for (let after = ''; ; ) {
      const page = yield* views.docs(worklistView, { after, limit: DOCUMENTS_AT_ONCE })
      for (const { key, body } of page) {
        if (isPersonStream(key)) continue
        const document = yield* documentIn<KeptDocument>(worklistView, key, body)
        if (document.kind !== 'account') continue
        const { account, matters } = document
        for (const { to: has, queue, subject } of matters.work.assigned) {
          const piece = { ...(queue === undefined ? {} : { queue }), ...(subject === undefined ? {} : { subject }) }
          if (has === to) pieces.push({ account, ...piece })
        }
      }
      const last = page.at(-1)
      if (!last || page.length < DOCUMENTS_AT_ONCE) return pieces
      after = last.key
    }
  })
