import {
  type AccountEvent,
  type AccountState,
  account,
  accountCodec,
  decideAccount,
  foldAccount,
  newAccount,
} from '../../account/index.ts'
import { layersOf, owedOn } from '../../account/ledger/balances.ts'
import { payerCash } from '../../account/ledger/payer-cash.ts'
import { receivableOf } from '../../account/ledger/state.ts'
import { remainingOf, unappliedTotal } from '../../account/payments/state.ts'
import { canonicalJson } from '../../kernel/canonical.ts'
import { formatCents, sumOf } from '../../kernel/cents.ts'
import { toDay } from '../../kernel/day.ts'
import type { Of } from '../../kernel/decision.ts'
import { coverageParty, imbalance, isPosting, isReceivable } from '../../kernel/effects.ts'
import { saysWhy } from '../../kernel/event.ts'
import { standingAt } from '../as-of.ts'
import { comparable } from '../comparable.ts'
import { contextOfStep, eventsOf } from '../history.ts'
import { differs, eachEvent, eachStep, type Found, type Law, whole } from './law.ts'

const receivable = (state: AccountState): number => sumOf(state.ledger.layers.values(), receivableOf)

const moved = (event: AccountEvent): number =>
  isPosting(event)
    ? sumOf(
        event.effects.filter((effect) => isReceivable(effect.stage)),
        (effect) => effect.amount,
      )
    : 0

const total = (parts: readonly { readonly amount: number }[]): number => sumOf(parts, (part) => part.amount)
const itemised = (of: readonly { readonly amount: number }[]): number =>
  total(of.filter((source) => 'lineId' in source && source.lineId !== undefined))

/** What an event says of itself in its named fields: the second derivation of law A3. Undefined: its effects alone say. */
const byKind = (event: AccountEvent): number | undefined => {
  switch (event.type) {
    case 'ChargePosted':
      return event.amount
    case 'BalanceBroughtForward':
    case 'AdjustmentReversed':
    case 'PriorPayerSettlementUndone':
      return total(event.lines)
    case 'PatientPaymentPosted':
    case 'UnappliedApplied':
      return -total(event.allocations)
    case 'PaymentDeallocated':
      return total(event.allocations)
    case 'PaymentReversed':
      return total(event.released)
    case 'WriteOffPosted':
    case 'InsurancePaymentPosted':
    case 'ContractualAdjustmentPosted':
    case 'PriorPayerSettled':
      return -total(event.lines)
    case 'RefundIssued':
      return itemised(event.of)
    case 'RefundVoided':
      return -itemised(event.of)
    case 'RefundOwedAgain':
      return event.owedOn ? event.amount : 0
    case 'RefundDebtCancelled':
      return event.lineId ? -event.amount : 0
    case 'ResponsibilityTransferred':
    case 'RefundCleared':
    case 'CreditMoved':
      return 0
    default:
      return undefined
  }
}

const endOfTime = toDay('2999-12-31')

const saidWhy = (event: AccountEvent): boolean => {
  const definition = accountCodec.definitions.get(event.type)
  return definition !== undefined && saysWhy(definition, event)
}

/** What a recoupment takes back of a line is the payer's money there. A converted line was paid in the old book. */
const beyondPaid = (event: Of<AccountEvent, 'PayerTakebackPosted'>, before: AccountState): Found =>
  [...new Set(event.lines.map(({ lineId }) => lineId))].flatMap((line) => {
    const cash = payerCash(before, line)
    const layers = layersOf(before.ledger, line, coverageParty(event.coverageId))
    const paid = -sumOf(layers, ({ layerId }) => cash.get(layerId) ?? 0)
    const back = total(event.lines.filter(({ lineId }) => lineId === line))
    return back <= paid || before.ledger.lines.get(line)?.broughtForward
      ? []
      : [`${formatCents(back)} of ${formatCents(paid)} is taken back on line ${line}`]
  })

