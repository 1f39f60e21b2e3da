import type { Cents } from '../../kernel/cents.ts'
import { type Day, maxDay } from '../../kernel/day.ts'
import { accept, type Decision, type Of, precondition, type RuleHit, rejectIfAny } from '../../kernel/decision.ts'
import { type ControlAccount, netContra, PATIENT, partyKey } from '../../kernel/effects.ts'
import type { LineId, PaymentId, VisitId } from '../../kernel/ids.ts'
import { type AllVoid, emptiedDenials } from '../claims/desk/emptied-denials.ts'
import type { AdjudicationPosting } from '../claims/state.ts'
import type { Context } from '../context.ts'
import type { CreditMoved } from '../credits/events.ts'
import { movedBack, standingMoves } from '../credits/move-back.ts'
import { visitsOf } from '../facts.ts'
import { movedHereTakenOff } from '../payments/reverse.ts'
import { recallParts } from '../placement/recall-parts.ts'
import { datingHits } from '../preconditions.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import type { Adjustment } from './adjustments-state.ts'
import { layersOf } from './balances.ts'
import type { LedgerCommand } from './commands.ts'
import { onLine, payerCash, payerPostings } from './payer-cash.ts'
import { type LayerBalance, type Line, receivableOf } from './state.ts'
import { type Moved, together, type WorkingLedger, workingOn } from './working.ts'

type VoidCharge = Of<LedgerCommand, 'VoidCharge'>

/** Reductions that payers ordered; their cash stays where it is (errata 9). */
const payerReductions: readonly string[] = [
  'ContractualAdjustmentPosted',
  'PriorPayerSettled',
  'PriorPayerSettlementUndone',
]

interface Undoing {
  readonly account: ControlAccount
  readonly amount: number
  readonly from: Day
}

const reductionsOf = (postings: readonly AdjudicationPosting[], line: LineId): readonly Undoing[] =>
  postings
    .filter((posting) => payerReductions.includes(posting.type))
    .map((posting) => ({
      account: posting.contra[0]?.account ?? 'contractual',
      amount: onLine(posting, line),
      from: posting.effectiveDate,
    }))

interface Released {
  readonly paymentId: PaymentId
  readonly amount: Cents
  readonly from: Day
}

/** Money that goes back is without an item from the last day on which it met this one: before that it was never here. */
const releasedMoney = (state: AccountState, line: LineId): readonly Released[] =>
  state.payments.payments.by('line', line).flatMap(({ paymentId, receivedOn, allocations }) => {
    // What a credit brought here comes off by itself, where it was applied first.
    const parts = allocations.filter(({ lineId, cameFrom }) => lineId === line && cameFrom === undefined)
    const amount = parts.reduce((sum, part) => sum + part.amount, 0)
    const from = parts.reduce((latest, { on }) => maxDay(latest, on), receivedOn)
    return amount > 0 ? [{ paymentId, amount: amount as Cents, from }] : []
  })

const givenUp = (state: AccountState, line: LineId): readonly { readonly of: Adjustment; readonly amount: Cents }[] =>
  state.ledger.adjustments.by('line', line).flatMap((of) => {
    const amount = of.parts.reduce((sum, part) => (part.lineId === line ? sum + part.amount - part.reversed : sum), 0)
    return amount > 0 ? [{ of, amount: amount as Cents }] : []
  })

/** What is voided: `on`, `mode` and the reason as in the command. */
export interface Voiding extends Pick<VoidCharge, 'on' | 'mode' | 'reason'> {
  readonly replacedBy?: LineId | undefined
}

const voidHits = (state: AccountState, id: LineId): readonly RuleHit[] => {
  const line = state.ledger.lines.get(id)
  if (!line) return [precondition('ledger.lineUnknown', `line ${id} is not on this account`)]
  const hits: RuleHit[] = []
  if (line.voided) hits.push(precondition('ledger.lineVoided', `line ${id} was voided already`))
  if (line.broughtForward) {
    hits.push(precondition('ledger.broughtForward', 'a balance brought forward is no charge', 'write it off instead'))
  }
  if (line.returnedRefund) {
    hits.push(precondition('ledger.returnedRefund', 'a refund owed again is no charge', 'void the refund instead'))
  }
  if (layersOf(state.ledger, id).some((layer) => layer.badDebt !== 0)) {
    hits.push(precondition('ledger.badDebt', 'part of the line is written off as bad debt', 'reinstate it first'))
  }
  return hits
}

/** A credit of the patient's that no payment stands behind, used for a line: a void has no payment to give back. */
const isUsedOn = ({ lineId }: Line, { of, from, to }: CreditMoved): boolean =>
  !('paymentId' in of) && from.party === PATIENT && (to.lineId === lineId || from.lineId === lineId)

