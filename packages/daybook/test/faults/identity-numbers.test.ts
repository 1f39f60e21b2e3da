import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { Book } from '../../src/index.ts'
import { openTestBook, testFolder, write } from '../support/folder.ts'

// Faults of kind “whose visit, whose claim”: numbers, days, services, patients (clarifications 25–31).

const folder = testFolder()
const textOf = (name: string): string => readFileSync(new URL(`edi/${name}.edi`, import.meta.url), 'utf8')

const take = async (book: Book, text: string, name: string, openMissing = false) => {
  const { files } = await book.importPaths([write(folder, `${name}.edi`, text)], { openMissing })
  return files.flatMap(({ transactions }) => transactions)
}
const takeAll = async (book: Book, names: readonly string[], openMissing = false) => {
  const taken = []
  for (const name of names) taken.push(...(await take(book, textOf(name), name, openMissing)))
  return taken
}

/** What stands at insurers and at patients, all accounts together, and how many accounts there are. Cents. */
const standing = async (book: Book) => {
  const { rows } = await book.aging({ accounts: true })
  const of = (who: string) => rows.find(({ party }) => party === who)?.net ?? 0
  return { insurance: of('insurance'), patient: of('patient') }
}

const expectSound = async (book: Book) => expect((await book.check()).findings).toEqual([])

it('identity-1 two claims of one 837 under one number, of two days: both are charged', async () => {
  await using book = await openTestBook()
  const [file] = await takeAll(book, ['R1-837-acct-number-as-clm01-two-dos'])
  expect(file).toMatchObject({ outcome: 'posted', heldClaims: 0 })
  expect(await standing(book)).toEqual({ insurance: 20_000, patient: 0 })
  const [again] = await takeAll(book, ['R1-837-acct-number-as-clm01-two-dos'])
  expect(again?.outcome).toBe('duplicate')
  expect(await standing(book)).toEqual({ insurance: 20_000, patient: 0 })
  await expectSound(book)
})

it('identity-2 a decision of another day is not of the visit of its number: it is held, and the denial stands', async () => {
  await using book = await openTestBook()
  const files = await takeAll(
    book,
    [1, 2, 3].map((n) => `R3d-no-open-missing-first-only-${n}`),
  )
  expect(files.map(({ outcome }) => outcome)).toEqual(['posted', 'posted', 'partial'])
  expect(files[2]?.held[0]?.reasons[0]).toMatchObject({ rule: 'match' })
  expect(files[2]?.held[0]?.reasons[0]?.reason).toContain('other days: it has 99213 of 2025-02-03 100.00')
  expect(await standing(book)).toEqual({ insurance: 10_000, patient: 0 })
  const { items } = await book.worklist()
  expect(items.some(({ queue }) => queue.startsWith('denials'))).toBe(true)
  await expectSound(book)
})

it('identity-3 with open-missing it opens a visit of its own', async () => {
  await using book = await openTestBook()
  await takeAll(
    book,
    [1, 2].map((n) => `R3c-835-only-denied-then-other-dos-paid-${n}`),
    true,
  )
  expect(await standing(book)).toEqual({ insurance: 10_000, patient: 4_000 })
  await expectSound(book)
})

it('identity-4 one number, two days and codes in one 835: both post', async () => {
  await using book = await openTestBook()
  const [file] = await takeAll(book, ['A9-835-clp01-reused-two-dos-one-835'], true)
  expect(file).toMatchObject({ outcome: 'posted', heldClaims: 0 })
  expect(await standing(book)).toEqual({ insurance: 0, patient: 12_000 })
  await expectSound(book)
})

const replaced = [1, 2, 3, 4].map((n) => `B1-denied-replaced-newnum-paid-${n}`)

it('identity-5 a replacement under a new number is paid under it: a visit remembers every number it has had', async () => {
  await using book = await openTestBook()
  const files = await takeAll(book, replaced)
  expect(files.map(({ outcome }) => outcome)).toEqual(['posted', 'posted', 'posted', 'posted'])
  expect(await standing(book)).toEqual({ insurance: 0, patient: 0 })
  await takeAll(book, replaced)
  expect(await standing(book)).toEqual({ insurance: 0, patient: 0 })
  await expectSound(book)
})

