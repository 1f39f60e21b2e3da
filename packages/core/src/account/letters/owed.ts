import { sumOf } from '../../kernel/cents.ts'
import type { Day } from '../../kernel/day.ts'
import type { AdjustmentId, PlanId, RefundId } from '../../kernel/ids.ts'
import type { LetterOwed } from '../../policy/sections/letters.ts'
import type { Adjustment } from '../ledger/adjustments-state.ts'
import type { Plan } from '../plans/plan-state.ts'
import type { AccountState } from '../rooms.ts'
import type { PauseId } from '../statements/events.ts'
import type { AboutAsked } from './commands.ts'
import { saidKey } from './state.ts'

// What happened on an account of which a letter tells, and no letter has told yet. Other letters are owed by what asks
// for them: a dispute, a complaint, a cure that is offered, a request for an itemised bill. Those keep them in sight.

/** A letter that nobody has made since what it tells of. */
export interface OwedLetter {
  readonly about: LetterOwed
  /** The plan, the refund, the write-off, the pause that it tells of, by its id. */
  readonly concerns: string
  /** The day of what it tells of. */
  readonly on: Day
  /** From this day on there is nothing to tell any more. */
  readonly until?: Day
}

/** Write-offs that help with the bill. */
export const helpCategories: ReadonlySet<string> = new Set(['charity', 'presumptive'])

/** What a write-off has given up and not taken back, cents. */
export const givenUpOf = ({ parts }: Pick<Adjustment, 'parts'>): number =>
  sumOf(parts, ({ amount, reversed }) => Math.abs(amount) - Math.abs(reversed))

/** How a plan was changed last, and when. */
export const changeOf = ({
  amendedOn,
  deferrals,
}: Plan): { readonly about: 'planAmended' | 'planDeferred'; readonly on: Day } | undefined => {
  const on = amendedOn.at(-1)
  return on && { about: deferrals.at(-1)?.on === on ? 'planDeferred' : 'planAmended', on }
}

const ofPlans = ({ plans }: AccountState): readonly OwedLetter[] =>
  plans.plans.where('running').flatMap((plan) => {
    const change = plan.status === 'active' ? changeOf(plan) : undefined
    return change ? [{ ...change, concerns: plan.planId }] : []
  })

const ofHelp = ({ ledger }: AccountState): readonly OwedLetter[] =>
  [...ledger.adjustments.values()].flatMap((adjustment) => {
    const { category, adjustmentId: concerns, effectiveDate: on } = adjustment
    return helpCategories.has(category) && givenUpOf(adjustment) > 0
      ? [{ about: 'assistanceGranted' as const, concerns, on }]
      : []
  })

const ofPauses = ({ statements }: AccountState): readonly OwedLetter[] =>
  [...statements.pauses.values()].flatMap(({ pauseId: concerns, because, from: on, to, resumed }) =>
    resumed || (because !== 'assistance' && because !== 'hardship')
      ? []
      : [{ about: 'assistanceReceived' as const, concerns, on, ...(to === undefined ? {} : { until: to }) }],
  )

const ofRefunds = ({ credits }: AccountState): readonly OwedLetter[] =>
  [...credits.refunds.values()].flatMap(({ approved, issued, status }) =>
    issued && status !== 'voided' && approved.payee === 'guarantor'
      ? [{ about: 'refund' as const, concerns: approved.refundId, on: issued.effectiveDate }]
      : [],
  )

/** Whether a letter of the account says it, on its way or arrived; one that came back is work of its own until it goes out again. */
const isTold = (state: AccountState, { about, concerns, on }: OwedLetter): boolean =>
  // The first day of each is that of what it tells of (`told.ts`).
  state.letters.said.has(saidKey({ about, concerns, facts: [{ what: 'receivedOn', on }] }))

/** All letters that tell of what happened, and that nobody has made, whatever policy owes. */
export const untoldLetters = (state: AccountState): readonly OwedLetter[] =>
  [...ofPlans(state), ...ofHelp(state), ...ofPauses(state), ...ofRefunds(state)].filter((owed) => !isTold(state, owed))

/** How it is asked for. */
export const askedFor = ({ about, concerns }: Pick<OwedLetter, 'about' | 'concerns'>): AboutAsked => {
  switch (about) {
    case 'assistanceGranted':
      return { about, adjustment: concerns as AdjustmentId }
    case 'assistanceReceived':
      return { about, pause: concerns as PauseId }
    case 'planAmended':
    case 'planDeferred':
      return { about, plan: concerns as PlanId }
    case 'refund':
      return { about, refund: concerns as RefundId }
  }
}
