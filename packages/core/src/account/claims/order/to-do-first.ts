import { type Cents, formatCents, minCents, sumOf, toCents, ZERO } from '../../../kernel/cents.ts'
import { coverageParty, PATIENT, sameParty } from '../../../kernel/effects.ts'
import type { LineId } from '../../../kernel/ids.ts'
import { electionOn } from '../../agreements/state.ts'
import type { Coverage } from '../../coverage/state.ts'
import { owedOn } from '../../ledger/balances.ts'
import { recoverable } from '../../ledger/recoverable.ts'
import { inForce } from '../state.ts'
import { partyOf } from '../unit/remitted-claim.ts'
import type { UnitSoFar } from '../unit/so-far.ts'

// What a person does with a claim whose payer explains more of a line than is open at it, so that its release posts it.

interface Held {
  /** Where a part of the line stands that this payer does not find, in words. */
  readonly elsewhere: string | undefined
  /** What must be open at this payer for the claim to post, cents: at least, and at most. */
  readonly needs: { readonly least: Cents; readonly most: Cents }
  /** More is open than the payer explains. */
  readonly isOver: boolean
}

/** What lets the claim be posted: a write-off that the payer's money restores is undone first (law F3). */
export const toDoFirst = (
  unit: UnitSoFar,
  coverage: Coverage,
  line: LineId,
  { elsewhere, needs, isOver }: Held,
): string => {
  const { state } = unit
  const [writtenOff] = recoverable(state.ledger, partyOf(coverage), line)
  if (writtenOff) {
    const { adjustment, amount } = writtenOff
    return `undo the write-off of ${formatCents(amount)} at this payer (ReverseAdjustment ${adjustment.adjustmentId}), then release the claim`
  }
  const refund = isOver ? unacknowledged(unit, coverage, line) : undefined
  if (refund) {
    return `acknowledge the refund of ${formatCents(refund.amount)} that the payer shows by this (AcknowledgeRefund ${refund.refundId}), then release the claim at once`
  }
  if (elsewhere) return 'add the coverage in its place, or correct what was done with the share; then release the claim'
  return (
    broughtHere(unit, coverage, line, needs) ??
    'look for an earlier adjudication of this claim; correct the books or reject the claim'
  )
}

/** A refund to this payer on the line, of which it has shown less than it got: it takes back once more what went back to it. */
const unacknowledged = ({ state }: UnitSoFar, coverage: Coverage, line: LineId) => {
  const party = partyOf(coverage)
  const [refund] = state.credits.refunds
    .by('line', line)
    .filter(
      ({ approved, issued, status, acknowledged }) =>
        status !== 'voided' &&
        acknowledged < approved.amount &&
        issued?.effects.some((effect) => effect.lineId === line && sameParty(effect.party, party)),
    )
  return refund && { refundId: refund.approved.refundId, amount: toCents(refund.approved.amount - refund.acknowledged) }
}

/**
 * Of a line that this payer has not decided, what stands with another payer that decided it or never spoke, with the
 * patient, or was paid there: it is brought to this payer first. `undefined` where all of it would not be enough.
 */
const broughtHere = (unit: UnitSoFar, coverage: Coverage, line: LineId, needs: Held['needs']): string | undefined => {
  const { state, visitId } = unit
  const isDecided = inForce(state.claims, visitId).some(
    ({ event }) => event.coverageId === coverage.coverageId && event.lines.some(({ lineId }) => lineId === line),
  )
  // As the book stands: what the unit would bring here by itself, it does not, for it is held.
  const here = owedOn(state.ledger, line, partyOf(coverage))
  const least = toCents(needs.least - here)
  const most = toCents(needs.most - here)
  if (isDecided || least <= 0) return undefined
  const patient = electionOn(state.agreements, line) ? NOTHING : withPatient(unit, line)
  let left = most
  const take = (amount: Cents): Cents => {
    const taken = minCents(left, amount)
    left = toCents(left - taken)
    return taken
  }
  const ofPayers = otherPayers(unit, coverage, line)
    .map(({ payerName, open }) => ({ payerName, amount: take(open) }))
    .filter(({ amount }) => amount > 0)
  const stands = take(patient.stands)
  // Money comes off a line as a whole, and what it had paid is open with the patient then.
  const paid = take(patient.paid) > 0 ? patient.paid : ZERO
  if (most - left < least) return undefined

  const fromPayers = ofPayers.map(({ payerName, amount }) => `${formatCents(amount)} that stands at ${payerName}`)
  const fromPatient = stands > 0 && paid === 0 ? [`${formatCents(stands)} that stands with the patient`] : []
  const freed = paid > 0 ? [stands > 0 ? formatCents(toCents(stands + minCents(paid, toCents(most)))) : 'it'] : []
  const moves = [...freed, ...fromPayers, ...fromPatient].join(' and ')
  return [
    ...(state.coverage.coverages.has(coverage.coverageId) ? [] : ['add the coverage of this payer (AddCoverage)']),
    ...(paid > 0 ? [`take ${formatCents(paid)} that the patient has paid off the line (DeallocatePayment)`] : []),
    `move ${moves} to this payer (TransferResponsibility), then release the claim`,
  ].join(' and ')
}

const NOTHING = { stands: ZERO, paid: ZERO }

const withPatient = ({ state }: UnitSoFar, line: LineId): { readonly stands: Cents; readonly paid: Cents } => ({
  stands: openAt(owedOn(state.ledger, line, PATIENT)),
  paid: sumOf(
    state.payments.payments.by('line', line).flatMap(({ allocations }) => allocations),
    (part) => (part.lineId === line ? part.amount : ZERO),
  ),
})

const openAt = (owed: number): Cents => toCents(Math.max(0, owed))

/** Other coverages of the same patient with money of the line, in their order: refused there, or not decided yet. */
const otherPayers = (
  { state }: UnitSoFar,
  { patientId, coverageId }: Coverage,
  line: LineId,
): readonly { readonly payerName: string; readonly open: Cents }[] =>
  state.coverage.coverages
    .by('patient', patientId)
    .filter((other) => other.coverageId !== coverageId)
    .toSorted((a, b) => a.order - b.order)
    .map((other) => ({
      payerName: other.payerName,
      open: openAt(owedOn(state.ledger, line, coverageParty(other.coverageId))),
    }))
