import { describe, expect, it } from 'vitest'
import type { Book } from '../src/index.ts'
import { uuid } from './support/folder.ts'
import { accountOf, charge, does, lakesideBook } from './support/letters.ts'

// How a document goes out: on paper, by e-mail, on the portal, into somebody's hand; and what becomes of it on its way.

const on = '2026-06-01'
const person = uuid(101)
const owing = async (book: Book): Promise<string> => {
  const account = await accountOf(book, 1, 'Jo Roe', '2026-05-01')
  await does(book, account, charge('2026-05-04', 'l1', 40_000))
  return account
}
const mail = { type: 'RecordDatum', on, datum: 'mail', kind: 'email', value: 'jo@example.com' } as const
const consent = { on, datum: 'mail', scope: 'billing' } as const
const portal = { type: 'GrantConsent', ...consent, channel: 'portal', source: 'form' } as const
const reachedBy = async (book: Book) => {
  await book.executeOnPerson(person, { ...mail, place: 'home', source: 'person' })
}
const to = async (book: Book, account: string) => (await book.statement({ account })).content.to
const issued = async (book: Book, account: string): Promise<string> =>
  (await does(book, account, { type: 'IssueStatement', on })).ids.document ?? ''
const stages = async (book: Book, account: string, document: string) =>
  (await book.statement({ account, document })).deliveries?.map(({ stage }) => stage)
const queued = async (book: Book, queue: string) => (await book.worklist({ queue })).items.map(({ subject }) => subject)

