import { clearingOf } from '../documents/identity.ts'
import { type Cents, negateCents, sumOf } from '../kernel/cents.ts'
import type { Day } from '../kernel/day.ts'
import type { Of } from '../kernel/decision.ts'
import { type ControlAccount, netContra } from '../kernel/effects.ts'
import type { RemittanceCommand } from './commands.ts'
import type { ProviderAdjustmentRecorded, RemittanceEvent, RemittanceReceived } from './events.ts'
import { accountOf, carriedUnder } from './provider-adjustments.ts'
import type { RemittanceState } from './state.ts'

const claimsPaid = (state: RemittanceState): Cents => sumOf(state.claims.values(), (claim) => claim.paid ?? 0)
const adjustmentsTotal = (received: RemittanceReceived): Cents =>
  sumOf(received.providerAdjustments, (adjustment) => adjustment.amount)

/** B6: BPR02 − (Σ CLP04 − Σ PLB). */
export const outOfBalance = (state: RemittanceState, received: RemittanceReceived): Cents =>
  (received.amount - claimsPaid(state) + adjustmentsTotal(received)) as Cents

type Earlier = NonNullable<Of<RemittanceCommand, 'OpenRemittance'>['earlier']>
type PlbPair = RemittanceReceived['providerAdjustments'][number]

/** What stands under the pair's reference after it: earlier remittances, this one's pairs up to and including it. */
const standingAfter = (received: RemittanceReceived, earlier: Earlier, at: number): number => {
  const own = carriedUnder(received.providerAdjustments[at] as PlbPair, received.payerId)
  const same = (pair: { readonly code: string; readonly reference: string }) =>
    carriedUnder(pair, received.payerId)?.value === own?.value
  return (
    sumOf(earlier.filter(same), ({ amount }) => amount) +
    sumOf(received.providerAdjustments.slice(0, at + 1).filter(same), ({ amount }) => amount)
  )
}

/**
 * Errata 1 and clarification 16: a recoupment of money is explained by what the payer had put off under the same
 * reference; a forwarded balance that is collected, by one that was announced. A PLB never holds a transaction.
 */
const exceptionOf = (
  received: RemittanceReceived,
  earlier: Earlier,
  at: number,
): ProviderAdjustmentRecorded['exception'] => {
  const pair = received.providerAdjustments[at] as PlbPair
  const carried = carriedUnder(pair, received.payerId)
  if (!carried) return undefined
  const standing = standingAfter(received, earlier, at)
  if (carried.kind === 'forwardBalance') {
    return pair.amount > 0 && standing > 0 ? 'forwardBalanceWithoutOrigin' : undefined
  }
  return standing > 0 ? 'recoupmentWithoutReversal' : standing < 0 ? 'recoupmentOutstanding' : undefined
}

/** A reference that stood open and is even now. */
const matched = (received: RemittanceReceived, earlier: Earlier, at: number, on: Day): readonly RemittanceEvent[] => {
  const pair = received.providerAdjustments[at] as PlbPair
  if (carriedUnder(pair, received.payerId)?.kind !== 'recoupment' || standingAfter(received, earlier, at) !== 0)
    return []
  return [
    {
      type: 'RecoupmentMatched',
      effectiveDate: on,
      payerId: received.payerId,
      reference: pair.reference,
      amount: pair.amount,
    },
  ]
}

/**
 * The opening entry and one record a PLB pair, all counting from the payment date; `difference` goes to the account
 * that a person named.
 */
export const opening = (
  state: RemittanceState,
  received: RemittanceReceived,
  effectiveDate: Day,
  earlier: Earlier,
  difference?: ControlAccount,
): readonly RemittanceEvent[] => {
  const off = outOfBalance(state, received)
  const opened: RemittanceEvent = {
    type: 'RemittanceOpened',
    effectiveDate,
    effects: [],
    contra: netContra([
      { account: 'cash', amount: received.amount },
      ...received.providerAdjustments.map((adjustment) => ({
        account: accountOf(adjustment, received.payerId),
        amount: adjustment.amount,
      })),
      { account: clearingOf(received.remittanceId), amount: negateCents(claimsPaid(state)) },
      ...(difference ? [{ account: difference, amount: negateCents(off) }] : []),
    ]),
  }
  return [
    opened,
    ...received.providerAdjustments.flatMap((adjustment, at): readonly RemittanceEvent[] => {
      const exception = exceptionOf(received, earlier, at)
      const recorded: RemittanceEvent = {
        type: 'ProviderAdjustmentRecorded',
        effectiveDate,
        payerId: received.payerId,
        code: adjustment.code,
        reference: adjustment.reference,
        amount: adjustment.amount,
        account: accountOf(adjustment, received.payerId),
        ...(exception ? { exception } : {}),
      }
      return [recorded, ...matched(received, earlier, at, effectiveDate)]
    }),
    ...(state.claims.size === 0 ? [closed(effectiveDate)] : []),
  ]
}

/** Nothing of it is left in clearing. */
export const closed = (effectiveDate: Day): RemittanceEvent => ({ type: 'RemittanceClosed', effectiveDate })
