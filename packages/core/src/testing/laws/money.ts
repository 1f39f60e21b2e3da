import { creditsNow, keyOf } from '../../account/credits/judge.ts'
import { payersMoney } from '../../account/credits/payers-money.ts'
import { freezingOn } from '../../account/disputes/state.ts'
import type { AccountState } from '../../account/index.ts'
import { layersOf, linesOfVisit, owedOn } from '../../account/ledger/balances.ts'
import { receivableOf } from '../../account/ledger/state.ts'
import { unappliedOf, unappliedTotal } from '../../account/payments/state.ts'
import { activePlansOn } from '../../account/plans/state.ts'
import { formatCents, sumOf } from '../../kernel/cents.ts'
import { isPosting, PATIENT, partyKey } from '../../kernel/effects.ts'
import { comparable } from '../comparable.ts'
import { eventsOf } from '../history.ts'
import { differs, eachEvent, eachStep, type Law, whole } from './law.ts'

/** Denials and holdings that are open though each of their lines is void. */
const waitingFor = (voided: ReadonlySet<string>, { claims, ledger }: AccountState): readonly string[] => {
  const gone = ({ lines }: { readonly lines: readonly { readonly lineId: string }[] }) =>
    lines.length > 0 && lines.every(({ lineId }) => voided.has(lineId))
  const denials = [...claims.denials.values()].filter(({ event, resolved }) => resolved === undefined && gone(event))
  const holdings = [...ledger.holdings.values()].filter(({ event, open }) => open && gone(event))
  return [
    ...denials.map(({ event }) => `denial ${event.denialId} waits for voided lines`),
    ...holdings.map(({ event }) => `holding ${event.holdingId} waits for voided lines`),
  ]
}

