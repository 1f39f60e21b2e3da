import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Book } from '../src/index.ts'
import { openTestBook, testFolder, uuid } from './support/folder.ts'
import { accountOf, charge, does, lakesideBook } from './support/letters.ts'

const folder = testFolder()
const on = '2026-06-01'

const owing = async (book: Book, n = 1): Promise<string> => {
  const account = await accountOf(book, n, 'Jo Roe', on)
  await does(book, account, charge(on, `l${n}`, 40_000))
  return account
}
const rulesOf = (answer: { readonly hits?: readonly { readonly rule: string }[] }) =>
  answer.hits?.map(({ rule }) => rule)

describe('statements, through the front door', () => {
  it('what would be sent is shown with every reason against it, and nothing is written', async () => {
    await using book = await lakesideBook(on)
    const account = await owing(book)
    const events = (await book.history(account)).events.length
    const draft = await book.statement({ account })
    expect(draft).toMatchObject({
      allowed: true,
      hits: [],
      content: { kind: 'statement', level: 1, amountDue: 40_000 },
    })
    expect(draft.text).toContain('12 Oak Avenue, Duluth, MN 55804')
    expect((await book.history(account)).events).toHaveLength(events)
  })

  it('K6 is printed again to the same bytes, whatever has happened since', { tags: ['K6'] }, async () => {
    await using book = await lakesideBook(on)
    const account = await owing(book)
    const { ids } = await does(book, account, { type: 'IssueStatement', on })
    const document = ids.document ?? ''
    const first = await book.statement({ account, document })
    await does(book, account, { type: 'PostPayment', on, payment: 'p1', amount: 1_000, tender: 'cash' })
    await does(book, account, { type: 'ConfirmGuarantor', on, name: 'Jo Moe', state: 'WI', reason: 'married' })
    expect(await book.statement({ account })).toMatchObject({
      allowed: false,
      earliest: '2026-07-01',
      dueOn: '2026-07-01',
    })
    const again = await book.statement({ account, document: 'last' })
    expect(again).toMatchObject({ document, asPrinted: true, deliveries: [] })
    expect([again.text, again.html]).toEqual([first.text, first.html])
    await expect(book.statement({ account, document: 'd9' })).rejects.toMatchObject({ _tag: 'NotFound' })
  })

  it('45 CFR 164.522(b): goes to the confidential place alone, and names patients by their initials', async () => {
    await using book = await lakesideBook(on)
    const account = await owing(book)
    const person = uuid(101)
    const work = { type: 'RecordDatum', on, datum: 'work', kind: 'address', value: 'PO Box 7, Duluth, MN' } as const
    await book.executeOnPerson(person, { ...work, state: 'MN', place: 'other', source: 'person' })
    await book.executeOnPerson(person, { type: 'SetConfidentialChannel', on, datum: 'work' })
    const draft = await book.statement({ account })
    expect(draft.allowed).toBe(true)
    expect(draft.content.to).toMatchObject({ datumId: 'work', address: 'PO Box 7, Duluth, MN' })
    expect(draft.content).toMatchObject({ patients: [{ name: 'J. R.' }] })
  })

  it('nobody is written to who is not named, who asked for no contact, or whom an attorney represents', async () => {
    await using book = await lakesideBook(on)
    const account = uuid(7)
    await book.open({ account, on, guarantor: { name: 'Al Poe', state: 'MN', standing: 'confirmed' } })
    await does(book, account, charge(on, 'l7', 40_000))
    expect(rulesOf(await book.statement({ account }))).toEqual(['statements.nobody'])
    const other = await owing(book)
    await book.executeOnPerson(uuid(101), { type: 'RecordCease', on, written: true })
    expect(rulesOf(await book.statement({ account: other }))).toEqual(['CT-04'])
    expect(await book.execute(other, { type: 'IssueStatement', on })).toMatchObject({
      ok: false,
      hits: [{ rule: 'CT-04' }],
    })
  })

  it('is a contact of the person when it was sent', async () => {
    await using book = await lakesideBook(on)
    const account = await owing(book)
    const { ids } = await does(book, account, { type: 'IssueStatement', on })
    const document = ids.document ?? ''
    const sent = { type: 'RecordDelivery', on, document, stage: 'sent', reference: 'job 7' } as const
    await does(book, account, sent)
    expect((await book.person(uuid(101))).contacts).toMatchObject([{ medium: 'mail', accountId: account }])
    expect(await book.statement({ account, document })).toMatchObject({
      deliveries: [{ stage: 'sent', on, reference: 'job 7' }],
    })
    expect((await book.check()).findings).toEqual([])
  })

  it('is on paper until e-mail was agreed to, and again once that was taken back', async () => {
    await using book = await lakesideBook(on)
    const account = await owing(book)
    const person = uuid(101)
    const mail = { type: 'RecordDatum', on, datum: 'mail', kind: 'email', value: 'jo@example.com' } as const
    await book.executeOnPerson(person, { ...mail, place: 'home', source: 'person' })
    const channel = async () => (await book.statement({ account })).content.to.channel
    expect(await channel()).toBe('mail')
    const consent = { on, channel: 'email', datum: 'mail', scope: 'billing' } as const
    await book.executeOnPerson(person, { type: 'GrantConsent', ...consent, source: 'form' })
    expect(await channel()).toBe('email')
    await book.executeOnPerson(person, { type: 'RevokeConsent', ...consent, means: 'written' })
    expect(await channel()).toBe('mail')
  })

  it('F11 is sent to nobody on paper, who has agreed to e-mail, because it is early in the morning', async () => {
    let clock = `${on}T18:00:00.000Z`
    await using book = await lakesideBook(on, 'memory:', { clock: () => new Date(clock) })
    const account = await owing(book)
    const person = uuid(101)
    const mail = { type: 'RecordDatum', on, datum: 'mail', kind: 'email', value: 'jo@example.com' } as const
    await book.executeOnPerson(person, { ...mail, place: 'home', source: 'person' })
    const consent = { on, channel: 'email', datum: 'mail', scope: 'billing', source: 'form' } as const
    await book.executeOnPerson(person, { type: 'GrantConsent', ...consent })
    clock = '2026-06-02T11:30:00.000Z'
    const early = await book.day()
    expect(early.steps).toMatchObject([
      { account, outcome: 'waits', hits: [{ rule: 'CT-03' }, { rule: 'CT-03.policy' }] },
    ])
    expect(early.steps[0]?.hits?.[0]?.earliest).toBe('2026-06-02T13:00:00.000Z')
    clock = '2026-06-02T13:00:00.000Z'
    const { steps } = await book.day()
    expect(steps).toMatchObject([{ account, outcome: 'done' }])
    expect((await book.statement({ account })).content.to.channel).toBe('email')
  })

  it('F11 stays on paper where only another address was agreed to, or the consent was to something else', async () => {
    await using book = await lakesideBook(on)
    const account = await owing(book)
    const person = uuid(101)
    const mail = { type: 'RecordDatum', on, kind: 'email', place: 'home', source: 'person' } as const
    await book.executeOnPerson(person, { ...mail, datum: 'used', value: 'jo@example.com' })
    await book.executeOnPerson(person, { ...mail, datum: 'agreed', value: 'roe@example.com', source: 'registration' })
    const channel = async () => (await book.statement({ account })).content.to
    const consent = { on, channel: 'email', datum: 'agreed', source: 'form' } as const
    await book.executeOnPerson(person, { type: 'GrantConsent', ...consent, scope: 'clinical' })
    expect(await channel()).toMatchObject({ channel: 'mail', datumId: 'home' })
    await book.executeOnPerson(person, { type: 'GrantConsent', ...consent, scope: 'billing' })
    expect(await channel()).toMatchObject({ channel: 'email', datumId: 'agreed' })
    const { source: _, ...revoked } = consent
    await book.executeOnPerson(person, { type: 'RevokeConsent', ...revoked, scope: 'billing', means: 'written' })
    expect(await channel()).toMatchObject({ channel: 'mail', datumId: 'home' })
  })

  it('a document goes by e-mail only where that was agreed to: to have written from there once is no consent', async () => {
    await using book = await lakesideBook(on)
    const account = await owing(book)
    const person = uuid(101)
    const mail = { type: 'RecordDatum', on, datum: 'mail', kind: 'email', value: 'jo@example.com' } as const
    await book.executeOnPerson(person, { ...mail, place: 'home', source: 'person' })
    // May be written to there, for they have used it; a receipt says more than a reminder does.
    expect(await book.may({ account, by: 'email', purpose: 'answer' })).toMatchObject({ allowed: true })
    await does(book, account, { type: 'PostPayment', on, payment: 'p1', amount: 1_000, tender: 'check' })
    const receipt = { type: 'IssueReceipt', on, payment: 'p1', by: 'email' } as const
    const refused = await book.execute(account, receipt)
    expect(refused.ok ? [] : refused.hits.map(({ rule }) => rule)).toContain('statements.emailConsent')
    // Agreed to for something else: bills stay on paper.
    const consent = { type: 'GrantConsent', on, channel: 'email', datum: 'mail', source: 'form' } as const
    await book.executeOnPerson(person, { ...consent, scope: 'marketing' })
    expect((await book.statement({ account })).content.to.channel).toBe('mail')
    expect((await book.execute(account, receipt)).ok).toBe(false)
    await book.executeOnPerson(person, { ...consent, scope: 'billing' })
    expect((await book.statement({ account })).content.to.channel).toBe('email')
    await does(book, account, receipt)
  })

  it('VU-02 who needs another language is known before anything is sent to them: a warning, and nothing is kept back', async () => {
    await using book = await lakesideBook(on)
    const account = await owing(book)
    const warned = async () => (await book.statement({ account })).warnings?.map(({ rule }) => rule) ?? []
    expect(await warned()).not.toContain('VU-02')
    await book.executeOnPerson(uuid(101), { type: 'NoteLanguage', on, language: 'es' })
    expect(await warned()).toContain('VU-02')
    const sent = await does(book, account, { type: 'IssueStatement', on })
    expect(sent.warnings).toMatchObject([{ rule: 'VU-02', citation: expect.stringContaining('1557') }])
  })

  it('F32 mail that came back is said of the address: nothing goes there, about no account, until it is corrected', async () => {
    await using book = await lakesideBook(on)
    const account = await owing(book)
    const { ids } = await does(book, account, { type: 'IssueStatement', on })
    const document = ids.document ?? ''
    await does(book, account, { type: 'RecordDelivery', on, document, stage: 'sent' })
    await does(book, account, { type: 'RecordDelivery', on, document, stage: 'returned', reason: 'moved' })
    expect((await book.person(uuid(101))).data).toMatchObject([{ datum: 'home', returnedOn: on }])
    expect(rulesOf(await book.statement({ account }))).toEqual(
      expect.arrayContaining(['ST-01.returned', 'contact.nothingOnFile']),
    )
    const home = {
      type: 'RecordDatum',
      on,
      datum: 'new',
      kind: 'address',
      value: '9 Elm Street, Duluth, MN 55804',
    } as const
    await book.executeOnPerson(uuid(101), { ...home, state: 'MN', place: 'home', source: 'person' })
    await does(book, account, { type: 'RecordDelivery', on, document, stage: 'corrected' })
    await does(book, account, { type: 'RecordDelivery', on, document, stage: 'sent' })
    expect((await book.person(uuid(101))).contacts).toHaveLength(2)
    expect((await book.statement({ account })).content.to).toMatchObject({ datumId: 'new' })
  })

  it('is in the file for whoever mails it until it was sent; what a name holds is no formula and breaks no record', async () => {
    await using book = await lakesideBook(on)
    const account = await owing(book)
    await does(book, account, { type: 'ConfirmGuarantor', on, name: '=Roe, "Jo"', state: 'MN', reason: 'as signed' })
    const { ids } = await does(book, account, { type: 'IssueStatement', on })
    const document = ids.document ?? ''
    const { documents, csv } = await book.statementFile()
    expect(documents).toEqual([{ account, document }])
    expect(csv).toContain(`\r\n1,${document},${account},statement,1,1,${on},2026-06-22,mail,"'=Roe, ""Jo""",`)
    expect(csv.endsWith('"\r\n')).toBe(true)
    await does(book, account, { type: 'RecordDelivery', on, document, stage: 'sent' })
    expect((await book.statementFile({ account })).documents).toEqual([])
  })

  it('a practice that has not said who it is sends nothing', async () => {
    await using book = await openTestBook('memory:', { clock: () => new Date(`${on}T18:00:00.000Z`) })
    const account = await owing(book)
    expect(rulesOf(await book.statement({ account }))).toEqual(['ST-01.profile'])
    expect(await book.day()).toMatchObject({ statements: 0, noStatements: expect.stringContaining('who it is') })
  })
})

