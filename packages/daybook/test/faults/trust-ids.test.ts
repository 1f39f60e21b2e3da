import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commandLineIn } from '../support/command-line.ts'
import { openTestBook, testFolder, uuid, write } from '../support/folder.ts'

// Faults of kind “the book's own trust”: which account is meant, and what a file that can not be read leaves behind.

const folder = testFolder()
const daybook = commandLineIn(folder)
const practice = ['--practice', 'physicianPracticeMN'] as const
const charge = { type: 'PostCharge', on: '2026-11-02', visit: 'v1', line: 'l1', code: '99213', amount: 12_500 } as const
const opening = (account: string) => ({ account, type: 'OpenAccount', on: '2026-11-01', guarantor: {} })

const given = async (db: string, ...commands: readonly object[]) => {
  const file = write(folder, 'given.json', JSON.stringify(commands))
  const { status, stdout } = await daybook('command', file, '--json', '--db', `sqlite:${db}`, ...practice)
  return { status, answers: JSON.parse(stdout) as { ok: boolean; account: string; message?: string }[] }
}

const accountsIn = async (db: string): Promise<readonly string[]> => {
  await using book = await openTestBook(`sqlite:${join(folder, db)}`)
  return (await book.find('')).map(({ id }) => id)
}

describe('an account in a command', () => {
  it('trust-4 is named by the beginning of its id, as in every question', async () => {
    await given('short.db', opening(uuid(1)))
    const names = [uuid(1).slice(0, 8), `account-${uuid(1).slice(0, 8)}`, uuid(1)]
    for (const [at, account] of names.entries()) {
      const { status, answers } = await given('short.db', { account, ...charge, line: `l${at}` })
      expect({ status, answers }).toMatchObject({ status: 0, answers: [{ ok: true, account: uuid(1) }] })
    }
  })

  it('trust-4 is refused under a beginning that is ambiguous, unknown or empty: each says what to do', async () => {
    await given('several.db', opening(uuid(1)), opening(uuid(2)))
    const { status, answers } = await given(
      'several.db',
      { account: '0197ab12', ...charge },
      { account: 'ffff', ...charge },
      { account: '  ', ...charge },
    )
    expect(status).toBe(1)
    expect(answers.map(({ ok, message }) => [ok, message])).toEqual([
      [
        false,
        expect.stringContaining(`several ids begin with 0197ab12, such as ${uuid(1)}, ${uuid(2)}: give more of it`),
      ],
      [false, expect.stringContaining('there is no account ffff in this book')],
      [false, expect.stringContaining('give an id, or its beginning')],
    ])
  })

  it('trust-4 is opened under a UUID: no phantom answers for the beginning of another id', async () => {
    const { status } = await given('phantom.db', opening(uuid(1)))
    expect(status).toBe(0)
    const wrong = ['0197ab12', uuid(1).toUpperCase(), `${uuid(1)}0`, 'a1', '']
    const { answers } = await given('phantom.db', ...wrong.map(opening))
    expect(answers.map(({ ok }) => ok)).toEqual(wrong.map(() => false))
    expect(answers[0]?.message).toContain('a new account has a UUID in lower case for its id, not 0197ab12')
    expect(await accountsIn('phantom.db')).toEqual([uuid(1)])
  })

  it('trust-4 through the library is named in full, whoever opens it', async () => {
    await using book = await openTestBook()
    const { account } = await book.open({ guarantor: {} })
    const refused = { _tag: 'InvalidCommand', issues: [{ path: 'account' }] }
    await expect(book.open({ account: 'a1', guarantor: {} })).rejects.toMatchObject(refused)
    await expect(book.execute(account.slice(0, 8), charge)).rejects.toMatchObject({ _tag: 'NotFound', kind: 'account' })
    expect(await book.execute(account, charge)).toMatchObject({ ok: true })
    expect(await book.find('')).toEqual([{ kind: 'account', id: account }])
  })
})

describe('a file of commands that can not be read', () => {
  it.each([
    ['broken', '[{"type": "OpenAccount",'],
    ['empty', ''],
    ['without a command', '[]'],
    ['without an object', '[5, "PostCharge"]'],
  ])('trust-12 that is %s makes no book and no key', async (what, text) => {
    const name = `${what.replaceAll(' ', '-')}.db`
    const file = write(folder, 'unread.json', text)
    const { stderr } = await daybook('command', file, '--db', `sqlite:${name}`, ...practice)
    expect(stderr).toContain(`no book was made at sqlite:${name}: there was nothing to put into it`)
    for (const end of ['', '.key', '-wal', '-shm']) expect(existsSync(join(folder, `${name}${end}`))).toBe(false)
  })

  it('trust-12 does not keep the others from making one', async () => {
    const broken = write(folder, 'half.json', '{')
    const whole = write(folder, 'whole.json', JSON.stringify(opening(uuid(1))))
    const { status, stdout } = await daybook('command', broken, whole, '--db', 'sqlite:made.db', ...practice)
    expect(status).toBe(1)
    expect(stdout).toContain('whole.json 1: OpenAccount')
    expect(await accountsIn('made.db')).toEqual([uuid(1)])
  })
})
