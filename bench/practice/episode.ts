import type { SubmittedClaim } from '@daybook/core/account'
import type { AdviceClaim } from '@daybook/core/remittance'
import type { VisitBooks } from './books.ts'
import type { Payer } from './payers.ts'
import { adult, type Insured, insured, minor } from './people.ts'
import type { Random } from './random.ts'
import { adviceOf, type Judgement, type Ruling, reversalOf, settlementOf } from './ruling.ts'
import { claimOf, type SendOptions } from './submission.ts'
import type { Visit, VisitOptions } from './visit.ts'

type Step = (books: VisitBooks) => void

/** A claim that the practice sends, `after` so many cycles. */
export interface Send {
  readonly after: number
  readonly claim: SubmittedClaim
  readonly apply: Step
}

/**
 * Claims of one payer's answer, `after` so many cycles. A lane is a payment of its own: `regular` is the payer's usual
 * one of the cycle, the others hold what would blur the picture there.
 */
export interface Answer {
  readonly after: number
  readonly payer: Payer
  readonly lane: Lane
  readonly claims: readonly AdviceClaim[]
  /** Held alone, with the amount that stays in clearing; absent: it posts. */
  readonly holds?: true
  readonly apply: Step
}
export type Lane = 'regular' | 'unbalanced' | 'zeroPay' | 'capitation' | 'carried'

/** A provider-level adjustment that comes with the story of a claim. Positive takes off the payment. */
export interface ProviderLevel {
  readonly after: number
  readonly payer: Payer
  readonly lane: Lane
  readonly code: string
  readonly reference: string
  readonly amount: number
}

/** One visit and all that happens to it. */
export interface Episode {
  readonly scenario: string
  readonly visit: Visit
  readonly sends: readonly Send[]
  readonly answers: readonly Answer[]
  readonly providerLevel: readonly ProviderLevel[]
}

export interface Wish extends VisitOptions {
  readonly payers: readonly Payer[]
  /** Cycles that the story takes after the one of the visit. */
  readonly room?: number
  readonly cycle?: number
  readonly child?: boolean
  /** A patient who comes again; the unusual stories have patients of their own. */
  readonly usual?: boolean
}

/** What the scenarios are given: chance, visits and numbers. */
export interface Office {
  readonly random: Random
  readonly visit: (wish: Wish) => Visit
  readonly controlNumber: (payer: Payer) => string
}

export const someone = (random: Random, wish: Wish): Insured =>
  insured(random, wish.child ? minor(random) : adult(random), wish.payers)

const first = (visit: Visit): Payer => {
  const [coverage] = visit.insured.coverages
  if (!coverage) throw new RangeError(`${visit.controlNumber} has no coverage`)
  return coverage.payer
}

/** Who is asked after the first payer. */
export const nextOf = (visit: Visit): string => visit.insured.coverages[1]?.payer.name ?? 'patient'

/** The first claim of a visit: its charges stand with the first payer. */
export const sent = (visit: Visit, options: SendOptions = {}): Send => ({
  after: 0,
  claim: claimOf(visit, options),
  apply: (books) =>
    books.charge(
      first(visit).name,
      visit.lines.reduce((sum, line) => sum + line.charge, 0),
    ),
})

export interface AnswerOptions {
  readonly after?: number
  readonly lane?: Lane
  readonly next?: string
}

/** A claim that posts as it is written. */
export const answered = (judgement: Judgement, options: AnswerOptions = {}): Answer => ({
  after: options.after ?? 0,
  payer: judgement.payer,
  lane: options.lane ?? 'regular',
  claims: [adviceOf(judgement)],
  apply: (books) =>
    books.settle(judgement.controlNumber, settlementOf(judgement, options.next ?? nextOf(judgement.visit))),
})

/** The reversal of a claim, and the correction with it where one is given. */
export const reversed = (original: Judgement, options: AnswerOptions, correction?: Judgement): Answer => ({
  after: options.after ?? 1,
  payer: original.payer,
  lane: options.lane ?? 'regular',
  claims: [reversalOf(adviceOf(original)), ...(correction ? [adviceOf(correction)] : [])],
  apply: (books) => {
    books.reverse(original.controlNumber)
    if (correction) books.settle(correction.controlNumber, settlementOf(correction, nextOf(correction.visit)))
  },
})

export const episode = (
  scenario: string,
  visit: Visit,
  sends: readonly Send[],
  answers: readonly Answer[] = [],
  providerLevel: readonly ProviderLevel[] = [],
): Episode => ({ scenario, visit, sends, answers, providerLevel })

export const judgementOf = (
  office: Office,
  visit: Visit,
  rulings: readonly Ruling[],
  more: Partial<Judgement> = {},
): Judgement => {
  const payer = more.payer ?? first(visit)
  return { visit, payer, controlNumber: office.controlNumber(payer), rulings, ...more }
}
