import * as Effect from 'effect/Effect'
import { closesIn } from './closing.ts'
import { Conflict, Integrity, ReadOnly } from './errors.ts'
import type { Adoption, Head, LogPart, StoredEvent, Token } from './event-store.ts'

/** How a store takes a log over; one that does not refuses every part. */
export const adoptionOf = ({ adoption }: { readonly adoption?: Adoption | undefined }): Adoption =>
  adoption ?? {
    begun: Effect.succeed(false),
    take: () => Effect.fail(new ReadOnly({ message: 'a log of this store takes no other one over' })),
    finish: () => Effect.void,
  }

/** Where a log stands that is to take a part of another one. */
export interface TakingLog {
  /** What it is called in messages. */
  readonly name: string
  readonly begun: boolean
  readonly origin: string
  /** Whether it keeps a check value of a secret. */
  readonly hasSecret: boolean
  readonly head: Head
  /** Where a stream of it stands. */
  readonly headOf: (stream: string) => Token & { readonly closed: boolean }
  readonly hasEvent: (id: string) => boolean
}

/** Why an append is refused while a log is being taken over. */
export const takingOver = (name: string): ReadOnly =>
  new ReadOnly({
    message: `${name} is taking over another log and has not come to its end: give the same import-log again`,
  })

/** What of an event does not follow the one before it in the log, and the end of its stream; in words. */
const following = (event: StoredEvent, before: Head, end: Token & { readonly closed: boolean }): string | undefined => {
  const { stream, version, position, prev, committedAt } = event
  if (end.closed) return `${stream} was closed before it`
  if (version !== end.version + 1) return `version ${version} does not follow version ${end.version} of ${stream}`
  if (prev !== end.headHash) return `it names ${prev} as the leaf before it, which is ${end.headHash}`
  if (position !== before.position + 1) return `it does not follow @${before.position}`
  if (before.committedAt !== undefined && committedAt < before.committedAt) {
    return `it was committed at ${committedAt}, before the ${before.committedAt} of the one before it`
  }
  return undefined
}

/** Why a log takes no part of that other one, or not this one next. */
const placeFault = ({ origin, commands }: LogPart, log: TakingLog): ReadOnly | Conflict | undefined => {
  const { position } = log.head
  if (log.begun ? log.origin !== origin : position > 0 || log.hasSecret) {
    const what = log.begun ? `is taking over ${log.origin}, not ${origin}` : `has ${position} events of its own`
    return new ReadOnly({ message: `${log.name} ${what}: a log is taken over into an empty one, and into no other` })
  }
  const first = commands[0]?.events[0]
  if (!first || first.position === position + 1) return undefined
  const message = `${log.name} ends at @${position}: the next part begins behind that, not at @${first.position}`
  return new Conflict({ stream: first.stream, expected: first.position - 1, actual: position, message })
}

/** Why a part is not taken, looked at before anything of it is written: what every store asks. */
export const partFault = (part: LogPart, log: TakingLog): ReadOnly | Conflict | Integrity | undefined => {
  const misplaced = placeFault(part, log)
  if (misplaced) return misplaced
  const ends = new Map<string, Token & { readonly closed: boolean }>()
  const ids = new Set<string>()
  let before = log.head
  for (const { events } of part.commands) {
    const [first] = events
    for (const event of events) {
      const wrong = (what: string) => new Integrity({ message: `@${event.position} of ${event.stream}: ${what}` })
      const end = ends.get(event.stream) ?? log.headOf(event.stream)
      const fault = following(event, before, end)
      if (fault !== undefined) return wrong(fault)
      if (
        event.stream !== first?.stream ||
        event.commandId !== first.commandId ||
        event.committedAt !== first.committedAt
      ) {
        return wrong('the events of a command are of one stream and one time')
      }
      if (ids.has(event.id) || log.hasEvent(event.id)) return wrong(`event id ${event.id} is in the log already`)
      ids.add(event.id)
      ends.set(event.stream, { version: event.version, headHash: event.leaf, closed: closesIn(event.meta) })
      before = event
    }
  }
  return undefined
}
