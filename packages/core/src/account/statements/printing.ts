import type { PrintedContent } from '../../documents/statement/templates.ts'
import type { CorrespondenceIssued } from '../letters/events.ts'
import type { ItemisationIssued, ReceiptIssued } from './events.ts'
import type { Issued, Step } from './state.ts'

// A document is printed again from its event alone, which holds all that was printed (law K6).

const ofStep = (event: Step) => {
  const { type, effectiveDate: on, documentId: _id, textHash: _text, htmlHash: _html, parts: _parts, ...fields } = event
  return { kind: type === 'LetterIssued' ? ('letter' as const) : ('statement' as const), on, ...fields }
}

const ofReceipt = (event: ReceiptIssued) => {
  const { type: _type, effectiveDate: on, documentId: _id, textHash: _text, htmlHash: _html, ...fields } = event
  return { kind: 'receipt' as const, on, ...fields }
}

const ofItemisation = (event: ItemisationIssued) => {
  const {
    type: _type,
    effectiveDate: on,
    itemisationId: _of,
    documentId: _id,
    textHash: _text,
    htmlHash: _html,
    parts: _parts,
    ...fields
  } = event
  return { kind: 'itemised' as const, on, ...fields }
}

const ofLetter = (event: CorrespondenceIssued) => {
  const {
    type: _type,
    effectiveDate: on,
    documentId: _id,
    textHash: _text,
    htmlHash: _html,
    parts: _parts,
    ...fields
  } = event
  return { kind: 'correspondence' as const, on, ...fields }
}

/** What was printed of a document, which is whole: as the state has it. */
export const contentOf = (event: Issued): PrintedContent => {
  switch (event.type) {
    case 'ReceiptIssued':
      return ofReceipt(event)
    case 'ItemisationIssued':
      return ofItemisation(event)
    case 'CorrespondenceIssued':
      return ofLetter(event)
    default:
      return ofStep(event)
  }
}
