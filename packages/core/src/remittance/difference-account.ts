import { precondition, type RuleHit } from '../kernel/decision.ts'
import type { ControlAccount } from '../kernel/effects.ts'
import type { PayerId } from '../kernel/ids.ts'
import { accountOf } from './provider-adjustments.ts'

/**
 * Accounts of the payer's money without a claim that need no more than their name. `openingBalance`: it settles what the
 * older book has, such as a takeback of a payment that was never in this one.
 */
const plain: readonly ControlAccount[] = [
  'refundsPayable',
  'interestIncome',
  'capitationIncome',
  'taxReceivable',
  'levyReceivable',
  'openingBalance',
]

/** `providerAdjustment:CS`; a code that has an account of its own goes there, and a recoupment needs its reference. */
const isAdjustment = (name: string, payer: PayerId): name is ControlAccount => {
  const code = /^providerAdjustment:([0-9A-Z]{2})$/.exec(name)?.[1]
  return code !== undefined && accountOf({ code }, payer) === name
}

/**
 * Which control accounts a person may name for money of a payer that no claim explains: those where a provider
 * adjustment (PLB) would have put it, `refundsPayable` for what is sent back, and `openingBalance`. The others are the far side of a
 * patient's items (`revenue`, `contractual`, `writeOff`), of patients' money (`unapplied`, `cash`), of agencies and bad
 * debt, of another remittance (`payerClearing`), or they carry a reference that has to come out even
 * (`payerRecoupment`, `forwardBalance`): money put there by name alone would break what these accounts prove.
 */
export const isDifferenceAccount = (name: string, payer: PayerId): name is ControlAccount =>
  (plain as readonly string[]).includes(name) || name === `withholdReceivable:${payer}` || isAdjustment(name, payer)

/** The accounts that may be named, for a person who named another. */
const allowedWords = (payer: PayerId): string =>
  ['providerAdjustment:<PLB code, such as CS>', ...plain, `withholdReceivable:${payer}`].join(', ')

export const notForDifferences = (name: string, payer: PayerId): RuleHit =>
  precondition(
    'remittance.account',
    `${name} is no account for money of a payer that no claim explains`,
    `name one of ${allowedWords(payer)}`,
  )
