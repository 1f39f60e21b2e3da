import { type Cents, formatCents, sumOf } from '../../kernel/cents.ts'
import { type Day, maxDay, minDay } from '../../kernel/day.ts'
import { accept, type Decision, type Of, precondition, type RuleHit, rejectIfAny } from '../../kernel/decision.ts'
import { PATIENT, type Party, partyKey, sameParty } from '../../kernel/effects.ts'
import type { LineId, VisitId } from '../../kernel/ids.ts'
import type { Context, GateResult } from '../context.ts'
import { coveragesOn } from '../coverage/state.ts'
import { ask } from '../facts.ts'
import { recallParts, type Wanted } from '../placement/recall-parts.ts'
import { datingHits } from '../preconditions.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import { transferAgingFrom } from './aging-from.ts'
import { owedOn } from './balances.ts'
import { partyHits } from './charge.ts'
import type { LedgerCommand } from './commands.ts'
import type { ResponsibilityTransferred, TransferReason } from './events.ts'
import { evidenceHits, noPayerReason, transferQuestion } from './gate-facts.ts'
import type { Line } from './state.ts'
import { type Moved, together, type WorkingLedger, workingOn } from './working.ts'

type Transfer = Of<LedgerCommand, 'TransferResponsibility'>

/** A charge line and how much of what a party owes on it, cents. */
export interface LineAmount {
  readonly line: Line
  readonly amount: Cents
}

/**
 * The lines that a command names, each with its amount or with all that the party owes there. A hit where a line is
 * unknown or voided, or where the party owes less: nothing goes below zero silently (identity I7, law F1).
 */
export const lineAmounts = (
  state: AccountState,
  party: Party,
  shares: readonly { readonly line: LineId; readonly amount?: Cents | undefined }[],
): { readonly lines: readonly LineAmount[]; readonly hits: readonly RuleHit[] } => {
  const lines: LineAmount[] = []
  const hits: RuleHit[] = []
  const named = new Set<LineId>()
  for (const share of shares) {
    const line = state.ledger.lines.get(share.line)
    const open = owedOn(state.ledger, share.line, party)
    if (!line) hits.push(precondition('ledger.lineUnknown', `line ${share.line} is not on this account`))
    else if (line.voided) hits.push(precondition('ledger.lineVoided', `line ${share.line} was voided`))
    else if (named.has(share.line)) hits.push(precondition('ledger.lineTwice', `line ${share.line} is named twice`))
    else if (open <= 0 || (share.amount ?? 0) > open) {
      hits.push(
        precondition(
          'ledger.beyondOpen',
          `${partyKey(party)} owes ${formatCents(open)} on line ${share.line}${
            share.amount === undefined ? '' : `, not ${formatCents(share.amount)}`
          }`,
        ),
      )
    } else lines.push({ line, amount: share.amount ?? (open as Cents) })
    named.add(share.line)
  }
  return { lines, hits }
}

/** A refund owed again is of no service: no payer answers for it, and assistance does not reach it (clarification 34). */
export const noServiceHits = (lines: readonly LineAmount[], what: string): readonly RuleHit[] =>
  lines.flatMap(({ line }) =>
    line.returnedRefund
      ? [precondition('ledger.noService', `line ${line.lineId} is a refund owed again, of no service: no ${what}`)]
      : [],
  )

