import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readX12 } from '@daybook/adapters/x12'
import { type AccountState, layersOf, linesOfVisit } from '@daybook/core/account'
import { type Contra, PATIENT, toDay } from '@daybook/core/kernel'
import {
  type Desk,
  loadAccount,
  type RemittanceReport,
  receiveRemittance,
  type SubmittedClaimReport,
  submitClaims,
} from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { beforeAll, describe, expect, it } from 'vitest'
import { deskOf, printDesk } from '../../../bench/practice/desk.ts'
import { generatePractice, type PracticeOptions } from '../../../bench/practice/generate.ts'
import { printPractice } from '../../../bench/practice/print.ts'
import { memoryDesk } from './support/desk.ts'

const committed = fileURLToPath(new URL('../../../examples/practice/', import.meta.url))
/** What examples/practice/README.md says it was made with. */
const example: PracticeOptions = {
  seed: 20_261_121,
  claims: 150,
  from: toDay('2026-02-16'),
  to: toDay('2026-11-20'),
}

interface Imported {
  readonly desk: Desk
  readonly payments: readonly (RemittanceReport & { readonly file: string; readonly trace: string })[]
  readonly claims: readonly SubmittedClaimReport[]
  readonly problems: readonly string[]
}

/** All files in the order of their names, as a desk takes them in. */
const importAll = async (files: readonly { readonly name: string; readonly text: string }[]): Promise<Imported> => {
  const desk = await memoryDesk()
  const payments: Imported['payments'][number][] = []
  const claims: SubmittedClaimReport[] = []
  const problems: string[] = []
  for (const { name, text } of files) {
    for await (const read of readX12(text)) {
      problems.push(...read.problems.map((problem) => `${name}: ${problem.code} ${problem.message}`))
      if (read.kind === '837' && read.document) {
        claims.push(...(await Effect.runPromise(submitClaims(desk, read.document))).claims)
      } else if (read.kind === '835' && read.document) {
        const report = await Effect.runPromise(receiveRemittance(desk, read.document, { openMissing: false }))
        payments.push({ ...report, file: name, trace: read.document.payment?.trace ?? '' })
      }
    }
  }
  return { desk, payments, claims, problems }
}

const accountsOf = async ({ service, ...desk }: Desk): Promise<readonly AccountState[]> => {
  const streams = await Effect.runPromise(service.store.streams({ prefix: 'account-', after: '', limit: 10_000 }))
  return Promise.all(
    streams.map(({ stream }) => Effect.runPromise(loadAccount({ service, ...desk }, stream.slice('account-'.length)))),
  )
}

interface Standing {
  readonly balances: Readonly<Record<string, number>>
  readonly held: number
}

/** Who owes what on each visit, by its control number, and what a gate holds back. */
const standingsOf = (accounts: readonly AccountState[]): Readonly<Record<string, Standing>> => {
  const standings: Record<string, Standing> = {}
  for (const { registration, ledger, coverage } of accounts) {
    for (const visit of registration.visits.values()) {
      const owed = new Map<string, number>()
      for (const { lineId } of linesOfVisit(ledger, visit.visitId)) {
        for (const { party, active, placed } of layersOf(ledger, lineId)) {
          const name = party === PATIENT ? PATIENT : (coverage.coverages.get(party.coverageId)?.payerName ?? '?')
          owed.set(name, (owed.get(name) ?? 0) + active + placed)
        }
      }
      const held = [...ledger.holdings.values()]
        .filter(({ open, event }) => open && event.visitId === visit.visitId)
        .flatMap(({ event }) => event.lines)
        .reduce((sum, line) => sum + line.amount, 0)
      const balances = Object.fromEntries([...owed].filter(([, amount]) => amount !== 0).sort())
      standings[visit.patientControlNumber ?? '?'] = { balances, held }
    }
  }
  return standings
}

/** Sums over all events, by the name of the control account without its payer or remittance. */
const controlOf = async ({ service }: Desk): Promise<Readonly<Record<string, number>>> => {
  const totals = new Map<string, number>()
  const events = await Effect.runPromise(service.store.readAll({ after: 0, limit: 10_000 }))
  expect(events.length, 'one page holds the whole book').toBeLessThan(10_000)
  for (const { data } of events) {
    const { contra = [] } = JSON.parse(data) as { contra?: readonly Contra[] }
    for (const { account, amount } of contra) {
      const [name = ''] = account.split(':', 1)
      totals.set(name, (totals.get(name) ?? 0) + amount)
    }
  }
  return Object.fromEntries([...totals].filter(([, amount]) => amount !== 0).sort())
}

const practice = generatePractice(example)

