import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accountLines } from '../src/cli/text/account.ts'
import { mayLines } from '../src/cli/text/may.ts'
import { statementLines } from '../src/cli/text/statement.ts'
import { worklistLines } from '../src/cli/text/worklist.ts'
import type { Book } from '../src/index.ts'
import { uuid } from './support/folder.ts'
import { accountOf, charge, does, lakesideBook } from './support/letters.ts'

// Ten questions that a collector asks, each answered from one screen: docs/desk-questions.md lists them.

const ZONE = 'America/Chicago'
/** Of the patient: it follows from the id of the command that opened the account, which is another each time. */
const patientId = /[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g
const uncoloured = (lines: readonly string[]): string => {
  const text = lines.join('\n').replaceAll(patientId, '(the patient)')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours, where a terminal runs the tests
  return `${text.replace(/\u001b\[\d+m/g, '')}\n`
}

/** Of each question: the screen, and what on it is the answer. */
type Screen = 'account' | 'worklist' | 'may' | 'statement' | 'document'
const questions: readonly (readonly [question: string, screen: Screen, answer: RegExp])[] = [
  [
    'What do I do first today?',
    'worklist',
    /^ {2}1 {2}Ann Doe {3}account .*selfPay:0-30 {3}300\.00[\s\S]*?next {2}call and offer a plan/m,
  ],
  ['Who has it?', 'worklist', /Jo Roe .*\(anna\)/],
  [
    'What may not be done now, by which rule, and from when on?',
    'worklist',
    /Ann Doe .* promises:broken[\s\S]*waits CT-03: [\s\S]*1006\.6\(b\)\(1\)\(i\)[\s\S]*from +2026-11-22 08:00/,
  ],
  ['What is owed, and by whom?', 'account', /Patient +450\.00/],
  ['What do I do next with this account?', 'account', /next {2}work the dispute; in dispute since 2026-11-20/],
  [
    'What is in dispute, and what goes on?',
    'account',
    /billingError on l1 since 2026-11-20, received, not billed meanwhile/,
  ],
  [
    'What was promised, and is it in time?',
    'account',
    /open: 50\.00 by 2026-12-01, made on 2026-11-20; 50\.00 missing/,
  ],
  [
    'May I call now, and if not, when?',
    'may',
    /CT-03: .*\n.*1006\.6\(b\)\(1\)\(i\)[\s\S]*possible from 2026-11-22 08:00/,
  ],
  ['Why does no statement go out?', 'statement', /not sent[\s\S]*ST-01\.cycle: [\s\S]*possible from 2026-11-29/],
  ['What does the bill say that they hold in their hand?', 'document', /Please pay 400\.00 by|Amount due +400\.00/i],
]

describe('ten questions that a collector asks, each answered from one screen', () => {
  let book: Book
  let now = '2026-11-01T18:00:00.000Z'
  const screens = new Map<Screen, string>()
  beforeAll(async () => {
    book = await lakesideBook('2026-11-01', 'memory:', { clock: () => new Date(now) })
    const on = '2026-11-01'
    const account = await accountOf(book, 1, 'Jo Roe', on)
    const other = await accountOf(book, 2, 'Ann Doe', on)
    const phone = { type: 'RecordDatum', on, datum: 'mobile', kind: 'phone', value: '218-555-0199' } as const
    await book.executeOnPerson(uuid(101), { ...phone, place: 'mobile', line: 'mobile', source: 'person' })
    await does(book, account, charge(on, 'l1', 40_000))
    await does(book, other, charge(on, 'l9', 30_000, { visit: 'v9' }))
    await does(book, account, { type: 'IssueStatement', on, document: 'd1' })
    await book.executeOnPerson(uuid(102), { ...phone, place: 'mobile', line: 'mobile', source: 'person' })
    const promise = { type: 'RecordPromise', on, madeBy: 'guarantor', channel: 'phone' } as const
    await does(book, other, { ...promise, promise: 'z2', pays: { amount: 30_000, due: '2026-11-13' } })
    now = '2026-11-20T18:00:00.000Z'
    const day = '2026-11-20'
    await does(book, account, charge(day, 'l2', 5_000, { visit: 'v2' }))
    const says = { raisedBy: 'patient', channel: 'phone', written: false, says: 'this was not done' } as const
    await does(book, account, {
      type: 'OpenDispute',
      on: day,
      dispute: 'x1',
      kind: 'billingError',
      lines: ['l1'],
      ...says,
    })
    await does(book, account, {
      ...promise,
      on: day,
      promise: 'z1',
      lines: ['l2'],
      pays: { amount: 5_000, due: '2026-12-01' },
    })
    await does(book, account, { type: 'AssignWork', on: day, to: 'anna' })
    now = '2026-11-22T03:30:00.000Z'
    const page = await book.statement({ account })
    const hand = await book.statement({ account, document: 'last' })
    screens.set('account', uncoloured(accountLines(await book.account(account), ZONE)))
    screens.set('worklist', uncoloured(worklistLines(await book.worklist(), 20, ZONE)))
    screens.set('may', uncoloured(mayLines(await book.may({ account, by: 'call' }), ZONE)))
    screens.set('statement', uncoloured([...statementLines(page, ZONE), '', ...page.text.split('\n')]))
    screens.set('document', uncoloured([...statementLines(hand, ZONE), ...hand.text.split('\n')]))
  })
  afterAll(() => book.close())

  it.each(questions)('%s', (_question, name, answer) => {
    expect(screens.get(name)).toMatch(answer)
  })

  it('the screens, as a person reads them', async () => {
    for (const [name, text] of screens) await expect(text).toMatchFileSnapshot(join('screens', `desk-${name}.txt`))
  })

  it('nobody is asked for what is in dispute or promised, whatever list it stands on', () => {
    const items = (screens.get('worklist') ?? '').split(/^ +\d+ {2}(?=\w)/m)
    const ofJo = items.filter((item) => item.startsWith('Jo Roe'))
    expect(ofJo.length).toBeGreaterThan(3)
    expect(ofJo.filter((item) => /next {2}(call|remind)\b/.test(item))).toEqual([])
  })

  it('the page of the questions names each of them, with its screen', () => {
    const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'desk-questions.md'), 'utf8')
    for (const [question, name] of questions)
      expect(page).toMatch(new RegExp(`${question.replaceAll('?', '\\?')}.*desk-${name}\\.txt`))
  })
})
