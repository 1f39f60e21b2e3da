import { type Cents, sumOf, toCents } from '../../../kernel/cents.ts'
import { type Component, components, type LinePlan, totalOf } from './lines.ts'

/** An amount of patient responsibility on its way to somebody. */
export interface Share {
  readonly plan: LinePlan
  readonly component: Component
  readonly amount: Cents
  /** The reason code is a denial's: without evidence it waits, and the queue gets a denial too (clarification 8). */
  readonly onDenial: boolean
}

/** PR of a line after netting, on whatever reason code (clarification 2). */
export const netResponsibility = (plan: LinePlan): Cents => totalOf(plan, 'transfer', 'held')

/**
 * Nets the PR of a line (clarification 2): negative amounts come off the smallest components first, so that the largest
 * keep their reason code. Shares first, then what stands on a denial; of each the largest first.
 */
export const nettedShares = (plan: LinePlan): readonly Share[] => {
  const of = (disposition: 'transfer' | 'held') =>
    components(plan, disposition).map((component) => ({ component, onDenial: disposition === 'held' }))
  const all = [...of('transfer'), ...of('held')]
  let off = -sumOf(all, ({ component }) => Math.min(0, component.amount))
  return all
    .filter(({ component }) => component.amount > 0)
    .sort((a, b) => a.component.amount - b.component.amount)
    .map(({ component, onDenial }): Share => {
      const cut = Math.min(off, component.amount)
      off -= cut
      return { plan, component, onDenial, amount: toCents(component.amount - cut) }
    })
    .filter(({ amount }) => amount > 0)
    .sort((a, b) => Number(a.onDenial) - Number(b.onDenial) || b.amount - a.amount)
}
