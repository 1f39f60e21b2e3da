import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Book, describeRules, openDaybook, presets } from '../../src/index.ts'
import { commandLineIn } from '../support/command-line.ts'
import { openTestBook, testFolder, uuid, write } from '../support/folder.ts'

// Faults of kind “the book's own trust”: what is given comes into messages printable and short, and is refused by type.

const folder = testFolder()

/** Control characters, writing direction and separators: nothing of them may reach a terminal or a log. */
const steering = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Cs}]/u

const hostile = fc.oneof(
  fc.constantFrom('\u001b[2J', '\u009b31m', '\u202egnp', '\u2028', '\u0000', '\ud800', 'x'.repeat(1_000_000), '\n\n'),
  fc.string({ unit: 'binary', maxLength: 30 }),
)

/** Every place where a text that is given can come into a message. */
const calls: readonly (readonly [string, (book: Book, text: string) => Promise<unknown>])[] = [
  ['account', (book, text) => book.account(text)],
  ['history', (book, text) => book.history(text)],
  ['explain', (book, text) => book.explain(text)],
  ['a line', (book, text) => book.explain(uuid(1), { line: text })],
  ['a day', (book, text) => book.aging({ asOf: text })],
  ['a moment', (book, text) => book.aging({ knownAt: text })],
  ['a basis', (book, text) => book.aging({ basis: text as never })],
  ['a dimension', (book, text) => book.aging({ by: text as never })],
  ['a queue', (book, text) => book.worklist({ queue: text })],
  ['an instant', (book, text) => book.worklist({ now: text })],
  ['a key of a question', (book, text) => book.aging({ [text]: 1 } as never)],
  ['a head', (book, text) => book.check({ expectHead: text })],
  ['a view', (book, text) => book.rebuild(text)],
  ['an account to command', (book, text) => book.execute(text, { type: 'PostCharge' } as never)],
  ['a type', (book, text) => book.execute(uuid(1), { type: text } as never)],
  ['a key of a command', (book, text) => book.execute(uuid(1), { type: 'OpenVisit', [text]: 1 } as never)],
  ['an account to open', (book, text) => book.open({ account: text, guarantor: {} })],
  ['a remittance', (book, text) => book.release(text, { reason: 'r' })],
  ['a URL', (_, text) => openDaybook(text, { practice: presets.physicianPracticeMN, actor: 'a' })],
  ['views', (_, text) => openDaybook('memory:', { practice: presets.physicianPracticeMN, actor: 'a', views: text })],
  ['a rule', async (_, text) => describeRules(text)],
]

const wordsOf = (error: unknown): readonly string[] => {
  if (!(error instanceof Error)) return [String(error)]
  const issues = 'issues' in error ? (error.issues as { path: string; message: string }[]) : []
  return [error.message, ...issues.flatMap(({ path, message }) => [path, message])]
}

describe('what is given comes into messages', () => {
  it.each(calls)('trust-12 printable and short: %s', async (_, call) => {
    await using book = await openTestBook()
    await book.open({ account: uuid(1), guarantor: {} })
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const error = await call(book, text).then(
          () => undefined,
          (refused: unknown) => refused,
        )
        if (error === undefined) return
        expect(error).toHaveProperty('_tag')
        for (const words of wordsOf(error)) {
          expect(words).not.toMatch(steering)
          expect(words.length).toBeLessThan(4_100)
        }
      }),
      { numRuns: 100, examples: [['\u001b[2J'], ['x'.repeat(1_000_000)]] },
    )
  })

  it('trust-12 on the command line too, whatever was wrong', async () => {
    const daybook = commandLineIn(folder)
    const long = `\u001b[31m${'y'.repeat(100_000)}`
    const file = write(folder, 'given.json', JSON.stringify({ account: long, type: long, [long]: 1 }))
    const db = ['--db', 'sqlite:said.db', '--practice', 'physicianPracticeMN'] as const
    expect(
      (
        await daybook(
          'command',
          write(
            folder,
            'one.json',
            JSON.stringify({ account: uuid(1), type: 'OpenAccount', on: '2026-11-01', guarantor: {} }),
          ),
          ...db,
        )
      ).status,
    ).toBe(0)
    for (const args of [
      [long],
      ['aging', '--as-of', long],
      ['aging', `--${long}`],
      ['account', long],
      ['worklist', '--limit', long],
      ['worklist', '--queue', long],
      ['rules', long],
      ['release', uuid(1), '--reason', 'r', '--claim', long],
      ['aging', '--roles', long],
      ['command', file],
      ['command', join(folder, long.slice(0, 300))],
      ['rebuild', long],
    ]) {
      const { status, stdout, stderr } = await daybook(...args, ...(args[0] === 'rules' || args[0] === long ? [] : db))
      expect(status).not.toBe(0)
      expect(`${stdout}${stderr}`.replaceAll('\n', '')).not.toMatch(steering)
      expect(stderr.length).toBeLessThan(9_000)
      expect(stdout.length).toBeLessThan(9_000)
    }
  })
})

