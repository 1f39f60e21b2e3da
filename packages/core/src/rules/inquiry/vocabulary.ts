import { count, type FactWords, type GateWords, text, yes } from '../fact.ts'

// Who asks, and what is said to them.

export const facts = {
  'answer.phi': [yes, 'whether the answer says something about the patient'],
  'caller.is': [text, 'who asks, as the desk was told: other, where it is none of the patient’s'],
  'caller.identifiers': [count, 'by how many identifiers who asks was verified'],
} as const satisfies FactWords

export const gates = {
  answerInquiry: 'checklist',
} as const satisfies GateWords
