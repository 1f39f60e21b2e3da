import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { commandLineIn } from './support/command-line.ts'
import { openTestBook, testFolder } from './support/folder.ts'

const folder = testFolder()

const written = async (name: string): Promise<string> => {
  const path = join(folder, name)
  await using book = await openTestBook(`sqlite:${path}`)
  await book.open({ guarantor: { name: 'Jo Roe' } })
  return path
}

const sql = (path: string, text: string): void => {
  const db = new DatabaseSync(path)
  try {
    db.exec(text)
  } finally {
    db.close()
  }
}

const triggersOf = (path: string): readonly unknown[] => {
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    return db.prepare(`SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name`).all()
  } finally {
    db.close()
  }
}

const guardFindings = async (path: string): Promise<readonly string[]> => {
  await using book = await openTestBook(`sqlite:${path}`)
  const { findings } = await book.check()
  expect(findings.map(({ check }) => check)).toEqual(book.notices.map(() => 'guards'))
  return findings.map(({ message }) => message)
}

const forging = `CREATE TRIGGER later AFTER INSERT ON events BEGIN UPDATE events SET actor = 'mallory' WHERE position = new.position; END`

describe('the guards of a book', () => {
  it.each([
    ['a guard that was dropped', 'DROP TRIGGER events_never_update', [/the guard events_never_update is gone/]],
    [
      'a guard of the check value that was dropped',
      'DROP TRIGGER secret_check_never_delete',
      [/the guard secret_check_never_delete is gone/],
    ],
    [
      'a guard that was made another',
      'DROP TRIGGER events_never_delete; CREATE TRIGGER events_never_delete BEFORE DELETE ON events BEGIN SELECT 1; END',
      [/the guard events_never_delete was made another/],
    ],
    ['a trigger that was planted', forging, [/a trigger that no Daybook made was planted/]],
    [
      'a trigger that was planted on a view',
      `CREATE TRIGGER "odd ""name" AFTER INSERT ON view_doc BEGIN DELETE FROM view_doc WHERE key = new.key; END`,
      [/a trigger that no Daybook made was planted/],
    ],
    ['a guard dropped and a trigger planted', `DROP TRIGGER events_never_update; ${forging}`, [/is gone/, /planted/]],
  ])('trust-3 %s is noticed at opening and by check, and put right', async (what, change, says) => {
    const path = await written(`${what.replaceAll(/\W/g, '-')}.db`)
    await openTestBook(`sqlite:${path}`).then((book) => book.aging().finally(book.close))
    const before = triggersOf(path)
    expect(await guardFindings(path)).toEqual([])
    sql(path, change)
    expect(await guardFindings(path)).toEqual(says.map((text) => expect.stringMatching(text)))
    expect(triggersOf(path)).toEqual(before)
    expect(await guardFindings(path)).toEqual([])
  })

  it('trust-3 what was planted while the book is open is found by check', async () => {
    const path = await written('meanwhile.db')
    await using book = await openTestBook(`sqlite:${path}`)
    sql(path, forging)
    const { findings } = await book.check()
    expect(findings).toMatchObject([{ check: 'guards', message: expect.stringContaining('planted') }])
  })

  it('trust-3 the command line says so, whatever is asked', async () => {
    const path = await written('asked.db')
    sql(path, 'DROP TRIGGER commands_never_update')
    const asked = await commandLineIn(folder)('aging', '--db', `sqlite:${path}`)
    expect(asked).toMatchObject({
      status: 0,
      stderr: expect.stringContaining('the guard commands_never_update is gone'),
    })
    expect((await commandLineIn(folder)('aging', '--db', `sqlite:${path}`)).stderr).toBe('')
  })
})