it('identity-5 paid under the new number before the replacement has come: it waits for it', async () => {
  await using book = await openTestBook()
  const [first = '', second = '', third = '', fourth = ''] = replaced
  await takeAll(book, [first, second, fourth, third])
  expect(await standing(book)).toEqual({ insurance: 0, patient: 0 })
  await expectSound(book)
})

it('identity-6 a replacement of nothing on file is held: it never opens a visit', async () => {
  await using book = await openTestBook()
  const [file] = await takeAll(book, ['freq7-unknown-f8'])
  expect(file).toMatchObject({ outcome: 'held', heldClaims: 1 })
  expect(file?.held[0]?.reasons[0]).toMatchObject({ rule: 'originalUnknown' })
  expect(await standing(book)).toEqual({ insurance: 0, patient: 0 })
})

it('identity-6 a replacement whose REF F8 names nothing is matched by patient, day and service', async () => {
  await using book = await openTestBook()
  const text = textOf('freq7-unknown-f8')
  await take(
    book,
    text
      .replace('11:B:7', '11:B:1')
      .replace(/REF\*F8\*NOPE~\n?/, '')
      .replace('CLM*N1*', 'CLM*N0*'),
    'original',
  )
  const changed = text.replace('CLM*N1*100', 'CLM*N1*120').replace('99213*100', '99213*120')
  expect((await take(book, changed, 'changed'))[0]?.outcome).toBe('posted')
  expect(await standing(book)).toEqual({ insurance: 12_000, patient: 0 })
  await expectSound(book)
})

it.each([
  ['as the payer returned it', (text: string) => text],
  ['in small letters', (text: string) => text.replace('ABCDEFGHIJKLMNOPQRST', 'abcdefghijklmnopqrst')],
  ['whole, in small letters', (text: string) => text.replace('ABCDEFGHIJKLMNOPQRST', 'abcdefghijklmnopqrstuvwx')],
])('identity-7 the first 20 characters of a number are the number: %s', async (_, change) => {
  for (const openMissing of [false, true]) {
    await using book = await openTestBook()
    await takeAll(book, ['i-clp01-truncated20-1'])
    await take(book, change(textOf('i-clp01-truncated20-2')), 'returned', openMissing)
    expect(await standing(book)).toEqual({ insurance: 0, patient: 4_000 })
    await expectSound(book)
  }
})

it('identity-7 two numbers that differ after 20 characters are two', async () => {
  await using book = await openTestBook()
  const text = textOf('i-clp01-truncated20-1')
  await takeAll(book, ['i-clp01-truncated20-1'])
  await take(book, text.replace('UVWX', 'UVWY').replaceAll('20250203', '20250204'), 'other')
  expect(await standing(book)).toEqual({ insurance: 20_000, patient: 0 })
})

it('identity-8 another member id with all else equal is the same patient, and a finding', async () => {
  for (const openMissing of [false, true]) {
    await using book = await openTestBook()
    const files = await takeAll(book, ['j-member-id-suffix-1', 'j-member-id-suffix-2'], openMissing)
    expect(await standing(book)).toEqual({ insurance: 0, patient: 4_000 })
    expect(files[1]?.findings.kinds.map(({ message }) => message)).toEqual([
      'memberIdChanged: the payer names this patient by another id',
    ])
    await expectSound(book)
  }
})

