import type { PersonCommandInput } from '@daybook/core/person'
import { describe, expect, it } from 'vitest'
import { historyLines } from '../src/cli/text/history.ts'
import { mayLines } from '../src/cli/text/may.ts'
import { personLines } from '../src/cli/text/person.ts'
import { worklistLines } from '../src/cli/text/worklist.ts'
import type { Book } from '../src/index.ts'
import { commandLineIn } from './support/command-line.ts'
import { openTestBook, testFolder, write } from './support/folder.ts'

const person = '0197ab12-0000-7000-8000-000000000001'
const account = '0197ab12-0000-7000-8000-0000000000a1'
const other = '0197ab12-0000-7000-8000-0000000000a2'
const phone = { type: 'RecordDatum', on: '2026-11-01', datum: 'mobile', kind: 'phone', value: '612-555-0101' } as const
const called = { type: 'RecordCallAttempt', account, datum: 'mobile', outcome: 'noAnswer' } as const
const uncoloured = (lines: readonly string[]): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours, where a terminal runs the tests
  `${lines.join('\n').replace(/\u001b\[\d+m/g, '')}\n`

/** Jo Roe, who answers for two accounts and has a phone in Minneapolis. The book's clock: 2026-11-21, 09:14 in Chicago. */
const withJo = async (): Promise<Book> => {
  const book = await openTestBook('memory:')
  for (const id of [account, other]) await book.open({ account: id, on: '2026-11-01', guarantor: { name: 'Jo Roe' } })
  expect(await book.openPerson({ person, name: 'Jo Roe', account, on: '2026-11-01' })).toMatchObject({
    ok: true,
    person,
  })
  const name = { type: 'NameAccount', on: '2026-11-01', account: other, role: 'guarantor' } as const
  expect(await book.executeOnPerson(person, name)).toMatchObject({ ok: true })
  const datum = await book.executeOnPerson(person, { ...phone, place: 'mobile', line: 'mobile', source: 'person' })
  expect(datum).toMatchObject({ ok: true, ids: { datum: 'mobile' } })
  const home = { type: 'RecordDatum', on: '2026-11-01', datum: 'home', kind: 'address', value: '1 Main St' } as const
  await book.executeOnPerson(person, { ...home, state: 'MN', place: 'home', source: 'person' })
  return book
}
const days = [15, 16, 17, 18, 19, 20]

