import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { openTestBook, testFolder, write } from './support/folder.ts'
import { remittanceText } from './support/remittance-text.ts'

const folder = testFolder()

const goodBook = async (name: string): Promise<string> => {
  const path = join(folder, name)
  await using book = await openTestBook(`sqlite:${path}`)
  await book.importPaths([write(folder, `${name}.835`, remittanceText())], { openMissing: true })
  const [account] = await book.find('')
  await book.aging()
  if (account?.kind !== 'account') throw new Error('no account')
  await book.execute(account.id, { type: 'PostPayment', on: '2026-11-10', amount: 1_500, tender: 'cash' })
  return path
}

/** Changes a file behind the book's back, as an intruder with the disk would. */
const tamper = (path: string, sql: string): void => {
  const db = new DatabaseSync(path)
  const triggers = db.prepare(`SELECT name FROM sqlite_master WHERE type = 'trigger'`).all()
  for (const { name } of triggers) db.exec(`DROP TRIGGER "${String(name)}"`)
  db.exec(sql)
  db.close()
}

const checksHit = async (path: string): Promise<readonly string[]> => {
  await using book = await openTestBook(`sqlite:${path}`)
  const { findings } = await book.check()
  return [...new Set(findings.map(({ check }) => check))].sort()
}

describe('check', () => {
  it('finds nothing in a good book, and names what it looked at', async () => {
    const path = await goodBook('good.db')
    await using book = await openTestBook(`sqlite:${path}`)
    const report = await book.check()
    expect(report.findings).toEqual([])
    expect(report.checks.map(({ name }) => name)).toEqual([
      'positions',
      'chains',
      'readable',
      'balance',
      'trialBalance',
      'identities',
      'clearing',
      'recoupments',
      'aging',
    ])
    expect(report.events).toBeGreaterThan(10)
  })

  it('finds one byte of one event changed', async () => {
    const path = await goodBook('byte.db')
    const first = `SELECT min(position) FROM events WHERE type = 'AccountOpened'`
    tamper(
      path,
      `UPDATE events SET data = replace(data, '"converted":true', '"converted":true ') WHERE position = (${first})`,
    )
    expect(await checksHit(path)).toEqual(['chains'])
  })

  it('finds an amount changed: in the chain, in the event, over all streams, in the account and in the aging', async () => {
    const path = await goodBook('amount.db')
    tamper(
      path,
      `UPDATE events SET data = replace(data, '"amount":20000', '"amount":20100') WHERE type = 'ChargePosted'`,
    )
    const hit = await checksHit(path)
    for (const check of ['chains', 'balance', 'trialBalance', 'aging']) expect(hit).toContain(check)
  })

  it('finds an event taken out of the middle', async () => {
    const path = await goodBook('gap.db')
    const middle = `SELECT min(position) FROM events WHERE type = 'InsurancePaymentPosted'`
    tamper(path, `DELETE FROM events WHERE position = (${middle})`)
    const hit = await checksHit(path)
    for (const check of ['positions', 'chains', 'clearing']) expect(hit).toContain(check)
  })

  it('finds a view that shows something else than the events', async () => {
    const path = await goodBook('view.db')
    tamper(path, `DELETE FROM view_doc WHERE key LIKE 'rows/%'`)
    expect(await checksHit(path)).toEqual(['aging'])
  })
})
