import { AdviceReader } from './advice.ts'
import type { Segment } from './elements.ts'
import { SubmissionReader } from './submission.ts'
import type { ReadTransaction, TransactionContext, TransactionReader, X12Transaction } from './transaction.ts'

/** A transaction set whose segments are being read. */
export interface OpenSet {
  readonly isRead: boolean
  take(segment: Segment): void
  /** Closes it. `read` is asked once the reader has reported its last problem. */
  close(read: () => { readonly transaction: ReadTransaction; readonly usable: boolean }): X12Transaction
}

const passingOver: OpenSet = {
  isRead: false,
  take: () => undefined,
  close: (read) => ({ kind: 'unsupported', ...read().transaction }),
}

const openSet = <Document>(
  reader: TransactionReader<Document>,
  result: (transaction: ReadTransaction, document: Document | undefined) => X12Transaction,
): OpenSet => ({
  isRead: true,
  take: (segment) => reader.take(segment),
  close: (read) => {
    const document = reader.finish()
    const { transaction, usable } = read()
    return result(transaction, usable ? document : undefined)
  },
})

/** The reader of a transaction set by its ST01; of one that is not read, a reader that passes over its segments. */
export const openTransactionSet = (id: string, context: TransactionContext): OpenSet => {
  if (id === '835')
    return openSet(new AdviceReader(context), (transaction, document) => ({
      kind: '835',
      ...transaction,
      ...(document ? { document } : {}),
    }))
  if (id === '837')
    return openSet(new SubmissionReader(context), (transaction, document) => ({
      kind: '837',
      ...transaction,
      ...(document ? { document } : {}),
    }))
  return passingOver
}
