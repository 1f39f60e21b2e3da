import {
  type AccountEvent,
  type AccountState,
  accountAsOf,
  foldAccount,
  keepingAll,
  keptFaults,
  newAccount,
  receivableOf,
  takenBeforeThere,
  unappliedOf,
  unappliedTotal,
} from '@daybook/core/account'
import { formatCents, isPosting, isReceivable } from '@daybook/core/kernel'
import { unwatched, unwatchedWords, type WorkContext } from '@daybook/projections/worklist'
import * as Effect from 'effect/Effect'
import type { Finding } from './finding.ts'

const effectsTotal = (events: readonly AccountEvent[]): number => {
  let total = 0
  for (const event of events) {
    if (!isPosting(event)) continue
    for (const { stage, amount } of event.effects) if (isReceivable(stage)) total += amount
  }
  return total
}

/** What an event took on a day on which it was not there (law Q5): a past day shows a credit that never was. */
const pastFindings = (
  stream: string,
  event: AccountEvent,
  before: AccountState,
  after: AccountState,
): readonly Finding[] =>
  takenBeforeThere(event, before.ledger, after.ledger).map(({ effect: { layerId, stage }, on, amount }) => ({
    check: 'identities',
    message: `${stream}: ${event.type} of ${event.effectiveDate} leaves ${formatCents(amount)} ${stage} on ${layerId} as of ${on}`,
    stream,
    amount,
  }))

/** Events after which others have their turn: an account may have many. */
const AT_ONCE = 50

/**
 * Folds an account again from its first event, event by event as it grew, and compares what must agree (AR-01, laws C1,
 * C4, E1), and every answer that decisions are given of it with what all of it gives (law Q11).
 */
export const accountFindings = (stream: string, events: readonly AccountEvent[]): Effect.Effect<readonly Finding[]> =>
  Effect.gen(function* () {
    const findings: Finding[] = []
    let state = keepingAll(foldAccount(newAccount, []))
    for (const [at, event] of events.entries()) {
      const after = foldAccount(state, [event])
      findings.push(...pastFindings(stream, event, state, after))
      state = after
      if (at % AT_ONCE === AT_ONCE - 1) yield* Effect.yieldNow
    }
    return [...findings, ...stateFindings(stream, events, state)]
  })

/** What must agree of an account as it stands. */
const stateFindings = (stream: string, events: readonly AccountEvent[], state: AccountState): readonly Finding[] => {
  const findings: Finding[] = []
  const differ = (what: string, amount: number): void => {
    if (amount !== 0) {
      const message = `${stream}: ${what} differ by ${formatCents(amount)}`
      findings.push({ check: 'identities', message, stream, amount })
    }
  }
  const layers = [...state.ledger.layers.values()].reduce((sum, layer) => sum + receivableOf(layer), 0)
  differ('the layers and the effects', layers - effectsTotal(events))
  const booked = -(state.ledger.control.get('unapplied') ?? 0)
  differ('unapplied money in the books and by payment', booked - unappliedTotal(state.payments))
  for (const payment of state.payments.payments.values()) {
    if (unappliedOf(payment) < 0) {
      const message = `${stream}: payment ${payment.paymentId} is spent beyond its amount`
      findings.push({ check: 'identities', message, stream, amount: unappliedOf(payment) })
    }
  }
  for (const fault of keptFaults(state)) {
    findings.push({ check: 'identities', message: `${stream}: ${fault}`, stream })
  }
  return findings
}

/** What stands open today and nobody would look at: on no list, and without a dated reason (law Q6). */
export const watchFindings = (
  stream: string,
  events: readonly AccountEvent[],
  today: WorkContext,
): readonly Finding[] =>
  unwatched(accountAsOf(events, today.asOf), today).map((one) => ({
    check: 'watched',
    message: `${stream}: ${unwatchedWords(one)}`,
    stream,
    amount: one.amount,
  }))
