import type { Day } from '../../kernel/day.ts'
import { known } from '../../rules/facts.ts'
import { type Question, scopeOf } from '../facts.ts'
import type { AccountState } from '../rooms.ts'

/** Somebody wants to say something to who asked. */
export const answerQuestion = (
  state: AccountState,
  wanted: { readonly phi: boolean; readonly identifiers: number; readonly on: Day },
): Question => ({
  gate: 'answerInquiry',
  on: wanted.on,
  scope: scopeOf(state, []),
  own: { 'answer.phi': known(wanted.phi), 'caller.identifiers': known(wanted.identifiers) },
})
