import type { DepositEvent, DepositExplained, DepositRecorded } from './events.ts'

/** One line of the bank's statement. */
export interface DepositState {
  /** As it was recorded last; absent before, and after it was withdrawn. */
  readonly recorded?: DepositRecorded
  readonly explained?: DepositExplained
}

export const initial: DepositState = {}

const after = (state: DepositState, event: DepositEvent): DepositState => {
  switch (event.type) {
    case 'DepositRecorded':
      return { recorded: event }
    case 'DepositWithdrawn':
      return initial
    case 'DepositExplained':
      return { ...state, explained: event }
  }
}

export const fold = (state: DepositState, events: readonly DepositEvent[]): DepositState => events.reduce(after, state)
