import type { Day } from '../../../kernel/day.ts'
import type { Party } from '../../../kernel/effects.ts'
import type { CoverageId, LineId, PatientId, PayerId, RemittanceId, VisitId } from '../../../kernel/ids.ts'
import type { Context } from '../../context.ts'
import { type Coverage, nextAmong } from '../../coverage/state.ts'
import { transferAgingFrom } from '../../ledger/aging-from.ts'
import type { Line } from '../../ledger/state.ts'
import type { NewLayer, WorkingLedger } from '../../ledger/working.ts'
import type { AccountEvent, AccountState } from '../../rooms.ts'

/** What a posting unit is about: the claims of one payer claim in one remittance, and the visit that they belong to. */
export interface UnitOf {
  /** The day from which the unit's events count: BPR16, never before what they touch was there (law C4). */
  readonly on: Day
  readonly remittanceId: RemittanceId
  readonly payer: { readonly payerId: PayerId; readonly payerName: string }
  /** The remittance carries PLB CT or CR (clarification 3). */
  readonly capitation: boolean
  readonly visitId: VisitId
  readonly patientId: PatientId
  /** A person has named the visit: it is that, whatever the claims call the patient. */
  readonly named: boolean
}

/**
 * A posting unit as far as it is decided: what is on file, what the unit has opened itself, the layers as the effects
 * decided so far leave them, and the events in order. Who takes this only reads; who writes takes a `Draft`.
 */
export interface UnitSoFar extends UnitOf {
  readonly state: AccountState
  readonly context: Context
  /** The visit's charges, those opened by this unit included. */
  readonly charges: readonly Line[]
  /** The patient's coverages, on file and added by this unit. */
  readonly coverages: ReadonlyMap<CoverageId, Coverage>
  readonly layers: WorkingLedger['layers']
  readonly owed: WorkingLedger['owed']
  readonly events: readonly AccountEvent[]
  /** Something holds the unit whole: no event of it will be posted. */
  readonly held: boolean
}

export const lineOf = ({ charges }: UnitSoFar, id: LineId): Line => {
  const line = charges.find((charge) => charge.lineId === id)
  if (!line) throw new RangeError(`no line ${id} on this visit`)
  return line
}

/** Coverage that pays after one on a line's day of service, the unit's own additions included. */
export const nextCoverage = (unit: UnitSoFar, after: CoverageId, line: LineId): Coverage | undefined => {
  const current = unit.coverages.get(after)
  return current && nextAmong(unit.coverages.values(), current, lineOf(unit, line).dosFrom)
}

/** Where a new layer of a line stands, and where its age starts, by policy (two-clocks, `agingFrom`). */
export const newLayer = (unit: UnitSoFar, line: LineId, to: Party): NewLayer => ({
  on: unit.on,
  agingFrom: transferAgingFrom(unit.state, to, lineOf(unit, line), unit.on, unit.context),
})
