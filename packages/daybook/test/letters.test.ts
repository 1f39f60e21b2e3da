import axe from 'axe-core'
import { describe, expect, it } from 'vitest'
import type { Book, StatementReply } from '../src/index.ts'
import { commandLineIn } from './support/command-line.ts'
import { testFolder, uuid } from './support/folder.ts'
import { accountOf, charge, does, lakesideBook } from './support/letters.ts'

// Letters beside the ladder as they are printed: whoever changes a word of a template sees it here, and makes a version.

const on = '2026-06-01'
type Letter = Extract<Parameters<Book['execute']>[1], { type: 'IssueLetter' }>['letter']

const disputed = (on: string): Parameters<Book['execute']>[1] => ({
  ...{ type: 'OpenDispute', on, dispute: 'x1', kind: 'billingError', lines: ['l1'], raisedBy: 'patient' },
  ...{ channel: 'phone', written: false, says: 'this was not done' },
})

const owing = async (book: Book): Promise<string> => {
  const account = await accountOf(book, 1, 'Jo Roe', '2026-05-01')
  await does(book, account, charge('2026-05-04', 'l1', 40_000))
  return account
}

const write = async (book: Book, account: string, letter: Letter): Promise<StatementReply> => {
  const made = await does(book, account, { type: 'IssueLetter', on, letter })
  return await book.statement({ account, document: made.ids.document ?? '' })
}

const letters: Readonly<Record<string, (book: Book, account: string) => Promise<Letter>>> = {
  firstNotice: async () => ({ about: 'firstNotice' }),
  disputeDecided: async (book, account) => {
    await does(book, account, disputed('2026-05-20'))
    const explanation = 'The chart has the visit of 05/04/2026, and $400.00 is our price for it.'
    await does(book, account, { type: 'ResolveDispute', on, dispute: 'x1', outcome: 'rejected', explanation })
    return { about: 'disputeDecided', dispute: 'x1' }
  },
  planDeferred: async (book, account) => {
    await does(book, account, {
      ...{ type: 'ProposePlan', on: '2026-05-05', plan: 'p1', divide: { instalments: 4 }, firstDue: '2026-06-05' },
      ...{ writtenAgreement: false, household: { monthlyIncome: 1_000_000 } },
    })
    await does(book, account, { type: 'AcceptPlan', on: '2026-05-05', plan: 'p1' })
    await does(book, account, { type: 'DeferPlan', on, plan: 'p1', months: 1, hardship: true, reason: 'out of work' })
    return { about: 'planDeferred', plan: 'p1' }
  },
}

describe('letters beside the ladder', () => {
  it.each(Object.entries(letters))(
    '%s prints again to the same bytes, and axe finds nothing against it',
    async (name, make) => {
      await using book = await lakesideBook(on)
      const account = await owing(book)
      const reply = await write(book, account, await make(book, account))
      expect(reply.asPrinted).toBe(true)
      await expect(reply.text).toMatchFileSnapshot(`letters/${name}.txt`)
      await expect(reply.html).toMatchFileSnapshot(`letters/${name}.html`)
      const { JSDOM } = await import('jsdom')
      const { window } = new JSDOM(reply.html, { runScripts: 'outside-only' })
      window.eval(axe.source)
      const found = await (Reflect.get(window, 'axe') as typeof axe).run(window.document, {
        rules: { 'color-contrast': { enabled: false } },
      })
      expect(found.violations.map(({ id }) => id)).toEqual([])
    },
  )

  it('a complaint is answered on the person when its letter goes out; help in their language stands on it', async () => {
    await using book = await lakesideBook(on)
    const account = await owing(book)
    const person = uuid(101)
    await book.executeOnPerson(person, { type: 'NoteLanguage', on: '2026-05-02', language: 'es' })
    const complaint = { type: 'RecordComplaint', on: '2026-05-28', complaint: 'c1', topic: 'staff' } as const
    expect(await book.executeOnPerson(person, { ...complaint, about: 'nobody called back' })).toMatchObject({
      ok: true,
    })
    const about = { about: 'complaint', complaint: 'c1', answer: 'We are sorry: somebody calls you today.' } as const
    const reply = await write(book, account, about)
    expect(reply.html).toContain('lang="es"')
    const sent = { type: 'RecordDelivery', on, document: reply.document ?? '', stage: 'sent' } as const
    await does(book, account, sent)
    const answered = (await book.history(person)).events.map(({ type }) => type)
    expect(answered).toContain('ComplaintAnswered')
    expect(await book.execute(account, { type: 'IssueLetter', on, letter: about })).toMatchObject({ ok: false })
    expect((await book.check()).findings).toEqual([])
  })

  it('goes where everything goes, with initials, and waits where nobody may be written to', async () => {
    await using book = await lakesideBook(on)
    const account = await owing(book)
    const person = uuid(101)
    const box = { type: 'RecordDatum', on: '2026-05-01', datum: 'box', kind: 'address', place: 'other' } as const
    await book.executeOnPerson(person, { ...box, value: 'PO Box 7, Duluth, MN 55801', state: 'MN', source: 'person' })
    await book.executeOnPerson(person, { type: 'SetConfidentialChannel', on: '2026-05-01', datum: 'box' })
    expect((await write(book, account, { about: 'firstNotice' })).content).toMatchObject({ to: { datumId: 'box' } })
    await does(book, account, disputed('2026-05-20'))
    await book.executeOnPerson(person, { type: 'RecordAttorney', on: '2026-05-30', name: 'A. Law' })
    const letter = { about: 'disputeAcknowledged', dispute: 'x1' } as const
    expect(await book.execute(account, { type: 'IssueLetter', on, letter })).toMatchObject({
      ok: false,
      hits: [{ rule: 'CT-05' }, { rule: 'PR-03' }],
    })
  })

  it('on the command line, with every reason against it', async () => {
    const folder = testFolder()
    const line = commandLineIn(folder)
    {
      await using book = await lakesideBook(on, `sqlite:${folder}/letters.db`)
      const account = await owing(book)
      await does(book, account, disputed('2026-05-20'))
    }
    const db = ['--db', 'sqlite:letters.db', '--clock-is-right']
    const made = await line('letter', uuid(1), 'disputeAcknowledged', 'x1', ...db)
    expect([made.status, made.stdout]).toEqual([0, expect.stringContaining('WE LOOK INTO WHAT YOU HAVE TOLD US')])
    const refused = await line('letter', uuid(1), 'disputeDecided', 'x1', ...db)
    expect([refused.status, refused.stdout]).toEqual([1, expect.stringContaining('dispute x1 is not decided')])
    expect((await line('letter', uuid(1), 'sorry', ...db)).status).toBe(2)
  })
})
