import { keyOf, standingCredits } from '../account/credits/judge.ts'
import {
  type AccountEvent,
  type AccountState,
  accountCodec,
  decideAccount,
  foldAccount,
  newAccount,
} from '../account/index.ts'
import { type LayerBalance, owedOn, receivableOf } from '../account/ledger/state.ts'
import { remainingOf, unappliedOf, unappliedTotal } from '../account/payments/state.ts'
import { canonicalJson } from '../kernel/canonical.ts'
import { formatCents, sumOf } from '../kernel/cents.ts'
import { toDay } from '../kernel/day.ts'
import { imbalance, isPosting, isReceivable, PATIENT, partyKey } from '../kernel/effects.ts'
import { standingAt } from './as-of.ts'
import { comparable } from './comparable.ts'
import { contextOf, eventsOf, type History, type Office, type Step } from './history.ts'

/** What a law found wrong, and at which step (1-based; 0: of the whole history). */
export interface Violation {
  readonly law: string
  readonly step: number
  readonly message: string
}

/** A property that every reachable history has. Ids are those of the page of laws. */
export interface Law {
  readonly id: string
  readonly says: string
  readonly holds: (history: History, office: Office) => readonly Violation[]
}

type Found = readonly string[]

/** A law over each step. */
const eachStep = (id: string, says: string, check: (step: Step, number: number, office: Office) => Found): Law => ({
  id,
  says,
  holds: (history, office) =>
    history.steps.flatMap((step, index) =>
      check(step, index + 1, office).map((message) => ({ law: id, step: index + 1, message })),
    ),
})

/** A law over each accepted event, with the account right after it. */
const eachEvent = (
  id: string,
  says: string,
  check: (event: AccountEvent, before: AccountState, after: AccountState) => Found,
): Law =>
  eachStep(id, says, ({ before, decision }) => {
    if (!decision.ok) return []
    let state = before
    return decision.events.flatMap((event) => {
      const next = foldAccount(state, [event])
      const found = check(event, state, next)
      state = next
      return found
    })
  })

const whole = (id: string, says: string, check: (history: History) => Found): Law => ({
  id,
  says,
  holds: (history) => check(history).map((message) => ({ law: id, step: 0, message })),
})

const differs = (what: string, a: number, b: number): Found =>
  a === b ? [] : [`${what}: ${formatCents(a)} and ${formatCents(b)}`]

const receivable = (state: AccountState, of: (layer: LayerBalance) => boolean = () => true): number =>
  sumOf([...state.ledger.layers.values()].filter(of), receivableOf)

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
    case 'ResponsibilityTransferred':
    case 'RefundCleared':
      return 0
    default:
      return undefined
  }
}

const endOfTime = toDay('2999-12-31')

