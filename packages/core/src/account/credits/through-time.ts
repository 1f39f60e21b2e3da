import { formatCents } from '../../kernel/cents.ts'
import { amountOn, type Dated, firstDayOf, negated } from '../../kernel/dated.ts'
import type { Day } from '../../kernel/day.ts'
import { precondition, type RuleHit } from '../../kernel/decision.ts'
import { PATIENT } from '../../kernel/effects.ts'
import { correctionPendingAsOf } from '../claims/corrections-state.ts'
import { notYet, owedThrough } from '../ledger/owed-by-day.ts'
import type { AccountState } from '../rooms.ts'
import type { CreditBalanceIdentified, CreditSource } from './events.ts'
import type { Standing } from './state.ts'

// A credit through time: how far what it stands on is overpaid, or without an item, on each day.

/** What a credit stands on through time: an overpaid item, or a payment without one. */
export const creditThrough = (state: AccountState, [first]: readonly CreditSource[]): Dated => {
  if (first === undefined) return []
  if ('party' in first) return negated(owedThrough(state.ledger, first.lineId, first.party))
  if (first.lineId !== undefined) return negated(owedThrough(state.ledger, first.lineId, PATIENT))
  return state.payments.payments.get(first.paymentId)?.dated ?? []
}

/** How a credit was told to stand on a day. */
export const standingOn = (standings: readonly Standing[], day: Day): CreditBalanceIdentified | undefined =>
  standings.findLast(({ on }) => on <= day)?.credit

/** So much from a day on. */
interface From {
  readonly on: Day
  readonly amount: number
}

/**
 * What has to be told of a credit, the earliest day first, so that it is an amount from a day on, and was on no day before
 * that more than the money that there was: whatever was dated back took it away from its own day on, not from today.
 */
export const toldAnew = (told: readonly Standing[], money: Dated, then: From): readonly From[] => {
  const [first] = told
  if (first === undefined) return [then]
  const toldOn = (day: Day): number => standingOn(told, day)?.amount ?? 0
  const amountFrom = (day: Day): number =>
    day < then.on ? Math.min(toldOn(day), Math.max(0, amountOn(money, day))) : then.amount
  const days = [...told, ...money, then].flatMap(({ on }) => (on >= first.on ? [on] : []))
  const anew: From[] = []
  for (const on of [...new Set(days)].sort()) {
    const amount = amountFrom(on)
    if (amount !== (anew.at(-1)?.amount ?? toldOn(on))) anew.push({ on, amount })
  }
  return anew
}

/** That an amount of a credit is there later only, and from when; nothing where it is there on the day, or never. */
export const notYetCredit = (state: AccountState, sources: readonly CreditSource[], amount: number, on: Day) => {
  const from = amount > 0 ? firstDayOf(amount, on, [creditThrough(state, sources)]) : undefined
  if (from === undefined || from <= on) return []
  return [notYet('credits.notYet', `${formatCents(amount)} of it stands from ${from}, not on ${on}`, from)]
}

/** That nobody knew on a day, or knows now, whose money a credit is: a reversal waits for its correction (clarification 4). */
export const unsureHit = (
  { claims, ledger }: AccountState,
  { provisional, sources }: Pick<CreditBalanceIdentified, 'provisional' | 'sources'>,
  on: Day,
): RuleHit | undefined => {
  const visits = sources.flatMap(({ lineId }) => (lineId && ledger.lines.get(lineId)?.visitId) ?? [])
  if (!provisional && !visits.some((visit) => correctionPendingAsOf({ claims, ledger }, visit, on))) return undefined
  const when = provisional ? 'waits' : `waited on ${on}`
  const reason = `a reversal ${when} for its correction: nobody ${provisional ? 'knows yet' : 'knew'} whose money this is`
  return precondition(
    'credits.provisional',
    reason,
    provisional ? 'wait for the correction' : 'do it as of a day since',
  )
}
