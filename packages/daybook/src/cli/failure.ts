import type { InvalidQuery } from '../book/errors.ts'
import { UsageError } from './options.ts'
import { faultLines } from './text/faults.ts'

/** What options give, by its name in the library; the keys of `--facts` and of commands keep theirs. */
const given: ReadonlySet<string> = new Set([
  'actor',
  'onBehalfOf',
  'after',
  'at',
  'on',
  'since',
  'until',
  'queues',
  'commitment',
  'date',
  'purpose',
  'with',
  'asOf',
  'basis',
  'by',
  'queue',
  'line',
  'limit',
  'facts',
  'reason',
  'paymentDate',
  'expectAccessHead',
  'expectHead',
  'from',
  'to',
  'account',
])

/** What options give that has another name in the library. */
const renamed: ReadonlyMap<string, string> = new Map([
  ['nextStep', '--next'],
  ['differenceAccount', '--account'],
])

/** Errors that say that something was asked wrongly, by the tag of the error. */
const usage: ReadonlySet<string> = new Set([
  'UnknownUrl',
  'ViewsNeeded',
  'DriverMissing',
  'PracticeNeeded',
  'NotFound',
  'InvalidQuery',
  'InvalidOptions',
  'InvalidRules',
  'InvalidCommand',
  'NotAMoment',
  'FieldsWithheld',
])

type Issues = InvalidQuery['issues']
const issuesIn = (error: object): Issues =>
  'issues' in error && Array.isArray(error.issues) ? (error.issues as Issues) : []

/** The option that gave what is wrong: `asOf` of the library is `--as-of` here. */
const flagOf = (path: string): string =>
  renamed.get(path) ?? (given.has(path) ? `--${path.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}` : path)

/** The message of an error, in the words of the command line where the error names what was given. */
const wordsFor = (error: Error): string => {
  const issues = issuesIn(error).map(({ path, message }) => ({ path: flagOf(path), message }))
  return issues.length > 0 ? faultLines(issues).join('; ') : error.message
}

/** What to tell a person of an error, and the exit status that it gives. */
export const statusOf = (error: unknown): { readonly status: 1 | 2; readonly message: string } => {
  if (error instanceof UsageError) return { status: 2, message: error.message }
  if (!(error instanceof Error)) return { status: 1, message: String(error) }
  if (!('_tag' in error)) {
    return { status: 1, message: `a fault of Daybook itself: ${error.stack ?? error.message}` }
  }
  const retry =
    'retry' in error && error.retry === 'safe'
      ? ' (once that is put right, give the same again: nothing is done twice)'
      : ''
  return { status: usage.has(String(error._tag)) ? 2 : 1, message: `${wordsFor(error)}${retry}` }
}
