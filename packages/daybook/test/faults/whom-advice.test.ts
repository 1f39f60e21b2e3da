import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { importLines } from '../../src/cli/text/import.ts'
import type { Book, ImportReport, TransactionReport } from '../../src/index.ts'
import { openTestBook, testFolder, write } from '../support/folder.ts'

// Faults of kind “whom, and what can not be” that an advice brings.

const folder = testFolder()
const fixture = (name: string): string => fileURLToPath(new URL(`edi/${name}.edi`, import.meta.url))
const textOf = (name: string): string => readFileSync(fixture(name), 'utf8')
const take = (book: Book, ...names: readonly string[]): Promise<ImportReport> =>
  book.importPaths(names.map(fixture), { openMissing: true })
const last = ({ files }: ImportReport): TransactionReport => {
  const transaction = files.at(-1)?.transactions.at(-1)
  if (!transaction) throw new Error('no transaction')
  return transaction
}
const findings = ({ findings: { kinds } }: TransactionReport): readonly string[] => kinds.map(({ message }) => message)
/** What is owed on an account, whoever owes it. */
const owedOn = async (book: Book, account: string | undefined): Promise<number> => {
  const summary = await book.account(account ?? '')
  if (summary.beforeTheBooks) throw new Error('no figures')
  return summary.balances.reduce((sum, { active, placed, credits }) => sum + active + placed + credits, 0)
}

it.each([
  ['a blank', (text: string) => text],
  ['several blanks and a tab', (text: string) => text.replaceAll(' ~', '  \t ~')],
  ['blanks before the line break that ends a segment', (text: string) => text.replaceAll('~', '')],
  ['a blank, all on one line', (text: string) => text.replaceAll('\n', '')],
  ['a blank before the terminator of ISA alone', (text: string) => text.replaceAll(' ~', '~').replace('~', ' ~')],
])('whom-9 %s before the terminator loses nothing: the file is read, with a finding', async (_, change) => {
  await using book = await openTestBook()
  const spaced = write(folder, 'spaced.835', change(textOf('enc-space-before-tilde')))
  const report = await book.importPaths([spaced], { openMissing: true })
  expect(last(report)).toMatchObject({ outcome: 'posted', claims: 1, paid: 12_000, paymentAmount: 12_000 })
  expect(report.files[0]?.problems.map(({ code }) => code)).toEqual(['irregularInterchangeHeader'])
  const plain = write(folder, 'plain.835', textOf('enc-space-before-tilde').replaceAll(' ~', '~'))
  expect(last(await book.importPaths([plain], { openMissing: true })).outcome).toBe('duplicate')
})

it('whom-6 a payment below zero is a finding: the payer should have carried the deficit forward (B7)', async () => {
  await using book = await openTestBook()
  const report = last(await take(book, 'bpr-negative'))
  expect(report.paymentAmount).toBe(-3_000)
  expect(findings(report).filter((message) => message.startsWith('B7'))).toEqual([
    'B7: the payment (BPR02) is below zero: −30.00; a deficit is carried forward by PLB FB, with a payment of 0.00',
  ])
})

it('whom-6 a payment of zero is no finding', async () => {
  await using book = await openTestBook()
  const text = textOf('bpr-negative')
    .replace('BPR*I*-30*C*ACH', 'BPR*I*0*C*NON')
    .replace('SE*20', 'PLB*1447700011*20251231*FB:CARRIED*-30~\nSE*21')
  const report = await book.importPaths([write(folder, 'carried.835', text)], { openMissing: true })
  expect(last(report)).toMatchObject({ outcome: 'partial', paymentAmount: 0 })
  expect(findings(last(report)).filter((message) => message.startsWith('B7'))).toEqual([])
})

it('whom-7 a payment that can not be read is named, where the advice is held since it does not add up', async () => {
  await using book = await openTestBook()
  const report = await take(book, 'amt-exp')
  expect(last(report)).toMatchObject({ outcome: 'held', reasons: ['outOfBalance'] })
  expect(last(report).differences).toEqual([
    { level: 'transaction', reference: 'transaction', rule: 'B6', amount: 12_000 },
    { level: 'claim', reference: 'PA1', rule: 'defect', amount: 0 },
  ])
  expect(findings(last(report))).toContain('segment 13: CLP04 “1.2E2” is not an amount of dollars and cents')
  expect(importLines(report).join('\n')).toContain('the payment of PA1 (CLP04) can not be read')
  const { items } = await book.worklist({ queue: 'heldRemittances' })
  expect(items.flatMap(({ reasons }) => reasons)).toContain('the payment of claim PA1 (CLP04) can not be read')
})

