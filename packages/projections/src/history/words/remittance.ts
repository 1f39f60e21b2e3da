import { clearText, formatCents, type Of } from '@daybook/core/kernel'
import type { ProviderAdjustmentRecorded, RemittanceEvent } from '@daybook/core/remittance'
import { because, listed } from '../tell.ts'

/** A sentence for everything that can happen to a remittance: all of it, or it does not compile. */
type RemittanceWords = { readonly [K in RemittanceEvent['type']]: (event: Of<RemittanceEvent, K>) => string }

const heldFor: Record<Of<RemittanceEvent, 'RemittanceHeld'>['reasons'][number], string> = {
  outOfBalance: 'it does not add up',
  conflict: 'another remittance has the same identity and other content',
  noDate: 'it has no payment date',
  tooFarAhead: 'its payment date is further ahead than policy allows (ledger.tooFarAhead)',
  currency: 'it is not in US dollars',
}

/** `119.82 over at transaction level (B6)` */
export const differenceWords = (difference: {
  readonly level: string
  readonly reference: string
  readonly rule: string
  readonly amount: number
}): string => {
  const { level, reference, rule, amount } = difference
  if (rule === 'defect') return `the payment of ${level} ${reference} (CLP04) can not be read`
  const place = reference === level ? `${level} level` : `${level} ${reference}`
  return `${formatCents(Math.abs(amount))} ${amount < 0 ? 'short' : 'over'} at ${place} (${rule})`
}

const claims = (numbers: readonly number[]): string =>
  `${numbers.length > 1 ? 'claims' : 'claim'} ${listed(numbers.map(String))}`

const exceptionWords: Readonly<Record<NonNullable<ProviderAdjustmentRecorded['exception']>, string>> = {
  recoupmentWithoutReversal: 'a recoupment without a reversal, to be looked at',
  recoupmentOutstanding: 'put off: the payer will take it later',
  forwardBalanceWithoutOrigin: 'a forwarded balance that was never announced, to be looked at',
}

export const remittanceWords: RemittanceWords = {
  RemittanceReceived: (event) =>
    `Received from ${event.payerName}, trace ${event.trace}${event.paymentDate ? ` of ${event.paymentDate}` : ''}: pays ` +
    `${formatCents(event.amount)} (${event.method}), ${event.claims} claims charged ${formatCents(event.charged)}, ` +
    `paid ${formatCents(event.paid)}${because(event.findings.join('; '))}`,
  RemittanceClaimsRecorded: ({ chunk, claims, providerAdjustments }) =>
    `Recorded part ${chunk}: ${providerAdjustments ? `${providerAdjustments.length} provider adjustments` : `${claims.length} claims`}`,
  RemittanceHeld: (event) => {
    const other = event.conflictsWith ? `; was there first: remittance ${event.conflictsWith}` : ''
    const figures = event.differences.length > 0 ? `; ${event.differences.map(differenceWords).join(', ')}` : ''
    return `Held, nothing posted: ${event.reasons.map((reason) => heldFor[reason]).join(', ')}${figures}${other}`
  },
  RemittanceReleased: (event) =>
    `Released${event.paymentDate ? ` as of ${event.paymentDate}` : ''}` +
    `${event.differenceAccount ? `, the difference to ${event.differenceAccount}` : ''}`,
  RemittanceRejected: () => 'Rejected: it never reaches the ledger',
  RemittanceOpened: () => 'Opened for posting: it adds up',
  ProviderAdjustmentRecorded: (event) => {
    const look = event.exception ? `; ${exceptionWords[event.exception]}` : ''
    return `Provider adjustment ${event.code} ${event.reference} of ${formatCents(event.amount)} to ${event.account}${look}`
  },
  RecoupmentMatched: (event) => `What the payer took and gave under ${event.reference} is even`,
  RemittanceClaimPosted: (event) => {
    const findings = because(event.findings.join('; '))
    if (event.outcome === 'recorded') return `Recorded ${claims(event.claims)}, no money in it${findings}`
    const where = event.accountId ? ` to account ${event.accountId}` : ''
    return `Posted ${claims(event.claims)}, ${formatCents(event.amount)}${where}${findings}`
  },
  RemittanceClaimHeld: (event) => {
    const figures = event.differences.length > 0 ? `; ${event.differences.map(differenceWords).join(', ')}` : ''
    const reasons = event.reasons.map(({ reason, rule }) => `${reason} (${rule})`).join('; ')
    return `Held ${claims(event.claims)}, ${formatCents(event.amount)} stays in clearing: ${reasons}${figures}`
  },
  RemittanceClaimRetried: (event) => `Tried held ${claims(event.claims)} again on account ${event.accountId}`,
  RemittanceClaimRejected: (event) =>
    `Gave up ${claims(event.claims)}: ${formatCents(event.amount)} leaves clearing${because(clearText(event.reason))}`,
  PayerRefunded: (event) =>
    `Refund ${event.refund}: ${formatCents(event.amount)} went back to the payer by ${event.method}${event.reference ? ` ${event.reference}` : ''}${because(clearText(event.reason))}`,
  PayerRefundVoided: (event) =>
    `Refund ${event.refund} never reached the payer: ${formatCents(event.amount)} are to be sent back${because(clearText(event.reason))}`,
  GivenBackNamed: (event) =>
    `${formatCents(event.amount)} under ${event.code} beside the claims ${event.amount < 0 ? 'takes back what had come' : 'ends what was withheld'} of account ${event.accountId}`,
  GivenBackFreed: () => 'What was named of it beside the claims was not taken: it is there again',
  WithholdGivenUp: (event) =>
    `${formatCents(event.amount)} withheld beside the claims is lost${because(clearText(event.reason))}`,
  WithholdReturned: ({ settlement, amount, by, reference, reason }) => {
    const way = `by ${by}${reference ? ` ${reference}` : ''}`
    return amount > 0
      ? `Settlement ${settlement}: ${formatCents(amount)} withheld beside the claims came ${way}${because(clearText(reason))}`
      : `Settlement ${settlement}: ${formatCents(-amount)} of it that had come ${way} did not stay${because(clearText(reason))}`
  },
  RemittanceClosed: () => 'Closed: nothing is left in clearing',
}
