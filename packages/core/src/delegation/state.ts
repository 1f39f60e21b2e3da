import { sameActor } from '../kernel/actors.ts'
import type { Day } from '../kernel/day.ts'
import type { DelegationEvent, DelegationId, QueueDelegated } from './events.ts'

/** A delegation, and the day on which it was ended before its time. */
export interface Delegation extends Omit<QueueDelegated, 'type' | 'effectiveDate' | 'reason'> {
  readonly revokedOn?: Day
}

/** All that was ever delegated, in the order in which it was said. */
export type DelegationState = ReadonlyMap<DelegationId, Delegation>

export const newDelegations: DelegationState = new Map()

/** Folds events onto a state; the given state stays as it is. */
export const foldDelegations = (state: DelegationState, events: readonly DelegationEvent[]): DelegationState => {
  if (events.length === 0) return state
  const delegations = new Map(state)
  for (const event of events) {
    if (event.type === 'QueueDelegated') {
      const { type: _type, effectiveDate: _on, reason: _reason, ...delegation } = event
      delegations.set(event.delegationId, delegation)
    } else {
      const known = delegations.get(event.delegationId)
      if (known) delegations.set(event.delegationId, { ...known, revokedOn: event.effectiveDate })
    }
  }
  return delegations
}

/** Whether somebody may act by it on a day: within its days, and not on the day on which it was ended, nor after. */
export const isInForce = ({ since, until, revokedOn }: Delegation, on: Day): boolean =>
  since <= on && on <= until && (revokedOn === undefined || on < revokedOn)

/** What somebody does for others on a day. */
export const delegatedTo = (state: DelegationState, actor: string, on: Day): readonly Delegation[] =>
  [...state.values()].filter((one) => sameActor(one.to, actor) && isInForce(one, on))

/** By which delegation somebody acts for another on a day. */
export const actsFor = (state: DelegationState, actor: string, other: string, on: Day): Delegation | undefined =>
  delegatedTo(state, actor, on).find(({ from }) => sameActor(from, other))
