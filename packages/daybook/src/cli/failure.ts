import { UsageError } from './options.ts'

/** Errors that say that something was asked wrongly, by the tag of the error. */
const usage: ReadonlySet<string> = new Set([
  'UnknownUrl',
  'StoreNotHereYet',
  'PracticeNeeded',
  'NotFound',
  'InvalidQuery',
  'InvalidCommand',
  'NotAMoment',
])

/** What to tell a person of an error, and the exit status that it gives. */
export const statusOf = (error: unknown): { readonly status: 1 | 2; readonly message: string } => {
  if (error instanceof UsageError) return { status: 2, message: error.message }
  if (!(error instanceof Error)) return { status: 1, message: String(error) }
  if (!('_tag' in error)) {
    return { status: 1, message: `a fault of Daybook itself: ${error.stack ?? error.message}` }
  }
  const retry = 'retry' in error && error.retry === 'safe' ? ' (trying again is safe)' : ''
  return { status: usage.has(String(error._tag)) ? 2 : 1, message: `${error.message}${retry}` }
}
