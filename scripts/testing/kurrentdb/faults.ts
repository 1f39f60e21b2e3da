/** The calls that a fault can strike. */
export type Struck = 'append' | 'read' | 'subscribe' | 'gossip'

/**
 * What goes wrong with a call. Of an append: `refuse` (UNAVAILABLE, nothing written), `abort` (ABORTED, nothing written),
 * `deaf` (never answered, nothing written), `lost` (written, never answered), `late` (never answered, written after `ms`),
 * `cut` and `cutAfter` (the channel is dropped before, or after, it is written), `twice` (answered twice), `slow`
 * (answered after `ms`), `notLeader`. Of a read: those that make sense there; `cutAfter` drops the channel after `ms`
 * events, `twice` sends every event twice.
 */
export type FaultKind =
  | 'refuse'
  | 'abort'
  | 'deaf'
  | 'lost'
  | 'late'
  | 'cut'
  | 'cutAfter'
  | 'twice'
  | 'slow'
  | 'notLeader'

export interface Fault {
  readonly on: Struck
  readonly kind: FaultKind
  /** Milliseconds, or events. */
  readonly ms?: number
  /** Calls of its kind that pass before it strikes; none when not given. */
  readonly after?: number
  /** How often it strikes in a row; once when not given. */
  readonly times?: number
}

/** Faults that wait for their calls. A call is struck by the first one that is due. */
export class FaultTape {
  #faults: { fault: Fault; passes: number; strikes: number }[] = []
  /** How many calls have been struck. */
  struck = 0

  add(faults: readonly Fault[]): void {
    for (const fault of faults) this.#faults.push({ fault, passes: fault.after ?? 0, strikes: fault.times ?? 1 })
  }

  clear(): void {
    this.#faults = []
  }

  next(on: Struck): Fault | undefined {
    const due = this.#faults.find(({ fault }) => fault.on === on)
    if (!due) return undefined
    if (due.passes > 0) {
      due.passes -= 1
      return undefined
    }
    due.strikes -= 1
    this.struck += 1
    if (due.strikes === 0) this.#faults = this.#faults.filter((one) => one !== due)
    return due.fault
  }
}
