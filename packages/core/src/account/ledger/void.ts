import type { Cents } from '../../kernel/cents.ts'
import { type Day, maxDay } from '../../kernel/day.ts'
import { accept, type Decision, type Of, precondition, type RuleHit, rejectIfAny } from '../../kernel/decision.ts'
import { type ControlAccount, netContra, partyKey } from '../../kernel/effects.ts'
import type { LineId, PaymentId } from '../../kernel/ids.ts'
import type { AdjudicationPosting } from '../claims/state.ts'
import type { Context } from '../context.ts'
import type { AccountEvent } from '../events.ts'
import type { AccountState } from '../state.ts'
import type { LedgerCommand } from './commands.ts'
import { datingHits } from './dating.ts'
import { onLine, payerCash, payerPostings } from './payer-cash.ts'
import { type Adjustment, type LayerBalance, type Line, layersOf, receivableOf } from './state.ts'
import { type Moved, together, workingLedger } from './working.ts'

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

const releasedMoney = (state: AccountState, line: LineId): readonly Released[] =>
  [...state.payments.payments.values()].flatMap((payment) => {
    const amount = payment.allocations.reduce((sum, part) => (part.lineId === line ? sum + part.amount : sum), 0)
    return amount > 0 ? [{ paymentId: payment.paymentId, amount: amount as Cents, from: payment.receivedOn }] : []
  })

const givenUp = (state: AccountState, line: LineId): readonly { readonly of: Adjustment; readonly amount: Cents }[] =>
  [...state.ledger.adjustments.values()].flatMap((of) => {
    const amount = of.parts.reduce((sum, part) => (part.lineId === line ? sum + part.amount - part.reversed : sum), 0)
    return amount > 0 ? [{ of, amount: amount as Cents }] : []
  })

const voidHits = (line: Line | undefined, command: VoidCharge, layers: readonly LayerBalance[]): readonly RuleHit[] => {
  if (!line) return [precondition('ledger.lineUnknown', `line ${command.line} is not on this account`)]
  const hits: RuleHit[] = []
  if (line.voided) hits.push(precondition('ledger.lineVoided', `line ${command.line} was voided already`))
  if (line.broughtForward) {
    hits.push(precondition('ledger.broughtForward', 'a balance brought forward is no charge', 'write it off instead'))
  }
  if (layers.some((layer) => layer.badDebt !== 0)) {
    hits.push(precondition('ledger.badDebt', 'part of the line is written off as bad debt', 'reinstate it first'))
  }
  return hits
}

/** The layers as they must stand afterwards: each payer's cash where it was posted, what else there is on the first. */
const afterVoid = (
  layers: readonly LayerBalance[],
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
 * Errata 9, in one event: patient money goes back to unapplied, write-offs and payers' reductions on the line are
 * undone, what is left returns to the party first billed, and the charge is reversed there. What payers paid stays as
 * their credit.
 */
export const voidCharge = (state: AccountState, command: VoidCharge, context: Context): Decision<AccountEvent> => {
  const line = state.ledger.lines.get(command.line)
  const layers = layersOf(state.ledger, command.line)
  const rejection = rejectIfAny([...datingHits(state, command.on, context), ...voidHits(line, command, layers)])
  if (rejection || !line) return rejection ?? accept<AccountEvent>([])

  const postings = payerPostings(state, line.lineId)
  const reductions = reductionsOf(postings, line.lineId)
  const released = releasedMoney(state, line.lineId)
  const adjustments = givenUp(state, line.lineId)
  const undone: readonly Undoing[] = [
    { account: 'revenue', amount: line.amount, from: layers[0]?.openedOn ?? command.on },
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

  const working = workingLedger(state.ledger, () => context.newId('layer'))
  const moves: Moved[] = layers.flatMap((layer) => [
    working.restore(layer.layerId, 'active', (targets.get(layer.layerId) ?? 0) - layer.active),
    working.restore(layer.layerId, 'placed', -layer.placed),
  ])
  const posting = together(moves)
  const asked = command.mode === 'economic' ? command.on : (layers[0]?.openedOn ?? command.on)
  const from = undone.reduce((latest, part) => maxDay(latest, part.from), asked)
  return accept<AccountEvent>([
    {
      type: 'ChargeVoided',
      effectiveDate: working.notBefore(from, posting.effects),
      visitId: line.visitId,
      lineId: line.lineId,
      reason: command.reason,
      replacedBy: command.replacedBy,
      released: released.map(({ paymentId, amount }) => ({ paymentId, amount })),
      adjustments: adjustments.map(({ of, amount }) => ({ adjustmentId: of.adjustmentId, amount })),
      ...posting,
      contra,
    },
    ...closings(state, line, command, maxDay(from, command.on)),
  ])
}

/** Denials and holdings whose every line is void now have nothing to wait for. */
const closings = (state: AccountState, line: Line, command: VoidCharge, on: Day): readonly AccountEvent[] => {
  const dead = (id: LineId) => id === line.lineId || state.ledger.lines.get(id)?.voided === true
  const { reason } = command
  const denials = [...state.claims.denials.values()]
    .filter(({ event, resolved }) => resolved === undefined && event.visitId === line.visitId)
    .filter(({ event }) => event.lines.every(({ lineId }) => dead(lineId)))
    .map(({ event }) => ({
      type: 'DenialResolved' as const,
      effectiveDate: on,
      visitId: event.visitId,
      denialId: event.denialId,
      outcome: { kind: 'voided' as const },
      reason,
    }))
  const holdings = [...state.ledger.holdings.values()]
    .filter(({ event, open }) => open && event.lines.every(({ lineId }) => dead(lineId)))
    .map(({ event }) => ({
      type: 'ResponsibilityReleased' as const,
      effectiveDate: on,
      visitId: event.visitId,
      holdingId: event.holdingId,
      outcome: 'reversed' as const,
      reason,
    }))
  return [...denials, ...holdings]
}
