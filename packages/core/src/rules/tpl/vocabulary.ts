import { type FactWords, yes } from '../fact.ts'

// Other parties that may have to pay.

export const facts = {
  'case.liabilityOpen': [yes, 'whether another party may be liable'],
  'case.workersCompOpen': [yes, "whether a workers' compensation case is open"],
} as const satisfies FactWords
