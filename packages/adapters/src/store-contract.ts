import type { Instant } from '@daybook/core/kernel'
import { type Append, ClockAhead, closesIn, Integrity, LimitExceeded, limits, type Token } from '@daybook/core/ports'

/** Tells a store the time. Injectable, so that writers whose clocks differ can be tested. */
export type Clock = () => Instant

export const systemClock: Clock = () => new Date().toISOString() as Instant

/** A random name for a new log; it goes into every leaf hash, so no event can be passed off as another log's. */
export const newOrigin = (): string => `log-${crypto.randomUUID()}`

const streamPattern = /^[A-Za-z0-9][A-Za-z0-9._:-]*$/

const limitBroken = ({ stream, events }: Append): LimitExceeded | undefined => {
  const over = (limit: string, message: string): LimitExceeded => new LimitExceeded({ limit, message })
  if (stream.length > limits.streamName) {
    return over('streamName', `a stream name has at most ${limits.streamName} characters, this one ${stream.length}`)
  }
  if (!streamPattern.test(stream)) {
    return over('streamName', 'a stream name takes A–Z a–z 0–9 . _ : -, beginning with a letter or digit')
  }
  if (events.length === 0 || events.length > limits.eventsPerAppend) {
    return over('eventsPerAppend', `an append has 1 to ${limits.eventsPerAppend} events, this one ${events.length}`)
  }
  for (const { type, data, meta } of events) {
    // A UTF-16 unit is at most three bytes of UTF-8: most events need no count.
    if ((data.length + meta.length) * 3 <= limits.eventBytes) continue
    const bytes = Buffer.byteLength(data) + Buffer.byteLength(meta)
    if (bytes > limits.eventBytes) {
      return over(
        'eventBytes',
        `an event has at most ${limits.eventBytes} bytes of data and meta, this ${type} ${bytes}`,
      )
    }
  }
  return undefined
}

/** That a stream is closed stands in the hash of the last event, and of no other: an append says the same as its events. */
const closingFault = ({ stream, events, closes }: Append): Integrity | undefined => {
  const last = events.length - 1
  const wrong = events.find(({ meta }, at) => closesIn(meta) !== (at === last && closes === true))
  if (!wrong) return undefined
  const what = closes ? 'the append closes the stream' : 'the append does not close the stream'
  return new Integrity({ message: `${wrong.type} ${wrong.id} for ${stream}: ${what}, and its meta says another thing` })
}

/**
 * Half a character has no bytes, and PostgreSQL keeps no U+0000: a book that holds one on one store could not be moved to
 * another. Canonical JSON writes both as escapes, so no payload of ours has them.
 */
const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0')

/**
 * What every store refuses before it looks at what it holds: an append beyond the limits, or events that do not chain
 * to the expected head and to each other, or text that can not be stored byte for byte.
 */
export const refusal = (request: Append): LimitExceeded | Integrity | undefined => {
  const broken = limitBroken(request)
  if (broken) return broken
  let prev = request.expected.headHash
  for (const event of request.events) {
    if (event.prev !== prev) {
      return new Integrity({
        message: `${event.type} ${event.id} for ${request.stream} names ${event.prev} as the leaf before it, not ${prev}`,
      })
    }
    if (![event.data, event.meta, event.actor].every(isStorable)) {
      return new Integrity({
        message: `${event.type} ${event.id} for ${request.stream} is not well-formed Unicode, or holds U+0000`,
      })
    }
    prev = event.leaf
  }
  return closingFault(request)
}

const DAY = 24 * 60 * 60 * 1_000
/**
 * How far a clock may stand ahead of the last event of a log. A practice writes every day, and a book that was put away
 * is taken out again after some years; a clock that is set wrongly is often off by decades.
 */
export const YEARS_AHEAD = 5

const yearsBetween = (last: Instant, now: Instant): number => (Date.parse(now) - Date.parse(last)) / (365.25 * DAY)

/**
 * Why an append is not dated by this clock: it, or what the writer has recorded, stands years ahead of the last event.
 * Nobody knows how far the first event of a log may be.
 */
export const clockFault = (last: Instant | undefined, clock: Instant, { events }: Append): ClockAhead | undefined => {
  if (last === undefined) return undefined
  const now = events.reduce((latest, { recordedAt }) => (recordedAt > latest ? recordedAt : latest), clock)
  const years = yearsBetween(last, now)
  if (years <= YEARS_AHEAD) return undefined
  const message =
    `the clock says ${now}, ${Math.floor(years)} years after the last event of the book, which was committed at ${last}: ` +
    'set the clock of this machine; or say that it is right (option clockIsRight, --clock-is-right)'
  return new ClockAhead({ last, now, message })
}

/** Whether a stream stands where the writer saw it: the same version and the same last leaf. */
export const stands = (head: Token, expected: Token): boolean =>
  head.version === expected.version && head.headHash === expected.headHash

/** Why a stream that is closed takes nothing. */
export const closedMessage = (stream: string, { version }: Token): string =>
  `${stream} was closed by its version ${version}: it takes no new command`

/** Why an append that expected another head was not written. */
export const conflictMessage = (stream: string, head: Token, expected: Token): string =>
  head.version === expected.version
    ? `${stream} is at version ${head.version} as expected, but its last event is another than the writer saw`
    : `${stream} is at version ${head.version}, the writer expected ${expected.version}`

/**
 * @throws RangeError when a page is asked for that no store gives. Cutting it short in silence would look like the end.
 */
export const checkPageLimit = (limit: number): void => {
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > limits.page) {
    throw new RangeError(`a page has 1 to ${limits.page} rows, not ${limit}`)
  }
}
