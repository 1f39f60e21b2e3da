import { describe, expect, it } from 'vitest'
import type { DisputeSummary, InquirySummary, PersonBehind, PromiseSummary } from '../src/index.ts'
import { openTestBook } from './support/folder.ts'

const account = '0197ab12-0000-7000-8000-0000000000a1'
const on = '2026-11-20'

describe('facade-2 ids that the library makes come back in the receipt', () => {
  it('facade-2 of what people say: promises, disputes, inquiries, notes with their addenda and documents', async () => {
    await using book = await openTestBook('memory:')
    await book.open({ account, on: '2026-10-01', guarantor: { name: 'Jo Roe' } })
    const charge = {
      type: 'PostCharge',
      on: '2026-10-01',
      visit: 'v1',
      line: 'l1',
      code: '99213',
      amount: 12_500,
    } as const
    await book.execute(account, charge)
    const idsOf = async (command: Parameters<typeof book.execute>[1]) => {
      const answer = await book.execute(account, command)
      return answer.ok && !answer.nothingToDo ? answer.ids : answer
    }
    const some = expect.stringMatching(/.{8}/)
    const pays = { amount: 1_000, due: '2026-11-30' }
    expect(await idsOf({ type: 'RecordPromise', on, pays, madeBy: 'guarantor', channel: 'phone' })).toEqual({
      promise: some,
    })
    const says = { channel: 'phone', says: 'what is this?' } as const
    const inquiry = { type: 'RecordInquiry', on, topic: 'balance', by: 'guarantor', ...says } as const
    expect(await idsOf(inquiry)).toEqual({ inquiry: some })
    const dispute = {
      type: 'OpenDispute',
      on,
      kind: 'quality',
      raisedBy: 'patient',
      written: false,
    } as const
    expect(await idsOf({ ...dispute, ...says, lines: ['l1'] })).toEqual({ dispute: some })
    const note = await idsOf({ type: 'AddNote', on, summary: 'called' })
    expect(note).toEqual({ note: some })
    const { note: of } = note as { note: string }
    expect(await idsOf({ type: 'AmendNote', on, note: of, summary: 'and called again' })).toEqual({ addendum: some })
    const document = { sha256: 'a'.repeat(64), bytes: 10, mediaType: 'application/pdf', place: 'archive/1' }
    expect(await idsOf({ type: 'AttachDocument', on, note: of, ...document })).toEqual({ attachment: some })
  })
  it('facade-4 and what the account’s page says of them has types that can be named', async () => {
    await using book = await openTestBook('memory:')
    await book.open({ account, on: '2026-10-01', guarantor: { name: 'Jo Roe' } })
    const page = await book.account(account)
    if (page.beforeTheBooks) throw new Error('the account is open')
    interface Said {
      readonly promises: readonly PromiseSummary[] | undefined
      readonly disputes: readonly DisputeSummary[] | undefined
      readonly inquiries: readonly InquirySummary[] | undefined
      readonly persons: readonly PersonBehind[] | undefined
    }
    const { promises, disputes, inquiries, persons }: Said = page
    expect([promises, disputes, inquiries, persons]).toEqual([undefined, undefined, undefined, undefined])
  })
})
