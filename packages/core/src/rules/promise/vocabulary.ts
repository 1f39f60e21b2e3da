import { day } from '../../kernel/day.ts'
import { count, type FactWords, type GateWords } from '../fact.ts'

// Promises to pay.

export const facts = {
  'promise.lastDue': [day, 'the day on which the last of the promise is due'],
  'promise.openOnAccount': [count, 'how many promises are open on the account'],
} as const satisfies FactWords

export const gates = {
  recordPromise: 'checklist',
} as const satisfies GateWords