/** What the account itself can tell about a coverage that was found or lost. */
const coverageHits = (state: AccountState, command: Transfer, lines: readonly LineAmount[]): RuleHit[] =>
  lines.flatMap(({ line }) => {
    const patient = state.registration.visits.get(line.visitId)?.patientId
    if (patient === undefined) return []
    const covering = coveragesOn(state.coverage, patient, line.dosTo).map((coverage) => coverage.coverageId)
    const covers = (party: Party) => party !== PATIENT && covering.includes(party.coverageId)
    const hits = [...partyHits(state, command.to, patient)]
    if (command.because === 'coverageFound' && hits.length === 0 && !covers(command.to)) {
      hits.push(
        precondition('coverage.notCovering', `${partyKey(command.to)} does not cover ${line.dosTo} of ${line.lineId}`),
      )
    }
    if (command.because === 'coverageTermed' && covers(command.from)) {
      hits.push(
        precondition(
          'coverage.stillCovering',
          `${partyKey(command.from)} still covers ${line.dosTo} of ${line.lineId}`,
          'terminate the coverage first',
        ),
      )
    }
    const next = covering.find((id) => command.from === PATIENT || id !== command.from.coverageId)
    const after = command.because === 'manual' ? laterThan(command.from, covering) : next
    if (command.to === PATIENT && command.from !== PATIENT && after !== undefined) {
      hits.push(
        precondition('coverage.paysNext', `${after} comes before the patient on line ${line.lineId}`, 'bill it next'),
      )
    }
    return hits
  })

const laterThan = (from: Party, covering: readonly string[]): string | undefined => {
  const at = from === PATIENT ? -1 : covering.indexOf(from.coverageId)
  return at < 0 ? undefined : covering[at + 1]
}

/** Nobody gave a coverage's amount to the patient by hand without the gates of reference §1.4 (rule AR-04 and after). */
export const gateToPatient = (
  state: AccountState,
  from: Party,
  lines: readonly LineAmount[],
  evidence: Transfer['evidence'],
  on: Day,
  context: Context,
): GateResult => {
  const coverage = from === PATIENT ? undefined : state.coverage.coverages.get(from.coverageId)
  const moved = { cents: sumOf(lines, ({ amount }) => amount), visits: lines.map(({ line }) => line.visitId), on }
  const gate = ask(state, transferQuestion(state, coverage, moved, evidence), context)
  return { ...gate, hits: [...evidenceHits(evidence), ...gate.hits] }
}

interface Move extends Moved {
  readonly line: Line
  readonly amount: number
  readonly on: Day
}

/** Transfers of one kind as events: one for each visit and effective day. */
export const transferEvents = (
  moves: readonly Move[],
  shared: Pick<ResponsibilityTransferred, 'from' | 'to' | 'reason' | 'mode' | 'note'>,
): readonly ResponsibilityTransferred[] => {
  const groups = new Map<string, Move[]>()
  for (const move of moves) {
    const key = `${move.on} ${move.line.visitId}`
    groups.set(key, [...(groups.get(key) ?? []), move])
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const totals = new Map<LineId, number>()
    for (const { line, amount } of group) totals.set(line.lineId, (totals.get(line.lineId) ?? 0) + amount)
    return {
      type: 'ResponsibilityTransferred' as const,
      effectiveDate: first.on,
      visitId: first.line.visitId as VisitId,
      ...shared,
      lines: [...totals].map(([lineId, amount]) => ({ lineId, amount: amount as Cents })),
      ...together(group),
      contra: [],
    }
  })
}

/**
 * It happened on a day: takes the oldest layers, opens one new layer a line at the other party. Counts from the day, or
 * from the first after it on which the amount is there to move.
 */
export const moveOn = (
  state: AccountState,
  working: WorkingLedger,
  { line, amount }: LineAmount,
  between: { readonly from: Party; readonly to: Party; readonly on: Day },
  context: Context,
): Move => {
  const taken = working.take(line.lineId, between.from, amount)
  const on = working.openFrom(between.on, taken.effects)
  const agingFrom = transferAgingFrom(state, between.to, line, on, context)
  const opened = working.openLayer(line.lineId, between.to, taken.taken, { on, agingFrom })
  return { line, amount: taken.taken, on, ...together([taken, opened]) }
}

