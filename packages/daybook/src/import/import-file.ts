import { readX12, readX12File, type X12Source, type X12Transaction } from '@daybook/adapters/x12'
import type { Desk, ExecuteError } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { KeyFault } from '../book/errors.ts'
import { failed, faultOf, problemsOf, unused } from './problems.ts'
import { takeRemittance } from './remittance-transaction.ts'
import type { FileReport, ImportProblem, TransactionReport } from './report.ts'
import { takeSubmission } from './submission-transaction.ts'

type Transaction = Exclude<X12Transaction, { readonly kind: 'envelope' }>

const take = (
  desk: Desk,
  transaction: Transaction,
  openMissing: boolean,
): Effect.Effect<TransactionReport, ExecuteError> => {
  switch (transaction.kind) {
    case '835':
      return takeRemittance(desk, transaction, openMissing)
    case '837':
      return takeSubmission(desk, transaction)
    case 'unsupported':
      return Effect.succeed(unused(transaction.transactionSet || 'unsupported', transaction, 'skipped'))
  }
}

/** Errors that are about one stream or one command: the store itself is well, and the next transaction may be taken. */
const aboutOne: ReadonlySet<ExecuteError['_tag']> = new Set([
  'InvalidCommand',
  'LimitExceeded',
  'CommandMismatch',
  'UnreadableEvent',
])

/**
 * One transaction, whatever happens to it: a fault of Daybook is a problem of this transaction and stops no other. What
 * is wrong with the store, or with the book's key, would be wrong with the next one too and ends the import.
 */
const takeAnyhow = (
  desk: Desk,
  transaction: Transaction,
  openMissing: boolean,
): Effect.Effect<TransactionReport, ExecuteError> =>
  Effect.suspend(() => take(desk, transaction, openMissing)).pipe(
    Effect.catch((error) =>
      aboutOne.has(error._tag)
        ? Effect.succeed(failed(transaction, `${error._tag}: ${error.message}`))
        : Effect.fail(error),
    ),
    Effect.catchDefect((defect) =>
      defect instanceof KeyFault ? Effect.die(defect) : Effect.succeed(failed(transaction, String(defect))),
    ),
  )

type Reader = AsyncGenerator<X12Transaction>

/** What is taken in: a file of the disk by its path, or what somebody has of one, under a name. */
export type Importing =
  | { readonly path: string; readonly content?: undefined }
  | { readonly path: string; readonly content: X12Source }

const readerOf = ({ path, content }: Importing): Reader =>
  content === undefined ? readX12File(path) : readX12(content)

/** A source that breaks off, such as an upload, is no fault of Daybook's. */
const brokenOff = (why: string): ImportProblem => ({
  code: 'sourceFailed',
  severity: 'error',
  message: `the content broke off: ${why}; what was read before is taken in`,
  segment: null,
  doWhat: 'Send it again, whole: nothing is posted twice.',
})

/** The next result of a file, or in words why its reader failed, which it does for nothing that a file holds. */
const readOn = (reader: Reader): Effect.Effect<IteratorResult<X12Transaction, unknown> | string> =>
  Effect.catchDefect(
    Effect.promise(() => reader.next()),
    (defect) => Effect.succeed(String(defect)),
  )

const kindOf = (transactions: readonly TransactionReport[]): string => {
  const kinds = new Set(transactions.map(({ kind }) => kind))
  const [only] = kinds
  return only === undefined ? 'unknown' : kinds.size === 1 ? only : 'mixed'
}

/**
 * Takes in one X12 file, or what is given of one, transaction by transaction as they are read: what it is, is told by its content, never by its
 * name. What is wrong with the file comes in the report; the error channel is for the book alone. The file is closed
 * however the import ends.
 */
export const importX12 = (
  desk: Desk,
  importing: Importing,
  openMissing: boolean,
  onTransaction: (report: TransactionReport) => void,
): Effect.Effect<FileReport, ExecuteError> =>
  Effect.acquireUseRelease(
    Effect.sync(() => readerOf(importing)),
    (reader) =>
      Effect.gen(function* () {
        const transactions: TransactionReport[] = []
        const problems: ImportProblem[] = []
        for (;;) {
          const next = yield* readOn(reader)
          if (typeof next === 'string') {
            problems.push(importing.content === undefined ? faultOf('file', next) : brokenOff(next))
          }
          if (typeof next === 'string' || next.done) break
          if (next.value.kind === 'envelope') {
            problems.push(...problemsOf(next.value.problems))
            continue
          }
          const report = yield* takeAnyhow(desk, next.value, openMissing)
          transactions.push(report)
          onTransaction(report)
        }
        return { path: importing.path, kind: kindOf(transactions), transactions, problems }
      }),
    (reader) => Effect.promise(() => reader.return(undefined)),
  )
