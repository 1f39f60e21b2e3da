import { formatCents, sumOf, toCents } from '../../../kernel/cents.ts'
import { accept, type Decision, precondition, type RuleHit, rejectIfAny } from '../../../kernel/decision.ts'
import { coverageParty, netContra } from '../../../kernel/effects.ts'
import type { AdjustmentId, CoverageId, VisitId } from '../../../kernel/ids.ts'
import type { Context } from '../../context.ts'
import { transferAgingFrom } from '../../ledger/aging-from.ts'
import { partyHits } from '../../ledger/charge.ts'
import { paidOn } from '../../ledger/payer-cash.ts'
import { type Moved, together, workingLedger } from '../../ledger/working.ts'
import { datingHits, twiceHits } from '../../preconditions.ts'
import type { AccountEvent, AccountState } from '../../rooms.ts'
import type { AcknowledgeRefund, PostTakeback } from '../commands.ts'

const lineHits = (state: AccountState, command: PostTakeback): readonly RuleHit[] => [
  ...command.lines.flatMap(({ line }) => {
    const known = state.ledger.lines.get(line)
    if (known && known.visitId === command.visit && !known.voided) return []
    return [precondition('ledger.lineUnknown', `line ${line} is no charge of visit ${command.visit}`)]
  }),
  ...twiceHits(command.lines.map(({ line }) => line)),
]

/** The coverage is on file, and of the patient of the visit; of an unknown visit its lines say so. */
const coverageHits = (state: AccountState, coverage: CoverageId, visit: VisitId): readonly RuleHit[] => {
  const patient = state.registration.visits.get(visit)?.patientId ?? state.coverage.coverages.get(coverage)?.patientId
  return patient === undefined
    ? [precondition('coverage.unknown', `coverage ${coverage} is not on file`, 'add the coverage first')]
    : partyHits(state, coverageParty(coverage), patient)
}

/** A recoupment is pushed to a line once, and takes back no more than the payer's money that stands there. */
const takebackHits = (state: AccountState, { lines, coverage, recoupment }: PostTakeback): readonly RuleHit[] =>
  lines.flatMap(({ line, amount }) => {
    const known = state.claims.takebacks
      .by('line', line)
      .some(
        ({ event, undone }) =>
          !undone &&
          event.recoupment.payerId === recoupment.payerId &&
          event.recoupment.payerControlNumber === recoupment.payerControlNumber &&
          event.recoupment.remittanceId === recoupment.remittanceId,
      )
    const hits = known
      ? [precondition('claims.takebackKnown', `this recoupment has been pushed to line ${line} already`)]
      : []
    // A converted line may have been paid in the old book, which alone knows how much.
    if (state.ledger.lines.get(line)?.broughtForward) return hits
    const paid = paidOn(state, line, coverageParty(coverage))
    if (amount <= paid) return hits
    const reason = `${formatCents(paid)} of the payer's money stands on line ${line}, not ${formatCents(amount)}`
    return [...hits, precondition('claims.beyondPaid', reason)]
  })

/** What the payer's clearing of a recoupment owes us or we it (errata 1). */
const recoupmentOf = (payer: string) => `payerRecoupment:${payer}` as const

/**
 * Row 11: a recoupment that no reversal explains is pushed to the claim by a person: the coverage owes again what the
 * payer took. A reversal that comes later undoes this first.
 */
export const postTakeback = (state: AccountState, command: PostTakeback, context: Context): Decision<AccountEvent> => {
  const rejection = rejectIfAny([
    ...datingHits(state, command.on, context),
    ...lineHits(state, command),
    ...takebackHits(state, command),
    ...coverageHits(state, command.coverage, command.visit),
  ])
  if (rejection) return rejection
  const working = workingLedger(state.ledger, () => context.newId('layer'))
  const party = coverageParty(command.coverage)
  const moves: Moved[] = command.lines.flatMap(({ line, amount }) => {
    const charge = state.ledger.lines.get(line)
    if (!charge) return []
    const agingFrom = transferAgingFrom(state, party, charge, command.on, context)
    return [working.put(line, party, amount, { on: command.on, agingFrom })]
  })
  const posting = together(moves)
  return accept<AccountEvent>([
    {
      type: 'PayerTakebackPosted',
      effectiveDate: working.notBefore(command.on, posting.effects),
      visitId: command.visit,
      takebackId: context.newId('takeback') as AdjustmentId,
      coverageId: command.coverage,
      lines: command.lines.map(({ line, amount }) => ({ lineId: line, amount })),
      recoupment: command.recoupment,
      reason: command.reason,
      ...posting,
      contra: netContra([
        {
          account: recoupmentOf(command.recoupment.payerId),
          amount: toCents(-sumOf(command.lines, ({ amount }) => amount)),
        },
      ]),
    },
  ])
}

/** What the payer shows must have been sent, and to a payer: a check to the patient is none of theirs. */
const acknowledgedHits = (state: AccountState, command: AcknowledgeRefund): readonly RuleHit[] => {
  const refund = state.credits.refunds.get(command.refund)
  if (!refund) return [precondition('credits.refundUnknown', `refund ${command.refund} is not on file`)]
  const { approved, status, acknowledged } = refund
  const hits: RuleHit[] = []
  if (status !== 'issued' && status !== 'cleared') {
    hits.push(precondition('credits.refundNotIssued', `the refund is ${status}, not issued or cleared`))
  }
  if (approved.payee !== 'payer') {
    hits.push(precondition('credits.otherPayee', `the refund went to the ${approved.payee}, not to a payer`))
  }
  if (command.amount > approved.amount - acknowledged) {
    hits.push(precondition('credits.beyondRefund', 'the payer acknowledges more than was sent back'))
  }
  return hits
}

/**
 * Row 20: the payer confirms money that we had sent back (PLB 72 beside a CLP 22 for it). The refund had raised the
 * coverage; the payer's own reversal raises it again: this takes the second one off.
 */
export const acknowledgeRefund = (
  state: AccountState,
  command: AcknowledgeRefund,
  context: Context,
): Decision<AccountEvent> => {
  const coverage = state.coverage.coverages.get(command.coverage)
  const rejection = rejectIfAny([
    ...datingHits(state, command.on, context),
    ...acknowledgedHits(state, command),
    ...coverageHits(state, command.coverage, command.visit),
    ...(state.ledger.lines.get(command.line)?.visitId === command.visit
      ? []
      : [precondition('ledger.lineUnknown', `line ${command.line} is no charge of visit ${command.visit}`)]),
  ])
  if (rejection || !coverage) return rejection ?? accept<AccountEvent>([])
  const working = workingLedger(state.ledger, () => context.newId('layer'))
  const party = coverageParty(command.coverage)
  const moved = working.overdraw(command.line, party, command.amount, { on: command.on, agingFrom: command.on })
  return accept<AccountEvent>([
    {
      type: 'RefundAcknowledged',
      effectiveDate: working.notBefore(command.on, moved.effects),
      visitId: command.visit,
      refundId: command.refund,
      remittanceId: command.remittanceId,
      reference: command.reference,
      amount: command.amount,
      effects: [...moved.effects],
      opens: [...moved.opens],
      contra: netContra([{ account: recoupmentOf(coverage.payerId), amount: command.amount }]),
    },
  ])
}
