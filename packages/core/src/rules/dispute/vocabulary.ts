import { day } from '../../kernel/day.ts'
import { type FactWords, type GateWords, raised, yes } from '../fact.ts'

// Disputes, beside `dispute.open`.

export const facts = {
  'dispute.billingError': raised('whether a billing error is under review'),
  'dispute.receivedOn': [day, 'the day on which the dispute was received'],
  'dispute.validationEndsOn': [day, 'the last day of the validation period'],
  'dispute.written': [yes, 'whether the dispute was in writing'],
} as const satisfies FactWords

export const gates = {
  /** A statement, a reminder or a letter asks the patient for lines. */
  billLines: 'evidence',
  /** An agency asks for a part that the consumer has disputed to it. */
  agencyCollects: 'checklist',
} as const satisfies GateWords
