import { eventStoreCases, leftOut, type StoreFixture } from '@daybook/core/testing/store'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { startWireServer, type WireServer } from '../../../scripts/testing/kurrentdb/control.ts'
import { kurrentFixture } from './kurrentdb/fixture.ts'
import { notNow } from './store/some-now.ts'

/** The largest append of the contract has a thousand events, its largest event a mebibyte. */
const ROOM = String(16 * 1_024 * 1_024)

const keepsTheContract = (fixture: StoreFixture, whyNot: (at: number) => string | undefined): void => {
  for (const [at, one] of eventStoreCases.entries()) {
    const why = leftOut(one, fixture.capabilities) ?? whyNot(at)
    it.skipIf(why)(why ? `${one.name} (${why})` : one.name, { tags: [...(one.laws ?? [])] }, () => one.run(fixture))
  }
}

describe('the KurrentDB store keeps the contract of an event store, against a server of its wire protocol', () => {
  let server: WireServer
  beforeAll(async () => {
    server = await startWireServer('--max-append', ROOM)
  })
  afterAll(() => server.stop())
  keepsTheContract(
    kurrentFixture('KurrentDB', () => server.url),
    notNow,
  )
})

const real = process.env['DAYBOOK_TEST_ESDB']

describe.skipIf(real === undefined)('the KurrentDB store keeps it on the server that DAYBOOK_TEST_ESDB names', () => {
  keepsTheContract(
    kurrentFixture('KurrentDB', () => real ?? ''),
    () => undefined,
  )
})
