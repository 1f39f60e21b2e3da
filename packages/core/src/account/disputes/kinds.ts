import { oneOf } from '../../kernel/classes.ts'

// What may be disputed, reference §7.1. A kind that freezes keeps its lines from being billed, placed, given up as small
// and paid by undirected money, until the dispute is closed; lines that nobody disputes go on.

/**
 * `billingError`: wrong charge, coding, coverage or cost share. `insuranceProcessing`: the payer is to process it again.
 * `agencyWritten`: in writing to an agency. `bureau`: to us, of what a credit bureau was told. `identityTheft`. `quality`: of
 * the care or the service. `ppdr`: patient-provider dispute resolution. `chargeback`: the card's issuer took a payment back.
 */
export const disputeKind = oneOf([
  'billingError',
  'insuranceProcessing',
  'agencyWritten',
  'bureau',
  'identityTheft',
  'quality',
  'ppdr',
  'chargeback',
])
export type DisputeKind = (typeof disputeKind)['options'][number]

/** Whether a kind freezes its lines while it is open. A bureau's and an issuer's have clocks of their own and freeze nothing. */
export const freezes: { readonly [Kind in DisputeKind]: boolean } = {
  billingError: true,
  insuranceProcessing: true,
  agencyWritten: true,
  bureau: false,
  identityTheft: true,
  quality: true,
  ppdr: true,
  chargeback: false,
}
