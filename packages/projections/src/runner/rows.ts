import { Integrity, type ViewName } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'

/** A document of a view, from its text. One that is no JSON was written by somebody else: the events have it all. */
export const documentIn = <Doc>({ view }: ViewName, key: string, body: string): Effect.Effect<Doc, Integrity> =>
  Effect.suspend(() => {
    try {
      return Effect.succeed(JSON.parse(body) as Doc)
    } catch {
      const message =
        `the ${view} view can not be read at ${key}: somebody has changed its row. Nothing is lost: views are built from ` +
        "the events; open the book with other ones (openDaybook's option `views`)"
      return Effect.fail(new Integrity({ message }))
    }
  })
