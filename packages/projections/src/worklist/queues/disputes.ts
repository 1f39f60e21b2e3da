import { type AccountState, type Dispute, netOf, owedOn, unappliedOf } from '@daybook/core/account'
import { addBusinessDays, addDays, type Day, formatCents, PATIENT, sumOf } from '@daybook/core/kernel'
import { billingErrorRefund, bureauInvestigation, bureauInvestigationLonger } from '@daybook/core/rules'
import { kindWords } from '../../history/words/disputes.ts'
import { facetQueues } from '../queue.ts'
import { type Deadline, dueByLaw, dueByPolicy, sooner, type Work, type WorkContext } from '../work.ts'

export interface DisputeMatter {
  readonly dispute: string
  readonly kind: Dispute['opened']['kind']
  readonly since: Day
  /** What the patient owes on its lines, cents. */
  readonly amount: number
  readonly step: 'acknowledge' | 'decide' | 'sendResult'
  readonly respondBy?: Day
  readonly consumerAddedOn?: Day
  readonly decidedOn?: Day
}

/** A review of a billing error is complete, and of what had been paid by then more is the guarantor's than is owed. */
export interface RefundMatter {
  readonly dispute: string
  readonly decidedOn: Day
  readonly amount: number
}

const linesOf = ({ opened }: Dispute) => opened.lines.map(({ lineId }) => lineId)

const matterOf = (state: AccountState, dispute: Dispute): DisputeMatter => {
  const { opened, acknowledgedOn, decided, consumerAddedOn } = dispute
  return {
    dispute: dispute.disputeId,
    kind: opened.kind,
    since: opened.effectiveDate,
    amount: sumOf(linesOf(dispute), (line) => Math.max(0, owedOn(state.ledger, line, PATIENT))),
    step: decided ? 'sendResult' : acknowledgedOn ? 'decide' : 'acknowledge',
    ...(opened.respondBy ? { respondBy: opened.respondBy } : {}),
    ...(consumerAddedOn ? { consumerAddedOn } : {}),
    ...(decided ? { decidedOn: decided.effectiveDate } : {}),
  }
}

const refundOf = (state: AccountState, dispute: Dispute): readonly RefundMatter[] => {
  const { decided, opened, disputeId } = dispute
  if (!decided || decided.outcome === 'rejected' || opened.kind !== 'billingError') return []
  const { owed, placed, credits, onAccount } = netOf(state)
  // What came after the review was complete, no error had anybody overpay: it waits with the credits.
  const before = state.payments.payments
    .where('unapplied')
    .filter(({ event }) => event.effectiveDate <= decided.effectiveDate)
  const ofReview = credits + sumOf(before, unappliedOf)
  const amount = Math.max(0, Math.min(ofReview, credits + onAccount - owed - placed))
  return amount > 0 ? [{ dispute: disputeId, decidedOn: decided.effectiveDate, amount }] : []
}

/** The longer time of a bureau's dispute, where the consumer has sent more within the first 30 days. */
const bureauWait = ({ since, consumerAddedOn }: DisputeMatter) =>
  consumerAddedOn !== undefined && consumerAddedOn <= addDays(since, bureauInvestigation.days)
    ? bureauInvestigationLonger
    : bureauInvestigation

/** By when the practice itself wants the next step. */
const ownDeadline = (matter: DisputeMatter, { policy }: WorkContext): Deadline => {
  const { kind, since, step, decidedOn } = matter
  const { acknowledgeDays, resolveDays, agencyDays, qualityDays } = policy.disputes
  const businessDays = (days: number, what: string): Deadline => ({
    due: addBusinessDays('FED_OBSERVED', since, days),
    legal: false,
    source: `policy: ${what} within ${days} business days`,
  })
  if (step === 'sendResult') return dueByPolicy(decidedOn ?? since, acknowledgeDays, 'send the result')
  if (kind === 'agencyWritten') return businessDays(agencyDays, 'give the agency its verification')
  if (step === 'acknowledge') return businessDays(acknowledgeDays, 'acknowledge a dispute')
  return dueByPolicy(since, kind === 'quality' ? qualityDays : resolveDays, 'decide a dispute')
}

/**
 * By when the next step has to be taken: the day that the other side has set and that of law stand until the result is out, for
 * both count to the answer (15 U.S.C. 1681s-2(a)(8)(E)(iii)); where there is neither, policy's.
 */
const deadlineOf = (matter: DisputeMatter, context: WorkContext): Deadline | undefined => {
  const { kind, since, step, respondBy } = matter
  const theirs = respondBy && { due: respondBy, legal: false, source: 'the day that the other side has set' }
  const law = kind === 'bureau' ? dueByLaw(since, bureauWait(matter)) : undefined
  const answer = sooner(law, theirs)
  if (!answer) return ownDeadline(matter, context)
  return step === 'sendResult' ? sooner(answer, ownDeadline(matter, context)) : answer
}

const next: Record<DisputeMatter['step'], string> = {
  acknowledge: 'acknowledge it (IssueLetter, or AcknowledgeDispute), and look into it',
  decide: 'look into it (InvestigateDispute), then decide (ResolveDispute)',
  sendResult: 'send the letter with the result (IssueLetter, or CloseDispute)',
}

const refundWork = (
  { dispute, decidedOn, amount }: RefundMatter,
  { policy }: WorkContext,
): readonly Work<'disputes'>[] => {
  const deadline =
    policy.practice.state === billingErrorRefund.jurisdiction ? dueByLaw(decidedOn, billingErrorRefund) : undefined
  if (!deadline) return []
  return [
    {
      queue: 'disputes:refund',
      subject: dispute,
      amount,
      since: decidedOn,
      reasons: [`the review of a billing error is complete: ${formatCents(amount)} was overpaid`],
      nextAction: 'refund it (ApproveRefund)',
      deadline,
    },
  ]
}

/** Disputes that wait for a step of ours, and what they leave to be refunded. */
export const queues = facetQueues({
  names: ['disputes'],
  version: 2,
  matters: (state) => ({
    open: state.disputes.disputes.where('open').map((dispute) => matterOf(state, dispute)),
    refunds: [...state.disputes.disputes.values()].flatMap((dispute) => refundOf(state, dispute)),
  }),
  work: ({ open, refunds }, context) => [
    ...open.map((matter) => ({
      queue: 'disputes' as const,
      subject: matter.dispute,
      amount: matter.amount,
      since: matter.since,
      reasons: [`in dispute since ${matter.since}: ${kindWords[matter.kind]}`],
      nextAction: next[matter.step],
      deadline: deadlineOf(matter, context),
    })),
    ...refunds.flatMap((refund) => refundWork(refund, context)),
  ],
})
