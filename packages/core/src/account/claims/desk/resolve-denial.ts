import { sumOf } from '../../../kernel/cents.ts'
import type { Day } from '../../../kernel/day.ts'
import { accept, type Decision, precondition, type RuleHit, reject, rejectIfAny } from '../../../kernel/decision.ts'
import { coverageParty, PATIENT, type Party } from '../../../kernel/effects.ts'
import type { AdjustmentId, CoverageId, LineId } from '../../../kernel/ids.ts'
import type { Context, GateResult } from '../../context.ts'
import { coverageAfter } from '../../coverage/state.ts'
import { partyHits } from '../../ledger/charge.ts'
import type { TransferReason } from '../../ledger/events.ts'
import { type LineAmount, moveOn, transferEvents } from '../../ledger/moving.ts'
import { notYet } from '../../ledger/owed-by-day.ts'
import { type HeldAmounts, waitingAmounts } from '../../ledger/release.ts'
import { gateToPatient, nextPayerHits } from '../../ledger/transfer.ts'
import { workingLedger } from '../../ledger/working.ts'
import { amountsOf, authorityOf, writeOffEvent, writeOffGate } from '../../ledger/write-off.ts'
import { datingHits } from '../../preconditions.ts'
import type { AccountEvent, AccountState } from '../../rooms.ts'
import type { ResolveDenial } from '../commands.ts'
import type { DenialRecorded, DenialResolved } from '../denial-events.ts'
import type { Part } from '../word-facts.ts'

/** What of a denial is still open at its coverage, by line. A denial whose amount is held has nothing of its own. */
const deniedAmounts = (state: AccountState, denial: DenialRecorded, on: Day): HeldAmounts => {
  if (denial.amountHeld) return { lines: [], early: [] }
  const byLine = new Map<LineId, number>()
  for (const { lineId, amount } of denial.lines) byLine.set(lineId, (byLine.get(lineId) ?? 0) + amount)
  return waitingAmounts(state.ledger, byLine, coverageParty(denial.coverageId), on)
}

/** A denial ends on its day or later. */
const earlyHits = ({ denialId, effectiveDate }: DenialRecorded, on: Day): readonly RuleHit[] =>
  on < effectiveDate
    ? [notYet('claims.notYetDenied', `${denialId} counts from ${effectiveDate}, not on ${on}`, effectiveDate)]
    : []

/** How the denial ends, or why it can not end so. */
type Resolution =
  | { readonly outcome: DenialResolved['outcome']; readonly events: readonly AccountEvent[] }
  | { readonly hits: readonly RuleHit[] }

const move = (
  state: AccountState,
  context: Context,
  denial: DenialRecorded,
  lines: readonly LineAmount[],
  to: Party,
  reason: TransferReason,
  command: ResolveDenial,
): readonly AccountEvent[] => {
  const working = workingLedger(state.ledger, () => context.newId('layer'))
  const from = coverageParty(denial.coverageId)
  return transferEvents(
    lines.map((line) => moveOn(state, working, line, { from, to, on: command.on }, context)),
    { from, to, reason, mode: 'economic' },
  )
}

/** The coverage that a denial is billed on to, of the same patient: the one named, else the next in their order. */
const nextOf = (
  state: AccountState,
  denial: DenialRecorded,
  named: CoverageId | undefined,
): CoverageId | readonly RuleHit[] => {
  const [first] = denial.lines
  const day = first && state.ledger.lines.get(first.lineId)?.dosTo
  const id = named ?? (day && coverageAfter(state.coverage, denial.coverageId, day)?.coverageId)
  if (id === undefined || id === denial.coverageId) {
    return [precondition('coverage.noNext', 'there is no other coverage to bill', 'add the coverage first')]
  }
  const patient = state.registration.visits.get(denial.visitId)?.patientId
  const hits = patient === undefined ? [] : partyHits(state, coverageParty(id), patient)
  return hits.length > 0 ? hits : id
}

/** The gate that the outcome must pass: nothing denied reaches the patient without evidence (AR-04, reference §1.4). */
const gateOf = (
  state: AccountState,
  context: Context,
  denial: DenialRecorded,
  lines: readonly LineAmount[],
  { outcome, on }: ResolveDenial,
): GateResult | undefined => {
  const party = coverageParty(denial.coverageId)
  const cents = sumOf(lines, ({ amount }) => amount)
  if (outcome.kind === 'writtenOff') {
    return writeOffGate(
      state,
      {
        category: outcome.category,
        party,
        cents,
        visit: denial.visitId,
        lines: lines.map(({ line }) => line.lineId),
        amounts: amountsOf(lines),
        on,
      },
      outcome.approval,
      context,
    )
  }
  if (outcome.kind !== 'movedToPatient') return undefined
  const grounds = { evidence: outcome.evidence, partsOf: (line: LineId) => partsOf(denial, line) }
  const gate = gateToPatient(state, party, lines, grounds, on, context)
  return { ...gate, hits: [...nextPayerHits(state, denial.coverageId, lines), ...gate.hits] }
}

