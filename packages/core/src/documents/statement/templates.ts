import type { PrintedContent } from './content.ts'
import { htmlV1 } from './html.ts'
import { layoutV1 } from './layout.ts'
import { textV1 } from './text.ts'

// Every version of the template that anything was printed with, kept for ever.

/** A document as it is printed. */
export interface Printed {
  readonly text: string
  readonly html: string
}

type Template = (content: PrintedContent) => Printed

const templates: Readonly<Record<number, Template | undefined>> = {
  1: (content) => {
    const page = layoutV1(content)
    return { text: textV1(page), html: htmlV1(page) }
  },
}

/** The version that documents are printed with from now on. */
export const TEMPLATE = 1

/** Prints a document with the version of its template; undefined where this program does not know it: it is of a newer one. */
export const printed = (content: PrintedContent): Printed | undefined => templates[content.templateVersion]?.(content)