/** A, B and C: conservation, commands, replay. */
export const bookLaws: readonly Law[] = [
  eachEvent('A1', (event) => (isPosting(event) ? differs(`${event.type} is out of balance`, imbalance(event), 0) : [])),
  // The receivable is the sum of effects, and of what events say they did.
  eachEvent('A3', (event, before, after) => {
    const change = receivable(after) - receivable(before)
    const said = byKind(event)
    const lines = new Set(isPosting(event) ? event.effects.map((effect) => effect.lineId) : [])
    return [
      ...differs(`${event.type} by effects`, change, moved(event)),
      ...(said === undefined ? [] : differs(`${event.type} by its fields`, change, said)),
      ...[...lines].flatMap((line) =>
        differs(
          `${event.type} on line ${line}`,
          owedOn(after.ledger, line) - owedOn(before.ledger, line),
          isPosting(event) ? total(event.effects.filter((e) => e.lineId === line && isReceivable(e.stage))) : 0,
        ),
      ),
    ]
  }),
  whole('A4', (history) => {
    const standing = standingAt(history, endOfTime, endOfTime)
    return differs('net', standing.net, receivable(history.state) - unappliedTotal(history.state.payments))
  }),
  eachStep('AR-01', ({ command, decision }) =>
    decision.ok
      ? []
      : decision.hits.filter((hit) => hit.rule === 'AR-01').map((hit) => `${command.type}: ${hit.reason}`),
  ),
  eachStep('A6', ({ before, decision, after }) =>
    decision.ok ? [] : comparable(before) === comparable(after) && !('events' in decision) ? [] : ['state has changed'],
  ),
  // Amounts are whole, effects are not zero, and JSON gives back the same event.
  eachEvent('A8', (event) => [
    ...(isPosting(event) ? [...event.effects, ...event.contra] : [])
      .filter(({ amount }) => !Number.isSafeInteger(amount) || amount === 0)
      .map(({ amount }) => `${event.type} carries ${amount}`),
    ...(canonicalJson(JSON.parse(canonicalJson(event))) === canonicalJson(event)
      ? []
      : [`${event.type} does not round-trip`]),
  ]),
  // What is undone was done: no more of an adjustment, or of a payer’s or a patient’s money, goes back than there was.
  eachEvent('A10', (event, before, after) => {
    if (event.type === 'AdjustmentReversed') {
      const old = before.ledger.adjustments.get(event.adjustmentId)
      const now = after.ledger.adjustments.get(event.adjustmentId)
      const back = sumOf(now?.parts ?? [], (part) => part.reversed) - sumOf(old?.parts ?? [], (part) => part.reversed)
      return differs('given back of the adjustment', back, total(event.lines))
    }
    if (event.type === 'PayerTakebackPosted') return beyondPaid(event, before)
    if (event.type !== 'PaymentReversed') return []
    const payment = before.payments.payments.get(event.paymentId)
    return payment && event.amount <= remainingOf(payment)
      ? []
      : [`payment ${event.paymentId} goes back beyond its amount`]
  }),
  eachStep('B5', (step, number, office) => {
    const frozen = comparable(step.before)
    const again = decideAccount(step.before, step.command, contextOfStep(office, step, number))
    return [
      ...(comparable(again) === comparable(step.decision) ? [] : ['another decision the second time']),
      ...(comparable(step.before) === frozen ? [] : ['the state given to decide has changed']),
    ]
  }),
  // The account after a step is the fold of what was decided.
  eachStep('B6', (step, number, office) => {
    const { before, decision } = step
    const after = comparable(step.after)
    const brought = account.decide(before, step.command, contextOfStep(office, step, number))
    return [
      ...(comparable(decision.ok ? foldAccount(before, decision.events) : before) === after
        ? []
        : ['another state than its events give']),
      ...(!brought.ok || brought.after === undefined || comparable(brought.after) === after
        ? []
        : ['the decision brings along another state than its events give']),
    ]
  }),
  eachEvent('B12', (event) => (saidWhy(event) ? [] : [`${event.type} has no reason`])),
  // Every event that is decided can be stored and read back.
  eachEvent('B7', (event) => {
    const checked = accountCodec.definitions.get(event.type)?.schema.safeParse(event)
    if (!checked?.success) return [`${event.type}: ${checked?.error.message ?? 'unknown event'}`]
    const { schemaVersion, payload } = accountCodec.encode(event)
    const data = canonicalJson(payload)
    const read = accountCodec.decode(
      { type: event.type, schemaVersion, effectiveDate: event.effectiveDate, data },
      true,
    )
    return comparable(read) === comparable(event) ? [] : [`${event.type} reads back as another event`]
  }),
  // Folding in two parts is folding in one, wherever the cut (law B6: and never throws).
  whole('C1', (history) => {
    const events = eventsOf(history).map(({ event }) => event)
    const one = comparable(foldAccount(newAccount, events))
    const cuts = [0, 1, Math.floor(events.length / 2), events.length - 1]
    const everywhere = events.reduce((state, event) => foldAccount(state, [event]), newAccount)
    const each = comparable(everywhere) === one ? [] : ['cut after every event']
    const twice = cuts.flatMap((cut) => {
      const at = Math.max(0, cut)
      const two = foldAccount(foldAccount(newAccount, events.slice(0, at)), events.slice(at))
      return comparable(two) === one ? [] : [`cut at ${at}`]
    })
    return [...each, ...twice]
  }),
  // No effect counts from before its layer was opened.
  eachEvent('C4', (event, _before, after) =>
    isPosting(event)
      ? event.effects
          .filter((effect) => (after.ledger.layers.get(effect.layerId)?.openedOn ?? endOfTime) > event.effectiveDate)
          .map((effect) => `${event.type} of ${event.effectiveDate} on layer ${effect.layerId}`)
      : [],
  ),
]
