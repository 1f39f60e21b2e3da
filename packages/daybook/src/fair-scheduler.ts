import type { Scheduler, SchedulerDispatcher } from 'effect/Scheduler'

/** How long a turn of the event loop goes on before what is left waits for the next, in milliseconds. */
const TURN = 30

/**
 * A scheduler under which long work lets others have their turn: requests, timers and signals of the program that the
 * book is part of. Effect's own counts operations, and here one may read a page of a log or decide a claim; and it
 * resumes in one turn whatever waits, be it an import's sixty claims side by side. Here a turn is over by the clock, for
 * all of them together.
 */
export const fairScheduler = (): Scheduler => {
  let began = performance.now()
  const isOver = (): boolean => performance.now() - began > TURN

  /** What waits, the lowest priority first, and in order within one. */
  let waiting: { readonly priority: number; readonly task: () => void }[] = []
  let next: NodeJS.Immediate | undefined
  const add = (task: () => void, priority: number): void => {
    const at = waiting.findLastIndex((other) => other.priority <= priority)
    waiting.splice(at + 1, 0, { priority, task })
  }
  const turn = (): void => {
    next = undefined
    began = performance.now()
    const now = waiting
    waiting = []
    let done = 0
    while (done < now.length && !(done > 0 && isOver())) {
      now[done]?.task()
      done += 1
    }
    const since = waiting
    waiting = now.slice(done)
    for (const { priority, task } of since) add(task, priority)
    if (waiting.length > 0) next ??= setImmediate(turn)
  }

  // Effect asks for one a fiber: each with turns of its own would take them all in one of the event loop.
  const dispatcher: SchedulerDispatcher = {
    scheduleTask: (task, priority) => {
      add(task, priority)
      next ??= setImmediate(turn)
    },
    flush: () => {
      while (waiting.length > 0) {
        clearImmediate(next)
        turn()
      }
    },
  }
  return { executionMode: 'async', shouldYield: isOver, makeDispatcher: () => dispatcher }
}