/** What of a line is denied, by the codes of the payer. */
const partsOf = (denial: DenialRecorded, line: LineId): readonly Part[] =>
  denial.lines
    .filter(({ lineId }) => lineId === line)
    .map(({ group, carc, amount }) => ({ group, carc, amount, denial: true }))

const resolutionOf = (
  state: AccountState,
  context: Context,
  denial: DenialRecorded,
  lines: readonly LineAmount[],
  command: ResolveDenial,
): Resolution => {
  const { outcome, on, reason } = command
  switch (outcome.kind) {
    case 'appealWon':
      return { outcome: { kind: 'appealWon', reference: outcome.reference }, events: [] }
    case 'rebilledNext': {
      const next = nextOf(state, denial, outcome.coverage)
      if (typeof next !== 'string') return { hits: next }
      const because: TransferReason = { kind: 'denialToNext', denialId: denial.denialId }
      return {
        outcome: { kind: 'rebilledNext', coverageId: next },
        events: move(state, context, denial, lines, coverageParty(next), because, command),
      }
    }
    case 'writtenOff': {
      const adjustmentId = context.newId('adjustment') as AdjustmentId
      const wanted = {
        on,
        visitId: denial.visitId,
        adjustmentId,
        category: outcome.category,
        party: coverageParty(denial.coverageId),
        authority: authorityOf(outcome.approval),
        avoidable: outcome.avoidable,
        reason,
      }
      const working = workingLedger(state.ledger, () => context.newId('layer'))
      return {
        outcome: { kind: 'writtenOff', adjustmentId, avoidable: outcome.avoidable },
        events: [writeOffEvent(working, lines, wanted)],
      }
    }
    case 'movedToPatient': {
      const words = outcome.evidence.notice ?? `${outcome.evidence.group}-${outcome.evidence.carc}`
      const because: TransferReason = { kind: 'denialToPatient', denialId: denial.denialId, evidence: words }
      return {
        outcome: { kind: 'movedToPatient', evidence: words },
        events: move(state, context, denial, lines, PATIENT, because, command),
      }
    }
  }
}

/**
 * A person closes a denial: the appeal was won (the payer's own advice brings the money), it was billed to the next
 * coverage, written off (avoidable or not), or moved to the patient with evidence.
 */
export const resolveDenial = (
  state: AccountState,
  command: ResolveDenial,
  context: Context,
): Decision<AccountEvent> => {
  const denial = state.claims.denials.get(command.denial)
  const dating = datingHits(state, command.on, context)
  if (!denial || denial.resolved) {
    return reject([precondition('claims.denialUnknown', `no open denial ${command.denial} on this account`), ...dating])
  }
  const { lines, early } = deniedAmounts(state, denial.event, command.on)
  const needsMoney = command.outcome.kind !== 'appealWon'
  const nothingOpen =
    needsMoney && lines.length === 0
      ? [
          precondition(
            'claims.nothingDenied',
            denial.event.amountHeld
              ? 'the amount is held: release the holding instead'
              : 'nothing of it is open any more',
          ),
        ]
      : []
  const gate = gateOf(state, context, denial.event, lines, command)
  const resolution = resolutionOf(state, context, denial.event, lines, command)
  const impossible = 'hits' in resolution ? resolution.hits : []
  const rejection = rejectIfAny([
    ...dating,
    ...earlyHits(denial.event, command.on),
    ...(needsMoney ? early : []),
    ...nothingOpen,
    ...(gate?.hits ?? []),
    ...impossible,
  ])
  if (rejection || 'hits' in resolution) return rejection ?? accept<AccountEvent>([])
  return accept<AccountEvent>(
    [
      {
        type: 'DenialResolved',
        effectiveDate: command.on,
        visitId: denial.event.visitId,
        denialId: denial.event.denialId,
        outcome: resolution.outcome,
        reason: command.reason,
      },
      ...resolution.events,
    ],
    { allowedBy: gate?.passed ?? [], warnings: gate?.warnings ?? [] },
  )
}