/** The layers as they must stand afterwards: each payer's cash where it was posted, what else there is on the first. */
const afterVoid = (
  layers: readonly Pick<LayerBalance, 'layerId' | 'party'>[],
  first: string,
  total: number,
  cash: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> => {
  const targets = new Map(layers.map((layer) => [layer.layerId, cash.get(layer.layerId) ?? 0]))
  const left = [...targets.values()].reduce((rest, amount) => rest - amount, total)
  const own = layers.find((layer) => partyKey(layer.party) === first)?.layerId
  return own === undefined ? targets : targets.set(own, (targets.get(own) ?? 0) + left)
}

/**
 * Errata 9, in one event: what an agency has comes back first. Patient money goes back to unapplied, write-offs and payers' reductions on the line are
 * undone, what is left returns to the party first billed, and the charge is reversed there. What payers paid stays as
 * their credit.
 */
const voided = (
  state: AccountState,
  working: WorkingLedger,
  line: Line,
  { on, mode, reason, replacedBy }: Voiding,
): readonly AccountEvent[] => {
  const onFile = layersOf(state.ledger, line.lineId)
  const placed = onFile.map(({ lineId, layerId, placed: amount }) => ({ lineId, layerId, amount }))
  const first = mode === 'economic' ? on : (onFile[0]?.openedOn ?? on)
  const recalled = recallParts(state, working, placed, first, 'error')
  const returned = standingMoves(state, [line.lineId], (move) => isUsedOn(line, move)).map((move) =>
    movedBack(working, move, first, reason),
  )
  const brought = movedHereTakenOff(state, working, line.lineId, reason)
  const now = new Map(working.layers(line.lineId).map((layer) => [layer.layerId, layer]))
  const layers = onFile.flatMap(({ layerId }) => now.get(layerId) ?? [])
  const opened = layers[0]?.openedOn ?? on
  const reductions = reductionsOf(payerPostings(state, line.lineId), line.lineId)
  const released = releasedMoney(state, line.lineId)
  const adjustments = givenUp(state, line.lineId)
  const undone: readonly Undoing[] = [
    { account: 'revenue', amount: line.amount, from: opened },
    ...reductions,
    ...released.map(({ amount, from }) => ({ account: 'unapplied' as const, amount: -amount, from })),
    ...adjustments.map(({ of, amount }) => ({
      account: `writeOff:${of.category}` as const,
      amount: -amount,
      from: of.effectiveDate,
    })),
  ]
  const contra = netContra(undone)
  const standing = layers.reduce((sum, layer) => sum + receivableOf(layer), 0)
  const total = standing - contra.reduce((sum, entry) => sum + entry.amount, 0)
  const targets = afterVoid(layers, partyKey(line.firstParty), total, payerCash(state, line.lineId))
  // What stands with an agency that does not have it any more comes off that stage too.
  const moves: Moved[] = layers.flatMap((layer) => [
    working.restore(layer.layerId, 'active', (targets.get(layer.layerId) ?? 0) - layer.active),
    working.restore(layer.layerId, 'placed', -layer.placed),
  ])
  const posting = together(moves)
  const from = undone.reduce((latest, part) => maxDay(latest, part.from), mode === 'economic' ? on : opened)
  const effectiveDate =
    mode === 'economic' ? working.openFrom(from, posting.effects) : working.notBefore(from, posting.effects)
  const event: Of<AccountEvent, 'ChargeVoided'> = {
    type: 'ChargeVoided',
    effectiveDate,
    visitId: line.visitId,
    lineId: line.lineId,
    reason,
    replacedBy,
    released: released.map(({ paymentId, amount }) => ({ paymentId, amount })),
    adjustments: adjustments.map(({ of, amount }) => ({ adjustmentId: of.adjustmentId, amount })),
    ...posting,
    contra,
  }
  return [...recalled, ...returned, ...brought, event]
}

/** Holdings of these visits whose every line is void now have nothing to wait for. */
const emptiedHoldings = (
  state: AccountState,
  visits: readonly VisitId[],
  allVoid: AllVoid,
  on: (lines: readonly { readonly lineId: LineId }[]) => Day,
  reason: string,
): readonly AccountEvent[] =>
  state.ledger.holdings
    .by('visit', ...visits)
    .filter(({ event, open }) => open && allVoid(event.lines))
    .map(({ event }) => ({
      type: 'ResponsibilityReleased',
      effectiveDate: maxDay(on(event.lines), event.effectiveDate),
      visitId: event.visitId,
      holdingId: event.holdingId,
      outcome: 'reversed',
      reason,
    }))

/**
 * Voids lines together: what waited for several of them ends with the last. Denials and holdings that wait for nothing
 * any more are closed by the void itself, for it leaves nothing to judge (decision 0006).
 */
export const voidLines = (
  state: AccountState,
  lines: readonly LineId[],
  voiding: Voiding,
  context: Context,
): Decision<AccountEvent> => {
  const rejection = rejectIfAny([
    ...datingHits(state, voiding.on, context),
    ...lines.flatMap((line) => voidHits(state, line)),
  ])
  if (rejection) return rejection
  const working = workingOn(state, context)
  const events = lines.flatMap((id) => {
    const line = state.ledger.lines.get(id)
    return line ? voided(state, working, line, voiding) : []
  })
  const days = new Map(
    events.flatMap((event) => (event.type === 'ChargeVoided' ? [[event.lineId, event.effectiveDate]] : [])),
  )
  // A charge that never was had nothing that waited, also where the others of what waited were voided before.
  const on = (of: readonly { readonly lineId: LineId }[]): Day =>
    of.map(({ lineId }) => days.get(lineId) ?? state.ledger.lines.get(lineId)?.voidedOn ?? voiding.on).reduce(maxDay)
  const visits = visitsOf(state, lines)
  const dead = (id: LineId) => lines.includes(id) || state.ledger.lines.get(id)?.voided === true
  const allVoid: AllVoid = (of) =>
    of.some(({ lineId }) => lines.includes(lineId)) && of.every(({ lineId }) => dead(lineId))
  return accept<AccountEvent>([
    ...events,
    ...emptiedDenials(state, visits, allVoid, on, voiding.reason),
    ...emptiedHoldings(state, visits, allVoid, on, voiding.reason),
  ])
}

/** One charge never was. */
export const voidCharge = (state: AccountState, command: VoidCharge, context: Context): Decision<AccountEvent> =>
  voidLines(state, [command.line], command, context)
