import type { LetterContent } from '../letter/content.ts'
import { letterV1 } from '../letter/layout.ts'
import type { Page } from './blocks.ts'
import type { ItemisedContent, ReceiptContent, StatementContent } from './content.ts'
import { htmlV1 } from './html.ts'
import { layoutV1 } from './layout.ts'
import { textV1 } from './text.ts'

// Every version of every template that anything was printed with, kept for ever. A kind of document has versions of its own.

/** All that is printed. */
export type PrintedContent = StatementContent | ReceiptContent | ItemisedContent | LetterContent

/** A document as it is printed. */
export interface Printed {
  readonly text: string
  readonly html: string
}

/** Version 2 of the receipt has a number: where there is none it prints what version 1 did. */
const pageOf = (content: PrintedContent): Page | undefined => {
  const { templateVersion: version } = content
  switch (content.kind) {
    case 'receipt':
      return version <= RECEIPT_TEMPLATE ? layoutV1(content) : undefined
    case 'correspondence':
      return version === TEMPLATE ? letterV1(content) : undefined
    default:
      return version === TEMPLATE ? layoutV1(content) : undefined
  }
}

/** The version that statements, letters of the ladder, itemised bills and letters beside it are printed with from now on. */
export const TEMPLATE = 1
/** The same of receipts. */
export const RECEIPT_TEMPLATE = 2

/** Prints a document with the version of its template; undefined where this program does not know it: it is of a newer one. */
export const printed = (content: PrintedContent): Printed | undefined => {
  const page = pageOf(content)
  return page && { text: textV1(page), html: htmlV1(page) }
}
