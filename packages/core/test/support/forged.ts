import { type AccountEvent, type AccountState, foldAccount } from '../../src/account/index.ts'
import type { History } from '../../src/testing/index.ts'
import type { Desk } from './desk.ts'

// Histories that no command could have made: what a law must notice.

type Change = (event: AccountEvent) => AccountEvent

/** The history with the events of its last step changed behind the back of `decide`. */
export const forged = (desk: Desk, change: Change): History => {
  const { steps } = desk.history
  const last = steps.at(-1)
  if (!last?.decision.ok) throw new Error('the last command must have passed')
  const events = last.decision.events.map(change)
  const after = foldAccount(last.before, events)
  return { steps: [...steps.slice(0, -1), { ...last, decision: { ...last.decision, events }, after }], state: after }
}
/** The history with another state after its last step. */
export const bent = (desk: Desk, change: (state: AccountState) => AccountState): History => {
  const last = desk.history.steps.at(-1)
  if (!last) throw new Error('no step')
  const after = change(last.after)
  return { steps: [...desk.history.steps.slice(0, -1), { ...last, after }], state: after }
}
