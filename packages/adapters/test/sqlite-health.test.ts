import { DatabaseSync } from 'node:sqlite'
import { NO_STREAM } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { afterAll, describe, expect, it } from 'vitest'
import { sqliteEventStore } from '../src/sqlite/index.ts'
import { opened, temporaryFolder } from './store/fixtures.ts'
import { noteAppend } from './store/samples.ts'

const folder = temporaryFolder()
afterAll(folder.remove)
const run = Effect.runPromise

/** A file with one event, and a store over it. */
const written = async (name: string, options: { readonly busyTimeout?: number } = {}) => {
  const path = folder.file(name)
  const { store, close } = await opened(sqliteEventStore({ path, ...options }))
  await run(store.append(noteAppend(store, 'account-a', NO_STREAM, ['1'])))
  return { path, store, close }
}

describe('how a file stands', () => {
  it('one that another writer holds can be read, and will be written: it says who waits', async () => {
    const busyTimeout = 30_000
    const { path, store, close } = await written('held.db', { busyTimeout })
    const other = new DatabaseSync(path)
    other.exec('BEGIN IMMEDIATE')
    const began = performance.now()
    const health = await run(store.health)
    expect(performance.now() - began).toBeLessThan(busyTimeout)
    other.exec('ROLLBACK')
    other.close()
    expect(health).toMatchObject({ reachable: true, writable: true, head: { position: 1 } })
    expect(health.detail).toContain('another writer')
    await close()
  })

  it('one that was opened to be read is not writable', async () => {
    const { path, close } = await written('read.db')
    await close()
    const reader = await opened(sqliteEventStore({ path, readOnly: true }))
    expect(await run(reader.store.health)).toMatchObject({ reachable: true, writable: false, head: { position: 1 } })
    await reader.close()
  })

  it('one that is closed is not reachable, and that is the answer, no error', async () => {
    const { store, close } = await written('closed.db')
    await close()
    const { reachable, writable, head, detail } = await run(store.health)
    expect([reachable, writable, head]).toEqual([false, false, undefined])
    expect(detail).toContain('closed')
  })

  it('asking leaves the waiting time and the log as they were', async () => {
    const { store, close } = await written('asked.db')
    await run(store.health)
    const [receipt] = await run(store.appendMany([noteAppend(store, 'account-b', NO_STREAM, ['2'])]))
    expect(receipt?._tag).toBe('Success')
    await close()
  })
})
