import type { ClaimSubmission } from '@daybook/core/account'
import type { Day } from '@daybook/core/kernel'
import type { RemittanceAdvice } from '@daybook/core/remittance'
import { printAdvice } from './print-advice.ts'
import { printSubmission } from './print-submission.ts'
import { Printer } from './printer.ts'
import { type Separators, usualSeparators } from './separators.ts'

/** What an interchange says of itself: who to whom, when, and as which number. */
export interface X12Interchange {
  /** ISA06 and GS02, at most 15 characters. */
  readonly sender: string
  /** ISA08 and GS03. */
  readonly receiver: string
  /** ISA09 and GS04. */
  readonly date: Day
  /** ISA10 and GS05, HHMM; 0000 when absent. */
  readonly time?: string
  /** ISA13; groups are numbered from 1. At most 999,999,999. */
  readonly controlNumber: number
  /** ISA15: P production, T test. */
  readonly usage: 'P' | 'T'
  readonly separators?: Separators
}

/**
 * Remittances as one X12 interchange, a segment a line. Only what the document holds is written, so it is the reader's
 * inverse (law L6: reading what is printed gives the same documents); it is not a payer's complete 835.
 * @throws RangeError where a value holds a separator or a line break: X12 can not say it.
 */
export const printRemittances = (advices: readonly RemittanceAdvice[], interchange: X12Interchange): string =>
  print(advices, 'HP', interchange, printAdvice)

/** Claim submissions as one X12 interchange; otherwise as `printRemittances`. */
export const printSubmissions = (submissions: readonly ClaimSubmission[], interchange: X12Interchange): string =>
  print(submissions, 'HC', interchange, printSubmission)

const print = <D extends { readonly version: string }>(
  documents: readonly D[],
  functionalId: 'HP' | 'HC',
  interchange: X12Interchange,
  body: (document: D, to: Printer) => void,
): string => {
  const separators = interchange.separators ?? usualSeparators
  const to = new Printer(separators)
  const { sender, receiver, usage, time = '0000' } = interchange
  const control = String(interchange.controlNumber).padStart(9, '0')
  const date = interchange.date.replaceAll('-', '')
  const version = documents[0]?.version.startsWith('004') ? '00401' : '00501'
  const repetition = version === '00401' ? 'U' : (separators.repetition ?? '^')
  const blank = ' '.repeat(10)
  const parties = ['ZZ', sender.padEnd(15), 'ZZ', receiver.padEnd(15)]
  const when = [date.slice(2), time]
  to.header('ISA', '00', blank, '00', blank, ...parties, ...when, repetition, version, control, '0', usage)
  let groups = 0
  for (let at = 0; at < documents.length; groups += 1) {
    const from = at
    const groupVersion = documents[at]?.version ?? ''
    to.line('GS', functionalId, sender, receiver, date, time, String(groups + 1), 'X', groupVersion)
    for (; at < documents.length && documents[at]?.version === groupVersion; at += 1) {
      const document = documents[at]
      if (document) body(document, to)
    }
    to.line('GE', String(at - from), String(groups + 1))
  }
  to.line('IEA', String(groups), control)
  return to.text()
}
