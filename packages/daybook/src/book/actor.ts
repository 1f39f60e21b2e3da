import { InvalidCommand } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'

const LONGEST = 200

/**
 * Who acts stands on every event for good: a name that says nothing, or breaks a line, is refused. Which ids there are is
 * for the embedding product to say.
 */
export const namedActor = (id: string): Effect.Effect<void, InvalidCommand> => {
  if (id.trim() !== '' && id.length <= LONGEST && !/\p{Cc}/u.test(id)) return Effect.void
  const message = `an actor is named by 1 to ${LONGEST} characters of one line`
  return Effect.fail(
    new InvalidCommand({ message: `not a valid command: actor: ${message}`, issues: [{ path: 'actor', message }] }),
  )
}
