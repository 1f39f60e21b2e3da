import type { EventStoreShape, StoreHealth } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { asking } from './asking.ts'
import type { Sessions } from './sessions.ts'
import { statement } from './statement.ts'

/** Whether this session may append, as far as that can be told without doing it. */
const standing = statement(
  `SELECT pg_is_in_recovery(), current_setting('transaction_read_only') = 'on',
     coalesce((SELECT bool_and(has_function_privilege(p.oid, 'EXECUTE')) FROM pg_proc p
       JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'daybook' AND p.proname = 'append'), false)`,
)

const wordsOf = (isCopy: boolean, isReadOnly: boolean, mayAppend: boolean): string => {
  if (isCopy) return 'it can be read, not written: the server is a copy'
  if (isReadOnly) return 'it can be read, not written: the server takes no changes'
  return mayAppend ? 'it can be read and written' : 'it can be read, not written: this user lacks the right'
}

/** How a server stands, asked at once and without patience. */
export const healthOf = (sessions: Sessions, head: EventStoreShape['head']): Effect.Effect<StoreHealth> =>
  Effect.suspend(() => {
    const began = performance.now()
    const latency = () => ({ latencyMs: performance.now() - began })
    const asked = asking(sessions.where, () =>
      sessions.use((session) => session.rows<[boolean, boolean, boolean]>(standing)),
    )
    return Effect.match(
      Effect.flatMap(asked, (rows) => Effect.map(head, (end) => ({ rows, end }))),
      {
        onFailure: ({ message }): StoreHealth => ({ reachable: false, writable: false, detail: message, ...latency() }),
        onSuccess: ({ rows, end }): StoreHealth => {
          const [[isCopy, isReadOnly, mayAppend] = [false, true, false]] = rows
          const writable = !isCopy && !isReadOnly && mayAppend
          return { reachable: true, writable, head: end, detail: wordsOf(isCopy, isReadOnly, mayAppend), ...latency() }
        },
      },
    )
  })
