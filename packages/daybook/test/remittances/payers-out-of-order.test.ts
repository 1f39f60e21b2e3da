import { receiveRemittance, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clearingFaults, unbalancedPrefixes } from '../support/books.ts'
import { memoryDesk } from '../support/desk.ts'
import { advice, submission, type Triple } from '../support/documents.ts'
import { emptyBook, readOn, standing } from '../support/standing.ts'

// Orders of several payers that small-books.test.ts has found, each with an order that ends as it must (law L2).

const patient = { id: 'M1', last: 'DOE', first: 'JANE' }
const place = (payer: string, sequence: string) => ({ payer, sequence, member: 'M1' })
const bill = submission([
  {
    pcn: 'V1',
    patient,
    lines: [{ charge: 10_000 }],
    to: place('ACME', 'P'),
    others: [place('BETA', 'S'), place('GAMMA', 'T')],
  },
])

interface Decided {
  readonly paid: number
  readonly cas: readonly Triple[]
}
const decided = (paid: number, ...cas: readonly Triple[]): Decided => ({ paid, cas })
const first = { ACME: '1', BETA: '2', GAMMA: '3' } as const
type Payer = keyof typeof first
const said = (status: string, { paid, cas }: Decided) => ({ status, lines: [{ charge: 10_000, paid, cas }] })
const takenBack = ({ paid, cas }: Decided) => ({
  status: '22',
  lines: [
    {
      charge: -10_000,
      paid: 0 - paid,
      cas: cas.map(([group, carc, amount]): Triple => [group, carc, 0 - amount]),
    },
  ],
})
const from = (payer: Payer, part: string, ...claims: readonly ReturnType<typeof said>[]) =>
  advice({
    payer,
    trace: `${payer}-${part}`,
    claims: claims.map((claim) => ({ pcn: 'V1', patient, icn: `${payer}-1`, ...claim })),
  })
const decides = (payer: Payer, decision: Decided) => from(payer, 'first', said(first[payer], decision))
const takesBack = (payer: Payer, decision: Decided) => from(payer, 'back', takenBack(decision))
const corrects = (payer: Payer, was: Decided, is: Decided) =>
  from(payer, 'unit', takenBack(was), said(first[payer], is))

const pays = decided(4_000, ['CO', '45', 2_000], ['PR', '1', 4_000])
const paysLess = decided(2_000, ['CO', '45', 4_000], ['PR', '1', 4_000])
const deniesPart = decided(4_000, ['CO', '45', 1_000], ['CO', '197', 1_000], ['PR', '1', 4_000])
const afterA = decided(1_600, ['OA', '23', 6_000], ['CO', '45', 800], ['PR', '2', 1_600])
const repeatsA = decided(1_600, ['OA', '23', 4_000], ['CO', '45', 2_800], ['PR', '2', 1_600])
const deniesAfterA = decided(1_600, ['OA', '23', 6_000], ['CO', '197', 800], ['PR', '2', 1_600])
const afterB = decided(600, ['OA', '23', 8_400], ['PR', '2', 1_000])
const deniesAfterB = decided(600, ['OA', '23', 8_400], ['CO', '197', 1_000])
const lessAfterB = decided(300, ['OA', '23', 8_400], ['CO', '45', 300], ['PR', '2', 1_000])

const documents = {
  'A pays': decides('ACME', pays),
  'A denies a part': decides('ACME', deniesPart),
  'A corrects': corrects('ACME', pays, paysLess),
  'B pays': decides('BETA', afterA),
  'B repeats A’s reduction': decides('BETA', repeatsA),
  'B denies a part': decides('BETA', deniesAfterA),
  'B takes back': takesBack('BETA', afterA),
  'B corrects': corrects('BETA', afterA, deniesAfterA),
  'C pays': decides('GAMMA', afterB),
  'C denies a part': decides('GAMMA', deniesAfterB),
  'C corrects': corrects('GAMMA', afterB, lessAfterB),
}
type Name = keyof typeof documents

const heard = async (order: readonly Name[]) => {
  const desk = await memoryDesk()
  await Effect.runPromise(submitClaims(desk, bill))
  for (const name of order) await Effect.runPromise(receiveRemittance(desk, documents[name], { openMissing: false }))
  const book = await readOn(desk, emptyBook)
  expect([...unbalancedPrefixes(book.log), ...clearingFaults(book.log)]).toEqual([])
  return standing(book)
}

describe('L2 D2 payers that are heard out of order', { tags: ['L2', 'D2'] }, () => {
  it.each<readonly [string, readonly Name[], readonly Name[]]>([
    ['C before B', ['A pays', 'B pays', 'C pays'], ['A pays', 'C pays', 'B pays']],
    [
      'B, which repeats A’s reduction, after C and before A',
      ['A pays', 'B repeats A’s reduction', 'C pays'],
      ['C pays', 'B repeats A’s reduction', 'A pays'],
    ],
    ['what C denied, before A and B', ['A pays', 'B pays', 'C denies a part'], ['C denies a part', 'A pays', 'B pays']],
    ['B takes back before A is heard', ['A pays', 'B pays', 'B takes back'], ['B pays', 'B takes back', 'A pays']],
    [
      'B corrects before A denies a part',
      ['A denies a part', 'B pays', 'B corrects'],
      ['B pays', 'B corrects', 'A denies a part'],
    ],
    ['A corrects before A is heard', ['A pays', 'B pays', 'A corrects'], ['B pays', 'A corrects', 'A pays']],
    [
      'C corrects before B denies a part',
      ['A pays', 'B denies a part', 'C pays', 'C corrects'],
      ['C pays', 'C corrects', 'B denies a part', 'A pays'],
    ],
  ])('%s: ends as in the order of benefits, in clearing nothing', async (_, inOrder, order) => {
    const ends = await heard(inOrder)
    expect(ends.control['payerClearing'] ?? 0).toBe(0)
    expect(await heard(order)).toEqual(ends)
  })

  /** All orders of several lists in which each keeps its own. */
  const merged = (lists: readonly (readonly Name[])[]): readonly (readonly Name[])[] =>
    lists.every((list) => list.length === 0)
      ? [[]]
      : lists.flatMap(([next, ...rest], at) =>
          next === undefined ? [] : merged(lists.with(at, rest)).map((others) => [next, ...others]),
        )
  const lives: readonly (readonly (readonly Name[])[])[] = [
    [
      ['A pays', 'A corrects'],
      ['B pays', 'B corrects'],
      ['C pays', 'C corrects'],
    ],
    [['A pays', 'A corrects'], ['B repeats A’s reduction'], ['C pays', 'C corrects']],
    [['A denies a part'], ['B pays', 'B corrects'], ['C pays', 'C corrects']],
  ]

  it('each corrects what it has said, also when their order is settled: ends as had all been heard in their order', async () => {
    const inOrder = new Map<(typeof lives)[number], Awaited<ReturnType<typeof heard>>>()
    for (const life of lives)
      inOrder.set(
        life,
        await heard([...life.map(([first = 'A pays']) => first), ...life.flatMap(([, ...rest]) => rest)]),
      )
    const any = fc.constantFrom(...lives.flatMap((life) => merged(life).map((order) => [life, order] as const)))
    await fc.assert(
      fc.asyncProperty(any, async ([life, order]) => {
        const ends = await heard(order)
        expect(ends.control['payerClearing'] ?? 0).toBe(0)
        expect(ends, order.join(', ')).toEqual(inOrder.get(life))
      }),
      { numRuns: 200 },
    )
  })
})
