import { chmodSync, copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { KeyFault } from '../src/index.ts'
import { openTestBook, testFolder, write } from './support/folder.ts'
import { remittanceText } from './support/remittance-text.ts'

const folder = testFolder()
const file = write(folder, 'advice.835', remittanceText())

const secretOf = (n: number): Uint8Array => new Uint8Array(32).fill(n)

const imported = async (name: string, secret?: Uint8Array): Promise<string> => {
  const path = join(folder, name)
  await using book = await openTestBook(`sqlite:${path}`, secret ? { secret } : {})
  await book.importPaths([file], { openMissing: true })
  return path
}

/** Eight digits of the key line changed. */
const otherKey = (path: string): void => {
  const text = readFileSync(`${path}.key`, 'utf8')
  const changed = text.replace(/secret ([0-9a-f]{8})/, (_, first: string) => {
    const other = (Number.parseInt(first, 16) ^ 0xffff_ffff) >>> 0
    return `secret ${other.toString(16).padStart(8, '0')}`
  })
  writeFileSync(`${path}.key`, changed, { mode: 0o600 })
}

/** Makes the file one of a Daybook that kept no check value. */
const forgetCheck = (path: string): void => {
  const db = new DatabaseSync(path)
  db.exec('DROP TABLE secret_check')
  db.close()
}

const checkOf = (path: string): unknown => {
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    const table = db.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'secret_check'`).get()
    return table && db.prepare('SELECT value FROM secret_check').get()?.['value']
  } finally {
    db.close()
  }
}

const eventsOf = (path: string): unknown => {
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    return db.prepare('SELECT count(*) AS n FROM events').get()?.['n']
  } finally {
    db.close()
  }
}

describe('a book knows its secret', () => {
  it('trust-1 a book opened with another secret is refused, with words, and nothing is written', async () => {
    const path = await imported('given.db', secretOf(1))
    const before = eventsOf(path)
    const refused = await openTestBook(`sqlite:${path}`, { secret: secretOf(2) }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(KeyFault)
    expect(refused).toMatchObject({ message: expect.stringMatching(/not the secret of this book.*a second time/) })
    expect(eventsOf(path)).toBe(before)
    await using book = await openTestBook(`sqlite:${path}`, { secret: secretOf(1) })
    expect(await book.importPaths([file], { openMissing: true })).toMatchObject({ totals: { errors: 0 } })
    expect(eventsOf(path)).toBe(before)
  })

  it('trust-1 a key file with eight other digits is refused', async () => {
    const path = await imported('digits.db')
    otherKey(path)
    await expect(openTestBook(`sqlite:${path}`)).rejects.toBeInstanceOf(KeyFault)
  })

  it('trust-1 an older book gets its check value when it is opened with its own secret', async () => {
    const path = await imported('older.db')
    forgetCheck(path)
    expect(checkOf(path)).toBeUndefined()
    await (await openTestBook(`sqlite:${path}`)).close()
    expect(checkOf(path)).toMatch(/^[0-9a-f]{64}$/)
    otherKey(path)
    await expect(openTestBook(`sqlite:${path}`)).rejects.toBeInstanceOf(KeyFault)
  })

  it('trust-1 an older book takes no other secret for its own: one that finds no reference is refused', async () => {
    const path = await imported('older-wrong.db')
    forgetCheck(path)
    copyFileSync(`${path}.key`, `${path}.right`)
    otherKey(path)
    await expect(openTestBook(`sqlite:${path}`)).rejects.toBeInstanceOf(KeyFault)
    expect(checkOf(path)).toBeUndefined()
    copyFileSync(`${path}.right`, `${path}.key`)
    await (await openTestBook(`sqlite:${path}`)).close()
  })

  it('trust-1 a book that an older version wrote refuses another secret, and keeps a check value of its own', async () => {
    const older = join(import.meta.dirname, 'older-book', 'book.sqlite')
    for (const name of ['by-its-key.db', 'by-another.db']) {
      for (const end of ['', '.key']) {
        copyFileSync(`${older}${end}`, join(folder, `${name}${end}`))
        chmodSync(join(folder, `${name}${end}`), 0o600)
      }
    }
    await (await openTestBook(`sqlite:${join(folder, 'by-its-key.db')}`)).close()
    expect(checkOf(join(folder, 'by-its-key.db'))).toMatch(/^[0-9a-f]{64}$/)
    otherKey(join(folder, 'by-another.db'))
    await expect(openTestBook(`sqlite:${join(folder, 'by-another.db')}`)).rejects.toBeInstanceOf(KeyFault)
    expect(checkOf(join(folder, 'by-another.db'))).toBeUndefined()
  })

  it('trust-1 of two that make a book at once with two secrets, one is refused', async () => {
    const path = join(folder, 'two.db')
    const both = await Promise.allSettled(
      [secretOf(3), secretOf(4)].map(
        async (secret) => await (await openTestBook(`sqlite:${path}`, { secret })).close(),
      ),
    )
    const reasons = both.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    expect(reasons).toEqual([expect.any(KeyFault)])
  })

  it('trust-1 without its key a book can be read, and what needs the key says so', async () => {
    const path = await imported('unkeyed.db')
    rmSync(`${path}.key`)
    await using book = await openTestBook(`sqlite:${path}`)
    expect((await book.check()).findings).toEqual([])
    await expect(book.importPaths([file])).rejects.toBeInstanceOf(KeyFault)
  })
})
