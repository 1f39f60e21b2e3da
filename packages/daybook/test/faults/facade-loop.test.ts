import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import * as Effect from 'effect/Effect'
import { expect, it } from 'vitest'
import { fairScheduler } from '../../src/fair-scheduler.ts'
import { openTestBook, testFolder } from '../support/folder.ts'

const folder = testFolder()
const practice = join(import.meta.dirname, '..', '..', '..', '..', 'examples', 'practice')
const files = readdirSync(practice)
  .filter((name) => /\.8\d\d$/.test(name))
  .sort()
  .map((name) => join(practice, name))

/** How often others had their turn. How long a turn takes is measured by hand: a timed test tells of the machine. */
const turnsOf = async (work: () => Promise<unknown>): Promise<number> => {
  let turns = 0
  let goesOn = true
  const turn = () => {
    turns += 1
    if (goesOn) setImmediate(turn)
  }
  setImmediate(turn)
  await work()
  goesOn = false
  return turns
}

it('facade-13 an import lets others have their turn, claim by claim', async () => {
  await using book = await openTestBook(`sqlite:${join(folder, 'loop.db')}`)
  const claims = 375
  expect(await turnsOf(() => book.importPaths(files, { openMissing: true }))).toBeGreaterThan(claims)
})

it('facade-13 check lets others have their turn, stream by stream', async () => {
  await using book = await openTestBook(`sqlite:${join(folder, 'loop.db')}`)
  const { streams } = await book.check()
  expect(await turnsOf(() => book.check())).toBeGreaterThan(streams)
})

it('facade-13 a turn is over by the clock, however many work side by side', async () => {
  const scheduler = fairScheduler()
  const busy = Effect.sync(() => {
    const until = performance.now() + 5
    while (performance.now() < until);
  })
  const lane = Effect.forEach(Array.from({ length: 10 }), () => busy, { discard: true })
  const lanes = Effect.forEach(Array.from({ length: 8 }), () => lane, { concurrency: 'unbounded', discard: true })
  // 400 ms of work, in turns of 30 ms at most but for the piece that one ends in.
  const turns = await turnsOf(() => Effect.runPromise(lanes, { scheduler }))
  expect(turns).toBeGreaterThan(10)
})

it('facade-13 lanes that wait for what they have sent come in one order, however long each step takes', async () => {
  /** Six lanes of ten steps, of which some wait for what comes from outside; a step takes so long. */
  const orderOf = async (milliseconds: (step: number) => number): Promise<readonly string[]> => {
    const order: string[] = []
    const step = (lane: number) => (at: number) =>
      Effect.gen(function* () {
        const until = performance.now() + milliseconds(lane * 10 + at)
        while (performance.now() < until);
        order.push(`${lane}.${at}`)
        if (at % 3 === lane % 3) yield* Effect.promise(() => Promise.resolve())
      })
    const lanes = Effect.forEach(
      [0, 1, 2, 3, 4, 5],
      (lane) =>
        Effect.forEach(
          Array.from({ length: 10 }, (_, at) => at),
          step(lane),
          { discard: true },
        ),
      { concurrency: 4, discard: true },
    )
    await Effect.runPromise(lanes, { scheduler: fairScheduler() })
    return order
  }
  const quick = await orderOf(() => 0)
  expect(await orderOf((at) => (at % 7) * 3)).toEqual(quick)
  expect(await orderOf((at) => (at % 5 === 0 ? 40 : 0))).toEqual(quick)
})
