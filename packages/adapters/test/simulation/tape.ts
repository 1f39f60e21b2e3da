import { type EventStoreShape, Indeterminate, Unavailable } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import type { Scheduler } from 'effect/Scheduler'

/** What happens to a call on its way to the store and back. */
export const faults = ['ok', 'ok', 'ok', 'lostRequest', 'lostReply', 'twice', 'late', 'busy', 'crash', 'clock'] as const
export type Fault = (typeof faults)[number]

/** One run of a simulation: who is next, and what happens, as values that can be drawn again and made smaller. */
export interface Tape {
  readonly picks: readonly number[]
  readonly faults: readonly Fault[]
}

/**
 * Everything that waits: fibers, requests and replies. One after the other is taken, as the tape says: nothing else decides
 * who comes first, neither the machine nor its clock.
 */
export class Simulator {
  readonly #waiting: (() => void)[] = []
  readonly #tape: Tape
  #picked = 0
  #met = 0
  steps = 0
  constructor(tape: Tape) {
    this.#tape = tape
  }

  /** A time that grows with every step. */
  get now(): number {
    return this.steps
  }

  later(task: () => void): void {
    this.#waiting.push(task)
  }

  fault(): Fault {
    return this.#tape.faults[this.#met++] ?? 'ok'
  }

  /** Runs until nothing waits. @throws Error when it never ends. */
  run(): void {
    while (this.#waiting.length > 0) {
      this.steps += 1
      if (this.steps > 20_000) throw new Error('the simulation does not come to its end')
      const pick = (this.#tape.picks[this.#picked++] ?? 0) % this.#waiting.length
      const [task] = this.#waiting.splice(pick, 1)
      task?.()
    }
  }

  /** Effect's fibers wait here too. */
  readonly scheduler: Scheduler = {
    executionMode: 'async',
    shouldYield: () => false,
    makeDispatcher: () => ({ scheduleTask: (task) => this.later(task), flush: () => {} }),
  }
}

/** What a process of the simulation needs to know of the faults that are its own. */
export interface Process {
  /** It dies: what it had in memory is gone, and nobody hears of what it has sent. */
  readonly crash: () => void
  /** Its clock jumps. */
  readonly jump: () => void
}

/** A store at the other end of a wire: calls go there and answers come back when the simulator lets them, or not. */
export const wired = (
  right: EventStoreShape,
  simulator: Simulator,
  process: Process,
  faultOf: () => Fault,
): EventStoreShape => {
  const called = <A, E>(call: Effect.Effect<A, E>): Effect.Effect<A, E> =>
    Effect.callback<A, E>((resume) => {
      simulator.later(() => {
        const answer = Effect.runSyncExit(call)
        simulator.later(() => resume(answer))
      })
    })
  const append: EventStoreShape['append'] = (request) =>
    Effect.callback((resume) => {
      const fault = faultOf()
      const send = () => Effect.runSyncExit(right.append(request))
      const unknown = Effect.fail(new Indeterminate({ message: 'no answer' }))
      if (fault === 'clock') process.jump()
      if (fault === 'busy')
        return simulator.later(() => resume(Effect.fail(new Unavailable({ message: 'busy', busy: true }))))
      if (fault === 'lostRequest') return simulator.later(() => resume(unknown))
      simulator.later(() => {
        // What is late is written after its sender has been told that nobody knows.
        if (fault === 'late') {
          simulator.later(send)
          return simulator.later(() => resume(unknown))
        }
        const answer = send()
        if (fault === 'twice') simulator.later(send)
        if (fault === 'crash') return simulator.later(process.crash)
        simulator.later(() => resume(fault === 'lostReply' ? unknown : answer))
      })
    })
  return {
    ...right,
    append,
    readStream: (stream, page) => called(right.readStream(stream, page)),
    readAll: (page) => called(right.readAll(page)),
    findCommand: (stream, id) => called(right.findCommand(stream, id)),
    head: called(right.head),
  }
}
