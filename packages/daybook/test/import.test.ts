import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { places, splitTotal } from '../src/import/report.ts'
import type { Book, ImportReport } from '../src/index.ts'
import { fixedClock, openTestBook, testFolder, write } from './support/folder.ts'
import { remittanceText } from './support/remittance-text.ts'

const folder = testFolder()
const only = ({ files }: ImportReport) => {
  const [transaction] = files.flatMap(({ transactions }) => transactions)
  if (!transaction) throw new Error('no transaction')
  return transaction
}
const take = (book: Book, name: string, text: string, openMissing = true) =>
  book.importPaths([write(folder, name, text)], { openMissing })

/** Law L5 on a whole report, and on each transaction. */
const addsUp = ({ files, totals }: ImportReport): void => {
  for (const sums of [totals.claims, totals.amount]) {
    expect(places.reduce((sum, place) => sum + sums[place], 0)).toBe(sums.in)
  }
  for (const one of files.flatMap(({ transactions }) => transactions)) {
    expect(splitTotal(one.split.claims)).toBe(one.claims)
    expect(splitTotal(one.split.amount)).toBe(one.kind === '835' ? one.paid : one.charged)
  }
}

describe('importing a remittance', () => {
  it('L1: posts what balances; the same again is a duplicate, whatever its separators and line breaks', {
    tags: ['L1'],
  }, async () => {
    await using book = await openTestBook()
    const first = await take(book, 'first.835', remittanceText())
    expect(only(first)).toMatchObject({
      kind: '835',
      trace: 'TRACE0001',
      payer: 'SAMPLE HEALTH PLAN',
      paymentAmount: 15_000,
      claims: 2,
      lines: 2,
      charged: 29_000,
      paid: 15_000,
      outcome: 'posted',
    })
    const aging = await book.aging()
    const others = [
      remittanceText(),
      remittanceText({ lineBreak: '\r\n' }),
      remittanceText({ lineBreak: '', element: '|', terminator: '!' }),
    ]
    for (const [at, text] of others.entries()) {
      const again = await take(book, `again-${at}.835`, text)
      expect(only(again).outcome).toBe('duplicate')
      expect(again.totals.claims).toMatchObject({ in: 2, duplicate: 2, posted: 0 })
      addsUp(again)
    }
    const after = await book.aging()
    expect('net' in after && 'net' in aging && after.net === aging.net).toBe(true)
    addsUp(first)
  })

  it('L1: the same file on a later day is a duplicate too, posted or held', { tags: ['L1'] }, async () => {
    let now = fixedClock()
    await using book = await openTestBook('memory:', { clock: () => now })
    const texts = [remittanceText(), remittanceText({ paid: '151.00' })]
    for (const [at, text] of texts.entries()) await take(book, `early-${at}.835`, text)
    now = new Date('2026-11-23T15:14:00.000Z')
    for (const [at, text] of texts.entries()) {
      expect(only(await take(book, `late-${at}.835`, text)).outcome).toBe('duplicate')
    }
  })

  it('holds a transaction that does not balance, with the exact difference, until somebody decides', async () => {
    await using book = await openTestBook()
    const report = await take(book, 'over.835', remittanceText({ paid: '269.82' }))
    const held = only(report)
    expect(held).toMatchObject({ outcome: 'held', heldClaims: 2, heldAmount: 15_000, reasons: ['outOfBalance'] })
    expect(held.differences).toMatchObject([{ level: 'transaction', amount: 11_982 }])
    addsUp(report)
    const id = held.remittance ?? ''
    expect(await book.release(id, { reason: 'bank agrees' })).toMatchObject({ ok: false })
    const released = await book.release(id, {
      reason: 'bank agrees',
      account: 'providerAdjustment:CS',
      openMissing: true,
    })
    expect(released).toMatchObject({ outcome: 'posted', postedClaims: 2 })
    expect((await book.check()).findings).toEqual([])
  })

  it('holds claims that nobody knows, and posts them when they are released with accounts to be opened', async () => {
    await using book = await openTestBook()
    const report = await take(book, 'unknown.835', remittanceText(), false)
    const partial = only(report)
    expect(partial).toMatchObject({ outcome: 'partial', heldClaims: 2, heldAmount: 15_000 })
    expect(partial.held[0]?.reasons[0]).toMatchObject({ rule: 'match' })
    addsUp(report)
    const id = partial.remittance ?? ''
    await expect(book.release(id, { reason: 'now', claim: 9 })).rejects.toMatchObject({ _tag: 'NotFound' })
    expect(await book.release(id, { reason: 'now', claim: 1, openMissing: true })).toMatchObject({ outcome: 'posted' })
  })

  it('gives up a held claim to a named account, and refuses a held remittance whole', async () => {
    await using book = await openTestBook()
    const claims = only(await take(book, 'give-up.835', remittanceText(), false)).remittance ?? ''
    await expect(book.reject(claims, { reason: 'no', claim: 1 })).rejects.toMatchObject({ _tag: 'InvalidCommand' })
    const given = await book.reject(claims, { reason: 'not ours', claim: 1, account: 'providerAdjustment:CS' })
    expect('held' in given && given.held.map((unit) => unit.claims)).toEqual([[2]])
    const whole = only(await take(book, 'refuse.835', remittanceText({ paid: '151.00' }))).remittance ?? ''
    expect(await book.reject(whole, { reason: 'not ours' })).toMatchObject({ outcome: 'rejected' })
    expect((await book.check()).findings).toEqual([])
  })
})

