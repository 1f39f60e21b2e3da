import { NO_STREAM } from '../../ports/event-store.ts'
import { suiteOf } from './case.ts'
import { must, mustEqual, run } from './expectation.ts'
import type { BookUnderTest, StoreCase, StrangeHands } from './fixture.ts'
import { anotherWriter, notesOf, type Workbook, wholeLog } from './workbook.ts'

const secret = suiteOf('the check value of the secret')
const tenants = suiteOf('tenants')
const guards = suiteOf('guards', { needs: { guards: true } })

/** Another tenant of the same database where there can be several, another book otherwise. */
const neighbour = async ({ book, fixture, clock }: Workbook): Promise<Pick<BookUnderTest, 'store' | 'close'>> =>
  (await book.otherTenant?.({ clock: clock.now })) ?? fixture.open({ clock: clock.now })

const apart = (what: string, check: (workbook: Workbook, other: BookUnderTest['store']) => Promise<void>): StoreCase =>
  tenants(what, async (workbook) => {
    const { store, close } = await neighbour(workbook)
    try {
      await check(workbook, store)
    } finally {
      await close()
    }
  })

const hands = ({ book }: Workbook) => {
  must(book.strangeHands !== undefined, 'the fixture of a store with guards says how to take them away')
  return book.strangeHands as StrangeHands
}

export const secretCases: readonly StoreCase[] = [
  secret('is none at first, and then what was kept', async ({ store }) => {
    must((await run(store.secretCheck)) === undefined, 'of a new log there is none')
    await run(store.keepSecretCheck('first'))
    mustEqual((await run(store.secretCheck)) ?? 'none', 'first', 'afterwards')
  }),
  secret('stays what was kept first, and keeping another gives that', async ({ store }) => {
    mustEqual(await run(store.keepSecretCheck('first')), 'first', 'what is kept first')
    mustEqual(await run(store.keepSecretCheck('second')), 'first', 'what is kept where there is one')
    mustEqual((await run(store.secretCheck)) ?? 'none', 'first', 'the check value')
  }),
  secret('is there after the store was opened again', async ({ store, book }) => {
    await run(store.keepSecretCheck('first'))
    const reopened = await book.reopen()
    mustEqual((await run(reopened.secretCheck)) ?? 'none', 'first', 'the check value')
    mustEqual(await run(reopened.keepSecretCheck('second')), 'first', 'and it stays')
  }),
  secret('is one for all writers', async (workbook) => {
    const other = await anotherWriter(workbook)
    await run(other.keepSecretCheck('first'))
    mustEqual((await run(workbook.store.secretCheck)) ?? 'none', 'first', 'to another')
  }),
  secret('of two kept at once is one, and both are told which', async (workbook) => {
    const other = await anotherWriter(workbook)
    const both = await Promise.all([run(workbook.store.keepSecretCheck('one')), run(other.keepSecretCheck('two'))])
    mustEqual(new Set(both).size, 1, 'answers')
    mustEqual((await run(workbook.store.secretCheck)) ?? 'none', both[0], 'what is kept')
  }),

  apart('one stream name in two tenants is two streams', async ({ append, store }, other) => {
    await append('account-a', NO_STREAM, notesOf(2))
    mustEqual(await wholeLog(other), [], 'of the other')
    mustEqual((await wholeLog(store)).length, 2, 'of the one')
  }),
  apart('positions count for each tenant', async ({ append, store, requestOf }, other) => {
    await append('account-a', NO_STREAM, notesOf(2))
    const receipt = await run(other.append(requestOf(other, 'account-b', NO_STREAM, notesOf(1))))
    mustEqual([receipt.firstPosition, (await run(store.head)).position], [1, 2], 'the first of the other')
  }),
  apart('a command id of one tenant is none of the other', async ({ store, request, requestOf }, other) => {
    await run(store.append(request('account-a', NO_STREAM, notesOf(1), 'pay-1')))
    const receipt = await run(other.append(requestOf(other, 'account-a', NO_STREAM, notesOf(1), 'pay-1')))
    mustEqual([receipt.repeated, (await wholeLog(other)).length], [false, 1], 'it is another command')
    mustEqual((await wholeLog(store)).length, 1, 'events of the one')
  }),
  apart('the check value of one tenant is not the other’s', async ({ store }, other) => {
    await run(store.keepSecretCheck('first'))
    mustEqual(
      [(await run(other.secretCheck)) ?? 'none', (await run(store.secretCheck)) ?? 'none'],
      ['none', 'first'],
      'both',
    )
  }),
  apart('who waits for one tenant is not woken by another', async ({ store, append }, other) => {
    const waiting = run(other.headBeyond(0, 60))
    await append('account-a', NO_STREAM, notesOf(1))
    mustEqual([(await waiting).position, (await run(store.head)).position], [0, 1], 'the heads')
  }),
  apart('a listing names the streams of its own tenant', async ({ store, append }, other) => {
    await append('account-a', NO_STREAM, notesOf(1))
    const listed = async (one: typeof other) =>
      (await run(one.streams({ prefix: '', after: '', limit: 9 }))).map(({ stream }) => stream)
    mustEqual([await listed(store), await listed(other)], [['account-a'], []], 'the streams')
  }),

  guards('that stand say nothing', async (workbook) => {
    await workbook.append('account-a', NO_STREAM, notesOf(1))
    mustEqual(await run(workbook.store.guardFaults), [], 'faults')
    mustEqual((await wholeLog(workbook.store)).length, 1, 'events')
  }),
  guards('keep a stored event from being changed', async (workbook) => {
    await workbook.append('account-a', NO_STREAM, notesOf(2))
    const before = await wholeLog(workbook.store)
    must(!(await hands(workbook).change()), 'a stored event was changed')
    mustEqual([(await wholeLog(workbook.store)).length, await wholeLog(workbook.store)], [2, before], 'the log')
  }),
  guards('keep a stored event from being taken away', async (workbook) => {
    await workbook.append('account-a', NO_STREAM, notesOf(2))
    must(!(await hands(workbook).remove()), 'a stored event was taken away')
    mustEqual((await wholeLog(workbook.store)).length, 2, 'events')
  }),
  guards('that were taken away are told at once', async (workbook) => {
    await workbook.append('account-a', NO_STREAM, notesOf(1))
    await hands(workbook).unguard()
    must((await run(workbook.store.guardFaults)).length > 0, 'nothing is said of it')
  }),
  guards(
    'that were taken away are put back when the store is opened, and it says so until it is closed',
    async (workbook) => {
      await workbook.append('account-a', NO_STREAM, notesOf(1))
      await hands(workbook).unguard()
      const reopened = await workbook.book.reopen()
      must((await run(reopened.guardFaults)).length > 0, 'nothing is said of it')
      must(!(await hands(workbook).change()), 'a stored event was changed')
      mustEqual(await run((await workbook.book.reopen()).guardFaults), [], 'once it was opened again')
    },
  ),
]
