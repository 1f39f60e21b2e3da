import { chmodSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { commandLineIn } from './support/command-line.ts'
import { behindTheGuards } from './support/editing.ts'
import { openTestBook, testFolder, uuid, write } from './support/folder.ts'
import { remittanceText } from './support/remittance-text.ts'

const folder = testFolder()
const daybook = commandLineIn(folder)

const bookOf = async (name: string): Promise<string> => {
  const path = join(folder, name)
  await using book = await openTestBook(`sqlite:${path}`)
  await book.importPaths([write(folder, 'advice.835', remittanceText())], { openMissing: true })
  await book.aging()
  return path
}

describe('a backup', () => {
  it('opens by itself, is whole, and answers what the book answered', async () => {
    const path = await bookOf('clinic.db')
    const made = await daybook('backup', 'nightly.db', '--db', 'sqlite:clinic.db', '--json')
    expect(made.status).toBe(0)
    const report = JSON.parse(made.stdout)
    expect(report).toEqual({
      path: 'nightly.db',
      events: expect.any(Number),
      bytes: statSync(join(folder, 'nightly.db')).size,
      head: expect.stringMatching(/^@\d+:[0-9a-f]{64}$/),
      // Who made it.
      accesses: { path: 'nightly.db.access', events: 1, head: expect.stringMatching(/^@\d+:[0-9a-f]{64}$/) },
    })
    for (const url of ['sqlite:nightly.db', 'sqlite:nightly.db?mode=ro']) {
      expect(await daybook('check', '--expect-head', report.head, '--db', url)).toMatchObject({ status: 0, stdout: '' })
      const looks = ['--access-log', 'sqlite:looks.access']
      for (const question of [['aging'], ['worklist'], ['accounts']]) {
        const [then, now] = [
          await daybook(...question, '--db', url, ...looks),
          await daybook(...question, '--db', `sqlite:${path}`),
        ]
        expect(now.stdout).toBe(then.stdout)
      }
    }
  })

  it('is read by its owner alone, and the key is beside it only where that is asked', async () => {
    await bookOf('keyed.db')
    const { stderr } = await daybook('backup', 'apart.db', '--db', 'sqlite:keyed.db')
    expect(stderr).toContain('the key is not in it')
    expect(existsSync(join(folder, 'apart.db.key'))).toBe(false)
    await using without = await openTestBook(`sqlite:${join(folder, 'apart.db')}`)
    await expect(without.importPaths([join(folder, 'advice.835')])).rejects.toMatchObject({ _tag: 'KeyFault' })
    expect((await daybook('backup', 'both.db', '--with-key', '--db', 'sqlite:keyed.db')).status).toBe(0)
    for (const name of ['apart.db', 'both.db', 'both.db.key']) {
      expect(statSync(join(folder, name)).mode & 0o777, name).toBe(0o600)
    }
    await using restored = await openTestBook(`sqlite:${join(folder, 'both.db')}`)
    const { files } = await restored.importPaths([join(folder, 'advice.835')])
    expect(files[0]?.transactions[0]?.outcome).toBe('duplicate')
  })

  it('holds what was committed when it began, whoever writes meanwhile', async () => {
    const path = await bookOf('busy.db')
    await using book = await openTestBook(`sqlite:${path}`)
    const before = (await book.check()).head
    let opened: Promise<unknown> | undefined
    const report = await book.backup(join(folder, 'busy-copy.db'), {
      onProgress: () => {
        opened ??= book.open({ account: uuid(9), guarantor: { name: 'Al Poe' } })
      },
    })
    await opened
    expect(report.head).toBe(before)
    expect((await book.check()).head).not.toBe(before)
  })

  it('takes the place of nothing, and leaves nothing half made', async () => {
    const path = await bookOf('full.db')
    write(folder, 'there.db', 'something')
    await using book = await openTestBook(`sqlite:${path}`)
    for (const [to, _tag, words] of [
      [join(folder, 'there.db'), 'Unavailable', 'is there already'],
      // Beside the book itself lies its access log.
      [path, 'InvalidQuery', 'is there already'],
      [join(folder, 'no', 'copy.db'), 'Unavailable', 'no directory'],
    ] as const) {
      await expect(book.backup(to)).rejects.toMatchObject({
        _tag,
        message: expect.stringContaining(words),
      })
    }
    expect(readFileSync(join(folder, 'there.db'), 'utf8')).toBe('something')
    expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([])
  })

  it('of a book whose events were changed is none', async () => {
    const path = await bookOf('forged.db')
    behindTheGuards(path, (db: DatabaseSync) => {
      db.exec(`UPDATE events SET data = replace(data, '"amount":', '"amount": ') WHERE position = 3`)
      db.exec(`UPDATE events SET data = data || ' ' WHERE position = 3`)
    })
    await using book = await openTestBook(`sqlite:${path}`)
    const to = join(folder, 'forged-copy.db')
    await expect(book.backup(to)).rejects.toMatchObject({ _tag: 'Integrity', message: expect.stringContaining('@3') })
    expect(readdirSync(folder).filter((name) => name.startsWith('forged-copy'))).toEqual([])
  })

  it('of a book in memory is refused with what to do', async () => {
    await using book = await openTestBook()
    await expect(book.backup(join(folder, 'memory.db'))).rejects.toMatchObject({
      _tag: 'InvalidQuery',
      message: expect.stringContaining('export'),
    })
  })

  it('is a look at everything: it needs a role that sees all, and is written down before it is made (45 CFR 164.312(b))', async () => {
    const path = await bookOf('seen.db')
    await using book = await openTestBook(`sqlite:${path}`)
    const to = join(folder, 'unseen-copy.db')
    const asked = book.backup(to, { actor: { id: 'vera', roles: ['vendor'] } })
    await expect(asked).rejects.toMatchObject({ _tag: 'FieldsWithheld' })
    expect(existsSync(to)).toBe(false)
    const report = await book.backup(join(folder, 'seen-copy.db'), { actor: { id: 'meg', roles: ['manager'] } })
    expect((await book.accesses()).items).toMatchObject([
      { by: 'vera', question: 'backup', outcome: 'refused' },
      { by: 'meg', question: 'backup', outcome: 'shown' },
    ])
    expect(report.accesses?.events, 'the copy has its own record').toBe(2)
    await book.backup(join(folder, 'nightly-copy.db'), { actor: { id: 'nightly', roles: ['system'] } })
    expect((await book.accesses()).items, 'a process is nobody who looks').toHaveLength(2)
  })

  it('can be made of a book that is only read, by a process, or by who names where looks are kept', async () => {
    const path = await bookOf('archived.db')
    chmodSync(path, 0o400)
    await using book = await openTestBook(`sqlite:${path}?mode=ro`)
    const to = join(folder, 'archived-copy.db')
    await expect(book.backup(to)).rejects.toMatchObject({ _tag: 'AccessUnrecorded' })
    const byProcess = { actor: { id: 'nightly', roles: ['system' as const] } }
    expect((await book.backup(to, byProcess)).events).toBeGreaterThan(0)
  })
})
