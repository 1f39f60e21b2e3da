import { writeOffCategory } from '../../kernel/write-off-categories.ts'
import { dayOrNever, type FactWords, type GateWords, money, text, yes } from '../fact.ts'

// The amount in question, and what it is part of.

export const facts = {
  'activity.lastOn': [dayOrNever, 'the day of the last activity on the visit'],
  'amount.cents': [money, 'the amount'],
  'amount.party': [text, 'who owes the amount'],
  'amount.stage': [text, 'where the amount is worked'],
  'balance.inScope': [money, 'what the party owes on the visit'],
  'balance.patientActive': [money, 'what the patient owes on these items, not placed'],
  'collection.effortExhausted': [yes, 'whether reasonable collection efforts have failed'],
  'costShare.medicare': [yes, 'whether all of the amount is a Medicare cost share'],
  'costShare.federal': [yes, 'whether the amount is a cost share of a federal health care program'],
  'payment.lastOn': [dayOrNever, 'the day of the last payment'],
  'writeOff.category': [writeOffCategory, 'the category of the write-off'],
} as const satisfies FactWords

export const gates = {
  /** Undirected patient money looks for an item. */
  allocatePayment: 'evidence',
  writeOff: 'evidence',
} as const satisfies GateWords
