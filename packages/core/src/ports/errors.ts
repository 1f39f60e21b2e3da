import * as Data from 'effect/Data'

/**
 * What can go wrong at a store. Each says whether sending the same again is safe: `safe` (nothing was written, or a
 * repeat is recognised by its command id), `after-resync` (load again, decide again), `never` (change something first).
 * A rejection by a rule is no error of a store and is not here.
 */
export type Retry = 'safe' | 'never' | 'after-resync'

/** Another writer was first: the stream is not at the version that the writer had seen. Nothing was written. */
export class Conflict extends Data.TaggedError('Conflict')<{
  readonly stream: string
  readonly expected: number
  readonly actual: number
  readonly message: string
}> {
  readonly retry: Retry = 'after-resync'
}

/** The command id was used before for another command. Nothing was written. */
export class CommandMismatch extends Data.TaggedError('CommandMismatch')<{
  readonly stream: string
  readonly commandId: string
  readonly message: string
}> {
  readonly retry: Retry = 'never'
}

/** The command is not well formed: unknown keys, fractions of a cent, impossible dates. `issues` name each place. */
export class InvalidCommand extends Data.TaggedError('InvalidCommand')<{
  readonly message: string
  readonly issues: readonly { readonly path: string; readonly message: string }[]
}> {
  readonly retry: Retry = 'never'
}

/** A stored event that this version of Daybook can not read. */
export class UnreadableEvent extends Data.TaggedError('UnreadableEvent')<{
  readonly stream: string
  readonly version: number
  readonly type: string
  readonly message: string
}> {
  readonly retry: Retry = 'never'
}

/** A limit of Daybook was passed: see `limits`. Nothing was written. */
export class LimitExceeded extends Data.TaggedError('LimitExceeded')<{
  readonly limit: string
  readonly message: string
}> {
  readonly retry: Retry = 'never'
}

/** The store was opened for reading. Nothing was written. */
export class ReadOnly extends Data.TaggedError('ReadOnly')<{ readonly message: string }> {
  readonly retry: Retry = 'never'
}

/** The store can not say whether the append happened. Sending the same command again is safe: its id decides. */
export class Indeterminate extends Data.TaggedError('Indeterminate')<{ readonly message: string }> {
  readonly retry: Retry = 'safe'
}

/** What is stored contradicts itself: a hash, a version or a column does not fit. Stop and find out. */
export class Integrity extends Data.TaggedError('Integrity')<{ readonly message: string }> {
  readonly retry: Retry = 'never'
}

/** The store did not answer, is busy or is full. Nothing was written. */
export class Unavailable extends Data.TaggedError('Unavailable')<{
  readonly message: string
  readonly cause?: unknown
  /** Another writer held the store for longer than this one waited. */
  readonly busy?: boolean
}> {
  readonly retry: Retry = 'safe'
}

/** Why a read failed. */
export type ReadError = Unavailable | Integrity
/** Why an append failed; each says whether sending it again is safe (`retry`). */
export type AppendError =
  | Conflict
  | CommandMismatch
  | LimitExceeded
  | ReadOnly
  | Indeterminate
  | Integrity
  | Unavailable