describe('what is no text where a text is asked', () => {
  const others = [5, null, {}, [], true, Symbol('s'), () => 1, 1n, Number.NaN]
  const questions: readonly (readonly [string, (book: Book, given: never) => Promise<unknown>])[] = [
    ['find', (book, given) => book.find(given)],
    ['account', (book, given) => book.account(given)],
    ['history', (book, given) => book.history(given)],
    ['explain', (book, given) => book.explain(given)],
    ['a line', (book, given) => book.explain(uuid(1), { line: given })],
    ['aging as of', (book, given) => book.aging({ asOf: given })],
    ['aging known at', (book, given) => book.aging({ knownAt: given })],
    ['aging by a basis', (book, given) => book.aging({ basis: given })],
    ['aging by a dimension', (book, given) => book.aging({ by: given })],
    ['worklist of a queue', (book, given) => book.worklist({ queue: given })],
    ['worklist as of', (book, given) => book.worklist({ asOf: given })],
    ['a head', (book, given) => book.check({ expectHead: given })],
    ['a view', (book, given) => book.rebuild(given)],
  ]
  it.each(questions)('trust-12 is a typed error: %s', async (_, ask) => {
    await using book = await openTestBook()
    await book.open({ account: uuid(1), guarantor: {} })
    for (const given of others) {
      await expect(ask(book, given as never)).rejects.toMatchObject({ _tag: 'InvalidQuery' })
    }
  })

  it('trust-12 in the place of what is asked, too', async () => {
    await using book = await openTestBook()
    const asked = (['aging', 'worklist', 'check'] as const).flatMap((name) =>
      [5, null, 'text', []].map((given) => () => book[name](given as never)),
    )
    for (const ask of asked) await expect(ask()).rejects.toMatchObject({ _tag: 'InvalidQuery' })
    for (const given of [5, null, 'text']) {
      await expect(book.account(uuid(1), given as never)).rejects.toMatchObject({ _tag: 'InvalidQuery' })
    }
  })
})

describe('trust-12 a path that can not even be looked at', () => {
  const ring = join(folder, 'ring')
  symlinkSync(ring, ring)
  const paths = [ring, join(folder, 'x'.repeat(300))]
  const book = join(folder, 'looked-at.db')

  it.each<[string, (path: string) => readonly string[]]>([
    ['the book', (path) => ['worklist', '--db', `sqlite:${path}`]],
    [
      'the book of an import',
      (path) => ['import', folder, '--db', `sqlite:${path}`, '--practice', 'physicianPracticeMN'],
    ],
    ['its views', (path) => ['worklist', '--db', `sqlite:${book}`, '--views', `sqlite:${path}`]],
    ['its access log', (path) => ['worklist', '--db', `sqlite:${book}`, '--access-log', `sqlite:${path}`]],
    ['its key', (path) => ['worklist', '--db', `sqlite:${book}`, '--key', path]],
    ['a backup', (path) => ['backup', path, '--db', `sqlite:${book}`]],
    ['an export', (path) => ['export', path, '--db', `sqlite:${book}`]],
    ['a file of commands', (path) => ['command', path, '--db', `sqlite:${book}`]],
  ])('trust-12 in place of %s is told in words, and is no fault of Daybook', async (_, given) => {
    await (await openTestBook(`sqlite:${book}`)).close()
    const inFolder = commandLineIn(folder)
    for (const path of paths) {
      const { status, stderr } = await inFolder(...given(path))
      expect({ status: status === 1 || status === 2, fault: stderr.includes('a fault of Daybook itself') }).toEqual({
        status: true,
        fault: false,
      })
      expect(stderr.length).toBeGreaterThan(20)
    }
  })
})
