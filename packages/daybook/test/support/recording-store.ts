import type { EventStoreShape } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'

/** What is asked of a store, in order: `read account`, `read together 2 ref`, `append ref visit`, `find account`. */
export interface Recording {
  readonly store: EventStoreShape
  readonly trips: string[]
}

/** The kind of a stream, `remittance` of `remittance-57…`, and of a command that an import makes, `visit` of `visit:9b…`. */
const kindOf = (name: string): string => /^[a-z]+/.exec(name)?.[0] ?? name

/** Streams that are read together: `read together 2 ref`. */
const manyOf = (pages: readonly { readonly stream: string }[]): string => {
  const kinds = Map.groupBy(pages, ({ stream }) => kindOf(stream))
  return `read together ${[...kinds].map(([kind, some]) => `${some.length} ${kind}`).join(', ')}`
}

/** A store that writes down each round trip that loading and storing streams costs. */
export const recording = (store: EventStoreShape): Recording => {
  const trips: string[] = []
  const told = <A, E>(trip: string, effect: Effect.Effect<A, E>): Effect.Effect<A, E> =>
    Effect.suspend(() => {
      trips.push(trip)
      return effect
    })
  return {
    trips,
    store: {
      ...store,
      readMany: (pages) => told(manyOf(pages), store.readMany(pages)),
      readStream: (stream, page) => told(`read ${kindOf(stream)}`, store.readStream(stream, page)),
      findCommand: (stream, commandId) => told(`find ${kindOf(stream)}`, store.findCommand(stream, commandId)),
      append: (request) => told(`append ${kindOf(request.stream)} ${kindOf(request.commandId)}`, store.append(request)),
    },
  }
}
