import type { EventStoreShape, StoreHealth } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import type { Connection } from './connection.ts'

const failed = (error: unknown): string => (error instanceof Error ? error.message : 'it does not answer')

/** How the server stands: asked once, without the repetitions of other calls. A leader takes appends. */
export const healthOf = (connection: Connection, head: EventStoreShape['head']): Effect.Effect<StoreHealth> =>
  Effect.suspend(() => {
    const began = performance.now()
    const latency = () => ({ latencyMs: performance.now() - began })
    const away = (detail: string): StoreHealth => ({ reachable: false, writable: false, detail, ...latency() })
    const answers = Effect.promise(() =>
      connection.ping().then(
        () => undefined,
        (error: unknown) => failed(error),
      ),
    )
    return Effect.flatMap(answers, (silent) =>
      silent === undefined
        ? Effect.match(head, {
            onFailure: ({ message }) => away(message),
            onSuccess: (found): StoreHealth => ({
              ...{ reachable: true, writable: true, head: found, ...latency() },
              detail: 'the leader answers',
            }),
          })
        : Effect.succeed(away(silent)),
    )
  })
