import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openTestBook, testFolder, uuid } from '../support/folder.ts'

const folder = testFolder()

const instead: Readonly<Record<string, (path: string) => void>> = {
  'a pipe': (path) => execFileSync('mkfifo', [path]),
  'a device': (path) => symlinkSync('/dev/null', path),
  'a device without an end': (path) => symlinkSync('/dev/zero', path),
  'a directory': (path) => mkdirSync(path),
}

describe('trust-12 the access log', () => {
  it.each(Object.entries(instead))('trust-12 %s in its place is no empty log', async (name, put) => {
    const url = `sqlite:${join(folder, `${name}.db`)}`
    {
      await using book = await openTestBook(url)
      await book.open({ account: uuid(1), guarantor: { name: 'Jo Roe' } })
      await book.account(uuid(1))
      expect((await book.accesses()).items).toHaveLength(1)
    }
    const path = join(folder, `${name}.db.access`)
    for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true })
    put(path)
    await using book = await openTestBook(url)
    const told = { _tag: 'AccessUnrecorded', message: expect.stringMatching(/it is (no regular file|a directory)/) }
    await expect(book.accesses()).rejects.toMatchObject(told)
    await expect(book.check()).rejects.toMatchObject(told)
    await expect(book.account(uuid(1))).rejects.toMatchObject(told)
  })
})
