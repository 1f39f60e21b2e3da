import type { Day } from '../../kernel/day.ts'
import { known } from '../../rules/facts.ts'
import { type Question, scopeOf } from '../facts.ts'
import type { AccountState } from '../rooms.ts'
import type { Inquiry } from './state.ts'

/** Somebody wants to say something to who asked. */
export const answerQuestion = (
  state: AccountState,
  wanted: { readonly phi: boolean; readonly by: Inquiry['by']; readonly identifiers: number; readonly on: Day },
): Question => ({
  gate: 'answerInquiry',
  on: wanted.on,
  scope: scopeOf(state, []),
  own: {
    'answer.phi': known(wanted.phi),
    'caller.is': known(wanted.by),
    'caller.identifiers': known(wanted.identifiers),
  },
})
