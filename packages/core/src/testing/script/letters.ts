import type { LetterCommand } from '../../account/letters/commands.ts'
import { type Generate, oneOf, type Ways } from './moment.ts'

// Letters beside the ladder.

const issueLetter: Generate<'IssueLetter'> = (random, { state, today, number }) => {
  const plans = [...state.plans.plans.keys()]
  const disputes = [...state.disputes.disputes.keys()]
  const refunds = [...state.credits.refunds.keys()]
  const adjustments = [...state.ledger.adjustments.keys()]
  const pauses = [...state.statements.pauses.keys()]
  const letter = random.pick([
    { about: 'firstNotice' },
    { about: 'planCure', plan: oneOf(random, plans, 'plan-unknown') },
    { about: 'planAmended', plan: oneOf(random, plans, 'plan-unknown') },
    { about: 'planDeferred', plan: oneOf(random, plans, 'plan-unknown') },
    { about: 'disputeAcknowledged', dispute: oneOf(random, disputes, 'x-unknown') },
    { about: 'disputeDecided', dispute: oneOf(random, disputes, 'x-unknown') },
    { about: 'refund', refund: oneOf(random, refunds, 'r-unknown') },
    { about: 'assistanceGranted', adjustment: oneOf(random, adjustments, 'a-unknown') },
    { about: 'assistanceReceived', pause: oneOf(random, pauses, 'z-unknown') },
    { about: 'complaint', complaint: 'c-unknown', answer: 'we are sorry' },
  ] as const)
  return {
    type: 'IssueLetter',
    on: today,
    document: `d${number}`,
    letter,
    ...(random.oneIn(2) ? { by: random.pick(['mail', 'inPerson'] as const) } : {}),
  }
}

/** How its commands come into random lives. */
export const letterWays: Ways<LetterCommand> = {
  IssueLetter: { make: issueLetter, often: 2, collecting: 3, planning: 1 },
}
