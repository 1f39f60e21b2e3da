import { join } from 'node:path'
import { expect, it } from 'vitest'
import { commandLineIn } from './support/command-line.ts'
import { testFolder, uuid } from './support/folder.ts'
import { accountOf, charge, does, lakesideBook } from './support/letters.ts'

const folder = testFolder()

it('daybook statement: tried, sent, printed again, put into a file; each says what it did by its exit status', async () => {
  const url = `sqlite:${join(folder, 'line.db')}`
  // The command line reads the machine's clock, and the practice is in Minnesota.
  const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'America/Chicago' })
  {
    await using book = await lakesideBook(today, url)
    const account = await accountOf(book, 1, 'Jo Roe', today)
    await does(book, account, charge(today, 'l1', 40_000))
  }
  const daybook = commandLineIn(folder)
  const cli = (...words: string[]) => daybook('statement', ...words, '--db', url)
  const dry = await cli(uuid(1), '--dry-run')
  expect([dry.status, dry.stdout]).toEqual([0, expect.stringContaining('STATEMENT OF YOUR ACCOUNT')])
  const sent = await cli(uuid(1), '--html')
  expect([sent.status, sent.stdout]).toEqual([0, expect.stringContaining('<html lang="en">')])
  const again = await cli(uuid(1))
  expect([again.status, again.stdout]).toEqual([1, expect.stringMatching(/not sent, possible from .*ST-01\.step/s)])
  const last = await cli(uuid(1), '--document', 'last', '--json')
  expect(JSON.parse(last.stdout)).toMatchObject({ account: uuid(1), asPrinted: true, content: { amountDue: 40_000 } })
  const file = await cli('--csv')
  expect([file.status, file.stdout.split('\r\n', 1)[0]]).toEqual([
    0,
    expect.stringMatching(/^record,document_id,account_id/),
  ])
  expect((await cli()).status).toBe(2)
  expect((await cli(uuid(1), '--csv', '--html')).status).toBe(2)
})