describe('a document on its way', () => {
  it('F11 is on the portal where that was agreed to, before e-mail and paper; taken back, it is not', async () => {
    await using book = await lakesideBook(on)
    const account = await owing(book)
    await reachedBy(book)
    expect(await to(book, account)).toMatchObject({ channel: 'mail' })
    await book.executeOnPerson(person, portal)
    expect(await to(book, account)).toMatchObject({ channel: 'portal', datumId: 'mail', address: 'jo@example.com' })
    await book.executeOnPerson(person, { type: 'RevokeConsent', ...consent, channel: 'portal', means: 'written' })
    expect(await to(book, account)).toMatchObject({ channel: 'mail', datumId: 'home' })
    await book.executeOnPerson(person, { type: 'GrantConsent', ...consent, channel: 'email', source: 'form' })
    expect(await to(book, account)).toMatchObject({ channel: 'email' })
    // Who wants paper instead of the portal has taken back no consent to anything else (CT-07).
    expect((await book.may({ account, by: 'email' })).allowed).toBe(true)
  })

  it('the notice of what is on the portal is a contact by e-mail; bounced, the address is found first', async () => {
    await using book = await lakesideBook(on)
    const account = await owing(book)
    await reachedBy(book)
    await book.executeOnPerson(person, portal)
    const document = await issued(book, account)
    expect(await queued(book, 'statementFollowUp:unsent')).toEqual([document])
    for (const stage of ['made', 'sent'] as const) {
      await does(book, account, { type: 'RecordDelivery', on, document, stage })
    }
    const told = (await book.history(person)).events.filter(({ type }) => type === 'MessageSent')
    expect(told.map(({ what }) => what)).toEqual([expect.stringContaining('Sent by email')])
    await does(book, account, { type: 'RecordDelivery', on, document, stage: 'bounced', reason: 'no such box' })
    expect(await queued(book, 'statementFollowUp:returned')).toEqual([document])
    await does(book, account, { type: 'RecordDelivery', on, document, stage: 'corrected' })
    expect(await queued(book, 'statementFollowUp:unsent')).toEqual([document])
    expect(await stages(book, account, document)).toEqual(['made', 'sent', 'bounced', 'corrected'])
    expect((await book.check()).findings).toEqual([])
  })

  it('PR-03 a confidential channel wins: nothing is on the portal, whatever was agreed to', async () => {
    await using book = await lakesideBook(on)
    const account = await owing(book)
    await reachedBy(book)
    await book.executeOnPerson(person, portal)
    await book.executeOnPerson(person, { type: 'SetConfidentialChannel', on, datum: 'home' })
    expect(await to(book, account)).toMatchObject({ channel: 'mail', datumId: 'home' })
    await does(book, account, { type: 'PostPayment', on, payment: 'p1', amount: 1_000, tender: 'check' })
    const receipt = { type: 'IssueReceipt', on, payment: 'p1', by: 'portal' } as const
    const refused = await book.execute(account, receipt)
    expect(refused.ok ? [] : refused.hits.map(({ rule }) => rule)).toEqual(['statements.confidential'])
    await book.executeOnPerson(person, { type: 'SetConfidentialChannel', on, datum: 'mail' })
    expect(await to(book, account)).toMatchObject({ channel: 'email', datumId: 'mail' })
  })

  it('nothing is on the portal that nobody agreed to, when it is asked for by name', async () => {
    await using book = await lakesideBook(on)
    const account = await owing(book)
    await reachedBy(book)
    await does(book, account, { type: 'PostPayment', on, payment: 'p1', amount: 1_000, tender: 'check' })
    const receipt = { type: 'IssueReceipt', on, payment: 'p1', by: 'portal' } as const
    const refused = await book.execute(account, receipt)
    expect(refused.ok ? [] : refused.hits.map(({ rule }) => rule)).toContain('statements.portalConsent')
    await book.executeOnPerson(person, portal)
    expect((await does(book, account, receipt)).events).toEqual(['ReceiptIssued'])
  })

  it('what was to be mailed may be printed at the desk and given into their hand: it has arrived, and no mail was sent', async () => {
    await using book = await lakesideBook(on)
    const account = await owing(book)
    const document = await issued(book, account)
    const handed = { type: 'RecordDelivery', on, document, by: 'inPerson' } as const
    const wrong = await book.execute(account, { ...handed, stage: 'sent' })
    expect(wrong.ok ? [] : wrong.hits.map(({ rule }) => rule)).toEqual(['statements.handed'])
    await does(book, account, { ...handed, stage: 'delivered' })
    expect(await queued(book, 'statementFollowUp:unsent')).toEqual([])
    expect((await book.history(person)).events.map(({ type }) => type)).not.toContain('MessageSent')
    const again = await book.execute(account, { ...handed, stage: 'delivered' })
    expect(again.ok ? [] : again.hits.map(({ rule }) => rule)).toEqual(['statements.stage'])
  })

  it('F08 a letter that came back and is handed over counts as said then', async () => {
    await using book = await lakesideBook(on)
    const account = await owing(book)
    await does(book, account, {
      ...{ type: 'OpenDispute', on, dispute: 'x1', kind: 'billingError', lines: ['l1'], raisedBy: 'patient' },
      ...{ channel: 'phone', written: false, says: 'this was not done' },
    })
    const letter = { about: 'disputeAcknowledged', dispute: 'x1' } as const
    const document = (await does(book, account, { type: 'IssueLetter', on, letter })).ids.document ?? ''
    const handed = { type: 'RecordDelivery', on, document, stage: 'delivered', by: 'inPerson' } as const
    expect((await does(book, account, handed)).events).toEqual(['DeliveryRecorded', 'DisputeAcknowledged'])
  })

  it('a complaint is answered when the letter is handed over that was to be mailed, and no mail was sent', async () => {
    await using book = await lakesideBook(on)
    const account = await owing(book)
    const complaint = { type: 'RecordComplaint', on, complaint: 'c1', topic: 'staff', about: 'nobody called' } as const
    await book.executeOnPerson(person, complaint)
    const letter = { about: 'complaint', complaint: 'c1', answer: 'We are sorry: somebody calls you today.' } as const
    const document = (await does(book, account, { type: 'IssueLetter', on, letter })).ids.document ?? ''
    await does(book, account, { type: 'RecordDelivery', on, document, stage: 'delivered', by: 'inPerson' })
    const told = (await book.history(person)).events.map(({ type }) => type)
    expect(told).toContain('ComplaintAnswered')
    expect(told).not.toContain('MessageSent')
    expect(await queued(book, 'complaints')).toEqual([])
  })
})
