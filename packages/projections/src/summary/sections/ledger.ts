import { type AccountState, wordsOfCarc } from '@daybook/core/account'
import { type Day, PATIENT, type Party, partyKey } from '@daybook/core/kernel'
import { type LayerMoney, type Totals, totalsOf } from '../money.ts'
import type { SummaryPart } from '../part.ts'
import { labelOf, type PartyLabel } from '../parties.ts'

/** What one responsible party owes, by stage. Debits only; overpaid layers stand in `credits`. */
export interface PartyBalance extends PartyLabel {
  readonly active: number
  readonly placed: number
  /** Memo: written off as bad debt, outside the receivable. */
  readonly badDebt: number
  /** Sum of the party's negative layers: zero or below. */
  readonly credits: number
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

const balancesOf = (state: AccountState, layers: readonly LayerMoney[], asOf: Day): readonly PartyBalance[] => {
  const byParty = new Map<string, { party: Party; active: number; placed: number; badDebt: number; credits: number }>()
  for (const layer of layers) {
    const key = partyKey(layer.party)
    const total = byParty.get(key) ?? { party: layer.party, active: 0, placed: 0, badDebt: 0, credits: 0 }
    byParty.set(key, total)
    if (layer.active + layer.placed < 0) total.credits += layer.active + layer.placed
    else {
      total.active += layer.active
      total.placed += layer.placed
    }
    total.badDebt += layer.badDebt
  }
  return [...byParty.values()]
    .filter((total) => total.active !== 0 || total.placed !== 0 || total.badDebt !== 0 || total.credits !== 0)
    .sort((a, b) => Number(a.party === PATIENT) - Number(b.party === PATIENT))
    .map(({ party, ...amounts }) => ({ ...labelOf(state, party, asOf), ...amounts }))
}

const holdingsOf = (state: AccountState, asOf: Day): readonly HoldingSummary[] =>
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

/** A write-off of which something still stands, so that it can be taken back. Cents. */
export interface WriteOffSummary {
  readonly adjustment: string
  readonly visit: string
  readonly party: PartyLabel
  readonly category: string
  readonly on: Day
  readonly amount: number
  /** Given back since. */
  readonly reversed: number
}

const writeOffsOf = (state: AccountState, asOf: Day): readonly WriteOffSummary[] =>
  [...state.ledger.adjustments.values()].map(({ adjustmentId, visitId, party, category, effectiveDate, parts }) => ({
    adjustment: adjustmentId,
    visit: visitId,
    party: labelOf(state, party, asOf),
    category,
    on: effectiveDate,
    amount: parts.reduce((sum, part) => sum + part.amount, 0),
    reversed: parts.reduce((sum, part) => sum + part.reversed, 0),
  }))

/** What is owed, by whom, what rules keep off the patient, and what was given up. */
export const summary = {
  sections: {
    totals: ({ money }): Totals => totalsOf(money),
    balances: ({ state, money, asOf }) => balancesOf(state, money.layers, asOf),
    holdings: ({ state, asOf }) => holdingsOf(state, asOf),
    writeOffs: ({ state, asOf }) => writeOffsOf(state, asOf),
  },
  flags: {
    badDebt: ({ money }) => money.layers.some((layer) => layer.badDebt !== 0),
    held: ({ state }) => [...state.ledger.holdings.values()].some((holding) => holding.open),
  },
} satisfies SummaryPart