/** What of an amount an agency has, by layer: the oldest layer first, of each what is active before what is placed. */
const placedOf = (working: WorkingLedger, { line, amount }: LineAmount, of: Party): readonly Wanted[] => {
  let left = amount as number
  return working.layers(line.lineId, of).flatMap(({ lineId, layerId, active, placed }) => {
    const own = Math.max(0, active)
    const part = Math.min(left, own + Math.max(0, placed))
    left -= part
    return part > own ? [{ lineId, layerId, amount: part - own }] : []
  })
}

/**
 * We had it wrong: each layer is replaced from the day it was opened, and a coverage inherits its age (W8). What an agency
 * has comes back first (`recallFor`).
 */
export const replaceLayers = (
  state: AccountState,
  working: WorkingLedger,
  { line, amount }: LineAmount,
  between: { readonly from: Party; readonly to: Party },
  context: Context,
): readonly Move[] => {
  const ages = new Map(working.layers(line.lineId, between.from).map((layer) => [layer.layerId, layer]))
  return working.take(line.lineId, between.from, amount, { stages: ['active'] }).effects.map((effect) => {
    const replaced = ages.get(effect.layerId)
    const on = replaced?.openedOn ?? context.today
    const agingFrom =
      between.to === PATIENT
        ? transferAgingFrom(state, PATIENT, line, on, context)
        : (replaced?.agingFrom ?? maxDay(on, line.dosTo))
    const opened = working.openLayer(line.lineId, between.to, -effect.amount, { on, agingFrom })
    return { line, amount: -effect.amount, on, ...together([{ effects: [effect], opens: [] }, opened]) }
  })
}

/** A correction counts from days on which no agency had the amount yet: it comes back, as of the day it was placed. */
const recallFor = (
  state: AccountState,
  working: WorkingLedger,
  lines: readonly LineAmount[],
  { from, on }: Transfer,
): readonly AccountEvent[] => {
  const wanted = lines.flatMap((line) => placedOf(working, line, from))
  const first = wanted.flatMap(({ layerId }) => state.ledger.layers.get(layerId)?.openedOn ?? []).reduce(minDay, on)
  return recallParts(state, working, wanted, first, 'insurance')
}

const reasonOf = (command: Transfer): TransferReason =>
  command.because === 'manual' ? { kind: 'manual', reason: command.reason } : { kind: command.because }

/** Moves what one party owes to another; to the patient only through the gate `transferToPatient`. */
export const transferResponsibility = (
  state: AccountState,
  command: Transfer,
  context: Context,
): Decision<AccountEvent> => {
  const { from, to, on } = command
  const { lines, hits } = lineAmounts(state, from, command.lines)
  const preconditions = [
    ...datingHits(state, on, context),
    ...hits,
    ...(sameParty(from, to) ? [precondition('ledger.sameParty', 'an amount moves from one party to another')] : []),
    ...noServiceHits(lines, 'payer'),
    ...coverageHits(state, command, lines),
  ]
  // Only a coverage that never applied leaves an amount to the patient without a payer's word.
  const evidence = command.because === 'coverageTermed' ? noPayerReason : command.evidence
  const gated = from !== PATIENT && to === PATIENT
  const gate = gated ? gateToPatient(state, from, lines, evidence, on, context) : undefined
  const rejection = rejectIfAny([...preconditions, ...(gate?.hits ?? [])])
  if (rejection) return rejection

  const correction = command.because === 'coverageFound' || command.because === 'coverageTermed'
  const working = workingOn(state, context)
  const recalled = correction ? recallFor(state, working, lines, command) : []
  const moves = lines.flatMap((line) =>
    correction ? replaceLayers(state, working, line, command, context) : moveOn(state, working, line, command, context),
  )
  const transferred = transferEvents(moves, {
    from,
    to,
    reason: reasonOf(command),
    mode: correction ? 'correction' : 'economic',
    note: command.because === 'manual' ? undefined : command.reason,
  })
  return accept<AccountEvent>([...recalled, ...transferred], {
    allowedBy: gate?.passed ?? [],
    warnings: gate?.warnings ?? [],
  })
}
