import type { Day } from '../../kernel/day.ts'
import type { LineId } from '../../kernel/ids.ts'
import type { Context, GateResult } from '../context.ts'
import { askBy, type Question, scopeOf } from '../facts.ts'
import type { AccountState } from '../rooms.ts'

export interface BillingRequest {
  readonly lines?: readonly LineId[] | undefined
  /** Absent: today. */
  readonly on?: Day
}

const billingQuestion = (state: AccountState, lines: readonly LineId[], on: Day): Question => ({
  gate: 'billLines',
  on,
  scope: scopeOf(state, lines),
  own: {},
})

/** What the rules say to asking the patient for these lines: for statements, reminders and letters. Decides nothing. */
export const reviewBilling = (state: AccountState, context: Context, request: BillingRequest = {}): GateResult => {
  const { lines = [...state.ledger.lines.keys()], on = context.today } = request
  return askBy(state, billingQuestion(state, lines, on), context)
}
