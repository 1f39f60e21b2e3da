import type { ClaimSubmission } from '@daybook/core/account'
import type { RemittanceAdvice } from '@daybook/core/remittance'
import { type Desk, receiveRemittance, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import fc from 'fast-check'
import { advice, type ClaimOf, type LineOf, type PayerOf, submission, type Triple } from './documents.ts'

// Small books of one or two patients with up to three payers: claims to each, what each decides of what the one before
// it left, and how some decide again. What payers say of one claim fits together, as theirs does.

/** What a document is in the life of its claim. */
type Step = 'claim' | 'followUp' | 'first' | 'back' | 'anew' | 'unit'

interface Of {
  readonly name: string
  readonly pcn: string
  readonly step: Step
  /** The payer that it is to or from: 0 is the first in the order of benefits. */
  readonly place: number
  /** How many payers the claim has. */
  readonly payers: number
}
export interface Bill extends Of {
  readonly kind: '837'
  readonly frequency: string
  readonly lines: readonly LineOf[]
  readonly document: ClaimSubmission
}
interface Remitted extends Of {
  readonly kind: '835'
  readonly document: RemittanceAdvice
}
export type Document = Bill | Remitted

/** How a payer splits what is open at it on a line, in hundredths; the rest is the next party's share. */
interface Split {
  readonly paid: number
  readonly reduced: number
  readonly denied: number
}

/** How the first decision of a payer ends: it stands, is taken back, or is decided anew, in one remittance or in two. */
type Again = 'stands' | 'back' | 'unit' | 'apart'

interface Decision {
  readonly split: Split
  readonly again: Again
  /** Of what was paid, hundredths that the second decision reduces instead. */
  readonly less: number
  /** A later payer repeats the reductions of those before it, beside its own (rule N). */
  readonly repeats: boolean
}

export interface SmallCase {
  readonly charges: readonly number[]
  readonly payers: readonly Decision[]
  /** Claims to the second and the third payer are sent too. */
  readonly secondary: boolean
  readonly tertiary: boolean
  /** What the practice sends after its claim: nothing, late charges, a replacement or a void. */
  readonly followUp: 'none' | '5' | '7' | '8'
}

const split: fc.Arbitrary<Split> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ paid: fc.constantFrom(40, 60), reduced: fc.constantFrom(0, 20), denied: fc.constant(0) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      paid: fc.constantFrom(0, 40),
      reduced: fc.constantFrom(0, 20),
      denied: fc.constantFrom(10, 20),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ paid: 0, reduced: 0, denied: 100 }) },
)
const decision: fc.Arbitrary<Decision> = fc.record({
  split,
  again: fc.oneof(
    { weight: 5, arbitrary: fc.constant<Again>('stands') },
    { weight: 3, arbitrary: fc.constantFrom<Again>('unit', 'apart', 'back') },
  ),
  less: fc.constantFrom(10, 50),
  repeats: fc.boolean(),
})
export const smallCase: fc.Arbitrary<SmallCase> = fc.record({
  charges: fc.array(fc.constantFrom(10_000, 20_000), { minLength: 1, maxLength: 2 }),
  payers: fc.array(decision, { minLength: 1, maxLength: 3 }),
  secondary: fc.boolean(),
  tertiary: fc.boolean(),
  followUp: fc.oneof(
    { weight: 5, arbitrary: fc.constant<'none'>('none') },
    { weight: 2, arbitrary: fc.constantFrom<'5' | '7' | '8'>('5', '7', '8') },
  ),
})

const names = ['ACME', 'BETA', 'GAMMA'] as const
const codes = ['99213', '85025'] as const
const LATE = '81002'

const negated = (line: LineOf): LineOf => ({
  ...line,
  charge: -line.charge,
  paid: 0 - (line.paid ?? 0),
  cas: (line.cas ?? []).map(([group, carc, amount]) => [group, carc, -amount] as const),
})
const part = (amount: number, hundredths: number): number => Math.floor((amount * hundredths) / 100)

/** What each payer says of each line, first and after correction: of what the one before it left open. */
const decided = (of: SmallCase, charges: readonly number[]) => {
  const left = charges.map((open) => ({ open, reduced: 0 }))
  return of.payers.map(({ split: by, less, repeats }, place) => {
    const shares = charges.map((charge, at) => {
      const { open = 0, reduced: before = 0 } = left[at] ?? {}
      const [paid, reduced, denied] = [part(open, by.paid), part(open, by.reduced), part(open, by.denied)]
      const repeated = place > 0 && repeats ? before : 0
      return { at, charge, open, before, paid, reduced, denied, repeated, share: open - paid - reduced - denied }
    })
    const linesOf = (cut: number): readonly LineOf[] =>
      shares.map(({ at, charge, open, paid, reduced, denied, repeated, share }) => {
        const off = part(paid, cut)
        const cas: readonly Triple[] = [
          ['OA', '23', charge - open - repeated],
          ['CO', '45', reduced + repeated + off],
          ['CO', '197', denied],
          ['PR', place === 0 ? '1' : '2', share],
        ]
        return { code: codes[at] ?? '', charge, paid: paid - off, cas: cas.filter(([, , amount]) => amount !== 0) }
      })
    for (const { at, share, before, reduced } of shares) left[at] = { open: share, reduced: before + reduced }
    return { first: linesOf(0), anew: linesOf(less) }
  })
}