it('whom-7 a payment that can not be read is named, where the other claims add up to the payment', async () => {
  await using book = await openTestBook()
  const text = textOf('amt-exp').replace('BPR*I*120*', 'BPR*I*0*').replace('*ACH*', '*NON*')
  const report = await book.importPaths([write(folder, 'unreadable.835', text)], { openMissing: true })
  expect(last(report)).toMatchObject({ outcome: 'partial', heldClaims: 1 })
  expect(last(report).held.flatMap(({ reasons }) => reasons)).toContainEqual(
    expect.objectContaining({
      rule: 'defect',
      reason: 'segment 13: CLP04 “1.2E2” is not an amount of dollars and cents',
    }),
  )
})

it.each([
  ['another line paid: the reduction posts (clarification 15)', (text: string) => text, 0],
  [
    'no line paid: it is a denial',
    (text: string) =>
      text
        .replace('BPR*I*100*C*ACH', 'BPR*I*0*C*NON')
        .replace('AR8*1*300*100', 'AR8*1*300*0')
        .replace('*150*100**1', '*150*0**1')
        .replace('CAS*CO*45*50', 'CAS*CO*45*150'),
    30_000,
  ],
  [
    'on the claim as a whole',
    (text: string) =>
      text
        .replace('BPR*I*100*C*ACH', 'BPR*I*0*C*NON')
        .replace('AR8*1*300*100', 'AR8*1*300*0')
        .replace(/\nSVC[\s\S]*(?=\nSE)/, '')
        .replace('\nNM1*QC', '\nCAS*CO*45*300~\nNM1*QC')
        .replace('SE*19', 'SE*15'),
    30_000,
  ],
])('whom-8 CO-45 of the whole charge gives its finding, AR-08: %s', async (_, change, owed) => {
  await using book = await openTestBook()
  const path = write(folder, 'entire.835', change(textOf('ar08-co45-entire-charge')))
  const report = last(await book.importPaths([path], { openMissing: true }))
  expect(report.outcome).toBe('posted')
  expect(findings(report)).toContain('AR-08: CO-45 takes the entire charge')
  expect(await owedOn(book, report.accounts[0])).toBe(owed)
})

it('whom-8 CO-45 of a part of the charge gives no such finding', async () => {
  await using book = await openTestBook()
  const report = last(await take(book, 'enc-space-before-tilde'))
  expect(findings(report)).not.toContain('AR-08: CO-45 takes the entire charge')
})

it.each([
  ['under another number of the payer', (text: string) => text],
  ['under the same number of the payer', (text: string) => text.replace('IE2', 'IE')],
  ['as paid in an earlier payment (B13)', (text: string) => text.replace('OA*18', 'OA*B13')],
])('whom-10 a duplicate denial of a paid claim is recorded and moves nothing, %s', async (_, change) => {
  await using book = await openTestBook()
  const [account] = last(await take(book, 'paid-then-OA18-1')).accounts
  expect(await owedOn(book, account)).toBe(3_000)
  const path = write(folder, 'duplicate.835', change(textOf('paid-then-OA18-2')))
  const report = last(await book.importPaths([path], { openMissing: true }))
  expect(report).toMatchObject({ outcome: 'posted', heldClaims: 0 })
  expect(findings(report)).toContain(
    'a duplicate of the claim that this payer has decided as IE: nothing is denied anew',
  )
  expect(await owedOn(book, account)).toBe(3_000)
  expect(await book.account(account ?? '')).toMatchObject({ denials: [], standing: { phase: 'patientResponsibility' } })
  expect((await book.worklist()).items.filter(({ queue }) => /denial|unmatched/i.test(queue))).toEqual([])
  expect((await book.check()).findings).toEqual([])
})

it('whom-10 a duplicate denial that comes first is a denial until the decision comes', async () => {
  await using book = await openTestBook()
  const [account] = last(await take(book, 'paid-then-OA18-2')).accounts
  expect(await book.account(account ?? '')).toMatchObject({ denials: [{ amount: 20_000 }] })
  await take(book, 'paid-then-OA18-1')
  expect(await book.account(account ?? '')).toMatchObject({ denials: [] })
  expect(await owedOn(book, account)).toBe(3_000)
})

