import { formatCents } from '../../kernel/cents.ts'
import { amountOn, type Dated, firstDayOf, leastFrom, summed } from '../../kernel/dated.ts'
import type { Day } from '../../kernel/day.ts'
import { precondition, type RuleHit } from '../../kernel/decision.ts'
import { PATIENT, type Party, partyKey } from '../../kernel/effects.ts'
import type { LineId } from '../../kernel/ids.ts'
import { layersOf } from './balances.ts'
import { datedOf } from './layer-changes-state.ts'
import type { LayerBalance, LedgerState } from './state.ts'

// What is owed on the day of a command: what counts later is not there yet, and what was paid since then is not there any
// more. Every command that takes what is owed reads it here.

/** What a party owes on a line through time, active and placed. */
export const owedThrough = (ledger: LedgerState, line: LineId, of: Party): Dated =>
  receivableThrough(layersOf(ledger, line, of))

/** What all parties owe on a line through time. */
export const allOwedThrough = (ledger: LedgerState, line: LineId): Dated => receivableThrough(layersOf(ledger, line))

const receivableThrough = (layers: readonly LayerBalance[]): Dated =>
  summed(
    layers.flatMap((layer) => {
      const { active, placed } = datedOf(layer)
      return [active, placed]
    }),
  )

/** The same of what no agency has. */
export const activeThrough = (ledger: LedgerState, line: LineId, of: Party): Dated =>
  summed(layersOf(ledger, line, of).map((layer) => datedOf(layer).active))

/** What a command of a day may take of what a party owes on a line: what is owed on that and on every later day. */
export const owedFrom = (ledger: LedgerState, line: LineId, of: Party, on: Day): number =>
  leastFrom(owedThrough(ledger, line, of), on)

/** The same of what no agency has. */
export const activeFrom = (ledger: LedgerState, line: LineId, of: Party, on: Day): number =>
  leastFrom(activeThrough(ledger, line, of), on)

/** What a party owed on a line at the end of a day. */
export const owedAsOf = (ledger: LedgerState, line: LineId, of: Party, on: Day): number =>
  amountOn(owedThrough(ledger, line, of), on)

/** The same of what no agency had. */
export const activeAsOf = (ledger: LedgerState, line: LineId, of: Party, on: Day): number =>
  amountOn(activeThrough(ledger, line, of), on)

/** True where any payer owes anything on a line as of a day. */
export const payerOwesAsOf = (ledger: LedgerState, line: LineId, on: Day): boolean =>
  layersOf(ledger, line).some((layer) => {
    if (layer.party === PATIENT) return false
    const { active, placed } = datedOf(layer)
    return amountOn(active, on) + amountOn(placed, on) > 0
  })

/** An amount of a line that a command wants before it is owed. */
export interface Wanted {
  readonly line: LineId
  readonly party: Party
  readonly amount: number
  readonly on: Day
}

/** That an amount is owed later only, and from when; nothing where it is owed on the day, or never. */
export const notYetOwed = (ledger: LedgerState, { line, party, amount, on }: Wanted): readonly RuleHit[] => {
  const through = owedThrough(ledger, line, party)
  const from = amount > 0 ? firstDayOf(amount, on, [through]) : undefined
  if (from === undefined || from <= on) return []
  const reason = `${partyKey(party)} owes ${formatCents(amount)} on line ${line} from ${from}, and ${formatCents(Math.max(0, leastFrom(through, on)))} on ${on}`
  return [notYet('ledger.notYetOwed', reason, from)]
}

/** Something that is there from a day on is wanted earlier. */
export const notYet = (rule: string, reason: string, from: Day): RuleHit => ({
  ...precondition(rule, reason, `do it as of ${from}`),
  earliest: from,
})
