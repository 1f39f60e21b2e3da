import * as Effect from 'effect/Effect'
import type { Instant } from '../kernel/day.ts'
import type { Sha256 } from '../kernel/leaf.ts'
import { Integrity } from '../ports/errors.ts'
import { type EventStoreShape, NO_STREAM, type StoredEvent, type Token } from '../ports/event-store.ts'
import { leafOfStored } from './seal.ts'

/** The first event of a stream that does not fit, and what does not. */
export interface ChainFault {
  readonly stream: string
  readonly version: number
  readonly position: number
  readonly eventId: string
  /**
   * `stream`: an event of another stream; `version`: not the next one; `prev`: does not name the leaf before it;
   * `recordedAt`: before the previous event's; `position`: before the previous event's; `leaf`: its bytes or columns do
   * not give its leaf hash.
   */
  readonly fault: 'stream' | 'version' | 'prev' | 'recordedAt' | 'position' | 'leaf'
  readonly message: string
}

/** Where a checked chain ends: goes in again with the next page. */
export interface ChainEnd extends Token {
  readonly recordedAt?: Instant | undefined
  readonly position?: number | undefined
}

export type ChainCheck =
  | { readonly ok: true; readonly end: ChainEnd }
  | { readonly ok: false; readonly fault: ChainFault }

const faultOf = (
  event: StoredEvent,
  before: ChainEnd,
  stream: string,
  origin: string,
  sha256: Sha256,
): readonly [ChainFault['fault'], string] | undefined => {
  if (event.stream !== stream) return ['stream', `an event of ${event.stream} stands in ${stream}`]
  if (event.version !== before.version + 1) {
    return ['version', `version ${event.version} follows version ${before.version}`]
  }
  if (event.prev !== before.headHash)
    return ['prev', `it names ${event.prev} as the leaf before it, which is ${before.headHash}`]
  if (before.recordedAt !== undefined && event.recordedAt < before.recordedAt) {
    return ['recordedAt', `recorded at ${event.recordedAt}, before the previous event's ${before.recordedAt}`]
  }
  const { position = 0 } = before
  if (event.position <= position) return ['position', `it stands before the previous event's @${position}`]
  try {
    if (leafOfStored(event, origin, sha256) === event.leaf) return undefined
  } catch (cause) {
    return ['leaf', `its leaf can not be computed: ${String(cause)}`]
  }
  return ['leaf', 'its stored bytes or columns do not give its leaf hash']
}

/**
 * Recomputes the hashes of one stream's events from the bytes as stored and reports the first event that does not fit.
 * Nothing is parsed or written again: what was hashed is what stands there (notes/trust §1.3). Events come in version
 * order from version 0, or go on from the `end` of an earlier page. An intact chain with its tail cut off is still
 * intact: compare `end` with a head known from elsewhere.
 */
export const verifyChain = (
  events: readonly StoredEvent[],
  sha256: Sha256,
  origin: string,
  from: ChainEnd = NO_STREAM,
): ChainCheck => {
  let end = from
  const stream = events[0]?.stream ?? ''
  for (const event of events) {
    const found = faultOf(event, end, stream, origin, sha256)
    if (found) {
      const [fault, what] = found
      const { version, position, id } = event
      const message = `${stream} version ${version} (@${position}): ${what}`
      return { ok: false, fault: { stream, version, position, eventId: id, fault, message } }
    }
    end = { version: event.version, headHash: event.leaf, recordedAt: event.recordedAt, position: event.position }
  }
  return { ok: true, end }
}

/** What hashes and names a log: enough to hold what was read of it against what was sealed. */
export interface Proving {
  readonly sha256: Sha256
  readonly origin: string
}

/**
 * The end of a chain after a page that was read to answer or to decide from. Fails where the page is not what was sealed:
 * nothing may rest on it.
 */
export const provenPage = (
  page: readonly StoredEvent[],
  { sha256, origin }: Proving,
  from: ChainEnd = NO_STREAM,
): Effect.Effect<ChainEnd, Integrity> =>
  Effect.suspend(() => {
    const chain = verifyChain(page, sha256, origin, from)
    if (chain.ok) return Effect.succeed(chain.end)
    const what = 'what is stored was changed, and nothing is decided or answered from it'
    const message = `${chain.fault.message}: ${what}. Check the book (daybook check), and restore it from a backup.`
    return Effect.fail(new Integrity({ message }))
  })

/**
 * Proves events that are read in the order of the log, each by itself: that it is what was sealed, in its stream and at its
 * version. That none is missing between them only its whole stream can tell (`verifyChain`, `daybook check`).
 */
export const provenEach = (events: readonly StoredEvent[], proving: Proving): Effect.Effect<void, Integrity> =>
  Effect.forEach(
    events,
    (event) => provenPage([event], proving, { version: event.version - 1, headHash: event.prev }),
    { discard: true },
  )

/**
 * A store whose streams are proved as they are read, page by page, for whoever reads more of them than `load` does. A page
 * that goes on behind another begins where its first event says; from the first event on all of it is proved.
 */
export const provingStreams = (store: EventStoreShape, sha256: Sha256): EventStoreShape => {
  const proving = { sha256, origin: store.origin }
  return {
    ...store,
    readStream: (stream, page) =>
      Effect.tap(store.readStream(stream, page), (events) => {
        const [first] = events
        const goesOn = page.after >= 0 && first !== undefined
        return provenPage(events, proving, goesOn ? { version: page.after, headHash: first.prev } : NO_STREAM)
      }),
  }
}
