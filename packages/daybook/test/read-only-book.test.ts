import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { commandLineIn } from './support/command-line.ts'
import { openTestBook, testFolder, uuid, write } from './support/folder.ts'
import { remittanceText } from './support/remittance-text.ts'

const folder = testFolder()
const daybook = commandLineIn(folder)
const url = 'sqlite:clinic.db?mode=ro'
const path = join(folder, 'clinic.db')

const charge = { type: 'PostCharge', on: '2026-11-02', visit: 'v1', line: 'l1', code: '99213', amount: 12_500 } as const

const fill = async (): Promise<void> => {
  if (existsSync(path)) return
  await using book = await openTestBook(`sqlite:${path}`)
  await book.open({ account: uuid(1), guarantor: { name: 'Jo Roe' }, on: '2026-11-01' })
  await book.execute(uuid(1), charge)
}

interface Checked {
  readonly checks: readonly { readonly name: string }[]
  readonly accesses?: object
}

/** What `check` says of the book, without what it says of who looked at it. */
const unlooked = (answer: { readonly stdout: string } | undefined) => {
  const { checks, accesses: _, ...report }: Checked = JSON.parse(answer?.stdout ?? '')
  return { ...report, checks: checks.filter(({ name }) => name !== 'accesses') }
}

it('facade-12 a book that is opened to be read answers what it answers otherwise, and its file stays as it is', async () => {
  await fill()
  const before = readFileSync(path)
  const questions = [
    ['aging', '--as-of', '2026-11-20', '--json'],
    ['worklist', '--as-of', '2026-11-20', '--json'],
    ['account', uuid(1), '--as-of', '2026-11-20', '--json'],
    ['history', uuid(1), '--json'],
    ['explain', uuid(1), '--as-of', '2026-11-20', '--json'],
    ['accounts', 'roe', '--json'],
    ['check', '--json'],
  ]
  const answers = []
  const looks = ['--access-log', 'sqlite:auditor.access']
  for (const question of questions) answers.push(await daybook(...question, '--db', url, ...looks))
  expect(readFileSync(path).equals(before)).toBe(true)
  for (const [index, question] of questions.entries()) {
    const written = await daybook(...question, '--db', 'sqlite:clinic.db', ...looks)
    // What `check` counts of looks has grown by those in between.
    if (question[0] === 'check') expect(unlooked(answers[index])).toEqual(unlooked(written))
    else expect(answers[index], question[0]).toEqual(written)
  }
})

it('facade-12 nothing can be written to a book that is opened to be read, and that is said', async () => {
  await fill()
  const advice = write(folder, 'advice.835', remittanceText())
  for (const given of [
    ['import', advice, '--open-missing'],
    ['rebuild'],
    [
      'command',
      write(
        folder,
        'pay.json',
        JSON.stringify({ account: uuid(1), type: 'PostPayment', on: '2026-11-02', amount: 100, tender: 'cash' }),
      ),
    ],
  ]) {
    const { status, stdout, stderr } = await daybook(...given, '--db', url)
    expect(status).toBe(given[0] === 'rebuild' ? 2 : 1)
    expect(`${stdout}${stderr}`).toContain('opened for reading only')
  }
})

it.each([
  [
    'has its views elsewhere',
    'DROP TABLE view_checkpoint; DROP TABLE view_doc; DROP TABLE view_cell; DROP TABLE view_item',
  ],
  ['has views of an earlier Daybook', 'ALTER TABLE view_checkpoint DROP COLUMN leaf'],
])('a book that %s is read all the same: they are made for the question', async (what, sql) => {
  await fill()
  const question = ['aging', '--as-of', '2026-11-20', '--json']
  const answer = await daybook(...question, '--db', 'sqlite:clinic.db')
  const apart = `${what.replaceAll(' ', '-')}.db`
  copyFileSync(path, join(folder, apart))
  const db = new DatabaseSync(join(folder, apart))
  db.exec(sql)
  db.close()
  expect(await daybook(...question, '--db', `sqlite:${apart}?mode=ro`)).toEqual(answer)
})

it('its views are held against the log by check all the same', async () => {
  await fill()
  await daybook('aging', '--db', 'sqlite:clinic.db')
  const db = new DatabaseSync(path)
  db.exec(`UPDATE view_doc SET body = '{}'`)
  db.close()
  expect(await daybook('check', '--db', url)).toMatchObject({ status: 1, stdout: expect.stringContaining('view') })
  expect((await daybook('rebuild', '--db', 'sqlite:clinic.db')).status).toBe(0)
  expect(await daybook('check', '--db', url)).toMatchObject({ status: 0, stdout: '' })
})

it('the key is not needed, nor one that only its owner may read', async () => {
  await fill()
  const key = readFileSync(`${path}.key`)
  rmSync(`${path}.key`)
  expect((await daybook('aging', '--db', url)).status).toBe(0)
  expect(existsSync(`${path}.key`)).toBe(false)
  write(folder, 'clinic.db.key', key.toString())
  chmodSync(`${path}.key`, 0o600)
})

it.each([
  ['sqlite:clinic.db?mode=rw', 'UnknownUrl', '?mode=ro'],
  ['sqlite:none.db?mode=ro', 'Unavailable', 'no such file'],
])('%s is refused with words', async (given, tag, words) => {
  mkdirSync(join(folder, 'here'), { recursive: true })
  const opening = openTestBook(given.replace('sqlite:', `sqlite:${folder}/here/`))
  await expect(opening).rejects.toMatchObject({ _tag: tag, message: expect.stringContaining(words) })
})
