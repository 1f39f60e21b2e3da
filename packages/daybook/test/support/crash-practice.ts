import type { ClaimSubmission } from '@daybook/core/account'
import type { RemittanceAdvice } from '@daybook/core/remittance'
import { type Desk, receiveRemittance, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { advice, type ClaimOf, type SubmittedOf, submission, type Triple } from './documents.ts'

// A day's files of an invented practice, the same in every process: what is imported while processes are killed.

/** Park–Miller: the same figures every time. */
const series = (seed: number) => {
  let state = seed
  return (below: number): number => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}

export const kinds = ['paid', 'denied', 'shared', 'bundled', 'unbalanced', 'late', 'unknown'] as const
export type Kind = (typeof kinds)[number]

interface Case {
  readonly submitted?: SubmittedOf
  readonly remitted: readonly ClaimOf[]
  /** An adjudication of an earlier remittance that this one reverses; imported after it. */
  readonly earlier?: ClaimOf
}

const caseOf = (number: number, kind: Kind): Case => {
  const next = series(7_919 + number)
  const pcn = `ACC-${String(number).padStart(3, '0')}`
  const charge = 10_000 + next(60_000)
  const paid = Math.floor(charge * 0.6)
  const reduced = Math.floor(charge * 0.25)
  const share: readonly Triple[] = [
    ['CO', '45', reduced],
    ['PR', '1', charge - paid - reduced],
  ]
  // Two claims in a row are one family's: they meet on one account.
  const patient = { id: `W${Math.floor(number / 2)}`, last: 'DOE', first: `P${number}` }
  const submitted = { pcn, patient, lines: [{ charge }] }
  const claim = (lines: ClaimOf['lines'], over: Partial<ClaimOf> = {}): ClaimOf => ({
    pcn,
    patient,
    lines: lines ?? [],
    ...over,
  })
  switch (kind) {
    case 'paid':
      return { submitted, remitted: [claim([{ charge, paid: charge }])] }
    case 'denied':
      return { submitted, remitted: [claim([{ charge, cas: [['CO', '197', charge]] }])] }
    case 'shared':
      return { submitted, remitted: [claim([{ charge, paid, cas: share }])] }
    case 'bundled':
      return {
        submitted: { ...submitted, lines: [{ charge }, { code: '82330', charge: 5_000 }] },
        remitted: [
          claim([
            { charge, paid, cas: share },
            { code: '82330', charge: 5_000, cas: [['CO', '97', 5_000]] },
          ]),
        ],
      }
    case 'unbalanced':
      return { submitted, remitted: [claim([{ charge, paid }])] }
    case 'late':
      return {
        submitted,
        remitted: [
          claim(
            [
              {
                charge: -charge,
                paid: -paid,
                cas: share.map(([group, carc, amount]) => [group, carc, -amount] as const),
              },
            ],
            { status: '22' },
          ),
          claim([{ charge, paid: charge }]),
        ],
        earlier: claim([{ charge, paid, cas: share }]),
      }
    case 'unknown':
      return { remitted: [claim([{ charge, paid, cas: share }])] }
  }
}

export interface CrashPractice {
  readonly bills: ClaimSubmission
  readonly remittance: RemittanceAdvice
  readonly earlier: RemittanceAdvice
}

/** An 837, an 835 of 2026-03-02, and the earlier 835 that came too late; one claim a kind, in this order. */
export const practiceOf = (claims: readonly Kind[]): CrashPractice => {
  const cases = claims.map((kind, number) => caseOf(number, kind))
  return {
    bills: submission(cases.flatMap((each) => each.submitted ?? [])),
    remittance: advice({
      trace: 'DAY',
      date: '2026-03-02',
      claims: cases.flatMap((each) => each.remitted),
      plb: [
        ['L6', '', -300],
        ['WO', 'ICN-OLD', 4_200],
      ],
    }),
    earlier: advice({ trace: 'EARLIER', date: '2026-02-02', claims: cases.flatMap((each) => each.earlier ?? []) }),
  }
}

/** About so many claims, every kind in turn. */
export const crashPractice = (claims: number): CrashPractice =>
  practiceOf(Array.from({ length: claims }, (_, number) => kinds[number % kinds.length] ?? 'paid'))

/** The whole day: the remittance first, its claims, then what it reverses. */
export const importDay = (desk: Desk, { bills, remittance, earlier }: CrashPractice): Promise<void> =>
  Effect.runPromise(
    Effect.gen(function* () {
      yield* receiveRemittance(desk, remittance, { openMissing: false })
      yield* submitClaims(desk, bills)
      yield* receiveRemittance(desk, earlier, { openMissing: true })
    }),
  )