/** D to G and P: charges, payments, adjustments, refunds and credits. */
export const moneyLaws: readonly Law[] = [
  // A void leaves no charge: only what payers paid, as their credit, then and ever after, and nothing waits for it.
  eachStep('D1', ({ after }) => {
    const paidFor = new Set(
      [...after.payments.payments.values()].flatMap((one) => one.allocations.map((a) => a.lineId)),
    )
    const refunded = after.credits.refunds.size > 0
    // A payer that took its money twice, by a recoupment and by a reversal of another name, owes it once.
    const takenBack = new Set(
      [...after.claims.takebacks.values()].flatMap(({ event, undone }) =>
        undone ? [] : event.lines.map(({ lineId }) => lineId),
      ),
    )
    const voided = [...after.ledger.lines.values()].filter((line) => line.voided)
    return [
      ...waitingFor(new Set(voided.map((line) => line.lineId)), after),
      ...voided.flatMap(({ lineId }) => [
        ...differs(`the patient on voided line ${lineId}`, owedOn(after.ledger, lineId, PATIENT), 0),
        ...(paidFor.has(lineId) ? [`a payment stands on voided line ${lineId}`] : []),
        ...layersOf(after.ledger, lineId)
          .filter((layer) => receivableOf(layer) > 0 && !refunded && !takenBack.has(lineId))
          .map((layer) => `${partyKey(layer.party)} owes ${formatCents(receivableOf(layer))} on voided line ${lineId}`),
      ]),
    ]
  }),
  // Allocated + unapplied + (refunded − owed again) + reversed = the payment, none below zero (clarification 34).
  eachStep('E1', ({ after }) =>
    [...after.payments.payments.values()].flatMap((payment) => {
      const parts = [
        unappliedOf(payment),
        payment.refunded - payment.owedAgain,
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
  eachEvent('E2', (event, _before, after) =>
    event.type === 'PatientPaymentPosted' || event.type === 'UnappliedApplied'
      ? event.allocations
          .filter(({ lineId }) => owedOn(after.ledger, lineId, PATIENT) < 0)
          .map(({ lineId }) => `${event.type} overpays line ${lineId}`)
      : [],
  ),
  eachStep('E7', ({ after }) => {
    const standing = [...after.payments.payments.values()].filter((one) => one.reversed < one.amount)
    const keys = standing.flatMap(({ event }) =>
      event.externalRef === undefined
        ? []
        : `${event.externalRef} ${event.tender} ${event.amount} ${event.receivedDate}`,
    )
    return keys.filter((key, index) => keys.indexOf(key) !== index)
  }),
  whole('E8', (history) => {
    const ends = eventsOf(history).flatMap(({ event }) =>
      event.type === 'PaymentCaptureSettled' || event.type === 'PaymentCaptureFailed' ? event.paymentId : [],
    )
    return ends.filter((id, index) => ends.indexOf(id) !== index)
  }),
  // Unapplied is what the payments have unapplied, in the books too.
  eachStep('E10', ({ after }) =>
    differs('unapplied', -(after.ledger.control.get('unapplied') ?? 0), unappliedTotal(after.payments)),
  ),
  eachEvent('F1', (event, before) =>
    event.type === 'WriteOffPosted'
      ? event.lines
          .filter(({ lineId, amount }) => amount > owedOn(before.ledger, lineId, event.party))
          .map(({ lineId, amount }) => `${formatCents(amount)} off line ${lineId}`)
      : [],
  ),
  // Small balances are debits within the threshold, on no active plan.
  eachStep('F2', ({ before, decision }, _number, office) =>
    decision.ok
      ? decision.events.flatMap((event) => {
          if (event.type !== 'WriteOffPosted' || event.category !== 'smallDebit') return []
          const lines = linesOfVisit(before.ledger, event.visitId)
          const balance = sumOf(lines, ({ lineId }) => owedOn(before.ledger, lineId, event.party))
          const { smallBalance } = office.policy.policy.writeOff
          const given = event.lines.map((line) => line.lineId)
          return [
            ...(balance > 0 && balance <= smallBalance ? [] : [`${formatCents(balance)} written off as small`]),
            ...activePlansOn(before.plans, given).map((plan) => `written off as small, on plan ${plan.planId}`),
            ...freezingOn(before.disputes, given, event.effectiveDate).map(
              ({ disputeId }) => `written off as small, in dispute ${disputeId}`,
            ),
          ]
        })
      : [],
  ),
  // A refund takes no more than what is a credit or unapplied.
  eachEvent('G1', (event, before, after) => {
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
          .concat(
            event.of
              .filter((source) => 'party' in source && (payersMoney(before, [source]) ?? source.amount) < source.amount)
              .map(
                (source) => `refund ${event.refundId} returns more of line ${source.lineId} than its payer has paid`,
              ),
          )
      : []
  }),
  // The credits on file are the credits that stand.
  eachStep('G5', ({ after, decision }) => {
    if (!decision.ok) return []
    const shown = [...after.credits.credits.values()].map((credit) => `${keyOf(credit.sources)} ${credit.amount}`)
    const true_ = [...creditsNow(after)].map(([key, credit]) => `${key} ${credit.amount}`)
    return comparable(shown.sort()) === comparable(true_.sort()) ? [] : [`${shown.join()} shown, ${true_.join()} stand`]
  }),
  eachStep('P5', ({ after }) =>
    [...after.credits.credits.values()].flatMap(({ sources }) =>
      sources.flatMap((source) => {
        if (!('paymentId' in source) || source.lineId !== undefined) return []
        const visit = after.payments.payments.get(source.paymentId)?.event.designation?.visitId
        const waits = (visit === undefined ? [] : linesOfVisit(after.ledger, visit)).some(({ lineId: line }) =>
          [...after.ledger.layers.values()].some(
            (layer) => layer.lineId === line && layer.party !== PATIENT && receivableOf(layer) > 0,
          ),
        )
        return waits ? [`payment ${source.paymentId} is called a credit`] : []
      }),
    ),
  ),
]
