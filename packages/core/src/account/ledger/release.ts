import { type Cents, minCents, sumOf } from '../../kernel/cents.ts'
import type { Day } from '../../kernel/day.ts'
import {
  accept,
  type Decision,
  type Of,
  precondition,
  type RuleHit,
  reject,
  rejectIfAny,
} from '../../kernel/decision.ts'
import { coverageParty, PATIENT, type Party } from '../../kernel/effects.ts'
import type { AdjustmentId, LineId } from '../../kernel/ids.ts'
import { isPatientShare } from '../claims/advice/dispositions.ts'
import type { Part } from '../claims/word-facts.ts'
import type { Context, GateResult } from '../context.ts'
import { coverageAfter } from '../coverage/state.ts'
import { datingHits } from '../preconditions.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import { owedOn } from './balances.ts'
import { partyHits } from './charge.ts'
import type { LedgerCommand } from './commands.ts'
import type { ResponsibilityHeld } from './events.ts'
import { type LineAmount, moveOn, transferEvents } from './moving.ts'
import { notYet, notYetOwed } from './owed-by-day.ts'
import type { LedgerState } from './state.ts'
import { gateToPatient, nextPayerHits } from './transfer.ts'
import { workingOn } from './working.ts'
import { amountsOf, authorityOf, writeOffEvent, writeOffGate } from './write-off.ts'

type Release = Of<LedgerCommand, 'ReleaseResponsibility'>
type Outcome = Release['outcome']

/** What waits at a payer and is still open there, by line, and what of it is not owed yet on the day of the command. */
export interface HeldAmounts {
  readonly lines: readonly LineAmount[]
  readonly early: readonly RuleHit[]
}

/** Of amounts that wait by line, what a party still owes, and which of it a command of a day can not take yet. */
export const waitingAmounts = (
  ledger: LedgerState,
  byLine: ReadonlyMap<LineId, number>,
  party: Party,
  on: Day,
): HeldAmounts => {
  const lines = [...byLine].flatMap(([lineId, amount]): readonly LineAmount[] => {
    const line = ledger.lines.get(lineId)
    const open = owedOn(ledger, lineId, party) as Cents
    return line && open > 0 ? [{ line, amount: minCents(amount as Cents, open) }] : []
  })
  return {
    lines,
    early: lines.flatMap(({ line: { lineId: line }, amount }) => notYetOwed(ledger, { line, party, amount, on })),
  }
}

/** What of a holding is still open at its coverage, by line. */
const heldAmounts = (state: AccountState, held: ResponsibilityHeld, on: Day): HeldAmounts => {
  const byLine = new Map<LineId, number>()
  for (const { lineId, amount } of held.lines) byLine.set(lineId, (byLine.get(lineId) ?? 0) + amount)
  return waitingAmounts(state.ledger, byLine, coverageParty(held.coverageId), on)
}

/** A holding ends on its day or later. */
const earlyHits = ({ holdingId, effectiveDate }: ResponsibilityHeld, on: Day): readonly RuleHit[] =>
  on < effectiveDate
    ? [notYet('ledger.notYetHeld', `${holdingId} is held from ${effectiveDate}, not on ${on}`, effectiveDate)]
    : []

/** To whom the amount goes: the patient, or another coverage of theirs. */
const nextParty = (
  state: AccountState,
  held: ResponsibilityHeld,
  outcome: Outcome,
): { readonly to: Party; readonly hits: readonly RuleHit[] } => {
  if (outcome.kind !== 'toNext') return { to: PATIENT, hits: [] }
  const [first] = held.lines
  const dos = first && state.ledger.lines.get(first.lineId)?.dosTo
  const next = outcome.coverage ?? (dos && coverageAfter(state.coverage, held.coverageId, dos)?.coverageId)
  if (next === undefined || next === held.coverageId) {
    const none = 'there is no other coverage to move the amount to'
    return { to: PATIENT, hits: [precondition('coverage.noNext', none, 'add the coverage first')] }
  }
  const to = coverageParty(next)
  const patient = state.registration.visits.get(held.visitId)?.patientId
  return { to, hits: patient === undefined ? [] : partyHits(state, to, patient) }
}

/** What of a line is held, by the codes of the payer. */
const partsOf = (held: ResponsibilityHeld, line: LineId): readonly Part[] =>
  held.lines
    .filter(({ lineId }) => lineId === line)
    .map(({ group, carc, amount }) => ({
      group,
      carc,
      amount,
      denial: held.denialId !== undefined || !isPatientShare(carc),
    }))

