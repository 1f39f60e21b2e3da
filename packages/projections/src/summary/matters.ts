import { type AccountState, deniedAmount, type Plan, wordsOfCarc } from '@daybook/core/account'
import { type Day, daysBetween } from '@daybook/core/kernel'
import { labelOf, type PartyLabel } from './parties.ts'

/** A credit that stands, with its age (law G5). `provisional`: a reversal waits for its correction, no clock runs. */
export interface CreditSummary {
  readonly credit: string
  readonly owner: string
  readonly amount: number
  readonly provisional: boolean
  readonly identifiedOn: Day
  readonly ageDays: number
}

export interface InstalmentSummary {
  readonly number: number
  readonly due: Day
  readonly amount: number
  readonly paid: number
  readonly open: number
  readonly missed: boolean
}

export interface PlanSummary {
  readonly plan: string
  readonly status: string
  readonly total: number
  readonly remaining: number
  /** The first instalment that is not fully paid; absent when the plan has ended. */
  readonly nextDue?: InstalmentSummary
  readonly missed: readonly InstalmentSummary[]
  readonly cureBy?: Day
}

/** Patient responsibility that rules keep off the patient; it stays at the coverage. */
export interface HoldingSummary {
  readonly holding: string
  readonly visit: string
  readonly coverage: PartyLabel
  readonly amount: number
  readonly lines: readonly { readonly line: string; readonly carc: string; readonly words: string; amount: number }[]
  /** Ids of the rules that block, from the catalogue. */
  readonly blockedBy: readonly string[]
  readonly since: Day
}

export interface DenialSummary {
  readonly denial: string
  readonly visit: string
  readonly coverage: PartyLabel
  readonly category: string
  readonly amount: number
  /** The payer has not decided: a diary, not an appeal. */
  readonly pending: boolean
  /** The amount is carried by a holding of the same denial (clarification 8). */
  readonly amountHeld: boolean
  readonly expected?: number
  readonly reasons: readonly string[]
  readonly since: Day
}

export interface PlacementSummary {
  readonly placement: string
  readonly agency: string
  readonly kind: string
  readonly placedOn: Day
  /** What was placed on that day; what is left of it stands under the parties, stage `placed`. */
  readonly amount: number
}

export const creditsOf = (state: AccountState, asOf: Day): readonly CreditSummary[] =>
  [...state.credits.credits.values()].map((credit) => ({
    credit: credit.creditId,
    owner: credit.owner,
    amount: credit.amount,
    provisional: credit.provisional,
    identifiedOn: credit.identifiedDate,
    ageDays: Math.max(0, daysBetween(credit.identifiedDate, asOf)),
  }))

const instalmentsOf = (plan: Plan): readonly InstalmentSummary[] =>
  plan.schedule.map(({ number, due, amount, paid, missed }) => ({
    number,
    due,
    amount,
    paid,
    open: Math.max(0, amount - paid),
    missed,
  }))

const hasEnded = (plan: Plan): boolean => plan.status === 'completed' || plan.status === 'cancelled'

/** Plans, those that still run first. */
export const plansOf = (state: AccountState): readonly PlanSummary[] =>
  [...state.plans.plans.values()]
    .sort((a, b) => Number(hasEnded(a)) - Number(hasEnded(b)))
    .map((plan) => {
      const instalments = instalmentsOf(plan)
      const open = hasEnded(plan) ? [] : instalments.filter((instalment) => instalment.open > 0)
      const next = open[0]
      return {
        plan: plan.planId,
        status: plan.status,
        total: plan.total,
        remaining: open.reduce((sum, instalment) => sum + instalment.open, 0),
        ...(next ? { nextDue: next } : {}),
        missed: open.filter((instalment) => instalment.missed),
        ...(plan.cureBy ? { cureBy: plan.cureBy } : {}),
      }
    })

export const holdingsOf = (state: AccountState, asOf: Day): readonly HoldingSummary[] =>
  [...state.ledger.holdings.values()]
    .filter((holding) => holding.open)
    .map(({ event }) => ({
      holding: event.holdingId,
      visit: event.visitId,
      coverage: labelOf(state, { coverageId: event.coverageId }, asOf),
      amount: event.lines.reduce((sum, line) => sum + line.amount, 0),
      lines: event.lines.map(({ lineId, carc, amount }) => ({
        line: lineId,
        carc,
        words: wordsOfCarc(carc),
        amount,
      })),
      blockedBy: event.blockedBy,
      since: event.effectiveDate,
    }))

export const denialsOf = (state: AccountState, asOf: Day): readonly DenialSummary[] =>
  [...state.claims.denials.values()]
    .filter((denial) => denial.resolved === undefined)
    .map((denial) => ({
      denial: denial.event.denialId,
      visit: denial.event.visitId,
      coverage: labelOf(state, { coverageId: denial.event.coverageId }, asOf),
      category: denial.event.category,
      amount: deniedAmount(denial),
      pending: denial.event.pending,
      amountHeld: denial.event.amountHeld,
      ...(denial.event.expected === undefined ? {} : { expected: denial.event.expected }),
      reasons: [...new Set(denial.event.lines.map(({ group, carc }) => `${group}-${carc} ${wordsOfCarc(carc)}`))],
      since: denial.event.effectiveDate,
    }))

export const placementsOf = (state: AccountState): readonly PlacementSummary[] =>
  [...state.placement.placements.values()].map((placed) => ({
    placement: placed.placementId,
    agency: placed.agencyId,
    kind: placed.kind,
    placedOn: placed.effectiveDate,
    amount: placed.items.reduce((sum, item) => sum + item.amount, 0),
  }))
