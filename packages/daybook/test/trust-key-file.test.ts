import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it, vi } from 'vitest'
import { KeyFault } from '../src/index.ts'
import { openTestBook, testFolder } from './support/folder.ts'

/** What the book makes durable, in order; the system does what it is asked. */
const synced = vi.hoisted((): { readonly seen: string[]; events: () => number } => ({ seen: [], events: () => 0 }))
vi.mock(import('node:fs'), async (original) => {
  const fs = await original()
  const names = new Map<number, string>()
  return {
    ...fs,
    openSync: (path, flags, mode) => {
      const descriptor = fs.openSync(path, flags, mode)
      names.set(descriptor, resolve(String(path)))
      return descriptor
    },
    fsyncSync: (descriptor) => {
      fs.fsyncSync(descriptor)
      synced.seen.push(`${names.get(descriptor)} with ${synced.events()} events`)
    },
  }
})

const folder = testFolder()

describe('the key of a new book', () => {
  it('trust-6 is on disk, and its name too, before the first event is written', async () => {
    const path = join(folder, 'new.db')
    synced.events = () => {
      const db = new DatabaseSync(path, { readOnly: true })
      try {
        return Number(db.prepare('SELECT count(*) AS n FROM events').get()?.['n'])
      } finally {
        db.close()
      }
    }
    await (await openTestBook(`sqlite:${path}`)).close()
    expect(synced.seen).toEqual([`${path}.key with 0 events`, `${folder} with 0 events`])
    expect(synced.events()).toBeGreaterThan(0)
    expect(statSync(`${path}.key`).mode & 0o777).toBe(0o600)
  })

  it('trust-6 an empty key file is refused with words, whether the book has events or none', async () => {
    const path = join(folder, 'written.db')
    await (await openTestBook(`sqlite:${path}`)).close()
    for (const book of [path, join(folder, 'none.db')]) {
      writeFileSync(`${book}.key`, '', { mode: 0o600 })
      const refused = await openTestBook(`sqlite:${book}`).catch((error: unknown) => error)
      expect(refused).toBeInstanceOf(KeyFault)
      expect(refused).toMatchObject({ message: expect.stringContaining('.key is empty: restore it from a backup') })
    }
  })

  it('trust-6 a book that was made and has no key any more gets no other one', async () => {
    const path = join(folder, 'lost.db')
    await (await openTestBook(`sqlite:${path}`)).close()
    rmSync(`${path}.key`)
    await (await openTestBook(`sqlite:${path}`)).close()
    expect(() => readFileSync(`${path}.key`)).toThrow('ENOENT')
  })

  it('trust-12 a pipe or a device in the place of the key is refused at once', { timeout: 30_000 }, async () => {
    const path = join(folder, 'pipe.db')
    await (await openTestBook(`sqlite:${path}`)).close()
    rmSync(`${path}.key`)
    execFileSync('mkfifo', ['-m', '600', `${path}.key`])
    const refused = await openTestBook(`sqlite:${path}`).catch((error: unknown) => error)
    expect(refused).toMatchObject({ _tag: 'KeyFault', message: expect.stringContaining('no regular file') })
  })
})