it('whom-10 the decision that the duplicate is of can still be reversed', async () => {
  await using book = await openTestBook()
  const [account] = last(await take(book, 'paid-then-OA18-1', 'paid-then-OA18-2')).accounts
  const reversal = textOf('paid-then-OA18-1')
    .replaceAll('TE1', 'TE3')
    .replace('BPR*I*120*', 'BPR*I*0*')
    .replace('CLP*PE*1*200*120*30*', 'CLP*PE*22*-200*-120**')
    .replace('*200*120**1', '*-200*-120**-1')
    .replace('CO*45*50', 'CO*45*-50')
    .replace('PR*2*30', 'PR*2*-30')
    .replace('SE*17', 'PLB*1447700011*20251231*WO:IE*-120~\nSE*18')
  expect(last(await book.importPaths([write(folder, 'reversal.835', reversal)]))).toMatchObject({ outcome: 'posted' })
  expect(await owedOn(book, account)).toBe(20_000)
})

it('whom-12 figures that stand in the wrong elements hold the claim, and the reason says so', async () => {
  await using book = await openTestBook()
  const report = await take(book, 'svc02-empty-shifted')
  const shifted =
    'and something stands in SVC08, SVC10, which the guide does not have: shifted figures are never put back by guess'
  expect(last(report)).toMatchObject({ outcome: 'partial', heldClaims: 1, heldAmount: 6_000 })
  expect(last(report).held[0]?.reasons.map(({ reason }) => reason)).toEqual([
    `segment 18: SVC02 is missing, ${shifted}`,
    `segment 18: SVC03 is missing, ${shifted}`,
  ])
  expect(importLines(report).join('\n')).toContain(shifted)
})

it('whom-12 a payment of a claim that stands in the wrong element holds the claim, and the reason says so', async () => {
  await using book = await openTestBook()
  const text = textOf('svc02-empty-shifted').replace('CLP*BC1*1*100*60*40*12*BC*11*1', 'CLP*BC1*1*100*******11*1****60')
  const report = last(await book.importPaths([write(folder, 'shifted.835', text)], { openMissing: true }))
  expect(report).toMatchObject({ outcome: 'held', reasons: ['outOfBalance'] })
  expect(findings(report)).toContain(
    'segment 13: CLP04 is missing, and something stands in CLP15, which the guide does not have: shifted figures are never put back by guess',
  )
})

const addMedicaid = (book: Book, account: string, payer: { readonly payer: string; readonly payerName: string }) =>
  book.execute(account, { type: 'AddCoverage', on: '2026-11-21', coverage: 'medicaid', ...payer })

it('whom-11 a payer nobody knew of is held, and the hint says that the share stands with the patient', async () => {
  await using book = await openTestBook()
  const report = last(await take(book, 'sec-unknown-at-primary-1', 'sec-unknown-at-primary-2'))
  expect(report.held.flatMap(({ reasons }) => reasons)).toEqual([
    {
      rule: 'N',
      reason:
        'line of 500.00: a reduction of −65.00 would be needed, the payer reports 10.00; ' +
        'the 75.00 that an earlier payer left went to the patient',
      requiredAction: 'add the coverage in its place, or correct what was done with the share; then release the claim',
    },
  ])
})

it('whom-11 adding the coverage frees it: the share goes from the patient to the payer, whose advice explains it', async () => {
  await using book = await openTestBook()
  const [account = ''] = last(await take(book, 'sec-unknown-at-primary-1')).accounts
  const { remittance } = last(await take(book, 'sec-unknown-at-primary-2'))
  expect(await owedOn(book, account)).toBe(7_500)
  await addMedicaid(book, account, { payer: '880022334', payerName: 'LOON STATE MEDICAID' })
  await book.release(remittance ?? '', { claim: 1, reason: 'the coverage was found' })
  expect(await owedOn(book, account)).toBe(0)
  expect(await book.account(account)).toMatchObject({ credits: [] })
  expect((await book.worklist()).items.filter(({ queue }) => queue === 'unmatchedClaims')).toEqual([])
  expect((await book.check()).findings).toEqual([])
})

it('whom-11 what the patient has paid meanwhile is not taken back: it stays held, and the hint says how much is open', async () => {
  await using book = await openTestBook()
  const [account = ''] = last(await take(book, 'sec-unknown-at-primary-1')).accounts
  const { remittance } = last(await take(book, 'sec-unknown-at-primary-2'))
  await book.execute(account, { type: 'PostPayment', on: '2026-11-21', payment: 'p1', amount: 2_500, tender: 'cash' })
  await addMedicaid(book, account, { payer: '880022334', payerName: 'LOON STATE MEDICAID' })
  const report = await book.release(remittance ?? '', { claim: 1, reason: 'the coverage was found' })
  expect(JSON.stringify(report)).toContain(
    'the 75.00 that an earlier payer left went to the patient, and 50.00 of it could be brought back',
  )
  expect(await owedOn(book, account)).toBe(5_000)
})
