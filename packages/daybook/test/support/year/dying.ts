import type { Random } from '../../../../../bench/practice/random.ts'
import type { Book } from '../../../src/index.ts'
import type { Outcome, Step } from './step.ts'
import { doStep, isLeft, yearBook } from './work.ts'

// A desk whose machine dies: its clock is asked some times more, and then nothing goes on. No append is made after that, be
// it the first of a step or one between two others; what was committed stands. Then it is a new process over the same store.

/** How often the clock of a machine is asked until it dies, where somebody says so. */
class Machine {
  #left = Number.POSITIVE_INFINITY
  #now: number
  constructor(now: number) {
    this.#now = now
  }
  readonly clock = (): Date => {
    if (this.#left <= 0) throw new Error('the machine is gone')
    this.#left -= 1
    return new Date(this.#now)
  }
  at(now: number): void {
    this.#now = now
  }
  diesAfter(times: number): void {
    this.#left = times
  }
  get isDead(): boolean {
    return this.#left <= 0
  }
}

interface Desk {
  /** Does a step; the machine dies on the way where its clock is asked more often than `after`. True where it died. */
  readonly dies: (step: Step, number: number, after: number) => Promise<boolean>
  readonly does: (step: Step, number: number) => Promise<Outcome>
  readonly book: () => Book
  readonly close: () => Promise<void>
}

/** A desk at a book that is opened anew whenever its machine has died. */
const dyingDesk = async (url: string, now: number): Promise<Desk> => {
  let machine = new Machine(now)
  let book = await yearBook(url, machine.clock)
  return {
    dies: async (step, number, after) => {
      machine.at(step.at)
      machine.diesAfter(after)
      await doStep(book, step, number).catch((error: unknown) => {
        if (!machine.isDead) throw error
      })
      if (!machine.isDead) {
        machine.diesAfter(Number.POSITIVE_INFINITY)
        return false
      }
      await book.close().catch(() => undefined)
      machine = new Machine(step.at)
      book = await yearBook(url, machine.clock)
      return true
    },
    does: async (step, number) => {
      machine.at(step.at)
      return await doStep(book, step, number)
    },
    book: () => book,
    close: () => book.close(),
  }
}

export interface DyingWork {
  readonly url: string
  readonly steps: readonly Step[]
  /** What was done already, in the order of the steps. */
  readonly outcomes: Outcome[]
  readonly random: Random
  /** Of so many steps one is broken off; every run of the day is. */
  readonly diesOnceIn: number
  readonly before?: (number: number) => void
  readonly onOutcome?: (outcome: Outcome) => void
  readonly onDeath?: () => void
}

/** What a second run of a day, after the one that came to its end, has done still. */
const doneAgain = async (book: Book): Promise<void> => {
  const { steps } = await book.day()
  const done = steps.filter(({ outcome }) => outcome === 'done')
  if (done.length > 0) throw new Error(`a day that was run twice did twice: ${JSON.stringify(done)}`)
}

/** Does what is left of the steps on machines that die; each day is broken off, run to its end, and run once more. */
export const workDying = async ({ url, steps, outcomes, random, diesOnceIn, ...told }: DyingWork): Promise<void> => {
  const desk = await dyingDesk(url, steps[outcomes.length]?.at ?? 0)
  for (const [number, step] of steps.entries()) {
    if (number < outcomes.length) continue
    told.before?.(number)
    const left = isLeft(step, outcomes)
    const isDay = step.deed.kind === 'day'
    // Of a run of the day each time a part further; of a command before, between and behind its appends.
    if (!left && (isDay || random.between(1, diesOnceIn) === 1)) {
      if (await desk.dies(step, number, random.between(1, isDay ? 25 : 9))) told.onDeath?.()
    }
    const outcome = left ? ({ step: number, left: true } as const) : await desk.does(step, number)
    if (isDay) await doneAgain(desk.book())
    outcomes.push(outcome)
    told.onOutcome?.(outcome)
  }
  await desk.close()
}
