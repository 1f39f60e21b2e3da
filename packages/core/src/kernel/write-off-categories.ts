import { oneOf } from './classes.ts'

/** Why an amount is given up (postings.md row 16). Policy approves by these, the ledger posts by them. */
export const writeOffCategories = [
  'charity',
  'presumptive',
  'smallDebit',
  'administrative',
  'courtesy',
  'promptPay',
  'selfPayDiscount',
  'settlement',
  'bankruptcy',
  'estate',
  'statutoryPlan',
  'qmb',
  'medicaid',
  'nsa',
  'timeLimit',
] as const
export const writeOffCategory = oneOf(writeOffCategories)
export type WriteOffCategory = (typeof writeOffCategories)[number]
