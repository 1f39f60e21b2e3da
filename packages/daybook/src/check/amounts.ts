import type { AccountEvent } from '@daybook/core/account'
import { formatCents, isPosting } from '@daybook/core/kernel'

/** What an event says of its amount, and what its own entries give. */
interface Stated {
  readonly what: string
  readonly said: number
  readonly given: number
}

const byLine = (
  entries: readonly { readonly lineId: string; readonly amount: number }[],
): ReadonlyMap<string, number> => {
  const sums = new Map<string, number>()
  for (const { lineId, amount } of entries) sums.set(lineId, (sums.get(lineId) ?? 0) + amount)
  return sums
}

/** The amounts of lines against the effects on them; of a transfer, which takes as much as it gives, what it gives. */
const linesStated = (event: AccountEvent): readonly Stated[] => {
  switch (event.type) {
    case 'InsurancePaymentPosted':
    case 'ContractualAdjustmentPosted':
    case 'WriteOffPosted':
    case 'BalanceBroughtForward':
    case 'ResponsibilityTransferred': {
      const effects =
        event.type === 'ResponsibilityTransferred' ? event.effects.filter(({ amount }) => amount > 0) : event.effects
      const given = byLine(effects)
      return [...byLine(event.lines)].map(([lineId, amount]) => ({
        what: `line ${lineId}`,
        said: Math.abs(amount),
        given: Math.abs(given.get(lineId) ?? 0),
      }))
    }
    default:
      return []
  }
}

const wholeStated = (event: AccountEvent): readonly Stated[] => {
  if (event.type === 'ChargePosted') {
    return [{ what: 'it', said: event.amount, given: event.effects.reduce((sum, { amount }) => sum + amount, 0) }]
  }
  if (event.type === 'PatientPaymentPosted') {
    const cash = event.contra.filter(({ account }) => account === 'cash' || account.startsWith('cash:'))
    return [{ what: 'it', said: event.amount, given: cash.reduce((sum, { amount }) => sum + amount, 0) }]
  }
  return []
}

/** Where the amount that an event states is not that of its own entries: each in words. */
export const misstated = (event: AccountEvent): readonly string[] =>
  isPosting(event)
    ? [...wholeStated(event), ...linesStated(event)].flatMap(({ what, said, given }) =>
        said === given ? [] : [`says ${formatCents(said)} of ${what}, its entries give ${formatCents(given)}`],
      )
    : []
