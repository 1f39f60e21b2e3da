import { type Day, minDay } from '../../kernel/day.ts'
import type { PolicyVersion } from '../../policy/policy.ts'
import { known } from '../../rules/facts.ts'
import { type Question, scopeOf } from '../facts.ts'
import type { AccountState } from '../rooms.ts'
import type { AutopayCommand } from './commands.ts'
import { type Autopay, type Draft, standsOn, varies } from './state.ts'

type Authorize = Extract<AutopayCommand, { type: 'AuthorizeAutopay' }>

/** The patient wants to have a plan drawn. */
export const authorizeQuestion = (state: AccountState, command: Authorize): Question => ({
  gate: 'authorizeAutopay',
  on: command.on,
  scope: scopeOf(state, state.plans.plans.get(command.plan)?.lines ?? []),
  own: {
    'draft.method': known(command.method),
    'autopay.signed': known(command.how !== 'spoken'),
    'autopay.copyGiven': known(command.copyGiven),
    'autopay.conditioned': known(command.conditioned),
    'autopay.disclosed': known(command.disclosed),
  },
})

/** An amount wants to be drawn on a day, for the first time or again. */
export const presentQuestion = (
  state: AccountState,
  { autopay, amount, on, again }: { autopay: Autopay; amount: number; on: Day; again: Draft | undefined },
  { policy }: { readonly policy: PolicyVersion },
): Question => ({
  gate: 'presentDraft',
  on,
  scope: scopeOf(state, state.plans.plans.get(autopay.authorized.planId)?.lines ?? []),
  own: {
    'draft.monitored': known(policy.policy.autopay.fraudMonitoring),
    'draft.method': known(autopay.authorized.method),
    'autopay.stands': known(standsOn(autopay, on)),
    // What is presented again is the amount that was drawn before.
    'draft.varies': known(again === undefined && varies(autopay, amount)),
    // The first that was sent: who is reminded later was told then.
    'draft.noticeSentOn': known(
      autopay.notices
        .filter((notice) => notice.amount === amount && notice.draftOn === on)
        .reduce<Day | undefined>((first, notice) => minDay(first ?? notice.on, notice.on), undefined) ?? 'never',
    ),
    'draft.lastReturn': known(again?.code ?? 'none'),
    'draft.firstOn': known(again?.firstOn ?? 'never'),
    'draft.presentations': known(Math.max(0, (again?.presentations ?? 1) - 1)),
  },
})
