import { type FactWords, raised, yes } from '../fact.ts'

// What stands against asking for a debt, kept by facets to come.

export const facts = {
  'assistance.approvedInFull': [yes, 'whether assistance was approved in full'],
  'assistance.determined': [yes, 'whether a determination of financial need is on file'],
  'assistance.pending': raised('whether an application for financial assistance is open'),
  'assistance.qualifiedPatient': [yes, 'whether the household is at or below 250 % of the poverty guideline'],
  'assistance.screened': [yes, 'whether financial assistance was screened for and offered'],
  'bankruptcy.open': raised('whether a bankruptcy stay or discharge covers the debt'),
  'estate.paysNothing': raised('whether the debtor has died and the estate pays nothing of it'),
  'dispute.open': raised('whether a dispute is open'),
  'hold.open': raised('whether a hold is open'),
  'promise.open': raised('whether a promise to pay is open'),
} as const satisfies FactWords