describe('files that can not be used', () => {
  it('are told by name with what to do, and do not stop the others', async () => {
    await using book = await openTestBook()
    const good = write(folder, 'good.835', remittanceText())
    const big = write(folder, 'big.835', '')
    truncateSync(big, 1024 ** 3)
    mkdirSync(join(folder, 'inner', 'deeper'), { recursive: true })
    const paths = [
      join(folder, 'missing.835'),
      write(folder, 'empty.835', ''),
      write(folder, 'notes.txt', 'Dear payer, please pay.'),
      write(folder, 'cut.835', remittanceText().slice(0, 600)),
      big,
      join(folder, 'inner'),
      good,
    ]
    const report = await book.importPaths(paths, { openMissing: true })
    expect(report.files.map(({ path }) => path)).toEqual(paths)
    const codes = report.files.map(({ problems, transactions }) =>
      [...problems, ...transactions.flatMap((one) => one.problems)]
        .filter(({ severity }) => severity === 'error')
        .map(({ code, doWhat }) => `${code}${doWhat === '' ? ' (says nothing to do)' : ''}`),
    )
    expect(codes).toEqual([
      ['fileNotFound'],
      ['empty'],
      ['notX12'],
      ['transactionCut'],
      ['fileTooLarge'],
      ['fileIsDirectory'],
      [],
    ])
    expect(report.totals.transactions).toMatchObject({ in: 2, posted: 1, rejected: 1 })
    addsUp(report)
  })

  it('are skipped, typed, when their kind is not supported yet', async () => {
    await using book = await openTestBook()
    const text = remittanceText().replace('ST*835*0001', 'ST*277*0001').replace('GS*HP', 'GS*HN')
    const report = await take(book, 'status.277', text)
    expect(report.files[0]).toMatchObject({ kind: '277' })
    expect(only(report)).toMatchObject({ outcome: 'skipped', problems: [{ code: 'unsupportedTransaction' }] })
    expect(report.totals.errors).toBe(1)
  })
})

const claimsOfTheDay = () =>
  readFileSync(join(import.meta.dirname, '..', '..', '..', 'examples', 'practice', '2026-04-02-claims.837'), 'utf8')

it.each(['BPR', 'TRN'])(
  'clarification 14: without %s its claims are counted, nothing is posted, and that is an error',
  async (id) => {
    await using book = await openTestBook()
    const text = remittanceText().replace(new RegExp(`^${id}.*\\n`, 'm'), '')
    const report = await take(book, `no-${id}.835`, text)
    expect(only(report)).toMatchObject({ outcome: 'skipped', claims: 2, paid: 15_000, reasons: ['noPayment'] })
    expect(only(report).problems).toContainEqual(expect.objectContaining({ code: 'noPayment', severity: 'error' }))
    expect(report.totals.errors).toBe(1)
    addsUp(report)
  },
)

