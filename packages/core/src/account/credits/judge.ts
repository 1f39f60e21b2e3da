import type { Cents } from '../../kernel/cents.ts'
import { PATIENT, type Party, partyKey } from '../../kernel/effects.ts'
import type { LineId, VisitId } from '../../kernel/ids.ts'
import { correctionPending, waitsForCorrection } from '../claims/corrections-state.ts'
import { adjudicationsOf } from '../claims/state.ts'
import { isPublicPayer } from '../coverage/filing.ts'
import { layersOf, linesOfVisit, owedOn } from '../ledger/balances.ts'
import { type LedgerState, receivableOf } from '../ledger/state.ts'
import { type Payment, unappliedOf } from '../payments/state.ts'
import type { AccountState } from '../rooms.ts'
import type { CreditOwner, CreditSource } from './events.ts'

/** A credit as the books show it at the end of a unit. */
export interface CreditNow {
  readonly owner: CreditOwner
  readonly amount: Cents
  readonly sources: readonly CreditSource[]
  readonly provisional: boolean
}

/** What a credit stands on: one line and party, or one payment. One open credit for each. */
export const keyOf = (sources: readonly CreditSource[]): string => {
  const [first] = sources
  if (!first) return ''
  if ('party' in first) return `line ${first.lineId} ${partyKey(first.party)}`
  return first.lineId === undefined ? `payment ${first.paymentId}` : `line ${first.lineId} ${PATIENT}`
}

const ownerOf = (state: AccountState, party: Party): CreditOwner => {
  if (party === PATIENT) return 'patient'
  const coverage = state.coverage.coverages.get(party.coverageId)
  if (!coverage || coverage.stub) return 'unknown'
  return isPublicPayer(coverage.filingIndicator) ? 'government' : 'payer'
}

/** Payments whose money overpays the patient's layers of a line, the newest money first. */
const paidBeyond = (state: AccountState, line: LineId, credit: number): readonly CreditSource[] => {
  const sources: CreditSource[] = []
  let left = credit
  for (const layer of layersOf(state.ledger, line, PATIENT).toReversed()) {
    let beyond = Math.min(left, -(layer.active + layer.placed))
    for (const payment of state.payments.payments.by('line', line).toReversed()) {
      for (const part of payment.allocations.toReversed()) {
        const amount = part.layerId === layer.layerId ? Math.min(beyond, part.amount) : 0
        if (amount <= 0) continue
        sources.push({ paymentId: payment.paymentId, lineId: line, layerId: layer.layerId, amount: amount as Cents })
        beyond -= amount
        left -= amount
      }
    }
  }
  return left > 0 ? [...sources, { lineId: line, party: PATIENT, amount: left as Cents }] : sources
}

/** The adjudication that last paid a coverage's money on a line. */
const paidBy = (state: AccountState, line: LineId, party: Exclude<Party, typeof PATIENT>): CreditSource | undefined => {
  const visit = state.ledger.lines.get(line)?.visitId
  const adjudication = (visit === undefined ? [] : adjudicationsOf(state.claims, visit)).findLast(
    (one) =>
      one.event.coverageId === party.coverageId &&
      one.event.lines.some((adjudicated) => adjudicated.lineId === line && adjudicated.paid > 0),
  )
  return adjudication && { lineId: line, party, adjudicationId: adjudication.event.adjudicationId, amount: 1 as Cents }
}

const lineCredits = (state: AccountState): readonly CreditNow[] => {
  const credits: CreditNow[] = []
  for (const [lineId, parties] of partiesByLine(state.ledger)) {
    for (const party of parties) {
      const owed = owedOn(state.ledger, lineId, party)
      if (owed >= 0) continue
      const amount = -owed as Cents
      const visit = state.ledger.lines.get(lineId)?.visitId
      const sources: readonly CreditSource[] =
        party === PATIENT
          ? paidBeyond(state, lineId, amount)
          : [{ ...(paidBy(state, lineId, party) ?? { lineId, party }), amount }]
      const provisional = visit !== undefined && correctionPending(state, visit)
      credits.push({ owner: ownerOf(state, party), amount, sources, provisional })
    }
  }
  return credits
}

const partiesByLine = (ledger: LedgerState): ReadonlyMap<LineId, readonly Party[]> => {
  const lines = new Map<LineId, Map<string, Party>>()
  for (const layer of ledger.layers.where('credit')) {
    const parties = lines.get(layer.lineId) ?? new Map<string, Party>()
    lines.set(layer.lineId, parties.set(partyKey(layer.party), layer.party))
  }
  return new Map([...lines].map(([line, parties]) => [line, [...parties.values()]]))
}

/** Does anything of the visit wait for a payer, or for the patient's own money? A visit with no line yet does. */
const stillPending = (state: AccountState, visit: VisitId): boolean => {
  const lines = linesOfVisit(state.ledger, visit)
  if (lines.length === 0) return state.registration.visits.has(visit)
  return lines.some(({ lineId }) => lineOpen(state, lineId)) || correctionPending(state, visit)
}

const lineOpen = (state: AccountState, line: LineId): boolean =>
  layersOf(state.ledger, line).some((layer) => receivableOf(layer) > 0)

/**
 * Is anything of the account open, or waiting for a correction? A visit that was opened and not charged yet has nothing
 * that money could meet, unless the money was given for it: opening one moves no money, and no credit (law N8).
 */
const anyPending = ({ ledger, claims }: AccountState): boolean =>
  ledger.layers.any('open', (layer) => receivableOf(layer) > 0) ||
  claims.adjudications.any('pending', (adjudication) => waitsForCorrection({ ledger }, adjudication))

/**
 * Unapplied money is a credit when nothing pending can use it (errata 3, law P5): of designated money, nothing of what
 * it was given for; of other money, nothing of the account. Once it is somebody's credit, a new charge does not take it
 * away again: only applying or refunding it does, so that no refund clock is stopped by posting.
 */
const canBeUsed = (state: AccountState, payment: Payment, credits: ReadonlySet<string>, pending: boolean): boolean => {
  const { designation } = payment.event
  if (designation?.lines) return designation.lines.some((line) => lineOpen(state, line))
  if (designation?.planId !== undefined) {
    return (state.plans.plans.get(designation.planId)?.lines ?? []).some((line) => lineOpen(state, line))
  }
  if (designation?.visitId !== undefined) return stillPending(state, designation.visitId)
  return pending && !credits.has(keyOf([{ paymentId: payment.paymentId, amount: payment.amount }]))
}

const paymentCredits = (state: AccountState): readonly CreditNow[] => {
  const unapplied = state.payments.payments.where('unapplied')
  if (unapplied.length === 0) return []
  const credits = new Set([...state.credits.credits.values()].map((credit) => keyOf(credit.sources)))
  const pending = anyPending(state)
  return unapplied.flatMap((payment) => {
    if (canBeUsed(state, payment, credits, pending)) return []
    const amount = unappliedOf(payment) as Cents
    const sources: readonly CreditSource[] = [{ paymentId: payment.paymentId, amount }]
    return { owner: 'patient' as const, amount, sources, provisional: false }
  })
}

/** Every credit that stands, by key: overpaid items, and unapplied money that nothing pending can use. */
export const creditsNow = (state: AccountState): ReadonlyMap<string, CreditNow> =>
  new Map([...lineCredits(state), ...paymentCredits(state)].map((one) => [keyOf(one.sources), one]))
