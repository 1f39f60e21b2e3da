import type { AccountState } from '@daybook/core/account'
import { type Day, formatCents, partyKey } from '@daybook/core/kernel'
import { facetQueues } from '../queue.ts'
import type { Matter } from '../work.ts'

export interface StubMatter extends Matter {
  readonly coverage: string
  readonly payer: string
}

const stubMatters = (state: AccountState, openedOn: Day): readonly StubMatter[] =>
  [...state.coverage.coverages.values()]
    .filter(({ stub }) => stub)
    .map((coverage) => {
      const layers = [...state.ledger.layers.values()].filter((layer) => partyKey(layer.party) === coverage.coverageId)
      return {
        coverage: coverage.coverageId,
        payer: coverage.payerName,
        amount: layers.reduce((sum, { active, placed }) => sum + active + placed, 0),
        since: layers.reduce(
          (oldest, layer) => (layer.openedOn < oldest ? layer.openedOn : oldest),
          layers[0]?.openedOn ?? openedOn,
        ),
      }
    })

/** Coverages known by name only, with what stands at them and since when. */
export const queues = facetQueues({
  names: ['stubCoverages'],
  version: 1,
  matters: (state) => {
    const { account } = state.registration
    return account ? stubMatters(state, account.openedOn) : []
  },
  work: (stubs) =>
    stubs.map(({ coverage, payer, amount, since }) => ({
      queue: 'stubCoverages',
      subject: coverage,
      amount,
      since,
      reasons: [`${payer} is known by name only; ${formatCents(amount)} stands there`],
      nextAction: 'complete the coverage: payer id and member number',
    })),
})
