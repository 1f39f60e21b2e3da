import type { Day } from '../../kernel/day.ts'
import type { LineId } from '../../kernel/ids.ts'
import { known } from '../../rules/facts.ts'
import { type Question, scopeOf } from '../facts.ts'
import type { AccountState } from '../rooms.ts'
import { judgedOn, standingOn } from './state.ts'

/** A promise as its gate sees it: the days of its first and last part. */
export interface PromiseTerms {
  readonly lines: readonly LineId[]
  readonly last: Day
  readonly on: Day
}

/** Promises that are open on a day, by what was recorded then, or by the postings that are known now where none was closed. */
const standing = ({ promises }: AccountState, on: Day): number =>
  [...promises.promises.values()].filter(
    (promise) =>
      standingOn(promise, on) === 'open' || (promise.status !== 'closed' && judgedOn(promise, on) === 'open'),
  ).length

/** Somebody promises to pay. */
export const promiseQuestion = (state: AccountState, { lines, last, on }: PromiseTerms): Question => ({
  gate: 'recordPromise',
  on,
  scope: scopeOf(state, lines),
  own: { 'promise.lastDue': known(last), 'promise.openOnAccount': known(standing(state, on)) },
})
