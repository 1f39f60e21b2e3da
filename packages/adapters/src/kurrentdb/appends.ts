import {
  type Append,
  type AppendError,
  CommandMismatch,
  Conflict,
  Indeterminate,
  Integrity,
  type Receipt,
  StreamClosed,
  Unavailable,
} from '@daybook/core/ports'
import { type Clock, clockFault, closedMessage, conflictMessage, refusal, stands } from '../store-contract.ts'
import { prefixOf } from './address.ts'
import { appendFault, type KnownName } from './adopting.ts'
import type { Connection } from './connection.ts'
import { mustBeWhole, type PositionIndex } from './position-index.ts'
import { proposedOf } from './record.ts'

export interface AppendOptions {
  readonly tenant: string
  readonly name: KnownName
  readonly clock: Clock
  readonly clockIsRight: boolean
}

/** The server takes ids as it writes them: in small letters. */
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Work of one stream is done one after the other; that of others goes on. */
const lanes = () => {
  const ends = new Map<string, Promise<unknown>>()
  return <A>(name: string, work: () => Promise<A>): Promise<A> => {
    const end = (ends.get(name) ?? Promise.resolve()).then(work, work)
    const mine = end
      .catch(() => {})
      .then(() => {
        if (ends.get(name) === mine) ends.delete(name)
      })
    ends.set(name, mine)
    return end
  }
}

/**
 * Appends at exact revisions only. By what is known of the stream up to the version that the writer has seen, a command
 * that is there already is told before it is sent; by the revision the server tells any that came since. What became of an
 * append that was not answered is asked by sending it again: the same ids at the same revision are a repeat.
 */
export const appender = (connection: Connection, index: PositionIndex, options: AppendOptions) => {
  const { tenant, name, clock, clockIsRight } = options
  const { label } = connection
  const prefix = prefixOf(tenant)
  const inLane = lanes()

  /** The answer to a command id that is in the log already (laws B3, B4). */
  const repeated = ({ stream, commandId, fingerprint }: Append): Receipt | CommandMismatch | undefined => {
    const known = index.command(stream, commandId)
    if (!known || known.fingerprint === fingerprint) return known?.receipt
    const message = `command ${commandId} was used on ${stream} for another command`
    return new CommandMismatch({ stream, commandId, message })
  }

  const conflict = ({ stream, expected }: Append): Conflict => {
    const head = index.stream(stream)
    const message = conflictMessage(stream, head, expected)
    return new Conflict({ stream, expected: expected.version, actual: head.version, message })
  }

  const idFault = ({ events, stream, commandId }: Append): Integrity | undefined => {
    const ids = new Set(events.map(({ id }) => id))
    const command = `command ${commandId} on ${stream}`
    const odd = [...ids].find((id) => !uuid.test(id))
    if (odd !== undefined) return new Integrity({ message: `${command} has an event id that is no UUID: ${odd}` })
    if (ids.size === events.length && ![...ids].some((id) => index.hasEvent(id))) return undefined
    return new Integrity({ message: `${command} has an event id that is in the log already` })
  }

  /** The answer before anything is sent, by what the index knows. */
  const foreseen = async (request: Append): Promise<Receipt | AppendError | undefined> => {
    const { stream, expected } = request
    // A log that is empty, as far as is known, may be taking another one over by now.
    const isKnown = index.head().position > 0 && !index.log().begun
    if (!isKnown || !stands(index.stream(stream), expected)) await index.freshen()
    const refused = appendFault(index, name, label)
    if (refused) return refused
    const known = repeated(request)
    if (known) return known
    const head = index.stream(stream)
    mustBeWhole(stream, head, label)
    if (head.closed) return new StreamClosed({ stream, version: head.version, message: closedMessage(stream, head) })
    if (!stands(head, expected)) return conflict(request)
    const odd = idFault(request)
    if (odd) return odd
    return clockIsRight ? undefined : clockFault(index.head().committedAt, clock(), request)
  }

  /** What was written is answered once the index holds it: from then on everybody sees it. */
  const written = async (request: Append, writer: string): Promise<Receipt | AppendError> => {
    const { stream, commandId, expected, events } = request
    const { fault } = index.stream(stream)
    const last = expected.version + events.length
    const holds = (): boolean => index.stream(stream).version >= last || index.stream(stream).fault !== fault
    try {
      await index.until(holds, `version ${last} of ${stream}`)
    } catch (error) {
      // It is written; only its position is not known yet.
      if (error instanceof Unavailable) return new Indeterminate({ message: error.message })
      throw error
    }
    const known = index.command(stream, commandId)
    if (!known) {
      mustBeWhole(stream, index.stream(stream), label)
      return new Integrity({ message: `${label}: command ${commandId} on ${stream} was taken and is not in the log` })
    }
    // The same events, sent by another at the same time: those were first.
    return { ...known.receipt, repeated: known.writer !== writer }
  }

  const append = async (request: Append): Promise<Receipt | AppendError> => {
    const answer = await foreseen(request)
    if (answer) return answer
    const { stream, expected, commandId } = request
    const writer = crypto.randomUUID()
    const also = index.head().position === 0 ? { origin: name.origin } : {}
    const outcome = await connection.append(prefix + stream, expected.version, proposedOf(request, writer, also))
    if (outcome === 'written') return written(request, writer)
    if (outcome === 'wrong-version') {
      // Another was first, or this very command: what the log has there says which.
      const moved = (): boolean => !stands(index.stream(stream), expected) || index.stream(stream).fault !== undefined
      await index.until(moved, `what stands behind version ${expected.version} of ${stream}`)
      return (await foreseen(request)) ?? conflict(request)
    }
    if (outcome !== 'unknown') return outcome
    const message = `${label} did not say whether command ${commandId} on ${stream} was written: send it again`
    return new Indeterminate({ message })
  }

  return (request: Append): Promise<Receipt | AppendError> => {
    const refused = refusal(request)
    return refused ? Promise.resolve(refused) : inLane(request.stream, () => append(request))
  }
}
