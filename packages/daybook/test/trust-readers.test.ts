import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { openTestBook, testFolder, write } from './support/folder.ts'
import { remittanceText } from './support/remittance-text.ts'

const folder = testFolder()
const file = write(folder, 'advice.835', remittanceText())

const imported = async (name: string): Promise<string> => {
  const path = join(folder, name)
  await using book = await openTestBook(`sqlite:${path}`)
  await book.importPaths([file], { openMissing: true })
  return path
}

const answers = async (url: string, options = {}) => {
  await using book = await openTestBook(url, options)
  const [aging, worklist] = await Promise.all([book.aging({ accounts: true, by: 'payer' }), book.worklist()])
  return { aging, worklist }
}

describe('who reads', () => {
  it('trust-12 needs no lock: while a writer holds it, all is answered, and right', { timeout: 60_000 }, async () => {
    const path = await imported('held.db')
    const expected = await answers(`sqlite:${path}`, { views: 'memory:' })
    const writer = new DatabaseSync(path)
    writer.exec('BEGIN IMMEDIATE')
    try {
      expect(await answers(`sqlite:${path}`)).toEqual(expected)
      await using book = await openTestBook(`sqlite:${path}`)
      const [[account], { findings }] = await Promise.all([book.find(''), book.check()])
      expect(await book.history(account?.id ?? '')).toMatchObject({ kind: 'account' })
      expect(findings).toEqual([])
    } finally {
      writer.exec('ROLLBACK')
      writer.close()
    }
  })

  it.each([
    ['the aging', 'aging', `view_doc WHERE key LIKE 'rows/%'`],
    ['the worklist', 'worklist', `view_doc WHERE key LIKE 'account-%'`],
  ] as const)('trust-12 a row of %s that is no JSON is a typed error that says rebuild', async (_, view, rows) => {
    const path = await imported(`${view}.db`)
    await answers(`sqlite:${path}`)
    const db = new DatabaseSync(path)
    db.exec(`UPDATE view_doc SET body = '{"broken' WHERE rowid IN (SELECT rowid FROM ${rows})`)
    db.close()
    await using book = await openTestBook(`sqlite:${path}`)
    const asked = view === 'aging' ? book.aging({ accounts: true }) : book.worklist()
    await expect(asked).rejects.toMatchObject({
      _tag: 'Integrity',
      message: expect.stringContaining(`the ${view} view can not be read`),
    })
  })
})
