import type { CreditCommand } from '../../account/credits/commands.ts'
import type { Refund } from '../../account/credits/state.ts'
import { unappliedOf } from '../../account/payments/state.ts'
import { PATIENT, sameParty } from '../../kernel/effects.ts'
import type { LineId, RefundId } from '../../kernel/ids.ts'
import type { Random } from '../random.ts'
import type { Ways } from './moment.ts'
import { amount, type Generate, type Moment, none, oneOf, openItems, recently, someLine } from './moment.ts'

// Money that goes back to whom it came from.

export const approveRefund: Generate<'ApproveRefund'> = (random, { state, today, number }) => {
  const credits = [...state.credits.credits.values()]
  const payments = [...state.payments.payments.values()].filter((payment) => unappliedOf(payment) > 0)
  const payers = credits.filter(({ owner }) => owner !== 'patient')
  const wanted = payers.length > 0 && !random.oneIn(4) ? payers : credits
  const credit = wanted.length > 0 && !random.oneIn(3) ? random.pick(wanted) : undefined
  const payment = credit === undefined && payments.length > 0 ? random.pick(payments) : undefined
  if (none(random, [...credits, ...payments])) return undefined
  const patients = payment !== undefined || credit?.owner === 'patient'
  return {
    type: 'ApproveRefund',
    on: today,
    refund: `r${number}`,
    payee: patients === random.oneIn(8) ? 'payer' : 'guarantor',
    method: random.pick(['card', 'check']),
    reason: 'overpaid',
    ...(credit ? { credit: credit.creditId } : {}),
    ...(payment ? { payment: payment.paymentId } : {}),
    ...(random.oneIn(3) ? { amount: amount(random) } : {}),
  }
}

/** A refund in one of these standings; seldom another one, or one that is not on file. */
const some = (random: Random, { state }: Moment, ...wanted: readonly Refund['status'][]): string | undefined => {
  const ids = [...state.credits.refunds].filter(([, { status }]) => wanted.includes(status)).map(([id]) => id)
  if (none(random, ids)) return undefined
  return oneOf(random, random.oneIn(12) ? state.credits.refunds.keys() : ids, 'r-unknown')
}

export const issueRefund: Generate<'IssueRefund'> = (random, moment) => {
  const refund = some(random, moment, 'approved')
  return refund === undefined ? undefined : { type: 'IssueRefund', on: moment.today, refund }
}

export const clearRefund: Generate<'ClearRefund'> = (random, moment) => {
  const refund = some(random, moment, 'issued')
  return refund === undefined ? undefined : { type: 'ClearRefund', on: moment.today, refund }
}

export const voidRefund: Generate<'VoidRefund'> = (random, moment) => {
  const refund = some(random, moment, 'approved', 'issued')
  return refund === undefined ? undefined : { type: 'VoidRefund', on: moment.today, refund, reason: 'not cashed' }
}

/** A payer shows that it has what was sent to it; seldom of a refund that went to somebody else, or too much. */
export const acknowledgeRefund: Generate<'AcknowledgeRefund'> = (random, moment) => {
  const { state, today, number } = moment
  const sent = [...state.credits.refunds.values()].filter(({ status }) => status === 'issued' || status === 'cleared')
  const toPayers = sent.filter(({ approved, acknowledged }) => {
    return approved.payee === 'payer' && acknowledged < approved.amount
  })
  const fitting = random.oneIn(8) ? sent : toPayers
  if (none(random, fitting)) return undefined
  const refund = oneOf(
    random,
    fitting.map(({ approved }) => approved.refundId),
    'r-unknown',
  )
  const known = state.credits.refunds.get(refund as RefundId)
  const source = known?.approved.of.find((of) => 'party' in of)
  const line = source?.lineId ?? oneOf(random, state.ledger.lines.keys(), 'l-unknown')
  const party = source && 'party' in source ? source.party : undefined
  const left = known ? known.approved.amount - known.acknowledged : 0
  return {
    type: 'AcknowledgeRefund',
    on: today,
    refund,
    remittanceId: `remit-${number}`,
    visit: state.ledger.lines.get(line as LineId)?.visitId ?? 'v1',
    line,
    coverage:
      party === undefined || party === 'patient'
        ? oneOf(random, state.coverage.coverages.keys(), 'cov9')
        : party.coverageId,
    amount: random.pick([Math.max(1, left), random.int(1, left + 1)]),
  }
}

/** A credit is used for another item, most often one of the same owner. */
export const moveCredit: Generate<'MoveCredit'> = (random, moment) => {
  const { state, today } = moment
  const onItems = [...state.credits.credits.values()].filter(({ sources }) => sources[0]?.lineId !== undefined)
  if (none(random, onItems)) return undefined
  const credit = onItems.length > 0 ? random.pick(onItems) : undefined
  const source = credit?.sources[0]
  const party = source && 'party' in source ? source.party : PATIENT
  const open = openItems(moment).filter(({ line, party: of }) => line !== source?.lineId && sameParty(of, party))
  const item = open.length > 0 ? random.pick(open) : undefined
  return {
    type: 'MoveCredit',
    on: recently(random, today),
    credit: credit?.creditId ?? 'credit-unknown',
    to: {
      line: item?.line ?? someLine(random, moment),
      ...(random.oneIn(6) ? { coverage: oneOf(random, state.coverage.coverages.keys(), 'cov9') } : {}),
    },
    reason: 'the same owner',
    ...(random.oneIn(3) ? { amount: random.int(1, Math.max(1, item?.owed ?? 100)) } : {}),
  }
}

/** How its commands come into random lives. */
export const creditWays: Ways<CreditCommand> = {
  ApproveRefund: { make: approveRefund, often: 4, collecting: 2 },
  IssueRefund: { make: issueRefund, often: 4, collecting: 0, instead: 'ApproveRefund' },
  ClearRefund: { make: clearRefund, often: 1, collecting: 0, instead: 'IssueRefund' },
  VoidRefund: { make: voidRefund, often: 2, collecting: 0, instead: 'IssueRefund' },
  MoveCredit: { make: moveCredit, often: 3, collecting: 1 },
}
