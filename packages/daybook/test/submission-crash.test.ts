import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sqliteEventStore } from '@daybook/adapters/sqlite'
import { submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { leaveNoFault } from '../../../scripts/testing/figures.ts'
import { brokenChains, controlOf, entriesOf, readLog, unbalancedPrefixes } from './support/books.ts'
import { byStream } from './support/by-stream.ts'
import { bills, billsTo } from './support/crash-bills.ts'
import { deskOn, memoryDesk } from './support/desk.ts'
import { death, runImport } from './support/run-until.ts'

/** Visits of the 837; what comes of them makes it about twice as many claims. */
const VISITS = 40
const KILLS = inject('kills')

/** Opens the file as the next process would. */
const inspect = (path: string) =>
  Effect.runPromise(
    Effect.scoped(
      Effect.gen(function* () {
        const desk = deskOn(yield* sqliteEventStore({ path }))
        const stored = yield* Effect.promise(() => readLog(desk))
        const log = entriesOf(stored)
        return { log, stored, faults: [...unbalancedPrefixes(log), ...brokenChains(desk, stored)] }
      }),
    ),
  )

/** What one import leaves that nobody kills, whoever else imports. */
const calmBook = async () => {
  const desk = await memoryDesk()
  await Effect.runPromise(submitClaims(desk, bills(VISITS)))
  return byStream(await readLog(desk))
}

describe('an 837 and processes that are killed, or at it together', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'daybook-bills-'))
    vi.stubEnv('NODE_COMPILE_CACHE', join(folder, 'compiled'))
    // One that lives to its end leaves the compiled modules behind for those that do not.
    await runImport(join(folder, 'whole.db'), 'bills', VISITS, {})
  })
  afterAll(() => {
    vi.unstubAllEnvs()
    return rm(folder, { recursive: true, force: true })
  })

  it(`N12 L1 after ${KILLS} kills -9: the books balance and the chains hold after each, and the import ends as without, event for event`, {
    tags: ['torture', 'N12', 'L1'],
  }, async ({ task }) => {
    const expected = await calmBook()
    let kills = 0
    for (let file = 0; kills < KILLS; file += 1) {
      const path = join(folder, `killed-${file}.db`)
      for (let done = false; !done; ) {
        const commits = 1 + Math.floor(Math.random() * 60)
        const moment = Math.random() * 60
        // Killed often enough, it lives to its end.
        const run = await runImport(path, 'bills', VISITS, kills === KILLS ? {} : death(kills, commits, moment))
        done = run.done
        if (!done) kills += 1
        const { stored, faults } = await inspect(path)
        expect({ errors: run.errors, faults, kills, commits, moment }).toMatchObject({ errors: '', faults: [] })
        if (done) expect(byStream(stored)).toEqual(expected)
      }
    }
    leaveNoFault({ task }, { programme: 'kill -9 in the midst of an 837', store: 'SQLite', of: 'kills', tried: kills })
  })

  it('L1 two processes at one file, one of them killed on its way: the book ends as that of one import', {
    tags: ['L1'],
  }, async () => {
    const expected = await calmBook()
    for (const commits of [undefined, 1 + Math.floor(Math.random() * 60)]) {
      const path = join(folder, `two-${commits ?? 'live'}.db`)
      const runs = await Promise.all([
        runImport(path, 'bills', VISITS, {}),
        runImport(path, 'bills', VISITS, commits === undefined ? {} : { commits }),
      ])
      expect(runs.map(({ errors }) => errors)).toEqual(['', ''])
      const { stored, faults } = await inspect(path)
      expect({ faults, commits }).toEqual({ faults: [], commits })
      expect(byStream(stored)).toEqual(expected)
    }
  })

  it('D2 two processes at the claims of the same visits to two payers: every visit is charged once', {
    tags: ['D2'],
  }, async () => {
    const path = join(folder, 'payers.db')
    const runs = await Promise.all([
      runImport(path, 'firstPayer', VISITS, {}),
      runImport(path, 'secondPayer', VISITS, {}),
    ])
    expect(runs).toEqual([
      { done: true, signal: null, errors: '' },
      { done: true, signal: null, errors: '' },
    ])
    const { log, faults } = await inspect(path)
    expect(faults).toEqual([])
    const count = (type: string) => log.filter(({ event }) => event.type === type).length
    const charged = billsTo('ACME', VISITS).claims.reduce((sum, { charge }) => sum + charge, 0)
    expect({ visits: count('VisitOpened'), submitted: count('ClaimSubmitted') }).toEqual({
      visits: VISITS,
      submitted: 2 * VISITS,
    })
    expect(controlOf(log)['revenue']).toBe(-charged)
  })
})
