import type { AskedFact } from '@daybook/core/account'
import { ownFacts as factsOf, type OwnFacts, ownRule } from '@daybook/core/rules'

export { ownRule }

/**
 * Facts of a product, and how rules are written that need them:
 * `const { facts, rule } = ownFacts({ 'clinic.boardMember': { words: 'whether …', find: ({ account }) => known(…) } })`.
 */
export const ownFacts = <const Own extends OwnFacts<AskedFact>>(facts: Own) => factsOf<AskedFact, Own>(facts)
