import type { Dated } from '../../kernel/dated.ts'
import { type Day, maxDay } from '../../kernel/day.ts'
import { coverageParty } from '../../kernel/effects.ts'
import type { VisitId } from '../../kernel/ids.ts'
import { owedOn } from '../ledger/balances.ts'
import { owedThrough } from '../ledger/owed-by-day.ts'
import type { LedgerState } from '../ledger/state.ts'
import { type Adjudication, adjudicationsOf, type ClaimState } from './state.ts'

// A reversal that comes alone is provisional (clarification 4) for as long as anything stands at its payer. Who moves that on,
// because the coverage had ended or another payer comes first, or gives it up, has said that no correction is waited for.

interface Told {
  readonly claims: ClaimState
  readonly ledger: LedgerState
}

/** True where a reversal waits for its correction: what it left at its payer stands there still. */
export const waitsForCorrection = (
  { ledger }: Pick<Told, 'ledger'>,
  { pending, event: { coverageId, lines } }: Adjudication,
): boolean =>
  pending && (lines.length === 0 || lines.some(({ lineId }) => owedOn(ledger, lineId, coverageParty(coverageId)) > 0))

/** True while a reversal of this visit waits for its correction: credits are provisional (clarification 4). */
export const correctionPending = (state: Told, visit: VisitId): boolean =>
  adjudicationsOf(state.claims, visit).some((adjudication) => waitsForCorrection(state, adjudication))

/** The day since which nothing is owed any more, of what counts before another one; undefined where something still is. */
const settledSince = (owed: Dated, from: Day, before: Day | undefined): Day | undefined => {
  let amount = 0
  let since: Day | undefined = from
  for (const change of owed) {
    if (before !== undefined && change.on >= before) break
    amount += change.amount
    if (amount > 0) since = undefined
    else since ??= maxDay(from, change.on)
  }
  return since
}

/** The days on which a reversal waits, or waited, for its correction; `to` is none of them, absent where it waits still. */
export const waitingDays = (
  { ledger }: Pick<Told, 'ledger'>,
  { pending, reversedOn: from, correctedOn, event: { coverageId, lines } }: Adjudication,
): { readonly from: Day; readonly to?: Day } | undefined => {
  if (from === undefined || (!pending && correctedOn === undefined)) return undefined
  const settled = lines.map(({ lineId }) =>
    settledSince(owedThrough(ledger, lineId, coverageParty(coverageId)), from, correctedOn),
  )
  const moved = settled.every((day) => day !== undefined) ? settled.reduce(maxDay, from) : undefined
  const to = lines.length === 0 ? correctedOn : (moved ?? correctedOn)
  return { from, ...(to === undefined ? {} : { to }) }
}

/** True where a reversal of this visit waited on a day for its correction: credits were provisional (clarification 4). */
export const correctionPendingAsOf = (state: Told, visit: VisitId, on: Day): boolean =>
  adjudicationsOf(state.claims, visit).some((adjudication) => {
    const days = waitingDays(state, adjudication)
    return days !== undefined && days.from <= on && (days.to === undefined || on < days.to)
  })
