import { type Day, formatCents } from '@daybook/core/kernel'
import type { RemittanceHeld } from '@daybook/core/remittance'
import { differenceWords } from '../../history/words/remittance.ts'
import { remittanceQueues } from '../queue.ts'

export interface HeldMatter extends Pick<RemittanceHeld, 'reasons' | 'differences'> {
  readonly conflictsWith?: string
  readonly since: Day
}

const actions: Readonly<Record<HeldMatter['reasons'][number], string>> = {
  outOfBalance: 'compare with the deposit, then release or reject',
  conflict: 'compare both remittances, release or reject',
  noDate: 'find the payment date, release with it',
  tooFarAhead: 'find the right payment date, release with it',
  currency: 'post by hand or reject',
}

const initial: readonly HeldMatter[] = []
const noLonger = (): readonly HeldMatter[] => []

/** Remittances that are held as a whole; at most one matter each. */
export const heldRemittances = remittanceQueues({
  names: ['heldRemittances'],
  version: 1,
  initial,
  after: {
    RemittanceClosed: noLonger,
    RemittanceHeld: (_, { reasons, differences, conflictsWith, effectiveDate }) => [
      { reasons, differences, since: effectiveDate, ...(conflictsWith ? { conflictsWith } : {}) },
    ],
    RemittanceOpened: noLonger,
    RemittanceRejected: noLonger,
    RemittanceReleased: noLonger,
  },
  work: (matters, { remittance, payer, trace, amount }) =>
    matters.map(({ reasons, differences, conflictsWith, since }) => ({
      queue: 'heldRemittances',
      subject: remittance,
      amount,
      since,
      reasons: [
        `${payer} trace ${trace} pays ${formatCents(amount)}, held: ${reasons.join(', ')}`,
        ...differences.map(differenceWords),
        ...(conflictsWith ? [`remittance ${conflictsWith} has the same identity`] : []),
      ],
      nextAction: [...new Set(reasons.map((reason) => actions[reason]))].join('; '),
    })),
})