export const laws: readonly Law[] = [
  eachEvent('A1', 'every event balances', (event) =>
    isPosting(event) ? differs(`${event.type} is out of balance`, imbalance(event), 0) : [],
  ),
  eachEvent('A3', 'the receivable is the sum of effects, and of what events say they did', (event, before, after) => {
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
  whole('A4', 'net = layers, credits included, less unapplied', (history) => {
    const standing = standingAt(history, endOfTime, endOfTime)
    return differs('net', standing.net, receivable(history.state) - unappliedTotal(history.state.payments))
  }),
  eachStep('A6', 'a rejected command changes nothing', ({ before, decision, after }) =>
    decision.ok ? [] : comparable(before) === comparable(after) && !('events' in decision) ? [] : ['state has changed'],
  ),
  eachEvent('A8', 'amounts are whole, effects are not zero, and JSON gives back the same event', (event) => [
    ...(isPosting(event) ? [...event.effects, ...event.contra] : [])
      .filter(({ amount }) => !Number.isSafeInteger(amount) || amount === 0)
      .map(({ amount }) => `${event.type} carries ${amount}`),
    ...(canonicalJson(JSON.parse(canonicalJson(event))) === canonicalJson(event)
      ? []
      : [`${event.type} does not round-trip`]),
  ]),
  eachEvent(
    'A10',
    'what is undone was done: no more of an adjustment or a payment goes back than there was',
    (event, before, after) => {
      if (event.type === 'AdjustmentReversed') {
        const old = before.ledger.adjustments.get(event.adjustmentId)
        const now = after.ledger.adjustments.get(event.adjustmentId)
        const back = sumOf(now?.parts ?? [], (part) => part.reversed) - sumOf(old?.parts ?? [], (part) => part.reversed)
        return differs('given back of the adjustment', back, total(event.lines))
      }
      if (event.type !== 'PaymentReversed') return []
      const payment = before.payments.payments.get(event.paymentId)
      return payment && event.amount <= remainingOf(payment)
        ? []
        : [`payment ${event.paymentId} goes back beyond its amount`]
    },
  ),
  eachStep('B5', 'decide is pure: the same bytes twice, and the state as it was', (step, number, office) => {
    const frozen = comparable(step.before)
    const again = decideAccount(step.before, step.command, contextOf(office, step.recordedOn, number))
    return [
      ...(comparable(again) === comparable(step.decision) ? [] : ['another decision the second time']),
      ...(comparable(step.before) === frozen ? [] : ['the state given to decide has changed']),
    ]
  }),
  eachEvent('B7', 'every event that is decided can be stored and read back', (event) => {
    const { schemaVersion, payload } = accountCodec.encode(event)
    const data = canonicalJson(payload)
    const read = accountCodec.decode(
      { type: event.type, schemaVersion, effectiveDate: event.effectiveDate, data },
      true,
    )
    return comparable(read) === comparable(event) ? [] : [`${event.type} reads back as another event`]
  }),
  whole('C1', 'folding in two parts is folding in one, wherever the cut (law B6: and never throws)', (history) => {
    const events = eventsOf(history).map(({ event }) => event)
    const one = comparable(foldAccount(newAccount, events))
    const cuts = [0, 1, Math.floor(events.length / 2), events.length - 1]
    return cuts.flatMap((cut) => {
      const at = Math.max(0, cut)
      const two = foldAccount(foldAccount(newAccount, events.slice(0, at)), events.slice(at))
      return comparable(two) === one ? [] : [`cut at ${at}`]
    })
  }),
  eachEvent('C4', 'no effect counts from before its layer was opened', (event, _before, after) =>
    isPosting(event)
      ? event.effects
          .filter((effect) => (after.ledger.layers.get(effect.layerId)?.openedOn ?? endOfTime) > event.effectiveDate)
          .map((effect) => `${event.type} of ${event.effectiveDate} on layer ${effect.layerId}`)
      : [],
  ),
  eachEvent('D1', 'a void leaves nothing but what payers paid: a credit of theirs', (event, _before, after) => {
    if (event.type !== 'ChargeVoided') return []
    const parties = [...after.ledger.layers.values()].filter((layer) => layer.lineId === event.lineId)
    const held = [...after.payments.payments.values()].filter((payment) =>
      payment.allocations.some((part) => part.lineId === event.lineId),
    )
    return [
      ...differs('the patient on a voided line', owedOn(after.ledger, event.lineId, PATIENT), 0),
      ...parties
        .filter((layer) => receivableOf(layer) > 0)
        .map((layer) => `${partyKey(layer.party)} still owes ${formatCents(receivableOf(layer))} on a voided line`),
      ...held.map((payment) => `payment ${payment.paymentId} still stands on a voided line`),
    ]
  }),
  eachStep('E1', 'allocated + unapplied + refunded + reversed = the payment, none below zero', ({ after }) =>
    [...after.payments.payments.values()].flatMap((payment) => {
      const parts = [
        unappliedOf(payment),
        payment.refunded,
        payment.reversed,
        ...payment.allocations.map((a) => a.amount),
      ]
      return [
        ...differs(
          `payment ${payment.paymentId}`,
          sumOf(parts, (part) => part),
          payment.amount,
        ),
        ...parts.filter((part) => part < 0).map((part) => `payment ${payment.paymentId} has a part of ${part}`),
      ]
    }),
  ),
  eachEvent('E2', 'patient money never makes an item negative', (event, _before, after) =>
    event.type === 'PatientPaymentPosted' || event.type === 'UnappliedApplied'
      ? event.allocations
          .filter(({ lineId }) => owedOn(after.ledger, lineId, PATIENT) < 0)
          .map(({ lineId }) => `${event.type} overpays line ${lineId}`)
      : [],
  ),
  eachStep('E7', 'one external reference, tender, amount and day is one payment', ({ after }) => {
    const standing = [...after.payments.payments.values()].filter((one) => one.reversed < one.amount)
    const keys = standing.flatMap(({ event }) =>
      event.externalRef === undefined
        ? []
        : `${event.externalRef} ${event.tender} ${event.amount} ${event.receivedDate}`,
    )
    return keys.filter((key, index) => keys.indexOf(key) !== index)
  }),
  eachStep('E10', 'unapplied is what the payments have unapplied, in the books too', ({ after }) =>
    differs('unapplied', -(after.ledger.control.get('unapplied') ?? 0), unappliedTotal(after.payments)),
  ),
  eachEvent('F1', 'a write-off is at most what is open', (event, before) =>
    event.type === 'WriteOffPosted'
      ? event.lines
          .filter(({ lineId, amount }) => amount > owedOn(before.ledger, lineId, event.party))
          .map(({ lineId, amount }) => `${formatCents(amount)} off line ${lineId}`)
      : [],
  ),
  eachStep('F2', 'small balances are debits within the threshold', ({ before, decision }, _number, office) =>
    decision.ok
      ? decision.events.flatMap((event) => {
          if (event.type !== 'WriteOffPosted' || event.category !== 'smallDebit') return []
          const lines = before.ledger.linesByVisit.get(event.visitId) ?? []
          const balance = sumOf(lines, (line) => owedOn(before.ledger, line, event.party))
          const { smallBalance } = office.policy.policy.writeOff
          return balance > 0 && balance <= smallBalance ? [] : [`${formatCents(balance)} written off as small`]
        })
      : [],
  ),
  eachEvent('G1', 'a refund takes no more than what is a credit or unapplied', (event, before, after) => {
    if (event.type !== 'RefundIssued') return []
    return isPosting(event)
      ? event.effects
          .filter((effect) => owedOn(before.ledger, effect.lineId, effect.party) + effect.amount > 0)
          .map((effect) => `refund ${event.refundId} raises line ${effect.lineId} above zero`)
          .concat(
            [...after.payments.payments.values()]
              .filter((p) => unappliedOf(p) < 0)
              .map((p) => `payment ${p.paymentId}`),
          )
      : []
  }),
  eachStep('G5', 'the credits on file are the credits that stand', ({ after, decision }) => {
    if (!decision.ok) return []
    const shown = [...after.credits.credits.values()].map((credit) => `${keyOf(credit.sources)} ${credit.amount}`)
    const true_ = [...standingCredits(after)].map(([key, credit]) => `${key} ${credit.amount}`)
    return comparable(shown.sort()) === comparable(true_.sort()) ? [] : [`${shown.join()} shown, ${true_.join()} stand`]
  }),
  eachStep('P5', 'designated money on a visit that waits for a payer is no credit', ({ after }) =>
    [...after.credits.credits.values()].flatMap(({ sources }) =>
      sources.flatMap((source) => {
        if (!('paymentId' in source) || source.lineId !== undefined) return []
        const visit = after.payments.payments.get(source.paymentId)?.event.designation?.visitId
        const waits = (visit === undefined ? [] : (after.ledger.linesByVisit.get(visit) ?? [])).some((line) =>
          [...after.ledger.layers.values()].some(
            (layer) => layer.lineId === line && layer.party !== PATIENT && receivableOf(layer) > 0,
          ),
        )
        return waits ? [`payment ${source.paymentId} is called a credit`] : []
      }),
    ),
  ),
]

/** Every violation of every law in a history; empty for a history that Daybook decided. */
export const violationsOf = (history: History, office: Office): readonly Violation[] =>
  laws.flatMap((law) => law.holds(history, office))
