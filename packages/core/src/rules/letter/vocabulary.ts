import { type FactWords, type GateWords, texts, yes } from '../fact.ts'

// Letters beside the ladder: what they say, held against the book.

export const facts = {
  'letter.uncorrected': [
    yes,
    'whether the letter says that something is put right of which the book has no correction',
  ],
  'letter.unheldAmounts': [texts, 'amounts that the letter names and the book does not hold'],
  'letter.unheldDays': [texts, 'days that the letter names and the book does not hold'],
} as const satisfies FactWords

export const gates = {
  /** A letter that answers, confirms or gives notice is to go out. */
  issueLetter: 'checklist',
  /** A letter beside the ladder asks for money. */
  demandPayment: 'evidence',
} as const satisfies GateWords
