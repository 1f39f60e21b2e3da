import { existsSync, mkdirSync, readFileSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { faultLines } from '../src/cli/text/faults.ts'
import { commandLineIn } from './support/command-line.ts'
import { testFolder, uuid, write } from './support/folder.ts'
import { remittanceText } from './support/remittance-text.ts'

const folder = testFolder()
const daybook = commandLineIn(folder)
const book = ['--db', 'sqlite:mistakes.db', '--practice', 'physicianPracticeMN'] as const
const account = uuid(1)
const charge = { type: 'PostCharge', on: '2026-11-02', visit: 'v1', line: 'l1', code: '99213', amount: 12_500 } as const
const opened = { account, type: 'OpenAccount', on: '2026-11-01', guarantor: { name: 'Jo Roe' } } as const

describe('a mistake at the desk is told so that it can be mended', () => {
  it('a command that can not be given does not stop those after it, whatever is wrong with it', async () => {
    const commands = [
      opened,
      { account, commandId: 'c1', ...charge },
      { account, commandId: 'c1', ...charge, amount: 12_501 },
      { account, type: 'PostCharg' },
      { account, type: 'PostCharge', on: '2026-11-02' },
      5,
      { account, commandId: 'c2', ...charge, line: 'l2' },
    ]
    const file = write(folder, 'mistakes.json', JSON.stringify(commands))
    const { status, stdout } = await daybook('command', file, ...book)
    expect(status).toBe(1)
    expect(stdout).toContain('command id c1 was used before for another command: use a new id')
    expect(stdout).toMatch(/4: PostCharg on account \S+1\n {2}type: is none of AcceptPlan, /)
    expect(stdout).toContain('visit: is missing')
    expect(stdout).toContain('6: a command\n  a command is an object')
    expect(stdout).toMatch(/done.*7: PostCharge on account \S+1:/)
    const json = (await daybook('command', file, '--json', ...book)).stdout
    const answers = z.array(z.looseObject({ ok: z.boolean(), error: z.string().optional() })).parse(JSON.parse(json))
    expect(answers.map(({ ok, error }) => (ok ? 'ok' : (error ?? 'refused')))).toEqual([
      'refused',
      'ok',
      'CommandMismatch',
      'InvalidCommand',
      'InvalidCommand',
      'InvalidCommand',
      'ok',
    ])
  })

  it('a question that can not be asked names the option that was wrong, and what it could be', async () => {
    write(folder, 'opened.json', JSON.stringify([opened, { ...opened, account: uuid(2) }]))
    expect(
      (await daybook('command', 'opened.json', '--db', 'sqlite:asked.db', '--practice', 'physicianPracticeMN')).status,
    ).toBe(0)
    for (const [args, says] of [
      [['aging', '--as-of', '2026-02-30'], '--as-of: 2026-02-30 is not a day that exists'],
      [['aging', '--basis', 'visit'], '--basis: visit is not one of responsibility, dos'],
      [['aging', '--known-at', '@999999'], '@999999 is not there yet: the book ends at @'],
      [['accounts-control', '--account', 'petty'], '--account: petty is no account of the books, such as cash'],
      [['cash', '--from', '2026-02-30'], '--from: 2026-02-30 is not a day that exists'],
      [['cash', '--from', '2026-03-01', '--to', '2026-02-01'], '--from: 2026-03-01 is after 2026-02-01'],
      [['worklist', '--queue', 'denial'], '--queue: denial is not one of '],
      [['account', ''], 'give an id, or its beginning'],
      [['account', '0197ab12'], `several ids begin with 0197ab12, such as ${uuid(1)}, ${uuid(2)}: give more of it`],
      [['aging', '--db', 'asked.db'], 'asked.db is no URL of a store: give sqlite:asked.db'],
      [['aging', '--db', 'sqlite:.'], '. can not be opened: it is a directory'],
      [['rules', 'pc-02'], 'did you mean PC-02?'],
      [['rules', 'PC-02', '--facts', '[1]'], '--facts: must be of type object, not array'],
      [['release'], 'daybook release --help says more'],
      [['aging', '--actor', ' '], '--actor: an actor is named by 1 to 200 characters of one line'],
      [['aging', '--on-behalf-of', ' '], '--on-behalf-of: an actor is named by 1 to 200 characters of one line'],
      [['aging', '--roles', '__proto__'], 'there is no role __proto__: choose of vendor, '],
      [['letter', uuid(1), '__proto__'], 'there is no letter __proto__: assistanceGranted, '],
      [['letter', uuid(1), 'constructor', 'x'], 'there is no letter constructor: assistanceGranted, '],
      [['note', uuid(1), 'hi', '--on', '2026-02-30'], '--on: not a day that exists'],
      [['note', uuid(1), 'hi', '--next', 'x'.repeat(501)], '--next: is longer than 500 characters'],
      [['accounts', '--after', 'x'.repeat(501)], '--after: is longer than 500 characters'],
      [['accounts', 'x'.repeat(201)], 'search: is longer than 200 characters'],
      [['delegate', 'a', 'b', '--until', 'soon', '--reason', 'r'], '--until: not a day that exists'],
      [['delegate', 'a', 'b', '--until', '2999-01-01', '--reason', 'r', '--queues', 'x'], '--queues: x is no queue'],
    ] as const) {
      const { status, stdout, stderr } = await daybook('--db', 'sqlite:asked.db', ...args)
      expect({ status: status === 0, stdout }).toEqual({ status: false, stdout: '' })
      expect(stderr).toContain(says)
      expect(stderr).not.toContain('fault of Daybook')
    }
  })

  it('a file that is no file of the desk is told with what to do, and is not counted as imported', async () => {
    mkdirSync(join(folder, 'nothing'))
    const large = write(folder, 'large.json', '')
    truncateSync(large, 2 ** 30)
    const { status, stdout } = await daybook(
      'import',
      'nothing',
      large,
      write(folder, 'claims.csv', 'a,b\n'),
      '--db',
      'memory:',
    )
    expect(status).toBe(1)
    expect(stdout).toMatch(/^Imported 0 files of 3/)
    expect(stdout).toContain('Name files, or a directory that holds some.')
    expect(stdout).toContain('the file has 1,024 MB, more than the limit of 32 MB')
    expect(stdout).toContain('Only X12 is read, no JSON, CSV or scans')
    const given = await daybook('command', large, write(folder, 'none.json', ' '), '--db', 'memory:')
    expect(given.stderr).toContain('large.json: more than 32 MB')
    expect(given.stderr).toContain('none.json: it holds nothing')
  })
})

describe('nothing is made where there was nothing to do', () => {
  it('no book and no key for an import that could read nothing', async () => {
    const { status, stdout, stderr } = await daybook(
      'import',
      'nofile',
      write(folder, 'no.csv', 'a,b\n'),
      '--db',
      'sqlite:none.db',
    )
    expect(status).toBe(1)
    expect(stdout).toContain('nofile: there is no such file')
    expect(stderr).toContain('no book was made at sqlite:none.db: there was nothing to put into it')
    expect(existsSync(join(folder, 'none.db')) || existsSync(join(folder, 'none.db.key'))).toBe(false)
  })

  it('a book where one of the files can be read', async () => {
    const good = write(folder, 'good.835', remittanceText())
    expect((await daybook('import', 'nofile', good, '--db', 'sqlite:some.db', '--open-missing')).status).toBe(1)
    expect(existsSync(join(folder, 'some.db')) && existsSync(join(folder, 'some.db.key'))).toBe(true)
  })

  it('no key beside an empty file or one that is no book, and the file stays as it is', async () => {
    for (const [name, text] of [
      ['empty.db', ''],
      ['text.db', 'no book'],
    ] as const) {
      write(folder, name, text)
      for (const practice of [[], ['--practice', 'physicianPracticeMN']]) {
        expect((await daybook('aging', '--db', `sqlite:${name}`, ...practice)).status).not.toBe(0)
      }
      expect(readFileSync(join(folder, name), 'utf8')).toBe(text)
      expect(existsSync(join(folder, `${name}.key`))).toBe(false)
    }
  })
})

it.each([
  ['Invalid input: expected string, received undefined', 'on: is missing'],
  ['Too small: expected string to have >=1 characters', 'on: is empty'],
  ['Invalid input: expected string, received number', 'on: must be of type string, not number'],
  ['Invalid option: expected one of "cash"|"check"', 'on: is none of cash, check'],
  ['money is a whole number of cents', 'on: money is a whole number of cents'],
])('what a schema says is told in words: %s', (message, words) => {
  expect(faultLines([{ path: 'on', message }])).toEqual([words])
})
