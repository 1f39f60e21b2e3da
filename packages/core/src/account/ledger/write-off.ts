import { type Cents, formatCents, negateCents, sumOf } from '../../kernel/cents.ts'
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
import { PATIENT, type Party, partyKey } from '../../kernel/effects.ts'
import type { AdjustmentId, LineId, VisitId } from '../../kernel/ids.ts'
import type { WriteOffApproval } from '../approval.ts'
import { endedWaiting } from '../claims/desk/ended-waiting.ts'
import type { Context, GateResult } from '../context.ts'
import { askBy } from '../facts.ts'
import { datingHits, twiceHits } from '../preconditions.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import type { Adjustment } from './adjustments-state.ts'
import { linesOfVisit, owedOn } from './balances.ts'
import type { LedgerCommand } from './commands.ts'
import type { WriteOffPosted } from './events.ts'
import { writeOffQuestion } from './gate-facts.ts'
import { givenBack, remainingOn } from './given-back.ts'
import type { WantedWriteOff } from './ground-facts.ts'
import type { LineAmount } from './moving.ts'
import { owedFrom } from './owed-by-day.ts'
import { lineAmounts, noServiceHits } from './transfer.ts'
import { together, type WorkingLedger, workingOn } from './working.ts'

type WriteOff = Of<LedgerCommand, 'WriteOff'>
type ReverseAdjustment = Of<LedgerCommand, 'ReverseAdjustment'>

/** How much of each line, cents; where one is named twice, together. */
export const amountsOf = (lines: readonly LineAmount[]): WantedWriteOff['amounts'] => {
  const amounts = new Map<LineId, number>()
  for (const { line, amount } of lines) amounts.set(line.lineId, (amounts.get(line.lineId) ?? 0) + amount)
  return amounts
}

/** Rules of the gate `writeOff`: approval by amount and second person (WO-01), small debits only (WO-02, errata 13). */
export const writeOffGate = (
  state: AccountState,
  wanted: WantedWriteOff,
  approval: WriteOffApproval,
  context: Context,
): GateResult => askBy(state, writeOffQuestion(state, wanted, approval, context), context)

/** The event of a write-off of these amounts, all of one visit. */
export const writeOffEvent = (
  working: WorkingLedger,
  lines: readonly LineAmount[],
  wanted: Pick<
    WriteOffPosted,
    'visitId' | 'adjustmentId' | 'category' | 'party' | 'authority' | 'avoidable' | 'reason'
  > & {
    readonly on: Day
  },
): WriteOffPosted => {
  const { on, ...fields } = wanted
  const moved = lines.map(({ line, amount }) => working.take(line.lineId, wanted.party, amount, { thereOn: on }))
  const posting = together(moved)
  return {
    type: 'WriteOffPosted',
    effectiveDate: working.openFrom(on, posting.effects),
    ...fields,
    lines: lines.map(({ line, amount }) => ({ lineId: line.lineId, amount })),
    ...posting,
    contra: [
      {
        account: `writeOff:${wanted.category}`,
        amount: negateCents(sumOf(posting.effects, (effect) => effect.amount)),
      },
    ],
  }
}

/** Who stands behind a write-off: the approver named, else the maker; and what it rests on. */
export const authorityOf = (approval: WriteOffApproval): WriteOffPosted['authority'] => ({
  approver: approval?.by,
  policy: approval?.policy,
  determination: approval?.determination,
  ...(approval?.also ? { also: approval.also.by } : {}),
  ...(approval?.effort === undefined ? {} : { effort: approval.effort }),
  ...(approval?.bankruptcy === undefined ? {} : { bankruptcy: approval.bankruptcy }),
  ...(approval?.estate === undefined ? {} : { estate: approval.estate }),
  ...(approval?.qmb === undefined ? {} : { qmb: approval.qmb }),
})

/** All lines of the visit on which the party owes something on a day; where that is none, those on which it will. */
const openLines = (
  state: AccountState,
  visit: VisitId,
  party: Party,
  on: Day,
): readonly { readonly line: LineId }[] => {
  const open = linesOfVisit(state.ledger, visit).flatMap(({ lineId: line }) =>
    owedOn(state.ledger, line, party) > 0 ? [{ line }] : [],
  )
  const there = open.filter(({ line }) => owedFrom(state.ledger, line, party, on) > 0)
  return there.length > 0 ? there : open
}

