import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import type { Book, ViewDefinition } from '../../src/index.ts'
import { commandLineIn } from '../support/command-line.ts'
import { openTestBook, testFolder, uuid } from '../support/folder.ts'

// Faults of kind “the book's own trust”: rows of a product's own view that somebody has changed.

const folder = testFolder()
const charge = { type: 'PostCharge', on: '2026-11-02', visit: 'v1', code: '99213' } as const

const charges = (version = 1): ViewDefinition<'ChargePosted', number> => ({
  name: 'charges',
  version,
  types: ['ChargePosted'],
  key: ({ event }) => event.lineId,
  apply: (before = 0, { event }) => before + event.amount * version,
})

const written = async (name: string, version = 1): Promise<string> => {
  const path = join(folder, name)
  await using book = await openTestBook(`sqlite:${path}`)
  await book.open({ account: uuid(1), guarantor: { name: 'Jo Roe' } })
  for (const line of ['l1', 'l2']) await book.execute(uuid(1), { ...charge, line, amount: 12_500 })
  expect(await book.view(charges(version)).get('l1')).toBe(12_500 * version)
  return path
}

const sql = (path: string, text: string): void => {
  const db = new DatabaseSync(path)
  db.exec(text)
  db.close()
}
const own = `view = (SELECT id FROM view_checkpoint WHERE view = 'own:charges')`
const check = async (book: Book) => {
  const { findings, notCompared } = await book.check()
  return { findings: findings.map(({ check: name, message }) => `${name}: ${message}`), notCompared }
}

const edits = [
  ['a document changed', `UPDATE view_doc SET body = '1' WHERE ${own} AND key = 'l1'`, 'holds something else'],
  ['a document taken out', `DELETE FROM view_doc WHERE ${own} AND key = 'l1'`, 'does not hold'],
  [
    'a document put in',
    `INSERT INTO view_doc SELECT id, 'x', '1' FROM view_checkpoint WHERE ${own.replace('view =', 'id =')}`,
    'holds what no event gives',
  ],
  [
    'set back',
    `UPDATE view_checkpoint SET position = 0, leaf = '-' WHERE view = 'own:charges'`,
    'holds what no event gives',
  ],
] as const

describe('rows of a view of one’s own that were edited', () => {
  it.each(edits)(
    'trust-2 %s: check finds it once the view is defined, and its rebuild mends it',
    async (what, edit, says) => {
      const path = await written(`${what.replaceAll(' ', '-')}.db`)
      sql(path, edit)
      await using book = await openTestBook(`sqlite:${path}`)
      const view = book.view(charges())
      const { findings, notCompared } = await check(book)
      expect(findings.join('\n')).toContain(`views: the own:charges view ${says}`)
      expect(findings.at(-1)).toBe('views: build the own:charges view anew: its own rebuild does it')
      expect(notCompared).toBeUndefined()
      await view.rebuild()
      expect(await check(book)).toEqual({ findings: [], notCompared: undefined })
    },
  )

  it('trust-2 a view that nobody has defined is not compared, and check says so; it is no finding', async () => {
    const path = await written('undefined.db', 2)
    const said = 'the own:charges view, version 2, was not compared with the log: only the program that defines it can'
    await using book = await openTestBook(`sqlite:${path}`)
    expect(await check(book)).toEqual({ findings: [], notCompared: [expect.stringContaining(said)] })
    // An older version is not what stands under the newer one; a newer one leaves nothing of the older to be asked.
    book.view(charges(1))
    expect((await check(book)).notCompared).toHaveLength(1)
    book.view(charges(3))
    expect(await check(book)).toEqual({ findings: [], notCompared: undefined })
    const ran = await commandLineIn(folder)('check', '--db', `sqlite:${path}`)
    expect(ran).toMatchObject({ status: 0, stdout: '', stderr: expect.stringContaining(said) })
  })

  it('trust-2 a view that throws is told, and the rest of the book is looked at', async () => {
    const path = await written('throws.db')
    await using book = await openTestBook(`sqlite:${path}`)
    book.view({
      ...charges(),
      apply: () => {
        throw new Error('not like this')
      },
    })
    expect((await check(book)).findings).toEqual(['views: what makes the own:charges view throws: not like this'])
  })
})
