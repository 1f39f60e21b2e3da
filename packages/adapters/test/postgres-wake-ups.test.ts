import * as Effect from 'effect/Effect'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TestDatabase } from '../../../scripts/testing/postgres/server.ts'
import { postgresAddress } from '../src/postgres/address.ts'
import { wakeUps } from '../src/postgres/wake-ups.ts'
import { database, noServer } from './store/postgres.ts'

const listening = "FROM pg_stat_activity WHERE application_name = 'daybook' AND query LIKE 'LISTEN%'"
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

describe.skipIf(noServer)('the session that listens for a store', () => {
  let place: TestDatabase
  beforeEach(async () => {
    place = await database()
  })
  afterEach(() => place?.drop())

  const howMany = async () => (await place.rows(`SELECT pid ${listening}`)).length
  /** As many as should be, as soon as they are. */
  const settled = async (wanted: number) => {
    for (let waited = 0; waited < 5_000 && (await howMany()) !== wanted; waited += 20) await pause(20)
    return await howMany()
  }

  it('is one, however often it is lost, and none is left behind when the store is closed', async () => {
    const address = postgresAddress(place.url)
    if ('fault' in address) throw new Error(address.fault)
    const wakes = wakeUps(address, 1)
    let goesOn = true
    // Whoever is woken by the loss listens again at once, while the lost session is still being taken down.
    const waiting = Array.from({ length: 4 }, async () => {
      while (goesOn) {
        await Effect.runPromise(wakes.listening)
        await Effect.runPromise(Effect.raceFirst(wakes.woken(Number.MAX_SAFE_INTEGER), Effect.sleep(20)))
      }
    })
    for (let n = 0; n < 10; n++) {
      expect(await settled(1)).toBe(1)
      await place.rows(`SELECT pg_terminate_backend(pid) ${listening}`)
    }
    expect(await settled(1)).toBe(1)
    goesOn = false
    await Promise.all(waiting)
    await wakes.close()
    expect(await settled(0)).toBe(0)
  })
})
