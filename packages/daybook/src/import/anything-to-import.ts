import { readX12File, type X12Transaction } from '@daybook/adapters/x12'
import { filesOf } from './files.ts'

const bringsSomething = (transaction: X12Transaction): boolean => {
  if (transaction.kind === '835') return transaction.document?.payment !== undefined
  return transaction.kind === '837' && transaction.document !== undefined
}

/** Whether a file of these paths holds a transaction that a book would take in; reads no further than the first. */
export const isAnythingToImport = async (paths: readonly string[]): Promise<boolean> => {
  for (const path of await filesOf(paths)) {
    for await (const transaction of readX12File(path)) if (bringsSomething(transaction)) return true
  }
  return false
}
