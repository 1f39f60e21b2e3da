import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Book, presets } from '../../src/index.ts'
import { openTestBook, testFolder, uuid, write } from '../support/folder.ts'
import { remittanceText } from '../support/remittance-text.ts'

// For whom something is done, and of what that is not there: the same of every call.

const folder = testFolder()
const ben = { id: 'ben', roles: ['director'], onBehalfOf: 'anna' } as const
const refused = { ok: false, hits: [{ rule: 'delegation.none' }] }
const day = '2026-11-20'

const withHeld = async (): Promise<{ readonly book: Book; readonly remittance: string }> => {
  const book = await openTestBook()
  await book.open({ account: uuid(1), guarantor: { name: 'Jo Roe' }, on: day })
  await book.openPerson({ person: uuid(2), name: 'Jo Roe', account: uuid(1), on: day })
  const { transactions } = await book.importFile(write(folder, 'held.835', remittanceText()))
  return { book, remittance: transactions[0]?.remittance ?? '' }
}

describe('facade-30 what is done for another', () => {
  it('facade-30 is refused without a delegation, whatever it is, and nothing is written', async () => {
    const { book, remittance } = await withHeld()
    const line = { type: 'RecordDeposit', on: day, reference: 'slip 1', amount: 4_000, parts: [] as never[] } as const
    const asked: Readonly<Record<string, () => Promise<unknown>>> = {
      open: () => book.open({ account: uuid(3), guarantor: { name: 'Al Poe' }, actor: ben }),
      execute: () => book.execute(uuid(1), { type: 'AddNote', on: day, summary: 'called' }, { actor: ben }),
      openPerson: () => book.openPerson({ name: 'Al Poe', actor: ben }),
      executeOnPerson: () =>
        book.executeOnPerson(uuid(2), { type: 'NoteLanguage', on: day, language: 'es' }, { actor: ben }),
      deposit: () => book.deposit(line, { actor: ben }),
      release: () => book.release(remittance, { reason: 'looked at', claim: 1, openMissing: true, actor: ben }),
      reject: () => book.reject(remittance, { reason: 'not ours', claim: 1, account: 'refundsPayable', actor: ben }),
      refund: () => book.refund(remittance, { reason: 'theirs', method: 'check', actor: ben }),
      publishPolicy: () => book.publishPolicy(presets.physicianPracticeMN, { reason: 'again', actor: ben }),
      delegate: () => book.delegate({ from: 'anna', to: 'carl', until: '2026-12-31', reason: 'away', actor: ben }),
    }
    const head = async () => (await book.aging()).knownAtPosition
    const before = await head()
    const answers: Record<string, unknown> = {}
    for (const [name, ask] of Object.entries(asked)) answers[name] = await ask().catch((error: unknown) => error)
    for (const [name, answer] of Object.entries(answers)) expect(answer, name).toMatchObject(refused)
    expect(await head()).toBe(before)
    await book.close()
  })

  it('facade-30 a line of the bank that is recorded for another names both', async () => {
    await using book = await openTestBook()
    await book.delegate({ from: 'anna', to: 'ben', until: '2026-12-31', reason: 'away', actor: { id: 'anna' } })
    const line = { type: 'RecordDeposit', on: day, reference: 'slip 1', amount: 4_000, parts: [] as never[] } as const
    const receipt = await book.deposit(line, { actor: ben })
    const id = receipt.ok ? receipt.deposit : ''
    expect((await book.history(id)).events).toMatchObject([{ actor: 'ben', why: { onBehalfOf: 'anna' } }])
  })
})

describe('facade-30 a claim of one of our own files', () => {
  it('facade-30 is not dismissed for another without a delegation, by whichever name the book was opened', async () => {
    const acting = { id: 'ben', onBehalfOf: 'anna' } as const
    await using book = await openTestBook('memory:')
    const text = readFileSync(join(import.meta.dirname, 'edi/R3d-no-open-missing-first-only-1.edi'), 'utf8')
    await book.importContent(text)
    await book.importContent(text.replaceAll('*100', '*120'))
    const [item] = (await book.worklist({ queue: 'heldClaims' })).items
    const dismissal = { claim: 1, reason: 'sent in error', actor: acting }
    expect(await book.dismiss(item?.submission ?? '', dismissal)).toMatchObject(refused)
    await book.delegate({ from: 'anna', to: 'ben', until: '2026-12-31', reason: 'away', actor: { id: 'anna' } })
    expect(await book.dismiss(item?.submission ?? '', dismissal)).toMatchObject({ ok: true })
  })
})

describe('facade-31 an opening that is refused', () => {
  it('facade-31 says why: no account is looked for that was to be opened', async () => {
    await using book = await openTestBook()
    const unborn = await book.open({ account: uuid(1), guarantor: { name: 'Jo Roe', born: '2050-01-01' } })
    expect(unborn).toMatchObject({ ok: false, account: uuid(1) })
    if (!unborn.ok) expect(unborn.hits[0]?.reason).toMatch(/^the birth day of the guarantor lies after today/)
    const command = { type: 'OpenAccount', accountId: uuid(1), on: day, guarantor: { born: '2050-01-01' } } as const
    expect(await book.execute(uuid(1), command)).toMatchObject({ ok: false, hits: unborn.ok ? [] : unborn.hits })
    expect((await book.accounts()).items).toEqual([])
  })

  it('facade-31 lists of an account that nobody has opened are no empty lists', async () => {
    await using book = await openTestBook()
    const notFound = { _tag: 'NotFound', kind: 'account', id: uuid(9) }
    const asked = { account: uuid(9) }
    await expect(book.payments(asked)).rejects.toMatchObject(notFound)
    await expect(book.plans(asked)).rejects.toMatchObject(notFound)
    await expect(book.statementFile(asked)).rejects.toMatchObject(notFound)
    await expect(book.limited.payments(asked)).rejects.toMatchObject(notFound)
    await book.open({ account: uuid(9), guarantor: { name: 'Jo Roe' } })
    expect(await book.payments(asked)).toMatchObject({ items: [] })
  })
})
