import { isOfQmb } from '../../account/claims/advice/said-facts.ts'
import { frozenNow } from '../../account/disputes/state.ts'
import type { AccountEvent, AccountState } from '../../account/index.ts'
import { datedOf } from '../../account/ledger/layer-changes-state.ts'
import { receivableOf } from '../../account/ledger/state.ts'
import { type Payment, unappliedOf } from '../../account/payments/state.ts'
import { formatCents, sumOf } from '../../kernel/cents.ts'
import { amountOn } from '../../kernel/dated.ts'
import type { Day } from '../../kernel/day.ts'
import type { RuleHit } from '../../kernel/decision.ts'
import { PATIENT } from '../../kernel/effects.ts'
import type { LineId } from '../../kernel/ids.ts'
import { eachStep, type Found, type Law } from './law.ts'

// What is asked of a person, and sent back, beside what they owe: found by going through the whole account.

const linesOf = (state: AccountState, visit: string) =>
  [...state.ledger.lines.values()].filter(({ visitId }) => visitId === visit).map(({ lineId }) => lineId as string)

/** Money that a payer's decision may still need (law P5). */
const waits = (state: AccountState, { event: { designation } }: Payment): boolean => {
  const visit = designation?.lines ? undefined : designation?.planId === undefined ? designation?.visitId : undefined
  const lines: readonly string[] = designation?.lines ?? (visit === undefined ? [] : linesOf(state, visit))
  const visits = new Set([
    ...(visit === undefined ? [] : [visit]),
    ...[...state.ledger.lines.values()].filter(({ lineId }) => lines.includes(lineId)).map(({ visitId }) => visitId),
  ])
  const plan =
    designation?.lines || designation?.planId === undefined ? undefined : state.plans.plans.get(designation.planId)
  return (
    plan?.suspendedFrom !== undefined ||
    (visit !== undefined && lines.length === 0 && state.registration.visits.has(visit)) ||
    [...state.ledger.layers.values()].some(
      (layer) => layer.party !== PATIENT && receivableOf(layer) > 0 && lines.includes(layer.lineId),
    ) ||
    [...state.claims.adjudications.values()].some(({ event, pending }) => pending && visits.has(event.visitId))
  )
}

/** What approved refunds are to take of a payment's money without an item. */
const promised = (state: AccountState, { paymentId }: Payment): number =>
  sumOf(state.credits.refunds.values(), ({ approved, status }) =>
    status === 'approved'
      ? sumOf(approved.of, (source) =>
          'paymentId' in source && source.paymentId === paymentId && source.layerId === undefined ? source.amount : 0,
        )
      : 0,
  )

const free = (state: AccountState): number =>
  sumOf(state.payments.payments.values(), (payment) =>
    waits(state, payment) ? 0 : Math.max(0, unappliedOf(payment) - promised(state, payment)),
  )

/** In dispute, or a QMB's: no money is netted against it (law G4, reference §1.10). */
const isBarred = (state: AccountState, line: LineId): boolean => {
  const visit = state.ledger.lines.get(line)?.visitId
  return frozenNow(state.disputes, line).length > 0 || (visit !== undefined && isOfQmb(state.claims, visit))
}

/** What the patient owes, line by line, each never below zero; where a day is named, on it. */
const owed = (
  state: AccountState,
  of: 'active' | 'placed',
  on?: Day,
  counts: (line: LineId) => boolean = () => true,
): number =>
  sumOf([...state.ledger.lines.keys()].filter(counts), (line) =>
    Math.max(
      0,
      sumOf(state.ledger.layers.values(), (layer) => {
        if (layer.lineId !== line || layer.party !== PATIENT) return 0
        return on === undefined ? layer[of] : amountOn(datedOf(layer)[of], on)
      }),
    ),
  )

const asked = (event: AccountEvent): number | undefined => {
  if (event.type === 'AccountPlaced') return sumOf(event.items, ({ amount }) => amount)
  if (event.type === 'StatementIssued' || event.type === 'LetterIssued') return event.amountDue
  return event.type === 'PlanProposed' ? event.total : undefined
}

const askedBeyond = (before: AccountState, event: AccountEvent): Found => {
  const amount = asked(event)
  const own = amount === undefined ? 0 : free(before)
  const left = Math.max(0, owed(before, 'active') - own)
  return amount === undefined || own === 0 || amount <= left
    ? []
    : [`${event.type} asks ${formatCents(amount)}, ${formatCents(left)} is owed net`]
}

const refundedBeyond = (before: AccountState, event: AccountEvent, warnings: readonly RuleHit[]): Found => {
  if (event.type !== 'RefundApproved' && event.type !== 'RefundIssued') return []
  // A check that is written is a fact: what stands against it is told beside it (law Q8).
  if (event.type === 'RefundIssued' && warnings.some(({ rule }) => rule === 'credits.owed')) return []
  const patients = event.of.filter((source) => 'paymentId' in source || source.party === PATIENT)
  const on = event.type === 'RefundIssued' ? event.effectiveDate : undefined
  const due = owed(before, 'active', on, (line) => !isBarred(before, line)) + owed(before, 'placed', on)
  const theirs =
    sumOf(before.payments.payments.values(), (payment) => unappliedOf(payment)) +
    sumOf(before.credits.credits.values(), ({ owner, sources, amount }) =>
      owner === 'patient' && sources.some(({ lineId }) => lineId !== undefined) ? amount : 0,
    )
  const left = Math.max(0, theirs - due)
  return patients.length === 0 || due === 0 || event.amount <= left
    ? []
    : [`${formatCents(event.amount)} goes back while ${formatCents(due)} is owed: ${formatCents(left)} is left over`]
}

/** Q7: net. */
export const onAccountLaws: readonly Law[] = [
  eachStep('Q7', ({ before, decision }, _number, { policy: { policy } }) =>
    decision.ok
      ? decision.events.flatMap((event) => [
          ...askedBeyond(before, event),
          ...(policy.onAccount.refundWhileOwed === 'refused' ? refundedBeyond(before, event, decision.warnings) : []),
        ])
      : [],
  ),
]
