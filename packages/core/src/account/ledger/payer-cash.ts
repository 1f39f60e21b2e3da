import { sumOf } from '../../kernel/cents.ts'
import { type Effect, PATIENT, type Party } from '../../kernel/effects.ts'
import type { LineId, VisitId } from '../../kernel/ids.ts'
import { type AdjudicationPosting, adjudicationsOf } from '../claims/state.ts'
import type { AccountState } from '../rooms.ts'
import { layersOf } from './balances.ts'

/** What a posting moved on one line, cents, signed. */
export const onLine = (posting: Pick<AdjudicationPosting, 'effects'>, line: LineId): number =>
  posting.effects.reduce((sum, effect) => (effect.lineId === line ? sum + effect.amount : sum), 0)

/** Standing postings of payers on the line. A reversed adjudication is undone already. */
export const payerPostings = (state: AccountState, line: LineId): readonly AdjudicationPosting[] =>
  adjudicationsOf(state.claims, state.ledger.lines.get(line)?.visitId ?? ('' as VisitId))
    .filter((adjudication) => !adjudication.reversed)
    .flatMap((adjudication) => adjudication.postings)
    .filter((posting) => onLine(posting, line) !== 0)

/**
 * What payers have paid on the line, net, by layer: payments and refunds of them, takebacks that stand, credits that were
 * moved here or away. Negative.
 */
export const payerCash = (state: AccountState, line: LineId): ReadonlyMap<string, number> => {
  const cash = new Map<string, number>()
  const add = (effects: readonly Effect[]) => {
    for (const { lineId, layerId, party, amount } of effects) {
      if (lineId === line && party !== PATIENT) cash.set(layerId, (cash.get(layerId) ?? 0) + amount)
    }
  }
  for (const posting of payerPostings(state, line)) if (posting.type === 'InsurancePaymentPosted') add(posting.effects)
  for (const { event, undone } of state.claims.takebacks.by('line', line)) if (!undone) add(event.effects)
  for (const { issued, status } of state.credits.refunds.by('line', line)) {
    if (issued && status !== 'voided') add(issued.effects)
  }
  for (const { effects } of state.credits.moved.get(line) ?? []) add(effects)
  return cash
}

/** What of a payer's money stands on a line, cents. */
export const paidOn = (state: AccountState, line: LineId, payer: Party): number => {
  const cash = payerCash(state, line)
  return -sumOf(layersOf(state.ledger, line, payer), (layer) => cash.get(layer.layerId) ?? 0)
}