it('identity-8 a reversal under a new member id finds its original', async () => {
  await using book = await openTestBook()
  await takeAll(book, ['j-member-id-suffix-1', 'j-member-id-suffix-2'])
  const reversal = textOf('j-member-id-suffix-2')
    .replace('BPR*I*60*C*ACH', 'BPR*H*0*C*NON')
    .replace('TRN*1*J*', 'TRN*1*J2*')
    .replace('CLP*J1*1*100*60*40*', 'CLP*J1*22*-100*-60**')
    .replace('MBR000101', 'MBR9')
    .replace('SVC*HC:99213*100*60**1', 'SVC*HC:99213*-100*-60**-1')
    .replace('CAS*PR*1*40', 'CAS*PR*1*-40')
    .replace('SE*16', 'PLB*1447700011*20251231*WO:J1I*-60~\nSE*17')
  const [file] = await take(book, reversal, 'reversal')
  expect(file).toMatchObject({ outcome: 'posted', heldClaims: 0 })
  expect(await standing(book)).toEqual({ insurance: 10_000, patient: 0 })
  await expectSound(book)
})

it('identity-9 a claim that the payer split is two parts: both post', async () => {
  await using book = await openTestBook()
  const [file] = await takeAll(book, ['claim-split-open-missing'], true)
  expect(file).toMatchObject({ outcome: 'posted', heldClaims: 0 })
  expect(await standing(book)).toEqual({ insurance: 0, patient: 10_000 })
  const [again] = await takeAll(book, ['claim-split-open-missing'], true)
  expect(again?.outcome).toBe('duplicate')
  await expectSound(book)
})

it('identity-10 a 6R that several lines carry decides nothing: the next rungs do', async () => {
  await using book = await openTestBook()
  const [file] = await takeAll(book, ['rfi958-split'], true)
  expect(file).toMatchObject({ outcome: 'posted', heldClaims: 0 })
  expect(await standing(book)).toEqual({ insurance: 0, patient: 0 })
  await expectSound(book)
})

it('clarification 27: what could be of two visits is held with both, and its release names one', async () => {
  await using book = await openTestBook()
  await takeAll(book, ['R1-837-acct-number-as-clm01-two-dos'])
  const undated = textOf('R3c-835-only-denied-then-other-dos-paid-2').replace(/DTM\*472\*20250210~\n?/, '')
  const [file] = await take(book, undated, 'undated', true)
  expect(file).toMatchObject({ outcome: 'partial', heldClaims: 1, held: [{ reasons: [{ rule: 'ambiguousVisit' }] }] })
  const id = file?.remittance ?? ''
  const again = await book.release(id, { claim: 1, reason: 'tried again' })
  if (!again.ok) throw new Error('not released')
  const [first, second] = again.held[0]?.candidates ?? []
  expect([first?.why, second?.why].sort()).toEqual([
    'it has 99213 of 2025-02-03 100.00',
    'it has 99213 of 2025-02-10 100.00',
  ])
  const visit = second?.visitId ?? ''
  expect(await book.release(id, { claim: 1, visit, reason: 'the payer said so' })).toMatchObject({ ok: true, held: [] })
  expect(await standing(book)).toEqual({ insurance: 10_000, patient: 4_000 })
  await expectSound(book)
})

it.each([
  ['another given name under the id', 'TESTERLY*QUINN*', 'TESTERLY*MARIGOLD*', 'partial', 'match'],
  ['one letter of the name', 'TESTERLY*QUINN*', 'TESTERLY*QUIN' + 'T*', 'partial', 'ambiguousVisit'],
  ['an initial', 'TESTERLY*QUINN*', 'TESTERLY*Q*', 'posted', undefined],
  ['another family name', 'TESTERLY*QUINN*', 'ROE*QUINN*', 'posted', undefined],
])('clarification 26: %s', async (name, from, to, outcome, rule) => {
  await using book = await openTestBook()
  await takeAll(book, ['j-member-id-suffix-1'])
  const text = textOf('j-member-id-suffix-2').replace('MBR000101', 'MBR0001').replace(from, to)
  const [file] = await take(book, text, name.replaceAll(' ', '-'))
  expect(file?.outcome).toBe(outcome)
  expect(file?.held[0]?.reasons[0]?.rule).toBe(rule)
  const changed = file?.findings.kinds.some(({ message }) => message.startsWith('nameChanged'))
  expect(changed).toBe(name === 'another family name')
  expect(await standing(book)).toEqual(
    outcome === 'posted' ? { insurance: 0, patient: 4_000 } : { insurance: 10_000, patient: 0 },
  )
})
