import {
  type Adoption,
  type AppendError,
  Conflict,
  type Head,
  Indeterminate,
  type LogPart,
  type ReadError,
  ReadOnly,
  type RecordedCommand,
  takingOver,
} from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { adoptionFault } from '../adopting.ts'
import { prefixOf } from './address.ts'
import type { BookStream } from './book-stream.ts'
import type { Connection } from './connection.ts'
import { mustBeWhole, type PositionIndex } from './position-index.ts'
import { proposedOf } from './record.ts'

/** The name of the log as whoever has opened it knows it; another one once it has taken another log over. */
export interface KnownName {
  origin: string
}

/** Why the log takes no append now, or not from who has opened it under another name. */
export const appendFault = (index: PositionIndex, { origin }: KnownName, label: string): ReadOnly | undefined => {
  const log = index.log()
  if (log.begun) return takingOver(label)
  if (log.origin === origin) return undefined
  return new ReadOnly({ message: `${label} has taken another log over since it was opened: open it again` })
}

interface AdoptingLog {
  readonly connection: Connection
  readonly index: PositionIndex
  readonly tenant: string
  readonly book: BookStream
  readonly name: KnownName
}

/**
 * Takes a log over, command by command in its order. That it does, and from which log, stands in the stream of the book
 * before the first of them, so every index tells the same: an append that was under way meanwhile is none of the log.
 */
export const kurrentAdoption = (
  { connection, index, tenant, book, name }: AdoptingLog,
  attempt: <A>(step: () => Promise<A>) => Effect.Effect<A, ReadError>,
): Adoption => {
  const { label } = connection
  const prefix = prefixOf(tenant)

  /** Ends when the log is named after the other one, and takes it; an error where it does not. */
  const begun = async (part: LogPart): Promise<AppendError | undefined> => {
    for (;;) {
      await index.freshen()
      const [log, { secretCheck, revision }] = [index.log(), await book.there()]
      const fault = adoptionFault(part, {
        ...{ name: label, ...log, hasSecret: secretCheck !== undefined, head: index.head() },
        ...{ headOf: index.stream, hasEvent: index.hasEvent },
      })
      if (fault || log.begun) return fault
      if (!(await book.begin(part.origin, revision))) continue
      // An event that came first makes it void: then the log has events of its own.
      const isSettled = (): boolean => index.log().begun || index.head().position > 0
      await index.until(isSettled, 'that it takes another log over')
    }
  }

  const write = async ({ fingerprint, events }: RecordedCommand): Promise<AppendError | undefined> => {
    const [first] = events
    if (!first) return undefined
    const { stream, commandId, version, committedAt } = first
    mustBeWhole(stream, index.stream(stream), label)
    const proposed = proposedOf({ commandId, fingerprint, events }, crypto.randomUUID(), { committedAt })
    const outcome = await connection.append(prefix + stream, version - 1, proposed)
    if (outcome === 'written') return undefined
    if (outcome === 'unknown') {
      const message = `${label} did not say whether @${first.position} was written: give the same import-log again`
      return new Indeterminate({ message })
    }
    if (outcome !== 'wrong-version') return outcome
    const message = `${label}: another has written to ${stream} meanwhile`
    return new Conflict({ stream, expected: version - 1, actual: index.stream(stream).version, message })
  }

  const take = async (part: LogPart): Promise<Head | AppendError> => {
    const fault = await begun(part)
    if (fault) return fault
    name.origin = part.origin
    for (const command of part.commands) {
      const failed = await write(command)
      if (failed) return failed
    }
    const last = part.commands.at(-1)?.events.at(-1)
    if (!last) return index.head()
    const holds = (): boolean => index.head().position >= last.position || index.faults().length > 0
    await index.until(holds, `@${last.position}`)
    for (const { events } of part.commands) {
      const stream = events[0]?.stream ?? ''
      mustBeWhole(stream, index.stream(stream), label)
    }
    return index.head()
  }

  const finish = async (secretCheck: string | undefined): Promise<void> => {
    for (;;) {
      await index.freshen()
      if (!index.log().begun) return
      const { revision } = await book.there()
      if (!(await book.end(secretCheck, revision))) continue
      await index.until(() => !index.log().begun, 'the end of the log that is taken over')
    }
  }

  return {
    begun: attempt(async () => {
      await index.freshen()
      return index.log().begun
    }),
    take: (part) =>
      Effect.flatMap(
        attempt(() => take(part)),
        (taken) => ('_tag' in taken ? Effect.fail(taken) : Effect.succeed(taken)),
      ),
    finish: (secretCheck) => attempt(() => finish(secretCheck)),
  }
}
