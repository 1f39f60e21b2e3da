import { count, dayOrNever, type FactWords, type GateWords, text, yes } from '../fact.ts'

// Money that is drawn by authorisation: from a bank account (ach) or a card on file (card).

export const facts = {
  'autopay.conditioned': [yes, 'whether credit was given only on condition of preauthorised transfers'],
  'autopay.copyGiven': [yes, 'whether the patient was given a copy of the authorisation'],
  'autopay.disclosed': [yes, 'whether amount, frequency and how to cancel were shown before the consent'],
  'autopay.signed': [yes, 'whether the authorisation is in writing, signed or similarly authenticated'],
  'autopay.stands': [yes, 'whether the authorisation stands, not revoked and not ended'],
  'draft.firstOn': [dayOrNever, 'the day on which the draft was first presented'],
  'draft.lastReturn': [text, 'the code by which the draft came back last'],
  'draft.method': [text, 'whether it is drawn from a bank account (ach) or a card (card)'],
  'draft.monitored': [yes, 'whether the practice has a process that finds entries of fraud among what it draws'],
  'draft.noticeSentOn': [dayOrNever, 'the day on which notice of amount and date was sent'],
  'draft.presentations': [count, 'how often the draft was presented again so far'],
  'draft.varies': [yes, 'whether the amount is another than the last one or the one that was authorised'],
} as const satisfies FactWords

export const gates = {
  authorizeAutopay: 'checklist',
  presentDraft: 'checklist',
} as const satisfies GateWords
