import { isDeepStrictEqual } from 'node:util'
import { memoryEventStore } from '@daybook/adapters/memory'
import { partyKey } from '@daybook/core/kernel'
import { type Desk, executeOnAccount, receiveRemittance, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { entriesOf, readLog, unbalancedPrefixes } from './support/books.ts'
import { deskOn } from './support/desk.ts'
import { advice, submission, type Triple } from './support/documents.ts'

// Law Q2: whoever opens a visit, the files that come afterwards leave the same balances. One visit, its claims to two
// payers and their advices; each opener, and each order in which the files can come, is a book of its own, and all books
// must end alike. A model says what the first of them must come to.

const NUMBER = 'VISIT-1'
const DAY = '2026-01-10'
const account = '01a00000-0000-7000-8000-000000000001'

// An opening balance stands at the payer: one that the older book had made the patient's was decided before.
const openers = ['claim', 'advice', 'desk', 'deskForPayer', 'brought'] as const
type Opener = (typeof openers)[number]

/** What the files say. Cents. */
interface Figures {
  readonly lines: readonly { readonly charge: number; readonly paid: number; readonly share: number }[]
  /** The claim to the first payer names the next one. */
  readonly named: boolean
  /** What the second payer pays of each share, in hundredths of it; absent: it is not heard. */
  readonly second?: number | undefined
  /** The claim to the second payer is on file too. */
  readonly secondClaim: boolean
  /** The first payer takes its word back: alone, or to pay another amount in the same remittance. */
  readonly reversal?: 'alone' | 'corrected' | undefined
}

type File = 'claim' | 'claim2' | 'advice' | 'advice2' | 'reversal'

interface Case {
  readonly figures: Figures
  readonly opener: Opener
  readonly order: readonly number[]
}

const line = fc
  .record({ charge: fc.integer({ min: 1_000, max: 90_000 }), paid: fc.nat(100), share: fc.nat(100) })
  .map(({ charge, paid, share }) => {
    const paying = Math.floor((charge * paid) / 100)
    return { charge, paid: paying, share: Math.floor(((charge - paying) * share) / 100) }
  })
const figures: fc.Arbitrary<Figures> = fc.record({
  lines: fc.array(line, { minLength: 1, maxLength: 2 }),
  named: fc.boolean(),
  second: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
  secondClaim: fc.boolean(),
  reversal: fc.constantFrom<Figures['reversal']>(undefined, 'alone', 'corrected'),
})
const cases: fc.Arbitrary<Case> = fc.record({
  figures,
  opener: fc.constantFrom(...openers),
  order: fc.array(fc.nat(1_000), { minLength: 5, maxLength: 5 }),
})

const codes = ['99213', '85025']
const patient = { last: 'DOE', first: 'JANE', born: '1980-01-01' }
const first = { payer: 'ACME', member: 'M1' }
const second = { payer: 'BETA', member: 'B1', sequence: 'S' }

const claimFile = ({ lines, named }: Figures, to: typeof first | typeof second) =>
  submission([
    {
      pcn: NUMBER,
      patient,
      to,
      others: to === first ? (named ? [second] : []) : [{ ...first, sequence: 'P' }],
      lines: lines.map(({ charge }, at) => ({ code: codes[at] as string, charge, on: DAY })),
    },
  ])

const firstLines = (lines: Figures['lines'], sign = 1) =>
  lines.map(({ charge, paid, share }, at) => {
    const signed = (amount: number): number => (sign < 0 ? 0 - amount : amount)
    const cas = [
      ['CO', '45', signed(charge - paid - share)],
      ['PR', '1', signed(share)],
    ] as const satisfies readonly Triple[]
    return {
      code: codes[at] as string,
      charge: signed(charge),
      paid: signed(paid),
      cas: cas.filter(([, , amount]) => amount !== 0),
      on: DAY,
    }
  })

/** What the first payer says the second time: a tenth of each share becomes payment. */
const corrected = (lines: Figures['lines']): Figures['lines'] =>
  lines.map(({ charge, paid, share }) => {
    const more = Math.floor(share / 10)
    return { charge, paid: paid + more, share: share - more }
  })

const claimOfFirst = (icn: string, lines: Figures['lines']) => ({
  pcn: NUMBER,
  icn,
  patient: { id: 'M1', last: 'DOE', first: 'JANE' },
  lines: firstLines(lines),
})

const firstAdvice = ({ lines }: Figures) =>
  advice({ trace: 'T1', date: '2026-02-01', claims: [claimOfFirst('ICN1', lines)] })

const reversalAdvice = ({ lines, reversal }: Figures) =>
  advice({
    trace: 'T2',
    date: '2026-03-20',
    method: 'ACH',
    claims: [
      { ...claimOfFirst('ICN1', lines), status: '22', lines: firstLines(lines, -1) },
      ...(reversal === 'corrected' ? [claimOfFirst('ICN2', corrected(lines))] : []),
    ],
  })

/** The second payer answers to the first word of the first, or to its correction where that is on file already. */
const secondAdvice = ({ lines, second: percent = 0 }: Figures) =>
  advice({
    trace: 'T3',
    date: '2026-03-01',
    payer: 'BETA',
    claims: [
      {
        pcn: NUMBER,
        icn: 'ICN3',
        status: '2',
        patient: { id: 'B1', last: 'DOE', first: 'JANE' },
        lines: lines.map(({ charge, share }, at) => {
          const paid = Math.floor((share * percent) / 100)
          const cas: readonly Triple[] = [
            ['OA', '23', charge - share],
            ['PR', '2', share - paid],
          ]
          return {
            code: codes[at] as string,
            charge,
            paid,
            cas: cas.filter(([, , amount]) => amount !== 0),
            on: DAY,
          }
        }),
      },
    ],
  })

const openedByDesk = (of: Figures, opener: Opener): readonly object[] => {
  const { last, first: given, born } = patient
  const brought = opener === 'brought'
  const toPayer = opener !== 'desk'
  const coverage = { coverage: 'c1', patient: 'p1', payer: 'ACME', payerName: 'ACME HEALTH', memberId: 'M1' }
  return [
    { type: 'OpenAccount', accountId: account, on: DAY, guarantor: { name: `${given} ${last}` } },
    { type: 'RegisterPatient', on: DAY, patient: 'p1', last, first: given, born },
    ...(toPayer ? [{ type: 'AddCoverage', on: DAY, ...coverage }] : []),
    ...(brought
      ? [
          {
            type: 'BringForward',
            booksBegin: DAY,
            visit: 'v1',
            patient: 'p1',
            patientControlNumber: NUMBER,
            source: 'the older book',
            lines: of.lines.map(({ charge }, at) => ({
              line: `l${at}`,
              code: codes[at],
              dos: DAY,
              party: { coverageId: 'c1' },
              amount: charge,
              originalCharge: charge,
            })),
          },
        ]
      : [
          { type: 'OpenVisit', on: DAY, visit: 'v1', patient: 'p1', patientControlNumber: NUMBER },
          ...of.lines.map(({ charge }, at) => ({
            type: 'PostCharge',
            on: DAY,
            visit: 'v1',
            line: `l${at}`,
            code: codes[at],
            amount: charge,
          })),
        ]),
  ]
}

const filesOf = ({ second: heard, secondClaim, reversal }: Figures): readonly File[] => [
  'claim',
  ...(secondClaim ? (['claim2'] as const) : []),
  'advice',
  ...(heard === undefined ? [] : (['advice2'] as const)),
  ...(reversal ? (['reversal'] as const) : []),
]

const run = (desk: Desk, of: Figures, file: File, openMissing: boolean): Promise<unknown> => {
  if (file === 'claim') return Effect.runPromise(submitClaims(desk, claimFile(of, first)))
  if (file === 'claim2') return Effect.runPromise(submitClaims(desk, claimFile(of, second)))
  const document = file === 'advice' ? firstAdvice(of) : file === 'advice2' ? secondAdvice(of) : reversalAdvice(of)
  return Effect.runPromise(receiveRemittance(desk, document, { openMissing }))
}

/** By line (its code) and party (a payer by its id), cents; zeros left out. */
type Ends = Readonly<Record<string, number>>

const endsOf = async (desk: Desk): Promise<Ends> => {
  const log = entriesOf(await readLog(desk))
  expect(unbalancedPrefixes(log)).toEqual([])
  const payers = new Map<string, string>()
  const codeOf = new Map<string, string>()
  const owed: Record<string, number> = {}
  for (const { event } of log) {
    if (event.type === 'CoverageAdded') payers.set(event.coverageId, event.payerId)
    if (event.type === 'ChargePosted') codeOf.set(event.lineId, event.code)
    if (event.type === 'BalanceBroughtForward') for (const each of event.lines) codeOf.set(each.lineId, each.code)
    if (!('effects' in event)) continue
    for (const { lineId, party, amount } of event.effects) {
      const who = party === 'patient' ? party : (payers.get(partyKey(party)) ?? partyKey(party))
      const key = `${codeOf.get(lineId)} ${who}`
      owed[key] = (owed[key] ?? 0) + amount
    }
  }
  return Object.fromEntries(Object.entries(owed).filter(([, amount]) => amount !== 0))
}

const bookOf = async (of: Figures, opener: Opener, files: readonly File[]): Promise<Ends> => {
  const desk = deskOn(await Effect.runPromise(memoryEventStore()))
  if (opener !== 'claim' && opener !== 'advice') {
    for (const [n, command] of openedByDesk(of, opener).entries()) {
      await Effect.runPromise(executeOnAccount(desk, account, command, `d${n}`))
    }
  }
  for (const file of files) await run(desk, of, file, opener === 'advice')
  return endsOf(desk)
}

const said: readonly File[] = ['advice', 'advice2', 'reversal']

/**
 * Claims come whenever they come; payers speak in the order of their days, each to what was said before. What a payer said
 * that nobody knows of waits for a claim that names it: one that comes after the first payer took its word back finds
 * that the waiting advice answers to what stands no more, and it waits for a person.
 */
const canCome = (of: Figures, files: readonly File[]): boolean => {
  const spoken = files.filter((file) => said.includes(file))
  if (
    !isDeepStrictEqual(
      spoken,
      said.filter((file) => files.includes(file)),
    )
  )
    return false
  const naming = files.findIndex((file) => file === 'claim2' || (file === 'claim' && of.named))
  return of.second === undefined || !of.reversal || naming < files.indexOf('reversal')
}

it('Q2 a visit opened by the desk, an 837, an 835 or an opening balance: the same files leave the same balances', {
  tags: ['Q2'],
}, async () => {
  const tried = new Set<Opener>()
  await fc.assert(
    fc.asyncProperty(cases, async ({ figures: of, opener, order }) => {
      const straight = filesOf(of)
      const mixed = straight
        .map((file, at) => ({ file, at: order[at] ?? 0 }))
        .sort((a, b) => a.at - b.at)
        .map(({ file }) => file)
      if (!canCome(of, mixed)) return
      const isOpened = opener !== 'claim' && opener !== 'advice'
      const files = isOpened ? mixed : [opener, ...mixed.filter((file) => file !== opener)]
      if (!canCome(of, files)) return
      tried.add(opener)
      const expected = await bookOf(of, 'claim', straight)
      expect(await bookOf(of, opener, files)).toEqual(expected)
    }),
    { numRuns: 1_000 },
  )
  expect([...tried].sort()).toEqual([...openers].sort())
})
