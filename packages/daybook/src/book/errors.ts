import { type AccountId, type Earliest, type RuleHit, shown } from '@daybook/core/kernel'
import { InvalidCommand, type Retry, Told } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'

/** The text names no store: not a URL of Daybook's. */
export class UnknownUrl extends Told('UnknownUrl')<{ readonly url: string; readonly message: string }> {}

/** A log in EventStoreDB or KurrentDB holds no views: where they are kept must be said. */
export class ViewsNeeded extends Told('ViewsNeeded')<{ readonly url: string; readonly message: string }> {}

/** The package that speaks with the store's server is not installed: whoever uses that store installs it. */
export class DriverMissing extends Told('DriverMissing')<{
  readonly driver: string
  readonly message: string
}> {}

/** A new book needs a practice policy, and none was given: there is no silent default (design §3.13). */
export class PracticeNeeded extends Told('PracticeNeeded')<{
  readonly url: string
  readonly presets: readonly string[]
  readonly message: string
}> {}

/** This Node is older than Daybook needs. */
export class UnsupportedNode extends Told('UnsupportedNode')<{
  readonly version: string
  readonly message: string
}> {}

/** The directory that a book, or its views, should lie in does not exist. */
export class MissingDirectory extends Told('MissingDirectory')<{
  readonly path: string
  readonly message: string
}> {}

/** The policy names a time zone of which this machine has no data: nobody could tell what day it is there. */
export class UnknownTimeZone extends Told('UnknownTimeZone')<{
  readonly timeZone: string
  readonly message: string
}> {}

/** Options of `openDaybook` that are none, or of another kind than they should be: `issues` name each. */
export class InvalidOptions extends Told('InvalidOptions')<{
  readonly message: string
  readonly issues: readonly { readonly path: string; readonly message: string }[]
}> {}

/** Own rules or facts that can not be used: `issues` name each place. */
export class InvalidRules extends Told('InvalidRules')<{
  readonly message: string
  readonly issues: readonly { readonly path: string; readonly message: string }[]
}> {}

/** The book was closed: by `close`, or at the end of its `await using` block. */
export class BookClosed extends Told('BookClosed')<{ readonly url: string; readonly message: string }> {}

/**
 * The signal fired before the call had come to its end. What was written by then stays written; given again, with the
 * same command id where it is a command, nothing is done twice.
 */
export class Aborted extends Told('Aborted')<{
  readonly message: string
  /** What the signal gave as its reason. */
  readonly cause?: unknown
}> {
  readonly retry: Retry = 'safe'
}

/** The file with the book's secret is missing, damaged, open to others, or another book's. */
export class KeyFault extends Told('KeyFault')<{
  readonly path: string
  readonly message: string
  /** This user may not read it. */
  readonly isKept?: boolean
}> {}

/** A secret that is not there is thrown by the code that needs it: as an error of its own. */
export const orFault = <A, E>(effect: Effect.Effect<A, E>): Effect.Effect<A, E | KeyFault> =>
  Effect.catchDefect(effect, (defect) => (defect instanceof KeyFault ? Effect.fail(defect) : Effect.die(defect)))

/** Nothing of this name stands in the book. */
export class NotFound extends Told('NotFound')<{
  readonly kind: 'account' | 'remittance' | 'submission' | 'person' | 'document' | 'line' | 'rule'
  readonly id: string
  readonly message: string
}> {}

/** A question that can not be asked so: `issues` name each place. */
export class InvalidQuery extends Told('InvalidQuery')<{
  readonly message: string
  readonly issues: readonly { readonly path: string; readonly message: string }[]
}> {}

/** Rules or preconditions refuse the command: every one of them is listed. A value in the Promise API. */
export class Rejected extends Told('Rejected')<{
  readonly message: string
  readonly hits: readonly RuleHit[]
  /**
   * From when on all of them would let it pass, where that can be told: a day of the practice, `2026-11-30`, or an
   * instant, `2026-11-30T15:00:00.000Z`.
   */
  readonly earliest?: Earliest | undefined
  readonly required: readonly string[]
  /** Of an opening: the account that was to be opened. */
  readonly account?: AccountId
}> {}

/** A refusal of the service as the error of this package. */
export const rejected = (refusal: {
  readonly hits: readonly RuleHit[]
  readonly earliest?: Earliest | undefined
  readonly required: readonly string[]
  readonly account?: AccountId
}): Rejected =>
  new Rejected({
    message: refusal.hits.map(({ rule, reason }) => `${rule}: ${reason}`).join('; '),
    hits: refusal.hits,
    required: refusal.required,
    ...(refusal.earliest === undefined ? {} : { earliest: refusal.earliest }),
    ...(refusal.account === undefined ? {} : { account: refusal.account }),
  })

type Issues = InvalidQuery['issues']
const wordsOf = (issues: Issues): string =>
  issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ')

/** A question that can not be read, with each place; an empty path means all of it. */
export const invalidQueryAt = (issues: Issues): InvalidQuery => new InvalidQuery({ message: wordsOf(issues), issues })
/** A question whose part at `path` can not be read. */
export const invalidQuery = (path: string, message: string): InvalidQuery => invalidQueryAt([{ path, message }])

/** Options with each place that is wrong; an empty path means all of them. */
export const invalidOptionsAt = (issues: Issues): InvalidOptions =>
  new InvalidOptions({ message: `not an option of openDaybook as it is given: ${wordsOf(issues)}`, issues })

/** Own rules or facts with each place that is wrong. */
export const invalidRulesAt = (issues: Issues): InvalidRules => new InvalidRules({ message: wordsOf(issues), issues })

/** A command that is wrong before any schema or rule has seen it, with each place; an empty path means all of it. */
export const invalidCommandAt = (issues: Issues): InvalidCommand =>
  new InvalidCommand({ message: `not a valid command: ${wordsOf(issues)}`, issues })
/** A command whose part at `path` is wrong. */
export const invalidCommand = (path: string, message: string): InvalidCommand => invalidCommandAt([{ path, message }])

/** Nobody has opened an account of this id. */
export const noAccount = (id: string, more = ''): NotFound =>
  new NotFound({ kind: 'account', id, message: `there is no account ${shown(id)} in this book${more}` })
