import type { ProviderAdjustment } from '@daybook/core/remittance'
import { amount, components, type Faults, fitted, type Segment, text, written } from './elements.ts'
import type { TransactionContext } from './transaction.ts'

/**
 * PLB: up to six pairs of `code:reference` and amount, for one provider and fiscal period. A pair that can not be read
 * makes the transaction unusable: its payment could not be balanced (B6).
 */
export const takeProviderAdjustments = (
  to: ProviderAdjustment[],
  segment: Segment,
  context: TransactionContext,
  faults: Faults,
): void => {
  const provider = text(segment, 1, 80, faults)
  const fiscalPeriodEnd = text(segment, 2, 8, faults)
  for (let place = 3; place < segment.length; place += 2) {
    const identifier = written(segment, place)
    if (identifier === '' && written(segment, place + 1) === '') continue
    const [code = '', ...rest] = components(identifier, context.separators.component, segment, place, faults)
    const cents = amount(segment, place + 1, faults)
    if (code.length < 1 || code.length > 2 || cents === undefined) {
      const pair = `PLB0${place} and the amount after it`
      context.problem('badProviderAdjustment', `${pair} are not an adjustment code and an amount`, segment)
      continue
    }
    const reference = fitted(rest.join(context.separators.component), 80, segment, place, faults)
    to.push({ provider, fiscalPeriodEnd, code, reference, amount: cents })
  }
}
