import {
  type AccountState,
  freeOf,
  netOf,
  notSpokenFor,
  type Payment,
  unappliedOf,
  waitsForPayer,
} from '@daybook/core/account'
import { type Cents, type Day, daysBetween, formatCents, PATIENT, sumOf, type VisitId } from '@daybook/core/kernel'
import type { PracticePolicy } from '@daybook/core/policy'
import { approvedWords, creditedOf, owedBeyond, placedWords } from '../one-item.ts'
import { facetQueues } from '../queue.ts'
import { dueByPolicy, type Matter, unclaimedReasons } from '../work.ts'
import { undoWords, type WriteOffToUndo, writeOffToUndo } from '../write-off-to-undo.ts'

export interface UnappliedMatter extends Matter {
  readonly payment: string
  /** Designated to a visit on which a payer still owes: it waits for that decision (law P5). */
  readonly waitsForVisit?: string
  /** Designated to a plan that waits for the correction of a reversal: it waits with it (clarification 37). */
  readonly waitsForPlan?: string
  /** What of it is to meet what the guarantor owes, before they are asked for anything (law Q7). */
  readonly applyFirst?: number
  /** What of it is for what agencies have, where nothing else is owed: it is sent there by line, or that is recalled. */
  readonly placed?: number
  /** What of the payment a refund is to take that is approved and not issued: cents. */
  readonly approved?: number
  /** What is owed since beyond all else that is the guarantor's: that refund may not go out as it is (law Q7). Cents. */
  readonly owedBeyond?: number
  /** A write-off that it restores before it is anybody's credit (law F3). */
  readonly undo?: WriteOffToUndo
}

const insuranceOpenOn = (state: AccountState, visit: VisitId): boolean =>
  [...state.ledger.layers.values()].some(
    ({ visitId, party, active, placed }) => visitId === visit && party !== PATIENT && active + placed > 0,
  )

/** What approved refunds are to take of a payment's money, and have not taken yet. */
const approvedOf = (state: AccountState, payment: Payment): number => {
  const source = { paymentId: payment.paymentId, amount: unappliedOf(payment) as Cents }
  return source.amount - sumOf(notSpokenFor(state, [source]), ({ amount }) => amount)
}

/** What the payer's decision, or its correction, gives the money an item by itself. */
const waitsFor = (
  state: AccountState,
  payment: Payment,
): Pick<UnappliedMatter, 'waitsForVisit'> | Pick<UnappliedMatter, 'waitsForPlan'> => {
  const { lines, planId, visitId } = payment.event.designation ?? {}
  const visits = lines?.flatMap((line) => state.ledger.lines.get(line)?.visitId ?? []) ?? (visitId ? [visitId] : [])
  const visit = visits.find((one) => insuranceOpenOn(state, one))
  if (visit !== undefined) return { waitsForVisit: visit }
  return planId !== undefined && lines === undefined && waitsForPayer(state, payment) ? { waitsForPlan: planId } : {}
}

/** What keeps the money from an item for now. */
const waitingOn = ({ waitsForVisit, waitsForPlan }: UnappliedMatter): string | undefined => {
  if (waitsForVisit !== undefined) return `insurance open on ${waitsForVisit}`
  return waitsForPlan === undefined ? undefined : `plan ${waitsForPlan} waits for the correction of a payer`
}

const unapplied = (state: AccountState, payment: Payment): readonly UnappliedMatter[] => {
  const net = netOf(state)
  const owed = net.owed - net.barred
  const amount = unappliedOf(payment) - creditedOf(state, payment, owed)
  if (amount <= 0) return []
  const free = freeOf(state, payment)
  const applyFirst = Math.min(free, owed)
  const placed = owed > 0 ? 0 : Math.min(free, net.placed)
  const approved = approvedOf(state, payment)
  const beyond = approved > 0 ? owedBeyond(net) : 0
  const undo = applyFirst > 0 ? undefined : writeOffToUndo(state)
  return [
    {
      payment: payment.paymentId,
      amount,
      since: payment.receivedOn,
      ...waitsFor(state, payment),
      ...(applyFirst > 0 ? { applyFirst } : {}),
      ...(placed > 0 ? { placed } : {}),
      ...(approved > 0 ? { approved } : {}),
      ...(beyond > 0 ? { owedBeyond: beyond } : {}),
      ...(undo ? { undo } : {}),
    },
  ]
}

const nextFor = (
  { applyFirst, placed, approved, owedBeyond: beyond, undo }: UnappliedMatter,
  { onAccount }: PracticePolicy,
): string => {
  if (applyFirst) return `apply ${formatCents(applyFirst)} on account first`
  if (approved) return approvedWords(approved, beyond, onAccount)
  if (placed && onAccount.refundWhileOwed === 'refused') return placedWords(placed, false)
  return undo ? undoWords(undo) : 'apply it to an item or refund it'
}

const lastPaymentOn = (state: AccountState): Day | undefined =>
  [...state.payments.payments.values()]
    .filter((payment) => payment.reversed < payment.amount)
    .map((payment) => payment.receivedOn)
    .reduce<Day | undefined>((last, on) => (last === undefined || on > last ? on : last), undefined)

/** Patient money that has no item. */
export const queues = facetQueues({
  names: ['unapplied'],
  version: 7,
  matters: (state) => {
    const last = lastPaymentOn(state)
    return {
      unapplied: [...state.payments.payments.values()].flatMap((payment) => unapplied(state, payment)),
      ...(last ? { lastPaymentOn: last } : {}),
    }
  },
  work: (matters, context) =>
    matters.unapplied.map((matter) => {
      const waits = waitingOn(matter)
      return {
        queue: 'unapplied',
        subject: matter.payment,
        amount: matter.amount,
        since: matter.since,
        reasons: [
          `${formatCents(matter.amount)} received ${matter.since} has no item`,
          ...unclaimedReasons(matter.since, context),
        ],
        // What a refund is to take does not wait: it is sent, or the refund is void.
        ...(waits !== undefined && !matter.approved
          ? { nextAction: 'wait for the payer, then it applies by itself', blockedBy: [waits] }
          : {
              nextAction: nextFor(matter, context.policy),
              deadline: dueByPolicy(matter.since, context.policy.posting.unappliedDays, 'find its item'),
            }),
      }
    }),
  patientInputs: ({ lastPaymentOn: last }, { asOf }) => ({
    lastPaymentDays: last === undefined || last > asOf ? 'never' : daysBetween(last, asOf),
  }),
})