it.each([
  ['after ISA', 'GS*'],
  ['after GS', 'ST*'],
])('a file cut %s is a file that could not be read', async (_, at) => {
  await using book = await openTestBook()
  const text = remittanceText()
  const report = await take(book, 'cut-early.835', text.slice(0, text.indexOf(at)))
  expect(report.files[0]?.problems).toContainEqual(
    expect.objectContaining({ code: 'noTransaction', severity: 'error' }),
  )
  expect(report.totals.errors).toBe(1)
})

it('an impossible date of service refuses its claim, and no other day stands in for it', async () => {
  await using book = await openTestBook()
  const text = claimsOfTheDay().replace(/DTP\*472\*D8\*\d{8}/, 'DTP*472*D8*20261345')
  const report = await take(book, 'impossible.837', text)
  const { outcome, split, claims, problems } = only(report)
  expect({ outcome, split: split.claims }).toMatchObject({
    outcome: 'partial',
    split: { rejected: 1, posted: claims - 1 },
  })
  expect(problems).toEqual([
    expect.objectContaining({
      code: 'claimRejected',
      severity: 'error',
      message: expect.stringMatching(/segment \d+: DTP03 “20261345” is not a day or a period/),
    }),
  ])
})

it('a claim whose lines do not add up to its charge posts, and the report tells it', async () => {
  await using book = await openTestBook()
  const text = claimsOfTheDay().replace(/(CLM\*[^*]*\*)[^*]*/, '$1999.00')
  const { outcome, findings } = only(await take(book, 'sum.837', text))
  expect(outcome).toBe('posted')
  expect(findings).toMatchObject({
    count: 1,
    kinds: [{ message: expect.stringMatching(/^CLM02 is 999\.00, its lines [\d.]+$/), such: [{ claims: [1] }] }],
  })
})

it.runIf(existsSync('/proc/self/fd'))('a file is closed also when its import ends with an error', async () => {
  await using book = await openTestBook()
  const path = write(folder, 'left-open.835', `${remittanceText()}\n${remittanceText()}`)
  const onProgress = ({ claims }: { readonly claims: number }) => {
    if (claims > 0) throw new Error('the caller gives up')
  }
  await expect(book.importPaths([path], { openMissing: true, onProgress })).rejects.toThrow('the caller gives up')
  const open = readdirSync('/proc/self/fd').map((descriptor) => {
    try {
      return readlinkSync(`/proc/self/fd/${descriptor}`)
    } catch {
      return ''
    }
  })
  expect(open).not.toContain(path)
})

it('a predetermination posts nothing, and its report says why: its claims look lost otherwise', async () => {
  await using book = await openTestBook()
  const text = claimsOfTheDay().replaceAll('005010X222A1', '005010X291')
  const report = await take(book, 'predetermination.837', text)
  const { outcome, claims, split, problems } = only(report)
  expect(outcome).toBe('skipped')
  expect(split.claims.skipped).toBe(claims)
  expect(problems.filter(({ code }) => code === 'claimSkipped')).toHaveLength(claims)
  expect(report.totals.errors).toBe(0)
  addsUp(report)
})

it('of a directory, the files directly in it are imported, by name, without dotfiles', async () => {
  await using book = await openTestBook()
  const directory = join(folder, 'inbox')
  mkdirSync(join(directory, 'archive'), { recursive: true })
  for (const name of ['b.835', 'a.835', '.hidden', 'archive/c.835']) write(directory, name, remittanceText())
  const seen: string[] = []
  const report = await book.importPaths([directory], { openMissing: true, onProgress: ({ path }) => seen.push(path) })
  expect(report.files.map(({ path }) => path)).toEqual([join(directory, 'a.835'), join(directory, 'b.835')])
  expect(report.files.map(({ transactions }) => transactions[0]?.outcome)).toEqual(['posted', 'duplicate'])
  expect(new Set(seen)).toEqual(new Set(report.files.map(({ path }) => path)))
})

it('a book whose key is missing can be read, and says so when something is imported', async () => {
  const { rmSync } = await import('node:fs')
  const path = join(folder, 'no-key.db')
  await (await openTestBook(`sqlite:${path}`)).close()
  rmSync(`${path}.key`)
  await using book = await openTestBook(`sqlite:${path}`)
  expect(await book.aging()).toMatchObject({ net: 0 })
  await expect(take(book, 'for-no-key.835', remittanceText())).rejects.toMatchObject({ _tag: 'KeyFault' })
})
