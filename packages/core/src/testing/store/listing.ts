import { type EventStoreShape, NO_STREAM, type StreamEntry } from '../../ports/event-store.ts'
import { suiteOf } from './case.ts'
import { must, mustEqual, run } from './expectation.ts'
import type { StoreCase } from './fixture.ts'
import { anotherWriter, note, notesOf, paged, wholeLog, writeNotes } from './workbook.ts'

const listing = suiteOf('listing streams', { laws: ['N22'] })
const heads = suiteOf('the head')

const samples = Array.from({ length: 30 }, (_, n) => note(`n${n}`))

const names = ['account-b', 'person-1', 'account-a', 'account-B', 'account-a1', 'accounts', 'ref-0', 'ref_0']
const listed = (prefix: string): readonly StreamEntry[] =>
  names
    .map((stream, index) => ({
      stream,
      version: Math.floor((samples.length - 1 - index) / names.length),
      closed: false,
    }))
    .filter(({ stream }) => stream.startsWith(prefix))
    .sort((a, b) => (a.stream < b.stream ? -1 : 1))

const listedInPages = (store: EventStoreShape, prefix: string, limit: number) =>
  paged<StreamEntry>((last) => run(store.streams({ prefix, after: last?.stream ?? '', limit })), names.length)

const prefixes = ['', 'account-', 'account-a', 'ref_', 'ref-0', 'ref-00', 'A']

export const listingCases: readonly StoreCase[] = [
  ...prefixes.map((prefix) =>
    listing(
      `that begin with '${prefix}' gives those, with their versions, in the order of their names`,
      async (workbook) => {
        await writeNotes(workbook, names, samples)
        mustEqual(await listedInPages(workbook.store, prefix, 100), listed(prefix), 'the streams')
        mustEqual((await listedInPages(workbook.store, '', 100)).length, names.length, 'all of them')
      },
    ),
  ),
  ...[1, 2, 3, 8].map((limit) =>
    listing(`in pages of ${limit} gives what one read gives`, async (workbook) => {
      await writeNotes(workbook, names, samples)
      mustEqual(await listedInPages(workbook.store, '', limit), listed(''), 'the streams')
    }),
  ),
  listing('goes on behind a name that no stream has', async (workbook) => {
    await writeNotes(workbook, names, samples)
    const behind = await run(workbook.store.streams({ prefix: '', after: 'account-zz', limit: 100 }))
    mustEqual(
      behind,
      listed('').filter(({ stream }) => stream > 'account-zz'),
      'the streams',
    )
  }),
  listing('is the same after the store was opened again', async (workbook) => {
    await writeNotes(workbook, names, samples)
    mustEqual(await listedInPages(await workbook.book.reopen(), '', 100), listed(''), 'the streams')
  }),

  heads('of an empty log is position 0, and it has no time', async ({ store, append }) => {
    mustEqual(await run(store.head), { position: 0 }, 'the head')
    mustEqual(await wholeLog(store), [], 'the log')
    await append('account-a', NO_STREAM, notesOf(1))
    mustEqual((await run(store.head)).position, 1, 'the head afterwards')
  }),
  heads('is the last event, with its time', async ({ store, append, clock }) => {
    clock.set(3_000)
    const receipt = await append('account-a', NO_STREAM, notesOf(2))
    mustEqual(await run(store.head), { position: 2, committedAt: receipt.committedAt }, 'the head')
  }),
  heads('is the same after the store was opened again', async ({ store, append, book }) => {
    await append('account-a', NO_STREAM, notesOf(2))
    const before = await run(store.head)
    mustEqual([await run((await book.reopen()).head), before.position], [before, 2], 'the head')
  }),
  heads('moves for every writer with what any of them writes', async (workbook) => {
    const other = await anotherWriter(workbook)
    await workbook.append('account-a', NO_STREAM, notesOf(2), other)
    mustEqual((await run(workbook.store.head)).position, 2, 'to the one')
    await workbook.append('account-b', NO_STREAM, notesOf(1))
    mustEqual((await run(other.head)).position, 3, 'to the other')
  }),
  heads('tenant and origin stay what they are when the store is opened again', async ({ store, book, append }) => {
    await append('account-a', NO_STREAM, notesOf(1))
    must(store.origin.length >= 8, 'the log has a name of its own')
    const reopened = await book.reopen()
    mustEqual([reopened.origin, reopened.tenant], [store.origin, store.tenant], 'origin and tenant')
    mustEqual((await run(reopened.head)).position, 1, 'and it is that log')
  }),
  heads('two logs have two origins', async ({ store, fixture, append, clock }) => {
    await append('account-a', NO_STREAM, notesOf(1))
    const other = await fixture.open({ clock: clock.now })
    const { origin } = other.store
    await other.close()
    must(origin !== store.origin, `both are ${origin}`)
    mustEqual((await run(store.head)).position, 1, 'the head')
  }),
]
