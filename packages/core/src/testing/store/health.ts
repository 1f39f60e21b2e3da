import { NO_STREAM } from '../../ports/event-store.ts'
import { suiteOf } from './case.ts'
import { must, mustEqual, run } from './expectation.ts'
import type { StoreCase } from './fixture.ts'
import { note, tokenOf } from './workbook.ts'

const health = suiteOf('health')
const declared = suiteOf('what a store declares')

export const healthCases: readonly StoreCase[] = [
  health('a store that is well says so, and its head is the true one', async ({ store, append }) => {
    const receipt = await append('account-a', NO_STREAM, [note('1'), note('2')])
    const { reachable, writable, head } = await run(store.health)
    mustEqual([reachable, writable], [true, true], 'reachable and writable')
    mustEqual(head, { position: 2, committedAt: receipt.committedAt }, 'the head')
  }),

  health('its head goes on with every append, also of another writer', async ({ book, store, append, clock }) => {
    const other = (await book.newWriter?.({ clock: clock.now })) ?? store
    const first = await append('account-a', NO_STREAM, [note('1')])
    mustEqual((await run(store.health)).head?.position, 1, 'the head')
    await append('account-a', tokenOf(first), [note('2')], other)
    mustEqual((await run(store.health)).head?.position, 2, 'the head afterwards')
  }),

  health('it says in words how it stands, and how long it took', async ({ store, append }) => {
    await append('account-a', NO_STREAM, [note('1')])
    const { detail, latencyMs, head } = await run(store.health)
    must(detail.trim() !== '' && head?.position === 1, 'words')
    must(Number.isFinite(latencyMs) && latencyMs >= 0, `it took ${latencyMs} ms`)
  }),

  declared(
    'the store can do what its author says that it can, no more and no less',
    async ({ store, fixture, append }) => {
      mustEqual(store.capabilities, fixture.capabilities, 'the capabilities')
      await append('account-a', NO_STREAM, [note('1')])
      mustEqual((await run(store.head)).position, 1, 'and it is a store')
    },
  ),
]
