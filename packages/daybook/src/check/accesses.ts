import { accessCodec } from '@daybook/core/access'
import { isUnreadable } from '@daybook/core/kernel'
import { type EventStoreShape, NO_STREAM, type ReadError, type StoredEvent } from '@daybook/core/ports'
import { type ChainEnd, verifyChain } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import type { OpenBook } from '../book/open-book.ts'
import { sha256 } from '../book/world.ts'
import type { AccessUnrecorded } from '../privacy/errors.ts'
import { type BookHead, headText } from './book-head.ts'
import type { Finding } from './finding.ts'
import { walkLog } from './log.ts'

/** What `check` says of the access log. */
export interface AccessesChecked {
  readonly events: number
  /** `@position:hash`: written down elsewhere, it tells of looks that were taken off the end (`expectAccessHead`). */
  readonly head: string
  readonly findings: readonly Finding[]
}

const STREAMS_AT_ONCE = 1_000
const EVENTS_AT_ONCE = 200

const of = (message: string, { stream, version, position }: Partial<StoredEvent> = {}): Finding => ({
  check: 'accesses',
  message: `access log: ${message}`,
  ...(stream === undefined ? {} : { stream }),
  ...(version === undefined ? {} : { version }),
  ...(position === undefined ? {} : { position }),
})

/** A record that is none, or another book's. */
const recordFindings = (stored: StoredEvent, book: string): readonly Finding[] => {
  const event = accessCodec.decode(stored, true)
  if (isUnreadable(event)) return [of(`@${stored.position} (${stored.type}) can not be read: ${event.reason}`, stored)]
  return event.book === book ? [] : [of(`@${stored.position} is a look at another book, ${event.book}`, stored)]
}

const streamFindings = (
  log: EventStoreShape,
  stream: string,
  upTo: number,
  book: string,
): Effect.Effect<readonly Finding[], ReadError> =>
  Effect.gen(function* () {
    const findings: Finding[] = []
    let end: ChainEnd | undefined = NO_STREAM
    for (let after = -1; ; ) {
      const page: readonly StoredEvent[] = yield* log.readStream(stream, { after, limit: EVENTS_AT_ONCE })
      const known = page.filter(({ position }) => position <= upTo)
      if (end) {
        const chain = verifyChain(known, sha256, log.origin, end)
        if (!chain.ok) findings.push(of(chain.fault.message, chain.fault))
        end = chain.ok ? chain.end : undefined
      }
      findings.push(...known.flatMap((stored) => recordFindings(stored, book)))
      const last = page.at(-1)
      if (!last || page.length < EVENTS_AT_ONCE) return findings
      after = last.version
      yield* Effect.yieldNow
    }
  })

/**
 * Goes through the access log as through the book: its order, its commands, its chains, each record. Undefined where nobody
 * has looked at anything, or the log is named nowhere.
 */
export const accessFindings = (
  book: OpenBook,
  expected: BookHead | undefined,
): Effect.Effect<AccessesChecked | undefined, ReadError | AccessUnrecorded> =>
  Effect.scoped(
    Effect.gen(function* () {
      const log = yield* book.accessLog.reading
      if (!log) return undefined
      const { position: upTo } = yield* log.head
      const walk = yield* walkLog(log, upTo, expected)
      const findings = walk.findings.map((finding) => of(finding.message, finding))
      for (const message of yield* log.guardFaults) findings.push(of(message))
      for (let after = ''; ; ) {
        const page = yield* log.streams({ prefix: '', after, limit: STREAMS_AT_ONCE })
        for (const { stream } of page) findings.push(...(yield* streamFindings(log, stream, upTo, book.events.origin)))
        const last = page.at(-1)
        if (!last || page.length < STREAMS_AT_ONCE) break
        after = last.stream
      }
      return { events: walk.events, head: headText(walk.head), findings }
    }),
  )
