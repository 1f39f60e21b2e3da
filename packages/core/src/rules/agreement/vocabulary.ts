import { type FactWords, type GateWords, yes } from '../fact.ts'

// What a patient chose of the price of a service, and what the plan hears of it.

export const facts = {
  'selfPay.agreedBeforeService': [yes, 'whether the patient agreed before the service'],
  'selfPay.planKnows': [yes, 'whether the plan knows of the service: a claim was sent or decided'],
} as const satisfies FactWords

export const gates = {
  /** A patient wants to pay in full, past the plan. */
  electSelfPay: 'checklist',
} as const satisfies GateWords
