import { deliveryOf, type IssuedDocument } from '@daybook/core/account'
import type { Day } from '@daybook/core/kernel'
import type { SummaryPart } from '../part.ts'

export interface DocumentSummary {
  readonly document: string
  readonly kind: 'statement' | 'letter' | 'receipt' | 'itemised' | 'correspondence'
  readonly on: Day
  /** Of a letter beside the ladder: what it is about. */
  readonly about?: string
  /** Of a receipt: its number. */
  readonly number?: number
  /** Of a statement or letter: the step of the ladder, and what it asks for by when, cents. */
  readonly level?: number
  readonly amountDue?: number
  readonly dueOn?: Day
  readonly channel: string
  /** What became of it on its way; absent where nobody has said anything yet. */
  readonly delivery?: string
}

const summaryOf = (document: IssuedDocument): DocumentSummary => {
  const { documentId, event } = document
  const stage = deliveryOf(document)
  const common = { document: documentId, on: event.effectiveDate, channel: event.to.channel }
  const delivery = stage === undefined ? {} : { delivery: stage }
  if (event.type === 'ReceiptIssued') {
    const { number } = event
    return { ...common, kind: 'receipt', ...(number === undefined ? {} : { number }), ...delivery }
  }
  if (event.type === 'CorrespondenceIssued')
    return { ...common, kind: 'correspondence', about: event.about, ...delivery }
  if (event.type === 'ItemisationIssued') return { ...common, kind: 'itemised', ...delivery }
  const { level, amountDue, dueOn } = event
  return {
    ...common,
    kind: event.type === 'LetterIssued' ? 'letter' : 'statement',
    level,
    amountDue,
    dueOn,
    ...delivery,
  }
}

/** What was sent, in the order in which it was made. */
export const summary = {
  sections: {
    documents: ({ state, asOf }): readonly DocumentSummary[] | undefined => {
      const made = [...state.statements.documents.values()].filter(({ event }) => event.effectiveDate <= asOf)
      return made.length === 0 ? undefined : made.map(summaryOf)
    },
  },
} satisfies SummaryPart