describe('the practice of the examples', () => {
  const files = printPractice(practice)

  it('is what its seed gives, to the byte', () => {
    const found = readdirSync(committed).filter((name) => /\.83[57]$/.test(name))
    expect(found.sort()).toEqual(files.map(({ name }) => name))
    for (const { name, text } of files) expect(readFileSync(`${committed}${name}`, 'utf8'), name).toBe(text)
  })

  it('its desk did what the same seed gives, to the byte', () => {
    const desk = printDesk(deskOf(practice, example.seed, example.to))
    expect(readFileSync(`${committed}desk.jsonl`, 'utf8')).toBe(desk)
    expect(desk.split('\n').length).toBeGreaterThan(500)
  })

  it('is small enough to lie in the repository, and its names order it by day', () => {
    expect(files.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(250 * 1_024)
    expect(files.map(({ name }) => name)).toEqual(files.map(({ name }) => name).sort())
  })

  it('reads back as the documents it was printed from (law L6)', { tags: ['L6'] }, async () => {
    for (const [at, { text }] of files.entries()) {
      const documents: unknown[] = []
      for await (const read of readX12(text)) {
        expect(read.problems).toEqual([])
        if (read.kind === '835' || read.kind === '837') documents.push(read.document)
      }
      const placeless = (value: unknown): unknown =>
        JSON.parse(JSON.stringify(value, (key, each) => (key === 'segment' || key === 'controlNumber' ? 0 : each)))
      expect(placeless(documents)).toEqual(placeless(practice.files[at]?.documents))
    }
  })

  it.each([
    ['denials', /CAS\*CO\*(16|29|50|96|197|204|252)\*/, 7],
    ['a bundle: CO-97 under one adjudicated code', /SVC\*HC:80050\*.*CAS\*CO\*97\*/s, 1],
    ['CO-94 below zero', /CAS\*CO\*94\*-/, 1],
    ['a claim without SVC', /CLP\*[^~]*~\nCAS\*CO\*45\*[^~]*~\nCAS\*PR[^~]*~\nNM1[^~]*~\nDTM\*232/, 1],
    ['sequestration at claim level', /CLP\*[^~]*~\nCAS\*CO\*253\*/, 1],
    ['a reversal', /CLP\*[^*]*\*22\*/, 1],
    ['crossed over', /CLP\*[^*]*\*19\*.*NM1\*TT\*/s, 1],
    ['protected beneficiaries', /(CAS\*OA\*209|MOA\*\*\*N782)/, 2],
    ['a denial called the patient’s', /CAS\*PR\*204\*/, 1],
    ['capitation', /CAS\*CO\*24\*/, 1],
    ['provider-level adjustments', /(?<=PLB\*[^~]*)\b(WO|72|FB|L6|CS|CT):/, 6],
    ['a second payer', /SBR\*S\*/, 1],
    ['a replacement and a void', /CLM\*[^~]*:(7|8)\*/, 2],
    ['a payment of nothing', /BPR\*H\*0\.00\*C\*NON/, 1],
  ])('holds %s', (_, pattern, kinds) => {
    const found = files.flatMap(({ text }) => [...text.matchAll(new RegExp(pattern, `${pattern.flags}g`))])
    expect(new Set(found.map((match) => match[1] ?? '')).size).toBe(kinds)
  })

  it('gives another practice for another seed', () => {
    const other = printPractice(generatePractice({ ...example, seed: 7 }))
    expect(other.map(({ text }) => text)).not.toEqual(files.map(({ text }) => text))
  })
})

describe.each([
  ['the practice of the examples', practice],
  ['a larger practice of another seed', generatePractice({ ...example, seed: 99, claims: 300 })],
])('imported in order: %s', (_, { oracle, ...made }) => {
  let book: Imported
  beforeAll(async () => {
    book = await importAll(printPractice({ oracle, ...made }))
  })

  it('is read without a problem, and every claim is taken', () => {
    expect(book.problems).toEqual([])
    expect(book.claims.filter(({ outcome }) => outcome === 'rejected' || outcome === 'held')).toEqual([])
    expect(book.claims.filter(({ outcome }) => outcome === 'posted')).toHaveLength(oracle.visits.size)
    expect(new Set(book.claims.map(({ outcome }) => outcome))).toEqual(
      new Set(['posted', 'submitted', 'replaced', 'voided']),
    )
  })

  it('posts, holds and recognises each payment as the generator meant it (AR-02, law D3)', { tags: ['D3'] }, () => {
    expect(
      book.payments.map(({ file, trace, outcome, reasons, held }) => ({
        file,
        trace,
        verdict: outcome,
        reasons,
        heldClaims: held.map(({ patientControlNumber }) => patientControlNumber),
        heldAmount: held.reduce((sum, { amount }) => sum + amount, 0),
      })),
    ).toEqual(
      oracle.transactions.map(({ file, trace, verdict, reasons, heldClaims, heldAmount }) => ({
        file,
        trace,
        verdict,
        reasons,
        heldClaims,
        heldAmount,
      })),
    )
  })

  it('names the 119.82 by which one payment is out of balance', () => {
    const off = book.payments.filter(({ reasons }) => reasons.includes('outOfBalance'))
    expect(off.map(({ differences }) => differences.map(({ rule, amount }) => `${rule} ${amount}`))).toEqual([
      ['B6 11982'],
    ])
  })

  it('leaves with each party what plain addition leaves there', async () => {
    const standings = standingsOf(await accountsOf(book.desk))
    const expected = Object.fromEntries(
      [...oracle.visits].map(([number, { balances, held }]) => [number, { balances, held }]),
    )
    expect(standings).toEqual(expected)
  })

  it('brings the control accounts to the sums of the paper (law A1)', { tags: ['A1'] }, async () => {
    expect(await controlOf(book.desk)).toEqual(oracle.control)
  })
})
