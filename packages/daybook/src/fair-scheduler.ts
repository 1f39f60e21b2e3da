import type { Scheduler, SchedulerDispatcher } from 'effect/Scheduler'

/** How long a turn of the event loop goes on before what is left waits for the next, in milliseconds. */
const TURN = 30

interface Waiting {
  readonly priority: number
  readonly task: () => void
}

/**
 * A scheduler under which long work lets others have their turn: requests, timers and signals of the program that the
 * book is part of. Effect's own counts operations, and here one may read a page of a log or decide a claim; and it
 * resumes in one turn whatever waits, be it an import's sixty claims side by side. Here a turn is over by the clock, for
 * all of them together.
 *
 * The clock decides how long a turn is, not who comes first: what a turn breaks off goes on first in the next, and what is
 * resumed from outside waits behind all that waits already. So the claims of a file, each of which waits for its commits,
 * are taken in the same order on a fast machine and on a slow one, and their events stand in the same order in the log.
 */
export const fairScheduler = (): Scheduler => {
  let waiting: Waiting[] = []
  let brokenOff: Waiting[] = []
  let next: NodeJS.Immediate | undefined
  let began: number | undefined
  let breaksOff = false

  const isOver = (): boolean => began !== undefined && performance.now() - began > TURN

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
    began = undefined
    const since = waiting
    waiting = [...brokenOff, ...now.slice(done)]
    brokenOff = []
    for (const one of since) add(one)
    if (waiting.length > 0) next ??= setImmediate(turn)
  }
  /** The lowest priority first, and in order within one. */
  const add = (one: Waiting): void => {
    const at = waiting.findLastIndex(({ priority }) => priority <= one.priority)
    waiting.splice(at + 1, 0, one)
  }

  // Effect asks for one a fiber: each with turns of its own would take them all in one of the event loop.
  const dispatcher: SchedulerDispatcher = {
    scheduleTask: (task, priority) => {
      if (breaksOff) brokenOff.push({ priority, task })
      else add({ priority, task })
      breaksOff = false
      if (began === undefined) next ??= setImmediate(turn)
    },
    flush: () => {
      while (waiting.length > 0) {
        clearImmediate(next)
        turn()
      }
    },
  }
  return {
    executionMode: 'async',
    /** What runs outside of a turn, since somebody has resumed it, waits for one. Effect schedules whoever is to yield at once. */
    shouldYield: () => {
      breaksOff = isOver()
      return breaksOff || began === undefined
    },
    makeDispatcher: () => dispatcher,
  }
}
