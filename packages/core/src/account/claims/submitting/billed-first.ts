import { coverageParty, PATIENT } from '../../../kernel/effects.ts'
import type { LineId, VisitId } from '../../../kernel/ids.ts'
import type { Context } from '../../context.ts'
import type { Coverage } from '../../coverage/state.ts'
import { owedOn } from '../../ledger/balances.ts'
import type { Line } from '../../ledger/state.ts'
import { workingOn } from '../../ledger/working.ts'
import type { AccountEvent, AccountState } from '../../rooms.ts'
import { inForce, submissionsOf } from '../state.ts'
import { turned } from './turned.ts'

/** The first in the order of benefits of those to which a visit's charges or claims went; undefined for self-pay. */
export const firstBilled = (state: AccountState, visit: VisitId, charges: readonly Line[]): Coverage | undefined => {
  const first = charges.flatMap(({ firstParty }) => (firstParty === 'patient' ? [] : [firstParty.coverageId]))[0]
  const sent = submissionsOf(state.claims, visit).map(({ coverageId }) => coverageId)
  return [...(first ? [first] : []), ...sent]
    .flatMap((id) => state.coverage.coverages.get(id) ?? [])
    .sort((a, b) => a.order - b.order)[0]
}

/**
 * The claim to the first payer that comes after the one to a later payer: charges that nobody has decided were the first
 * payer's from their day on, whichever paper came first (law L2). A correction: each layer keeps its day and its age.
 */
export const turnToFirst = (
  state: AccountState,
  context: Context,
  visit: VisitId,
  { charges, from, to }: { readonly charges: readonly Line[]; readonly from: Coverage; readonly to: Coverage },
): readonly AccountEvent[] => {
  const decided = new Set<LineId>(
    inForce(state.claims, visit).flatMap(({ event }) => event.lines.map(({ lineId }) => lineId)),
  )
  return turned(
    state,
    workingOn(state, context),
    {
      charges: charges.filter(({ lineId }) => !decided.has(lineId)),
      from: coverageParty(from.coverageId),
      to,
      amountOf: ({ lineId }) => owedOn(state.ledger, lineId, coverageParty(from.coverageId)),
      because: 'cobChanged',
      note: `${to.payerName} comes before ${from.payerName} in the order of benefits`,
    },
    context,
  )
}

/**
 * The first claim of a visit that the desk charged to the patient: what stands there, undecided, was the payer's to
 * decide from its day on (law Q2). What the patient has paid meanwhile stays paid; what they chose to pay themselves
 * stays theirs.
 */
export const turnFromPatient = (
  state: AccountState,
  context: Context,
  { charges, to }: { readonly charges: readonly Line[]; readonly to: Coverage },
): readonly AccountEvent[] =>
  turned(
    state,
    workingOn(state, context),
    {
      charges: charges.filter(({ firstParty, broughtForward }) => firstParty === PATIENT && !broughtForward),
      from: PATIENT,
      to,
      amountOf: ({ lineId }) => owedOn(state.ledger, lineId, PATIENT),
      because: 'coverageFound',
      note: `a claim went to ${to.payerName}`,
    },
    context,
  )
