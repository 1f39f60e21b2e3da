import { type EventStoreShape, NO_STREAM, type Token } from '@daybook/core/ports'
import type { Tried } from '@daybook/core/testing/store'
import * as Effect from 'effect/Effect'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { leaveFigures, leaveNoFault } from '../../../scripts/testing/figures.ts'
import type { TestDatabase } from '../../../scripts/testing/postgres/server.ts'
import { postgresEventStore } from '../src/postgres/index.ts'
import { type Opened, opened } from './store/fixtures.ts'
import { judged, Tally } from './store/judged.ts'
import { database, noServer } from './store/postgres.ts'
import { noteAppend } from './store/samples.ts'
import { uuidv7 } from './store/uuid.ts'
import { type Cut, type CuttingProxy, cuttingProxy } from './wire/cutting-proxy.ts'
import { stepsIn } from './wire/protocol-steps.ts'

/** Of all steps of the protocol so many, in `npm test`; all of them, twice, in `npm run torture`. */
const CUTS = inject('kills') < 200 ? inject('kills') * 2 : Number.POSITIVE_INFINITY

const sessions = ['that stands', 'that has to be made'] as const

/** So many of a list, evenly from all of it. */
const some = <T>(all: readonly T[], most: number): readonly T[] =>
  all.length <= most ? all : Array.from({ length: most }, (_, n) => all[Math.floor((n * all.length) / most)] as T)

describe.skipIf(noServer)('a connection to PostgreSQL that is severed', () => {
  let place: TestDatabase
  let proxy: CuttingProxy
  let store: EventStoreShape
  let main: Opened
  beforeAll(async () => {
    place = await database()
    const url = new URL(place.url)
    proxy = await cuttingProxy(url.hostname, Number(url.port || 5432))
    url.host = `127.0.0.1:${proxy.port}`
    main = await opened(postgresEventStore({ url: url.href, patience: 20_000 }))
    store = main.store
  })
  afterAll(async () => {
    await main?.close()
    await proxy?.close()
    await place?.drop()
  })

  it.for(sessions)(
    'B1 B3 B9 at each step of the protocol, in a session %s: nothing acknowledged is lost, nothing unknown is left',
    {
      tags: ['torture', 'B1', 'B3', 'B9'],
    },
    async (session, { task }) => {
      const stream = `account-${session.replaceAll(' ', '-')}`
      const tried: Tried[] = []
      let token: Token = NO_STREAM

      /** One command, with the connection cut on its way, or not. */
      const append = async (cut?: Cut): Promise<void> => {
        if (session === 'that has to be made') {
          proxy.cutAll()
          await Effect.runPromise(Effect.sleep(5))
        }
        proxy.next(cut)
        const request = noteAppend(store, stream, token, ['1 of 2', '2 of 2'], `${uuidv7()}-of-2`)
        const began = Number(process.hrtime.bigint())
        const outcome = await Effect.runPromise(Effect.result(store.append(request)))
        const one = { stream, commandId: request.commandId, events: 2, began, ended: Number(process.hrtime.bigint()) }
        if (outcome._tag === 'Failure') {
          expect(['Indeterminate', 'Unavailable']).toContain(outcome.failure._tag)
          tried.push({ ...one, outcome: outcome.failure._tag === 'Indeterminate' ? 'unknown' : 'refused' })
          return
        }
        const { success: receipt } = outcome
        tried.push({ ...one, outcome: 'written', receipt })
        // Who was cut off and asked again is told what it wrote, not that somebody else had.
        expect(receipt.repeated).toBe(false)
        token = { version: receipt.lastVersion, headHash: receipt.headHash }
      }

      await append()
      await append()
      const { asked, answered } = proxy.traffic()
      const isStart = session === 'that has to be made'
      const steps = [
        ...stepsIn(asked, isStart).map((after) => ({ way: 'asked' as const, after })),
        ...stepsIn(answered, false).map((after) => ({ way: 'answered' as const, after })),
      ]
      expect(steps.length).toBeGreaterThan(isStart ? 40 : 10)
      const cuts = (['ended', 'reset'] as const).flatMap((how) => steps.map((step): Cut => ({ ...step, how })))
      const tally = new Tally()
      for (const cut of some(cuts, CUTS)) {
        await append(cut)
        if (proxy.isCut()) tally.tried += 1
      }
      proxy.next()
      const direct = await opened(postgresEventStore({ url: place.url }))
      tally.add(
        await judged(
          direct.store,
          tried.filter((one) => one.stream === stream),
        ),
        session,
      )
      await direct.close()
      leaveFigures(
        { task },
        tally.figures({ programme: `severed in a session ${session}`, store: 'PostgreSQL', of: 'cuts' }),
      )
      expect(tally.wrong).toEqual([])
      expect(tried.filter(({ outcome }) => outcome !== 'written')).toEqual([])
      expect(tally.tried).toBeGreaterThan(some(cuts, CUTS).length * 0.8)
    },
  )

  it('B3 at each step of opening a book, of a tenant that is new: it opens, or says why, and is one book afterwards', {
    tags: ['torture', 'B3'],
  }, async ({ task }) => {
    let tenants = 0
    const open = async (cut?: Cut) => {
      const url = new URL(place.url)
      url.host = `127.0.0.1:${proxy.port}`
      url.searchParams.set('tenant', `severed-${++tenants}`)
      proxy.next(cut)
      const opening = Effect.result(Effect.scoped(postgresEventStore({ url: url.href, patience: 20_000 })))
      const answer = await Effect.runPromise(opening)
      if (answer._tag === 'Failure') expect(answer.failure).toMatchObject({ _tag: 'Unavailable', retry: 'safe' })
    }
    await open()
    const { asked, answered } = proxy.traffic()
    const steps = [
      ...stepsIn(asked, true).map((after) => ({ way: 'asked' as const, after })),
      ...stepsIn(answered, false).map((after) => ({ way: 'answered' as const, after })),
    ]
    expect(steps.length).toBeGreaterThan(60)
    const cuts = (['ended', 'reset'] as const).flatMap((how) => steps.map((step): Cut => ({ ...step, how })))
    let made = 0
    for (const cut of some(cuts, CUTS)) {
      await open(cut)
      if (proxy.isCut()) made += 1
      proxy.next()
      const again = new URL(place.urlOf(`severed-${tenants}`))
      const { store: found, close } = await opened(postgresEventStore({ url: again.href }))
      const receipt = await Effect.runPromise(found.append(noteAppend(found, 'account-a', NO_STREAM, ['first'])))
      expect({ cut, position: receipt.firstPosition, faults: await Effect.runPromise(found.guardFaults) }).toEqual({
        cut,
        position: 1,
        faults: [],
      })
      await close()
    }
    expect(made).toBeGreaterThan(some(cuts, CUTS).length * 0.8)
    leaveNoFault(
      { task },
      { programme: 'severed while a book is opened', store: 'PostgreSQL', of: 'cuts', tried: made },
    )
  })
})
