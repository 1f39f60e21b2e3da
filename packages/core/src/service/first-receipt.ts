import * as Effect from 'effect/Effect'
import { madeBy } from '../account/made.ts'
import { accountCodec } from '../account/rooms.ts'
import type { RuleHit } from '../kernel/decision.ts'
import { isUnreadable } from '../kernel/event.ts'
import type { ReadError } from '../ports/errors.ts'
import type { EventStoreShape, Receipt, StoredEvent } from '../ports/event-store.ts'
import type { Outcome } from './service.ts'

type Received = Extract<Outcome, Receipt>

/** Warnings as they were written beside the first event of a decision; none where an older Daybook wrote it. */
const warningsIn = (first: StoredEvent | undefined): readonly RuleHit[] => {
  try {
    const { warnings }: { readonly warnings?: readonly RuleHit[] } = JSON.parse(first?.meta ?? '{}')
    return warnings ?? []
  } catch {
    // A meta that is no JSON is for `check` to find.
    return []
  }
}

/**
 * The receipt of a command on an account as it was first given: a repeated one is read again from its events (design
 * §3.8). What a later Daybook has written and this one can not read is named by its type.
 */
export const firstReceipt = (store: EventStoreShape, outcome: Received): Effect.Effect<Received, ReadError> => {
  if (!outcome.repeated) return Effect.succeed(outcome)
  const { stream, firstVersion, lastVersion } = outcome
  const page = { after: firstVersion - 1, limit: lastVersion - firstVersion + 1 }
  return Effect.map(store.readStream(stream, page), (stored) => {
    const decoded = stored.map((one) => accountCodec.decode(one)).filter((event) => !isUnreadable(event))
    return {
      ...outcome,
      events: stored.map(({ type }) => type),
      ids: madeBy(decoded as readonly { readonly type: string }[]),
      warnings: warningsIn(stored[0]),
    }
  })
}