/** Gives up what a party owes on a visit, by the gate `writeOff`. */
export const writeOff = (state: AccountState, command: WriteOff, context: Context): Decision<AccountEvent> => {
  const { party, visit, category, on } = command
  const { lines, hits } = lineAmounts(state, party, command.lines ?? openLines(state, visit, party, on), on)
  const elsewhere = lines.filter(({ line }) => line.visitId !== visit)
  const preconditions: RuleHit[] = [
    ...datingHits(state, on, context),
    ...hits,
    ...elsewhere.map(({ line }) =>
      precondition('ledger.otherVisit', `line ${line.lineId} is of visit ${line.visitId}, not ${visit}`),
    ),
  ]
  if (category === 'charity' || category === 'presumptive') preconditions.push(...noServiceHits(lines, category))
  if (lines.length === 0 && hits.length === 0) {
    preconditions.push(precondition('ledger.beyondOpen', `${partyKey(party)} owes nothing on visit ${visit}`))
  }
  if (command.adjustment !== undefined && state.ledger.adjustments.has(command.adjustment)) {
    preconditions.push(precondition('ledger.adjustmentKnown', `adjustment ${command.adjustment} is already posted`))
  }
  const cents = sumOf(lines, ({ amount }) => amount)
  const gate = writeOffGate(
    state,
    { category, party, cents, visit, lines: lines.map(({ line }) => line.lineId), amounts: amountsOf(lines), on },
    command.approval,
    context,
  )
  const rejection = rejectIfAny([...preconditions, ...gate.hits])
  if (rejection) return rejection
  const adjustmentId = command.adjustment ?? (context.newId('adjustment') as AdjustmentId)
  const event = writeOffEvent(workingOn(state, context), lines, {
    on,
    visitId: visit,
    adjustmentId,
    category,
    party,
    authority: authorityOf(command.approval),
    avoidable: command.avoidable,
    reason: command.reason,
  })
  const ended = party === PATIENT ? [] : endedWith(state, command, party, lines, adjustmentId)
  return accept<AccountEvent>([...ended, event], { allowedBy: gate.passed, warnings: gate.warnings })
}

/** What waited at a payer for money that is given up now. */
const endedWith = (
  state: AccountState,
  { visit, on, reason, avoidable = false }: WriteOff,
  party: Exclude<Party, typeof PATIENT>,
  lines: readonly LineAmount[],
  adjustmentId: AdjustmentId,
): readonly AccountEvent[] => {
  const owed = lines.map(
    ({ line, amount }) => [line.lineId, owedOn(state.ledger, line.lineId, party) - amount] as const,
  )
  return endedWaiting(state, visit, party.coverageId, new Map(owed), {
    on,
    denial: { kind: 'writtenOff', adjustmentId, avoidable },
    holding: 'writtenOff',
    reason,
  })
}

const reversalHits = (adjustment: Adjustment, command: ReverseAdjustment): readonly RuleHit[] => {
  const hits: RuleHit[] = []
  for (const { line, amount } of command.lines ?? []) {
    const remaining = remainingOn(adjustment, line)
    if (remaining > 0 && (amount ?? 0) <= remaining) continue
    hits.push(
      precondition('ledger.beyondAdjustment', `${formatCents(remaining)} of the adjustment remains on line ${line}`),
    )
  }
  if (command.mode === 'economic' && command.on < adjustment.effectiveDate) {
    hits.push(
      precondition('ledger.beforeOriginal', `the adjustment counts from ${adjustment.effectiveDate}, not before`),
    )
  }
  return hits
}

/** Gives a write-off back to the layers it was taken from, with their age (law A10). */
export const reverseAdjustment = (
  state: AccountState,
  command: ReverseAdjustment,
  context: Context,
): Decision<AccountEvent> => {
  const dating = datingHits(state, command.on, context)
  const adjustment = state.ledger.adjustments.get(command.adjustment)
  if (!adjustment) {
    const unknown = precondition('ledger.adjustmentUnknown', `adjustment ${command.adjustment} is not on this account`)
    return reject([unknown, ...dating])
  }
  const all = [...new Set(adjustment.parts.map((part) => part.lineId))].map((line) => ({ line, amount: undefined }))
  const wanted = (command.lines ?? all)
    .map(({ line, amount }) => ({ line, amount: amount ?? remainingOn(adjustment, line) }))
    .filter(({ amount }) => amount > 0)
  const hits = [...dating, ...reversalHits(adjustment, command)]
  if (wanted.length === 0 && hits.length === 0) {
    hits.push(precondition('ledger.beyondAdjustment', 'the adjustment has been reversed already'))
  }
  hits.push(...twiceHits((command.lines ?? []).map(({ line }) => line)))
  const rejection = rejectIfAny(hits)
  if (rejection) return rejection
  const { mode, reason } = command
  const from = mode === 'correction' ? adjustment.effectiveDate : command.on
  const lines = wanted.map(({ line, amount }) => ({ lineId: line, amount: amount as Cents }))
  return accept<AccountEvent>([
    givenBack(state, workingOn(state, context), adjustment, lines, { on: from, mode, reason }),
  ])
}