/** Ids that come from commands without one of their own, and what is keyed by the secret of a book. */
const withoutIds = (name: string, value: unknown): unknown =>
  ['layers', 'opens', 'effects', 'patientId', 'target', 'other'].includes(name) && typeof value !== 'number'
    ? undefined
    : value

describe('the run of a day', () => {
  const run = async (url: string, broken: boolean): Promise<readonly string[]> => {
    {
      await using book = await lakesideBook(on, url)
      for (const n of [1, 2, 3]) await owing(book, n)
    }
    for (const day of ['2026-06-01', '2026-06-02', '2026-07-01', '2026-07-31']) {
      await using book = await lakesideBook(day, url)
      if (broken) {
        let left = 2
        const stop = () => {
          left -= 1
          if (left === 0) throw new Error('the machine is gone')
        }
        await book.day({ onProgress: stop }).catch(() => undefined)
      }
      await book.day()
      await book.day()
    }
    await using book = await lakesideBook('2026-07-31', url)
    const all: string[] = []
    for await (const { type, event } of book.events()) {
      all.push(`${type} ${event.effectiveDate} ${JSON.stringify(event, withoutIds)}`)
    }
    expect((await book.check()).findings).toEqual([])
    return all
  }

  it('F11 sends what is due to whom it is due, once, however often it is run and wherever it broke off', async () => {
    const whole = await run(`sqlite:${join(folder, 'whole.db')}`, false)
    const sent = whole
      .filter((event) => /^(Statement|Letter)Issued/.test(event))
      .map((event) => event.split(' ', 2).join(' '))
    const thrice = (each: string) => [each, each, each]
    expect(sent).toEqual([
      ...thrice('StatementIssued 2026-06-01'),
      ...thrice('StatementIssued 2026-07-01'),
      ...thrice('LetterIssued 2026-07-31'),
    ])
    expect(await run(`sqlite:${join(folder, 'broken.db')}`, true)).toEqual(whole)
  })

  it('K6 a statement that is too large for one event is kept in parts, sent, and printed again to the same bytes', {
    tags: ['K6'],
  }, async () => {
    await using book = await lakesideBook(on)
    const large = await accountOf(book, 1, 'Jo Roe', on)
    const code = 'A'.repeat(48)
    for (let line = 0; line < 3_400; line += 1) await book.execute(large, charge(on, `l${line}-1`, 100, { code }))
    const other = await owing(book, 2)
    const { steps } = await book.day()
    expect(
      steps
        .filter(({ statement }) => statement)
        .map(({ account, outcome, events }) => [account, outcome, events.at(-1)]),
    ).toEqual([
      [large, 'done', 'StatementIssued'],
      [other, 'done', 'StatementIssued'],
    ])
    expect(steps[0]?.events.filter((type) => type === 'DocumentPartKept').length).toBeGreaterThan(5)
    const last = await book.statement({ account: large, document: 'last' })
    expect(last).toMatchObject({ asPrinted: true, content: { balance: 340_000, amountDue: 340_000 } })
    expect('lines' in last.content ? last.content.lines : []).toHaveLength(3_400)
    const file = await book.statementFile({ account: large })
    expect(file.documents).toEqual([{ account: large, document: last.document }])
    const sent = { type: 'RecordDelivery', on, document: last.document ?? '', stage: 'sent' } as const
    expect(await book.execute(large, sent)).toMatchObject({ ok: true })
    // What was told is told once: nothing of it is pending any more.
    const more = { type: 'RequestItemisation', on, itemisation: 'i1', channel: 'phone' } as const
    expect(await book.execute(large, more)).toMatchObject({ ok: true })
    const bill = await book.execute(large, { type: 'IssueItemisation', on, itemisation: 'i1', by: 'mail' })
    const document = bill.ok && 'ids' in bill ? bill.ids.document : undefined
    expect(await book.statement({ account: large, document: document ?? '' })).toMatchObject({ asPrinted: true })
    expect((await book.check()).findings).toEqual([])
  })

  it('says what waits, and why', async () => {
    await using book = await lakesideBook(on)
    await owing(book)
    await book.executeOnPerson(uuid(101), { type: 'RecordCease', on, written: true })
    expect(await book.day({ dryRun: true })).toMatchObject({
      statements: 1,
      steps: [{ account: uuid(1), statement: true, outcome: 'waits', hits: [{ rule: 'CT-04' }] }],
    })
  })
})