/** The gate that the outcome must pass: the one that held the amount, asked again with what a person knows now. */
const gateOf = (
  state: AccountState,
  held: ResponsibilityHeld,
  command: Release,
  lines: readonly LineAmount[],
  context: Context,
): GateResult | undefined => {
  const { outcome, on } = command
  const [first] = held.lines
  const cents = sumOf(lines, ({ amount }) => amount)
  if (outcome.kind === 'toNext' || !first) return undefined
  if (outcome.kind === 'writtenOff') {
    const party = coverageParty(held.coverageId)
    const ofLines = lines.map(({ line }) => line.lineId)
    const wanted = {
      category: outcome.category,
      party,
      cents,
      visit: held.visitId,
      lines: ofLines,
      amounts: amountsOf(lines),
      on,
    }
    return writeOffGate(state, wanted, outcome.approval, context)
  }
  const grounds = { evidence: outcome.evidence, partsOf: (line: LineId) => partsOf(held, line) }
  const gate = gateToPatient(state, coverageParty(held.coverageId), lines, grounds, on, context)
  return { ...gate, hits: [...nextPayerHits(state, held.coverageId, lines), ...gate.hits] }
}

/** A holding on a denial's reason code has a denial beside it, for the queue alone (clarification 8): it ends with it. */
const denialClosed = (
  state: AccountState,
  held: ResponsibilityHeld,
  { outcome, on, reason }: Release,
  to: Party,
  adjustmentId: AdjustmentId,
): readonly AccountEvent[] => {
  const denial = held.denialId && state.claims.denials.get(held.denialId)
  if (!denial || denial.resolved) return []
  const { denialId, visitId } = denial.event
  const evidence = outcome.kind === 'toPatient' ? outcome.evidence : undefined
  const resolved =
    outcome.kind === 'writtenOff'
      ? { kind: 'writtenOff' as const, adjustmentId, avoidable: false }
      : to === PATIENT
        ? { kind: 'movedToPatient' as const, evidence: evidence?.notice ?? reason }
        : { kind: 'rebilledNext' as const, coverageId: to.coverageId }
  return [{ type: 'DenialResolved', effectiveDate: on, visitId, denialId, outcome: resolved, reason }]
}

/** A person ends a holding (postings.md row 9). The amount that is still open at the coverage moves as they say. */
export const releaseResponsibility = (
  state: AccountState,
  command: Release,
  context: Context,
): Decision<AccountEvent> => {
  const { outcome, on, reason } = command
  const holding = state.ledger.holdings.get(command.holding)
  const dating = datingHits(state, on, context)
  if (!holding?.open) {
    return reject([precondition('ledger.notHeld', `nothing is held under ${command.holding}`), ...dating])
  }
  const held = holding.event
  const { lines, early } = heldAmounts(state, held, on)
  const { to, hits } = nextParty(state, held, outcome)
  const gate = lines.length > 0 ? gateOf(state, held, command, lines, context) : undefined
  const rejection = rejectIfAny([...hits, ...dating, ...earlyHits(held, on), ...early, ...(gate?.hits ?? [])])
  if (rejection) return rejection

  const working = workingOn(state, context)
  const from = coverageParty(held.coverageId)
  const adjustmentId = context.newId('adjustment') as AdjustmentId
  const moved: readonly AccountEvent[] =
    lines.length === 0
      ? []
      : outcome.kind === 'writtenOff'
        ? [
            writeOffEvent(working, lines, {
              on,
              visitId: held.visitId,
              adjustmentId,
              category: outcome.category,
              party: from,
              authority: authorityOf(outcome.approval),
              reason,
            }),
          ]
        : transferEvents(
            lines.map((line) => moveOn(state, working, line, { from, to, on }, context)),
            { from, to, reason: { kind: 'released', holdingId: held.holdingId }, mode: 'economic' },
          )
  return accept<AccountEvent>(
    [
      ...denialClosed(state, held, command, to, adjustmentId),
      {
        type: 'ResponsibilityReleased',
        effectiveDate: on,
        visitId: held.visitId,
        holdingId: held.holdingId,
        outcome: outcome.kind,
        reason,
      },
      ...moved,
    ],
    { allowedBy: gate?.passed ?? [], warnings: gate?.warnings ?? [] },
  )
}