describe('people, through the front door', () => {
  it('who stands behind an account is said on both, and the book is whole', async () => {
    const book = await withJo()
    const page = await book.person(person)
    expect(page).toMatchObject({ name: 'Jo Roe', accounts: [{ account, role: 'guarantor' }, { account: other }] })
    expect((await book.history(account)).events.map(({ type }) => type)).toEqual(['AccountOpened', 'PersonLinked'])
    expect(await book.account(account)).toMatchObject({ persons: [{ person, role: 'guarantor' }] })
    const end = { type: 'EndAccount', on: '2026-11-20', account: other, reason: 'a namesake' } as const
    expect(await book.executeOnPerson(person, end)).toMatchObject({ ok: true })
    const asked = await book.may({ account: other, by: 'call' })
    expect(asked).toMatchObject({ allowed: false, hits: [{ rule: 'contact.nobody' }] })
    expect((await book.check()).findings).toEqual([])
    await book.close()
  })

  it('an account that nobody has opened has nobody behind it', async () => {
    const book = await withJo()
    const stranger = '0197ab12-0000-7000-8000-0000000000a9'
    const name = { type: 'NameAccount', on: '2026-11-01', account: stranger, role: 'guarantor' } as const
    expect(await book.executeOnPerson(person, name)).toMatchObject({
      ok: false,
      hits: [{ rule: 'registration.notOpen' }],
    })
    expect((await book.person(person)).accounts).toHaveLength(2)
    await expect(book.person(stranger)).rejects.toMatchObject({ _tag: 'NotFound' })
    const unknown = { ...phone, place: 'home', source: 'payer' } as const
    await expect(book.executeOnPerson(stranger, unknown)).rejects.toMatchObject({ _tag: 'NotFound' })
    await book.close()
  })

  it('nobody stands behind an account from a day before its books: neither says so, the account nor the person', async () => {
    const book = await withJo()
    const line = { line: 'l1', code: '99213', dos: '2026-08-01', party: 'patient', amount: 5_000 } as const
    const converted = '0197ab12-0000-7000-8000-0000000000a3'
    await book.open({ account: converted, on: '2026-11-10', guarantor: { name: 'Jo Roe' } })
    const forward = { type: 'BringForward', booksBegin: '2026-11-10', visit: 'v1', source: 'old' } as const
    expect(await book.execute(converted, { ...forward, lines: [line] })).toMatchObject({ ok: true })
    const name = { type: 'NameAccount', on: '2026-11-01', account: converted, role: 'guarantor' } as const
    expect(await book.executeOnPerson(person, name)).toMatchObject({
      ok: false,
      hits: [{ rule: 'ledger.beforeTheBooks' }],
    })
    expect((await book.person(person)).accounts).toHaveLength(2)
    expect(await book.executeOnPerson(person, { ...name, on: '2026-11-10' })).toMatchObject({ ok: true })
    expect(await book.may({ account: converted, by: 'call' })).toMatchObject({ allowed: true, person })
    await book.close()
  })

  it('Q8 of two who ask at once for the last call that is free, about two accounts, one is refused', {
    tags: ['Q8'],
  }, async () => {
    const book = await withJo()
    for (const day of days) {
      await book.executeOnPerson(person, { ...called, at: `2026-11-${day}T18:00:00.000Z` })
    }
    const begin = { type: 'BeginContact', datum: 'mobile', medium: 'call' } as const
    const answers = await Promise.all([
      book.executeOnPerson(person, { ...begin, account }),
      book.executeOnPerson(person, { ...begin, account: other }),
    ])
    expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true])
    const refused = answers.find(({ ok }) => !ok)
    expect(refused).toMatchObject({ hits: [{ rule: 'CT-01.person' }], earliest: '2026-11-22T14:00:00.000Z' })
    expect((await book.person(person)).contacts).toHaveLength(7)
    await book.close()
  })

  it('a report sent again gets its first receipt, with the warnings of then', async () => {
    const book = await withJo()
    const night = { ...called, at: '2026-11-21T05:00:00.000Z' }
    const first = await book.executeOnPerson(person, night, { commandId: 'night' })
    expect(first).toMatchObject({ ok: true, warnings: [{ rule: 'CT-03' }, { rule: 'CT-03.policy' }] })
    const again = await book.executeOnPerson(person, night, { commandId: 'night' })
    expect(again).toEqual({ ...first, repeated: true })
    await book.close()
  })

  it('a question writes nothing, and what can not be asked says where', async () => {
    const book = await withJo()
    const count = async () => (await book.check()).events
    const before = await count()
    await book.may({ account, by: 'call', at: '2026-11-22T05:00:00.000Z' })
    expect(await count()).toBe(before)
    await expect(book.may({ account, by: 'pigeon' as never })).rejects.toMatchObject({ _tag: 'InvalidQuery' })
    await expect(book.may({ account, by: 'call', at: 'noon' })).rejects.toMatchObject({ _tag: 'InvalidQuery' })
    await book.close()
  })

  it('what follows from a contact is work: against rules, begun and not told, a complaint, mail that came back', async () => {
    const book = await withJo()
    const queue = async (name: string, asOf?: string) =>
      (await book.worklist({ queue: name, ...(asOf === undefined ? {} : { asOf }) })).items
    const does = async (command: PersonCommandInput) =>
      expect(await book.executeOnPerson(person, command)).toMatchObject({ ok: true })
    await does({ ...called, contact: 'night', at: '2026-11-19T05:30:00.000Z' })
    await does({ type: 'BeginContact', account, medium: 'call', datum: 'mobile', contact: 'now' })
    await does({
      type: 'RecordComplaint',
      on: '2026-11-20',
      complaint: 'k1',
      topic: 'calls',
      about: 'too late at night',
    })
    await does({ type: 'RecordReturnedMail', on: '2026-11-20', datum: 'home' })

    expect(await queue('contacts')).toMatchObject([
      { queue: 'contacts:against', subject: 'night', account, person, since: '2026-11-18', whose: 'Jo Roe' },
    ])
    const { waiting } = await book.worklist({ queue: 'contacts' })
    expect(waiting).toMatchObject([{ queue: 'contacts:begun', subject: 'now', until: '2026-11-22' }])
    expect(await queue('complaints')).toMatchObject([{ subject: 'k1', person, whose: 'Jo Roe' }])
    expect(await queue('complaints', '2026-11-19')).toEqual([])
    expect(await queue('returnedMail')).toMatchObject([{ subject: 'home', person }])
    const screen = worklistLines(await book.worklist({ queue: 'contacts' }), 10)
    await expect(uncoloured(screen)).toMatchFileSnapshot('screens/worklist-contacts.txt')

    await does({ ...called, contact: 'now' })
    await does({ type: 'ReviewContact', on: '2026-11-21', contact: 'night', note: 'spoke with the collector' })
    const again = await book.executeOnPerson(person, {
      type: 'ReviewContact',
      on: '2026-11-21',
      contact: 'night',
      note: 'again',
    })
    expect(again).toMatchObject({ ok: false, hits: [{ rule: 'contact.nothingToReview' }] })
    await does({ type: 'AnswerComplaint', on: '2026-11-21', complaint: 'k1', answer: 'no call after eight' })
    await does({ type: 'ConfirmDatum', on: '2026-11-21', datum: 'home', by: 'asked' })
    for (const name of ['contacts', 'complaints', 'returnedMail']) expect(await queue(name)).toEqual([])
    expect(await queue('complaints', '2026-11-20')).toMatchObject([{ subject: 'k1' }])
    expect((await book.check()).findings).toEqual([])
    await book.close()
  })

  it('F15 2,500.00 of 75 days, likely .6, a broken promise and two attempts in seven days give 58', async () => {
    const book = await withJo()
    const on = '2026-09-07'
    const given = [
      { type: 'ConfirmGuarantor', on, reason: 'called' },
      { type: 'PostCharge', on, visit: 'v1', line: 'l1', code: '99213', amount: 250_000 },
      {
        type: 'RecordPromise',
        on: '2026-11-01',
        pays: { amount: 250_000, due: '2026-11-09' },
        madeBy: 'guarantor',
        channel: 'phone',
      },
    ] as const
    for (const command of given) expect(await book.execute(account, command)).toMatchObject({ ok: true })
    const attempts = ['2026-11-14', '2026-11-15', '2026-11-19']
    for (const day of attempts) await book.executeOnPerson(person, { ...called, at: `${day}T18:00:00.000Z` })
    // A letter, a line that was busy and a call of theirs are no attempts (reference §11.5).
    const at = '2026-11-19T19:00:00.000Z'
    await book.executeOnPerson(person, { type: 'RecordMessage', account, medium: 'mail', at })
    await book.executeOnPerson(person, { ...called, outcome: 'busy', at })
    const theirs = {
      type: 'RecordConversation',
      direction: 'inbound',
      discussed: false,
      summary: 'calls back',
    } as const
    await book.executeOnPerson(person, { ...theirs, account, at })
    const propensity = { [account]: { basisPoints: 6_000, source: 'model v1' } }
    const { items } = await book.worklist({ queue: 'selfPay', propensity })
    expect(items).toMatchObject([{ account, priority: 58 }])
    expect(items[0]?.score).toContainEqual({ term: 'contactAttempts', points: -6, source: '2 in the last 7 days' })
    const before = await book.worklist({ queue: 'selfPay', propensity, asOf: '2026-11-18' })
    expect(before.items[0]?.score).toContainEqual({
      term: 'contactAttempts',
      points: -6,
      source: '2 in the last 7 days',
    })
    const wrong = { [account]: { basisPoints: 12_000, source: 'model v1' } }
    await expect(book.worklist({ propensity: wrong })).rejects.toMatchObject({ _tag: 'InvalidQuery' })
    await book.close()
  })

  it('the screens of may and person', async () => {
    const book = await withJo()
    for (const day of days) {
      await book.executeOnPerson(person, { ...called, contact: `c${day}`, at: `2026-11-${day}T18:00:00.000Z` })
    }
    await book.executeOnPerson(person, { ...called, contact: 'c21', at: '2026-11-21T15:00:00.000Z' })
    const night = await book.may({ account, by: 'call', at: '2026-11-22T03:30:00.000Z' })
    const morning = await book.may({ account, by: 'call', at: '2026-11-22T15:00:00.000Z' })
    const may = [...mayLines(night, 'America/Chicago'), '', ...mayLines(morning, 'America/Chicago')]
    await expect(uncoloured(may)).toMatchFileSnapshot('screens/may.txt')
    const what = { kind: 'time' as const, from: 720, until: 780, days: [1, 5] }
    await book.executeOnPerson(person, { type: 'DeclareInconvenience', on: '2026-11-20', what })
    await expect(uncoloured(personLines(await book.person(person)))).toMatchFileSnapshot('screens/person.txt')
    await book.close()
  })

  it('a command id that is no text is told, also of a person: made a text it would be that of others', async () => {
    const folder = testFolder()
    const commands = [
      { type: 'OpenPerson', person, on: '2026-11-01' },
      { type: 'NoteLanguage', person, on: '2026-11-01', language: 'so', commandId: { a: 1 } },
      { type: 'NoteLanguage', person, on: '2026-11-01', language: 'es', commandId: 5 },
    ]
    const file = write(folder, 'ids.json', JSON.stringify(commands))
    const { status, stdout } = await commandLineIn(folder)(
      'command',
      file,
      ...['--db', 'sqlite:ids.db', '--practice', 'physicianPracticeMN'],
    )
    expect([status, stdout.match(/commandId: not a text/g)?.length]).toEqual([1, 2])
  })

  it('Q8 the history of a person tells every contact, and the rules that stood against it', {
    tags: ['Q8'],
  }, async () => {
    const book = await withJo()
    const at = '2026-11-21T15:00:00.000Z'
    const day = '2026-11-20'
    const given: readonly PersonCommandInput[] = [
      { type: 'GrantConsent', on: day, channel: 'text', datum: 'mobile', scope: 'billing', source: 'form' },
      { ...called, contact: 'night', at: '2026-11-19T05:30:00.000Z' },
      { type: 'DeclareInconvenience', on: day, what: { kind: 'time', from: 720, until: 780, days: [1, 5] } },
      { type: 'RecordMessage', account, medium: 'mail', letterLevel: 1, at },
      { type: 'RecordCease', on: day, written: true },
    ]
    for (const command of given) expect(await book.executeOnPerson(person, command)).toMatchObject({ ok: true })
    const { kind, events } = await book.history(person)
    expect(kind).toBe('person')
    const told = events.map(({ what }) => what)
    expect(told).toContainEqual(
      expect.stringMatching(
        /^Called \(call\), mobile phone \+16125550101: no answer, about account .*, 2026-11-19 05:30 UTC; against it stood .*CT-/,
      ),
    )
    expect(told).toContain('Agreed to text for billing at mobile phone +16125550101, by form')
    expect(told).toContain('Is not to be reached from 12:00 until 13:00 by their clocks on Monday and Friday')
    expect(told).toContain('Wants no more contact, in writing')
    const before = await book.history(person, { asOf: '2026-11-18' })
    expect(before.events.length).toBeLessThan(events.length)
    const shown = historyLines({ ...(await book.history(person)) }, 'America/Chicago')
    await expect(uncoloured(shown)).toMatchFileSnapshot('screens/history-person.txt')
    await book.close()
  })

  it('the command line: commands of a person from a file, may they be called, and who they are', async () => {
    const folder = testFolder()
    const cli = commandLineIn(folder)
    const on = '2026-03-02'
    const commands = [
      { account, type: 'OpenAccount', on, guarantor: { name: 'Jo Roe' } },
      { person, type: 'OpenPerson', on, name: 'Jo Roe' },
      { person, type: 'NameAccount', on, account, role: 'guarantor' },
      { person, ...phone, on, place: 'mobile', source: 'person' },
    ]
    write(folder, 'jo.json', JSON.stringify(commands))
    const db = ['--db', 'sqlite:jo.db', '--practice', 'physicianPracticeMN']
    const given = await cli('command', 'jo.json', ...db)
    expect([given.status, given.stdout]).toEqual([0, expect.stringContaining(`OpenPerson on person ${person}`)])
    const may = (time: string, ...more: string[]) =>
      cli('may', account.slice(0, 30), '--at', `2026-03-04T${time}:00.000Z`, ...db, ...more)
    expect((await may('18:00', '--call')).status).toBe(0)
    const night = await may('05:00', '--call', '--json')
    expect([night.status, JSON.parse(night.stdout)]).toMatchObject([
      1,
      { allowed: false, earliest: '2026-03-04T14:00:00.000Z' },
    ])
    expect((await may('18:00', '--call', '--text')).status).toBe(2)
    const page = await cli('person', person, ...db)
    expect(page.stdout).toContain('+16125550101')
  })

  it('the command line: a call asked for and made, what was said, and a note', async () => {
    const folder = testFolder()
    const line = commandLineIn(folder)
    const db = ['--db', 'sqlite:day.db', '--practice', 'physicianPracticeMN']
    const on = '2026-03-02'
    const commands = [
      { account, type: 'OpenAccount', on, guarantor: { name: 'Jo Roe' } },
      { person, type: 'OpenPerson', on, name: 'Jo Roe' },
      { person, type: 'NameAccount', on, account, role: 'guarantor' },
      { person, ...phone, on, place: 'mobile', source: 'person' },
    ]
    write(folder, 'jo.json', JSON.stringify(commands))
    await line('command', 'jo.json', ...db)
    const contact = (...more: string[]) => line('contact', account.slice(0, 30), ...more, ...db, '--json')
    const at = ['--at', '2026-03-04T18:00:00.000Z']

    const rang = await contact('--call', '--outcome', 'noAnswer', '--datum', 'mobile', ...at)
    expect([rang.status, JSON.parse(rang.stdout)]).toMatchObject([0, { ok: true, person, events: ['CallAttempted'] }])
    const night = await contact(
      '--call',
      '--outcome',
      'noAnswer',
      '--datum',
      'mobile',
      '--at',
      '2026-03-05T05:00:00.000Z',
    )
    expect(night.status).toBe(0)
    expect(JSON.parse(night.stdout)).toMatchObject({ warnings: expect.arrayContaining([expect.objectContaining({})]) })
    const spoke = await contact('--call', '--spoke', 'asked for the bill again', '--inbound', ...at)
    expect(JSON.parse(spoke.stdout)).toMatchObject({ ok: true, events: ['ContactMade'] })
    const sent = await contact('--mail', '--level', '1', ...at)
    expect(JSON.parse(sent.stdout)).toMatchObject({ ok: true, events: ['MessageSent'] })
    const seen = await contact('--visit', '--met', ...at)
    expect(JSON.parse(seen.stdout)).toMatchObject({ ok: true, events: ['VisitMade'] })
    // Whoever is asked about today's call is told of the one that has been made.
    const begun = await contact('--call', '--begin', '--datum', 'mobile')
    expect(JSON.parse(begun.stdout)).toMatchObject(begun.status === 0 ? { events: ['ContactBegun'] } : { ok: false })

    for (const wrong of [['--call'], ['--mail', '--spoke', 'x'], ['--call', '--text'], ['--call', '--begin', ...at]]) {
      expect((await contact(...wrong)).status).toBe(2)
    }
    const nobody = await line('contact', account, '--call', '--outcome', 'noAnswer', '--person', 'ffff', ...db)
    expect(nobody).toMatchObject({ status: 2, stderr: expect.stringContaining('there is no person') })

    const note = await line(
      'note',
      account,
      'asked',
      'for',
      'the',
      'bill',
      '--on',
      on,
      '--with',
      'Jo Roe',
      ...db,
      '--json',
    )
    const { ok, ids } = JSON.parse(note.stdout)
    expect([note.status, ok]).toEqual([0, true])
    const more = await line('note', account, 'it', 'was', 'sent', '--on', on, '--amends', ids.note, ...db)
    expect(more).toMatchObject({ status: 0, stdout: expect.stringContaining('NoteAddended') })
    const stray = await line('note', account, 'x', '--amends', ids.note, '--verified', ...db)
    expect(stray).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--verified goes with a note of its own'),
    })
    const history = await line('history', account, ...db)
    expect(history.stdout).toContain('asked for the bill')
    const oneCall = (await line('history', person, '--json', ...db)).stdout
    expect(JSON.parse(oneCall)).toMatchObject({ kind: 'person', id: person })
  })
})
