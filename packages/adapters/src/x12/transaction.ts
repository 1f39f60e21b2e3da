import type { ClaimSubmission } from '@daybook/core/account'
import type { Day } from '@daybook/core/kernel'
import type { RemittanceAdvice } from '@daybook/core/remittance'
import type { Segment } from './elements.ts'
import type { X12Problem, X12ProblemCode } from './problems.ts'
import type { Separators } from './separators.ts'

interface Read {
  /** Place of the interchange in the file, 1-based. */
  readonly interchange: number
  /** GS06; absent where there is no group. */
  readonly group?: string
  readonly problems: readonly X12Problem[]
}

/** What every transaction set of a file is known by. */
export interface ReadTransaction extends Read {
  /** ST02. */
  readonly controlNumber: string
  /** ST01, as written: 835, 837, 277 … */
  readonly transactionSet: string
  /** ST03, else GS08; '' when neither is there. */
  readonly version: string
}

/** A remittance advice. `document` is absent when a problem is an error: nothing of it may be used. */
export interface X12Remittance extends ReadTransaction {
  readonly kind: '835'
  readonly document?: RemittanceAdvice
}

/** Claims that were submitted. `document` is absent when a problem is an error. */
export interface X12Submission extends ReadTransaction {
  readonly kind: '837'
  readonly document?: ClaimSubmission
}

/** A transaction set that is not read: its problem is `unsupportedTransaction`. */
export interface X12Unsupported extends ReadTransaction {
  readonly kind: 'unsupported'
}

/** What was wrong with the file or an envelope after (or without) its transactions. */
export interface X12Envelope extends Read {
  readonly kind: 'envelope'
}

/** One result of reading a file, in file order. */
export type X12Transaction = X12Remittance | X12Submission | X12Unsupported | X12Envelope

/** What a reader of one transaction set is given by its envelope. */
export interface TransactionContext {
  readonly separators: Separators
  readonly controlNumber: string
  readonly version: string
  /** GS04, when it is a day. */
  readonly groupDate: Day | undefined
  problem(code: X12ProblemCode, message: string, segment?: Segment, claim?: string): void
  /** Place of the segment that is being read. */
  segmentNumber(): number
}

/** Reads the segments between ST and SE, both left out. */
export interface TransactionReader<Document> {
  take(segment: Segment): void
  finish(): Document
}
