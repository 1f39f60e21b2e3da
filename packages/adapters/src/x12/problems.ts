/** Everything that can be wrong with an X12 file. Stable: others match on these codes. */
export type X12ProblemCode =
  // the file
  | 'empty'
  | 'notX12'
  | 'fileNotFound'
  | 'fileIsDirectory'
  | 'fileNotReadable'
  | 'fileTooLarge'
  | 'tooManySegments'
  | 'tooManyTransactions'
  | 'segmentTooLong'
  | 'tooManyElements'
  | 'undecodable'
  // the envelope
  | 'noEnvelope'
  | 'irregularInterchangeHeader'
  | 'interchangeNotClosed'
  | 'noTransaction'
  | 'interchangeControl'
  | 'groupNotClosed'
  | 'groupControl'
  | 'strayedSegment'
  | 'cutInSegment'
  | 'lineBreakInSegment'
  // the transaction
  | 'transactionCut'
  | 'transactionControl'
  | 'segmentCount'
  | 'unsupportedTransaction'
  | 'unknownVersion'
  | 'unknownSegment'
  | 'problemsLeftOut'
  // the remittance advice
  | 'noPayment'
  | 'badPayment'
  | 'badCurrency'
  | 'badProviderAdjustment'
  | 'paymentDateSubstituted'
  | 'noPaymentDate'
  | 'elementUnusable'
  | 'loopOutOfPlace'
  // the claim submission
  | 'noBeginning'
  | 'hierarchy'

/** `error`: what it stands on can not be used, or not be posted. `finding`: used, but somebody should know. */
export type X12Severity = 'error' | 'finding'

/** Where in a file. Numbers are 1-based; control numbers are as written. */
export interface X12Where {
  readonly interchange: number
  /** GS06. */
  readonly group?: string
  /** ST02. */
  readonly transaction?: string
  /** CLP01 or CLM01. */
  readonly claim?: string
  /** Place of the segment within its interchange: ISA is 1. */
  readonly segment?: number
  readonly segmentId?: string
}

/** A problem for a person: what is wrong in plain words, where, and what to do about it. Holds no patient data. */
export interface X12Problem {
  readonly code: X12ProblemCode
  readonly severity: X12Severity
  readonly message: string
  readonly where: X12Where
  readonly doWhat: string
}

const sayings: Readonly<Record<X12ProblemCode, readonly [X12Severity, doWhat: string]>> = {
  empty: ['error', 'Fetch the file again; the sender may have had nothing to send.'],
  notX12: [
    'error',
    'Only X12 is read, no JSON, CSV or scans: check that this is the right file, unpacked and not encrypted.',
  ],
  fileNotFound: ['error', 'Check the path.'],
  fileIsDirectory: ['error', 'Name files, or a directory that holds some.'],
  fileNotReadable: ['error', 'Check the permissions and the disk, then read the file again.'],
  fileTooLarge: ['error', 'Check that this is the right file; ask the sender for smaller ones.'],
  tooManySegments: ['error', 'Check that this is the right file; ask the sender for smaller ones.'],
  tooManyTransactions: ['error', 'Check that this is the right file; ask the sender for smaller ones.'],
  segmentTooLong: ['error', 'Check the segment terminator in ISA; the file may be damaged.'],
  tooManyElements: ['error', 'Check the element separator in ISA; ask the sender to send the file again.'],
  undecodable: ['finding', 'Names may be misspelt; ask the sender for UTF-8.'],
  noEnvelope: ['finding', 'Read with the usual separators; ask the sender for the whole interchange.'],
  irregularInterchangeHeader: ['finding', 'Read by its elements; tell the sender that ISA has fixed widths.'],
  interchangeNotClosed: ['finding', 'The file may be cut off; compare with what the sender says was sent.'],
  noTransaction: ['error', 'The file may be cut off; compare with what the sender says was sent.'],
  interchangeControl: ['finding', 'Compare with what the sender says was sent.'],
  groupNotClosed: ['finding', 'The file may be cut off; compare with what the sender says was sent.'],
  groupControl: ['finding', 'Compare with what the sender says was sent.'],
  strayedSegment: ['finding', 'It was not read; ask the sender what it belongs to.'],
  cutInSegment: ['finding', 'Fetch the file again; it ends in the middle of a segment.'],
  lineBreakInSegment: ['finding', 'Read with the break left out; tell the sender that lines are wrapped.'],
  transactionCut: ['error', 'Fetch the file again; nothing of this transaction was used.'],
  transactionControl: ['finding', 'Compare with what the sender says was sent.'],
  segmentCount: ['finding', 'Segments may be missing; compare the totals with what the sender says was sent.'],
  unsupportedTransaction: ['error', 'Read this kind of transaction with another program.'],
  unknownVersion: ['finding', 'Read as version 5010; check the result with care.'],
  unknownSegment: ['finding', 'It was not read; check that nothing is missing.'],
  problemsLeftOut: ['finding', 'Mend the first ones and read the file again.'],
  noPayment: ['error', 'Ask the payer for the payment (BPR) and trace (TRN) of this remittance.'],
  badPayment: ['error', 'Ask the payer to send the remittance again.'],
  badCurrency: ['error', 'Ask the payer to send the remittance again.'],
  badProviderAdjustment: ['error', 'Ask the payer to send the remittance again.'],
  paymentDateSubstituted: ['finding', 'Compare with the date of the deposit.'],
  noPaymentDate: ['finding', 'Find the date of the payment from the deposit.'],
  elementUnusable: ['finding', 'Check the segment for a missing or an extra separator.'],
  loopOutOfPlace: ['error', 'Ask the sender to send the transaction again; a segment before this one is missing.'],
  noBeginning: ['finding', 'Ask the sender for a transaction with its BHT segment.'],
  hierarchy: ['finding', 'Check whom the claims that follow belong to.'],
}

/** A problem with its usual severity and advice. */
export const x12Problem = (code: X12ProblemCode, message: string, where: X12Where): X12Problem => {
  const [severity, doWhat] = sayings[code]
  return { code, severity, message, where, doWhat }
}

/**
 * Whether the problem makes what it names unusable. A remittance without a payment is read and its claims are counted,
 * though nothing of it can be posted (postings, clarification 14).
 */
export const forbidsUse = ({ severity, code }: X12Problem): boolean => severity === 'error' && code !== 'noPayment'
