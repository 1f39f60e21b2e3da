import { type AccountState, recoverable } from '@daybook/core/account'
import { formatCents, PATIENT } from '@daybook/core/kernel'
import { writeOffWords } from '../history/words/ledger.ts'

/** A write-off of the patient's that money of theirs restores before it is a credit (law F3). */
export interface WriteOffToUndo {
  readonly adjustment: string
  /** What it is called. */
  readonly words: string
  /** What of it is left, cents. */
  readonly amount: number
}

/** The latest of them; undefined where there is none. */
export const writeOffToUndo = ({ ledger }: AccountState): WriteOffToUndo | undefined => {
  const [first] = recoverable(ledger, PATIENT)
  if (!first) return undefined
  const { adjustmentId, category } = first.adjustment
  return { adjustment: adjustmentId, words: writeOffWords[category], amount: first.amount }
}

export const undoWords = ({ adjustment, words, amount }: WriteOffToUndo): string =>
  `undo the write-off (${words}) of ${formatCents(amount)} first (ReverseAdjustment ${adjustment})`