const linesOf = (charges: readonly number[]): readonly LineOf[] =>
  charges.map((charge, at) => ({ code: codes[at] ?? '', charge }))

/** The documents of one case, in the order in which they were made. */
const documentsOf = (of: SmallCase, number: number): readonly Document[] => {
  const pcn = `V${number}`
  const patient = { id: `M${number}`, last: 'DOE', first: `P${number}` }
  const payers = of.payers.map(
    (_, at): PayerOf => ({ payer: names[at] ?? '', sequence: 'PST'[at] ?? '', member: `M${number}` }),
  )
  const about = (step: Step, place: number, name: string): Of => ({
    name: `${pcn} ${name}`,
    pcn,
    step,
    place,
    payers: payers.length,
  })
  const bill = (place: number, created: string, frequency: string, lines: readonly LineOf[]): Document => ({
    kind: '837',
    ...about(frequency === '1' ? 'claim' : 'followUp', place, `837 to ${names[place]} frequency ${frequency}`),
    frequency,
    lines,
    document: submission(
      [{ pcn, patient, frequency, lines, to: payers[place] ?? { payer: '' }, others: payers.toSpliced(place, 1) }],
      { created },
    ),
  })
  const original = bill(0, '2026-01-12', '1', linesOf(of.charges))
  const after = '2026-01-14'
  if (of.followUp === '8') return [original, bill(0, after, '8', linesOf(of.charges))]
  const charges = of.followUp === '7' ? of.charges.map((charge, at) => charge + (at === 0 ? 1_000 : 0)) : of.charges
  const followUps: readonly Document[] =
    of.followUp === '7'
      ? [bill(0, after, '7', linesOf(charges))]
      : of.followUp === '5'
        ? [bill(0, after, '5', [{ code: LATE, charge: 3_000 }])]
        : []
  const next = [of.secondary, of.tertiary].flatMap((sent, at) =>
    sent && payers.length > at + 1 ? [bill(at + 1, `2026-0${at + 2}-25`, '1', linesOf(charges))] : [],
  )
  const decisions = decided(of, charges).flatMap(({ first, anew }, place) => {
    const payer = names[place] ?? ''
    const says = (lines: readonly LineOf[], status = String(place + 1)): ClaimOf => ({
      pcn,
      patient,
      status,
      icn: `${payer}-${number}`,
      lines,
    })
    const remits = (step: Step, day: string, claims: readonly ClaimOf[]): Document => ({
      kind: '835',
      ...about(step, place, `835 of ${payer}: ${step}`),
      document: advice({ payer, trace: `${payer}${number}${step}`, date: `2026-0${place + 2}-${day}`, claims }),
    })
    const back = says(first.map(negated), '22')
    const again: Readonly<Record<Again, readonly Document[]>> = {
      stands: [],
      back: [remits('back', '25', [back])],
      unit: [remits('unit', '25', [back, says(anew)])],
      apart: [remits('back', '25', [back]), remits('anew', '27', [says(anew)])],
    }
    return [{ first: remits('first', '20', [says(first)]), again: again[of.payers[place]?.again ?? 'stands'] }]
  })
  return [
    original,
    ...followUps,
    ...next,
    ...decisions.map(({ first }) => first),
    ...decisions.flatMap(({ again }) => again),
  ]
}

export interface SmallBook {
  readonly documents: readonly Document[]
  readonly openMissing: boolean
  /** Another order of the same documents. */
  readonly order: readonly number[]
}

/** A book is shown as the names of its documents in the order in which they come. */
const shown = (book: SmallBook): SmallBook =>
  Object.defineProperty({ ...book }, fc.toStringMethod, {
    value: () =>
      `${book.openMissing ? 'opening what is missing' : 'opening nothing'}: ${book.order.map((at) => book.documents[at]?.name).join(', ')}`,
  })

export const smallBook: fc.Arbitrary<SmallBook> = fc
  .record({
    cases: fc.array(smallCase, { minLength: 1, maxLength: 2 }),
    openMissing: fc.boolean(),
    keys: fc.array(fc.nat({ max: 99 }), { minLength: 30, maxLength: 30 }),
  })
  .map(({ cases, openMissing, keys }) => {
    const documents = cases.flatMap(documentsOf)
    const order = documents.map((_, at) => at).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b)
    return shown({ documents, openMissing, order })
  })

/** What became of a document: `taken`, known already, or why it was not taken in whole. */
export interface Taken {
  readonly document: Document
  readonly outcome: string
  readonly held: readonly string[]
}

export const take = async (desk: Desk, document: Document, openMissing: boolean): Promise<Taken> => {
  if (document.kind === '837') {
    const { claims } = await Effect.runPromise(submitClaims(desk, document.document))
    const [claim] = claims
    const outcome = claim?.outcome ?? ''
    return { document, outcome, held: outcome === 'held' || outcome === 'rejected' ? (claim?.problems ?? []) : [] }
  }
  const report = await Effect.runPromise(receiveRemittance(desk, document.document, { openMissing }))
  const held = report.held.flatMap(({ hits }) => hits.map(({ rule, reason }) => `${rule}: ${reason}`))
  return { document, outcome: report.outcome, held }
}
