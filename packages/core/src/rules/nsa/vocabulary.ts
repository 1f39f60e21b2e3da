import { type FactWords, money, raised, yes } from '../fact.ts'

// The No Surprises Act.

export const facts = {
  'ppdr.pending': raised('whether a patient-provider dispute resolution is pending'),
  'service.nsaCostShare': [money, 'the cost share of the payer’s first notice'],
  'service.nsaProtected': [yes, 'whether the No Surprises Act protects the service'],
} as const satisfies FactWords
