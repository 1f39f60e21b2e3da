import type { Cents } from '../../../kernel/cents.ts'
import { coverageParty, PATIENT, type Party } from '../../../kernel/effects.ts'
import { electionOn } from '../../agreements/state.ts'
import type { Context } from '../../context.ts'
import type { Coverage } from '../../coverage/state.ts'
import { isPlaced } from '../../ledger/balances.ts'
import type { ResponsibilityTransferred } from '../../ledger/events.ts'
import { replaceLayers, transferEvents } from '../../ledger/moving.ts'
import type { Line } from '../../ledger/state.ts'
import type { WorkingLedger } from '../../ledger/working.ts'
import type { AccountEvent, AccountState } from '../../rooms.ts'

/** From whom a claim shows that charges were a payer's from their day on, how much of each, and why. */
interface Turn {
  readonly charges: readonly Line[]
  readonly from: Party
  readonly to: Coverage
  /** Cents of a charge. */
  readonly amountOf: (line: Line) => number
  readonly because: Extract<ResponsibilityTransferred['reason']['kind'], 'cobChanged' | 'coverageFound'>
  readonly note: string
}

/** What of the patient's is not turned: what an agency has, and what they chose to pay themselves. */
const staysWithPatient = ({ agreements, ledger }: AccountState, { lineId }: Line): boolean =>
  isPlaced(ledger, lineId) || electionOn(agreements, lineId) !== undefined

/** A claim shows whose charges were from their day on. A correction: each layer keeps its day and its age. */
export const turned = (
  state: AccountState,
  working: WorkingLedger,
  { charges, from, to, amountOf, because, note }: Turn,
  context: Context,
): readonly AccountEvent[] => {
  const between = { from, to: coverageParty(to.coverageId) }
  const moves = charges.flatMap((line) => {
    const amount = amountOf(line) as Cents
    if (line.voided || amount <= 0 || (from === PATIENT && staysWithPatient(state, line))) return []
    return replaceLayers(state, working, { line, amount }, between, context)
  })
  return transferEvents(moves, { ...between, reason: { kind: because }, mode: 'correction', note })
}
