import { readX12File, type X12Transaction } from '@daybook/adapters/x12'
import type { Desk, ExecuteError } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { problemsOf, unused } from './problems.ts'
import { takeRemittance } from './remittance-transaction.ts'
import type { FileReport, ImportProblem, TransactionReport } from './report.ts'
import { takeSubmission } from './submission-transaction.ts'

const take = (
  desk: Desk,
  transaction: Exclude<X12Transaction, { readonly kind: 'envelope' }>,
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

const kindOf = (transactions: readonly TransactionReport[]): string => {
  const kinds = new Set(transactions.map(({ kind }) => kind))
  const [only] = kinds
  return only === undefined ? 'unknown' : kinds.size === 1 ? only : 'mixed'
}

/**
 * Takes in one X12 file, transaction by transaction as they are read: what it is, is told by its content, never by its
 * name. What is wrong with the file comes in the report; the error channel is for the book alone.
 */
export const importX12File = (
  desk: Desk,
  path: string,
  openMissing: boolean,
  onTransaction: (report: TransactionReport) => void,
): Effect.Effect<FileReport, ExecuteError> =>
  Effect.gen(function* () {
    const reader = readX12File(path)
    const transactions: TransactionReport[] = []
    const problems: ImportProblem[] = []
    for (;;) {
      const next = yield* Effect.promise(() => reader.next())
      if (next.done) break
      if (next.value.kind === 'envelope') {
        problems.push(...problemsOf(next.value.problems))
        continue
      }
      const report = yield* take(desk, next.value, openMissing)
      transactions.push(report)
      onTransaction(report)
    }
    return { path, kind: kindOf(transactions), transactions, problems }
  })
