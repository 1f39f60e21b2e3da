import type { Day } from '../../kernel/day.ts'
import type { LineId, VisitId } from '../../kernel/ids.ts'
import { known } from '../../rules/facts.ts'
import { adjudicationsOf, submissionsOf } from '../claims/state.ts'
import type { Question } from '../facts.ts'
import type { AccountState } from '../rooms.ts'

/** A claim for the visit has gone out, or a payer has decided one of these lines: what it takes back later it knows all the same. */
export const planKnows = (state: AccountState, visit: VisitId, lines: readonly LineId[]): boolean =>
  submissionsOf(state.claims, visit).length > 0 ||
  adjudicationsOf(state.claims, visit).some(
    ({ event }) => !event.predetermination && event.lines.some(({ lineId }) => lines.includes(lineId)),
  )

/** A patient wants to pay these lines in full, past the plan. */
export const electionQuestion = (
  state: AccountState,
  { visit, lines, agreedOn, on }: { visit: VisitId; lines: readonly LineId[]; agreedOn: Day; on: Day },
): Question => ({
  gate: 'electSelfPay',
  on,
  scope: { lines, visits: [visit] },
  own: {
    'selfPay.planKnows': known(planKnows(state, visit, lines)),
    'selfPay.agreedBeforeService': known(
      lines.every((line) => {
        const served = state.ledger.lines.get(line)?.dosFrom
        return served !== undefined && agreedOn < served
      }),
    ),
  },
})
