import * as Data from 'effect/Data'
import { printable } from '../kernel/printable.ts'

/**
 * What can go wrong at a store. Each says whether sending the same again is safe: `safe` (nothing was written, or a
 * repeat is recognised by its command id), `after-resync` (load again, decide again), `never` (change something first).
 * A rejection by a rule is no error of a store and is not here.
 */
export type Retry = 'safe' | 'never' | 'after-resync'

interface Words {
  readonly message: string
  readonly issues?: readonly { readonly path: string; readonly message: string }[]
}

/** Longest path of an issue: a key that was given may be as long as its file. */
const LONGEST_PATH = 200

/**
 * What a tagged error is made of. Its words can be printed anywhere, whatever was given: what could steer a terminal is
 * written as its escape, and what is very long is cut.
 */
export const Told = <const Tag extends string>(tag: Tag): ReturnType<typeof Data.TaggedError<Tag>> => {
  const Base = Data.TaggedError(tag) as unknown as new (words: Words) => object
  class Printable extends Base {
    constructor(words: Words) {
      const issues = words.issues?.map(({ path, message }) => ({
        path: printable(path, LONGEST_PATH),
        message: printable(message),
      }))
      super({ ...words, message: printable(words.message), ...(issues ? { issues } : {}) })
    }
  }
  return Printable as unknown as ReturnType<typeof Data.TaggedError<Tag>>
}

/** Another writer was first: the stream is not at the version that the writer had seen. Nothing was written. */
export class Conflict extends Told('Conflict')<{
  readonly stream: string
  readonly expected: number
  readonly actual: number
  readonly message: string
}> {
  readonly retry: Retry = 'after-resync'
}

/** The command id was used before for another command. Nothing was written. */
export class CommandMismatch extends Told('CommandMismatch')<{
  readonly stream: string
  readonly commandId: string
  readonly message: string
}> {
  readonly retry: Retry = 'never'
}

/** The command is not well formed: unknown keys, fractions of a cent, impossible dates. `issues` name each place. */
export class InvalidCommand extends Told('InvalidCommand')<{
  readonly message: string
  readonly issues: readonly { readonly path: string; readonly message: string }[]
}> {
  readonly retry: Retry = 'never'
}

/** A stored event that this version of Daybook can not read. */
export class UnreadableEvent extends Told('UnreadableEvent')<{
  readonly stream: string
  readonly version: number
  readonly type: string
  readonly message: string
}> {
  readonly retry: Retry = 'never'
}

/** A limit of Daybook was passed: see `limits`. Nothing was written. */
export class LimitExceeded extends Told('LimitExceeded')<{
  readonly limit: string
  readonly message: string
}> {
  readonly retry: Retry = 'never'
}

/** The stream was closed: it takes no new command. Nothing was written. A command that it holds still gets its receipt. */
export class StreamClosed extends Told('StreamClosed')<{
  readonly stream: string
  /** Of its last event. */
  readonly version: number
  readonly message: string
}> {
  readonly retry: Retry = 'never'
}

/** The store was opened for reading. Nothing was written. */
export class ReadOnly extends Told('ReadOnly')<{ readonly message: string }> {
  readonly retry: Retry = 'never'
}

/** The store can not say whether the append happened. Sending the same command again is safe: its id decides. */
export class Indeterminate extends Told('Indeterminate')<{ readonly message: string }> {
  readonly retry: Retry = 'safe'
}

/** What is stored contradicts itself: a hash, a version or a column does not fit. Stop and find out. */
export class Integrity extends Told('Integrity')<{ readonly message: string; readonly cause?: unknown }> {
  readonly retry: Retry = 'never'
}

/** The store did not answer, is busy or is full. Nothing was written. */
export class Unavailable extends Told('Unavailable')<{
  readonly message: string
  readonly cause?: unknown
  /** Another writer held the store for longer than this one waited. */
  readonly busy?: boolean
}> {
  readonly retry: Retry = 'safe'
}

/**
 * The clock that an event would be recorded by stands years ahead of the last one in the log: one such event dates all
 * that come after it, and known-at would answer wrongly for the years between. Nothing was written. Set the clock, or open
 * the store again saying that it is right.
 */
export class ClockAhead extends Told('ClockAhead')<{
  /** When the last event was committed. */
  readonly last: string
  /** What the clock says. */
  readonly now: string
  readonly message: string
}> {
  readonly retry: Retry = 'never'
}

/** Why a read failed. */
export type ReadError = Unavailable | Integrity
/** Why an append failed; each says whether sending it again is safe (`retry`). */
export type AppendError =
  | Conflict
  | ClockAhead
  | CommandMismatch
  | LimitExceeded
  | ReadOnly
  | StreamClosed
  | Indeterminate
  | Integrity
  | Unavailable
