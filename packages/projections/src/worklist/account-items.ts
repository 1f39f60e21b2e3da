import type { PlacementReview } from '@daybook/core/account'
import { type Day, daysBetween, formatCents } from '@daybook/core/kernel'
import type { PracticePolicy } from '@daybook/core/policy'
import { bucketOf, bucketRanges, usualEdges } from '../aging/buckets.ts'
import { appealDeadline, creditDeadline, unappliedDeadline } from './deadlines.ts'
import { denialAction } from './denial-actions.ts'
import type { AccountDocument, CreditMatter, DenialMatter, PlanMatter, SelfPayMatter } from './documents.ts'
import { itemOf, type Work, type WorkItem } from './item.ts'
import { ageOn, type ScoreInputs } from './score.ts'

const ranges = bucketRanges(usualEdges)
/** The name of the bucket of the aging report in which the oldest open age stands. */
const bucketName = (ageDays: number): string => ranges[bucketOf(usualEdges, ageDays)]?.name ?? ''

const unapplied = (document: AccountDocument, policy: PracticePolicy): readonly Work[] =>
  document.unapplied.map(({ payment, amount, since, waitsForVisit }) => ({
    queue: 'unapplied',
    subject: payment,
    amount,
    since,
    reasons: [`${formatCents(amount)} received ${since} has no item`],
    ...(waitsForVisit
      ? {
          nextAction: 'wait for the payer, then it applies by itself',
          blockedBy: [`insurance open on ${waitsForVisit}`],
        }
      : { nextAction: 'apply it to an item or refund it', deadline: unappliedDeadline(since, policy) }),
  }))

const creditActions: Readonly<Record<string, string>> = {
  patient: 'refund the patient',
  payer: 'return it to the payer, or let it recoup',
  government: 'report and return the overpayment',
}

const credits = (document: AccountDocument, policy: PracticePolicy): readonly Work[] =>
  document.credits.map((credit: CreditMatter) => ({
    queue: 'credits',
    subject: credit.credit,
    amount: credit.amount,
    since: credit.since,
    reasons: [`credit of ${formatCents(credit.amount)}, owner ${credit.owner}, since ${credit.since}`],
    deadline: creditDeadline(credit, policy),
    ...(credit.provisional
      ? { nextAction: "wait for the payer's correction", blockedBy: ['correction awaited: the credit is provisional'] }
      : { nextAction: creditActions[credit.owner] ?? 'find out whose money it is' }),
  }))

const denialWork = (denial: DenialMatter): string => {
  if (denial.pending) return 'diary: the payer has not decided'
  if (denial.expected === 0) return 'nobody is expected to pay it: write it off or leave it, by policy'
  return denialAction(denial.category)
}

const denials = (document: AccountDocument): readonly Work[] =>
  document.denials.map((denial) => ({
    queue: `denials:${denial.category}`,
    subject: denial.denial,
    amount: denial.amount,
    since: denial.since,
    reasons: [
      `${denial.payer} ${denial.pending ? 'has not decided' : 'denied'} ${formatCents(denial.amount)} on ${denial.since}`,
      ...denial.reasons,
      ...(denial.amountHeld ? ['the payer calls it patient responsibility: the amount is held'] : []),
    ],
    nextAction: denialWork(denial),
    deadline: appealDeadline(denial),
  }))

const holdings = (document: AccountDocument): readonly Work[] =>
  document.holdings.map((holding) => ({
    queue: 'heldResponsibility',
    subject: holding.holding,
    amount: holding.amount,
    since: holding.since,
    reasons: [`${formatCents(holding.amount)} kept off the patient, still with ${holding.payer}`, ...holding.reasons],
    nextAction: 'clear what blocks it, bill the next payer, or write it off',
    allowed: true,
    blockedBy: holding.blockedBy,
  }))

const patientInputs = (document: AccountDocument, asOf: Day): Partial<ScoreInputs> => ({
  lastPaymentDays:
    document.lastPaymentOn === undefined || document.lastPaymentOn > asOf
      ? 'never'
      : daysBetween(document.lastPaymentOn, asOf),
})

const total = (matters: readonly SelfPayMatter[]): number => matters.reduce((sum, { amount }) => sum + amount, 0)

/** Next step for a patient balance (reference §11.3), as far as the book knows: no notices or contacts are kept yet. */
const selfPayAction = (document: AccountDocument, amount: number, ageDays: number, policy: PracticePolicy): string => {
  const { smallBalance, smallBalanceInactiveDays } = policy.writeOff
  if (!document.guarantorConfirmed) return 'confirm who answers for the account'
  if (amount <= smallBalance && ageDays >= smallBalanceInactiveDays) return 'small balance: write off by policy'
  return 'remind, offer a plan'
}

const selfPay = (document: AccountDocument, asOf: Day, policy: PracticePolicy): readonly Work[] => {
  const open = document.selfPay.filter(({ correctionPending }) => !correctionPending)
  const waiting = document.selfPay.filter(({ correctionPending }) => correctionPending)
  const inputs = patientInputs(document, asOf)
  const work: Work[] = []
  const [oldest] = open
  if (oldest) {
    const amount = total(open)
    const age = ageOn(oldest.since, asOf)
    work.push({
      queue: `selfPay:${bucketName(age)}`,
      subject: 'patient',
      amount,
      since: oldest.since,
      reasons: [
        `patient owes ${formatCents(amount)}, the oldest part for ${age} days`,
        ...(document.guarantorConfirmed ? [] : ['nobody has confirmed who answers for it']),
      ],
      nextAction: selfPayAction(document, amount, age, policy),
      inputs,
    })
  }
  const [first] = waiting
  if (first) {
    work.push({
      queue: 'blocked',
      subject: 'patient',
      amount: total(waiting),
      since: first.since,
      reasons: [`patient owes ${formatCents(total(waiting))} on visits that a payer has reversed`],
      nextAction: 'wait for the correction: no statement meanwhile',
      blockedBy: ['correction awaited'],
      inputs,
    })
  }
  return work
}

const planAction = (plan: PlanMatter): string => {
  if (plan.status === 'defaulted') return 'call, offer a new plan'
  return plan.cureBy ? `cure runs until ${plan.cureBy}: remind` : 'call, offer cure (plan)'
}

const planMisses = (document: AccountDocument, asOf: Day): readonly Work[] =>
  document.plans.flatMap((plan): Work[] => {
    const missed = plan.missed.filter(({ due }) => due <= asOf)
    const [first] = missed
    if (!first) return []
    const status = plan.status === 'defaulted' ? ['plan in default'] : []
    return [
      {
        queue: 'planMisses',
        subject: plan.plan,
        amount: missed.reduce((sum, { open }) => sum + open, 0),
        since: first.due,
        reasons: [
          ...missed.map(({ due, open }) => `plan instalment missed ${due}, ${formatCents(open)} open`),
          ...status,
        ],
        nextAction: planAction(plan),
        deadline: plan.cureBy ? { due: plan.cureBy, legal: false, source: 'cure period of the plan' } : undefined,
        inputs: patientInputs(document, asOf),
      },
    ]
  })

const stubs = (document: AccountDocument): readonly Work[] =>
  document.stubs.map(({ coverage, payer, amount, since }) => ({
    queue: 'stubCoverages',
    subject: coverage,
    amount,
    since,
    reasons: [`${payer} is known by name only; ${formatCents(amount)} stands there`],
    nextAction: 'complete the coverage: payer id and member number',
  }))

const claimWork = (document: AccountDocument): readonly Work[] =>
  document.claimWork.map(({ workItem, code, message, amount, since, due }) => ({
    queue: `claimWork:${code}`,
    subject: workItem,
    amount,
    since,
    reasons: [message],
    nextAction: 'look at the claim and decide',
    deadline: due ? { due, legal: false, source: 'set when the work was raised' } : undefined,
  }))

/** An account's work as of a day: what begins later is not there yet. */
export const accountItems = (document: AccountDocument, asOf: Day, policy: PracticePolicy): readonly WorkItem[] => {
  const work = [
    ...unapplied(document, policy),
    ...credits(document, policy),
    ...denials(document),
    ...holdings(document),
    ...planMisses(document, asOf),
    ...stubs(document),
    ...claimWork(document),
  ].filter(({ since }) => since <= asOf)
  // A patient layer may age from a later day than the one on which it is owed: it is work at once, with age 0.
  return [...work, ...selfPay(document, asOf, policy)].map((one) =>
    itemOf({ account: document.account }, one, asOf, policy),
  )
}

/** Whether a look at the placement checklist is worth while: enough is owed, for long enough, outside any plan. */
export const mayBePlaced = (document: AccountDocument, asOf: Day, policy: PracticePolicy): boolean => {
  const { minimumBalance, finalNoticeDays } = policy.placement
  const [oldest] = document.selfPay
  return (
    oldest !== undefined && total(document.selfPay) >= minimumBalance && ageOn(oldest.since, asOf) >= finalNoticeDays
  )
}

/** What the pre-placement checklist says of an account (reference §9.1); core's `reviewPlacement` gives one. */
export type PlacementFindings = Pick<PlacementReview, 'pass' | 'hits' | 'earliest'>

export const placementItem = (
  document: AccountDocument,
  review: PlacementFindings,
  asOf: Day,
  policy: PracticePolicy,
): WorkItem => {
  const amount = total(document.selfPay)
  const since = document.selfPay[0]?.since ?? asOf
  const work: Work = {
    queue: 'placementCandidates',
    subject: 'patient',
    amount,
    since,
    reasons: [
      `patient owes ${formatCents(amount)}, the oldest part for ${ageOn(since, asOf)} days`,
      ...(review.pass ? ['the pre-placement checklist passes'] : review.hits.map(({ reason }) => reason)),
      ...(review.earliest ? [`earliest ${review.earliest}`] : []),
    ],
    nextAction: review.pass ? 'propose placement' : 'clear what blocks placement, or keep it here',
    allowed: review.pass,
    blockedBy: review.hits.map(({ rule }) => rule),
    inputs: patientInputs(document, asOf),
  }
  return itemOf({ account: document.account }, work, asOf, policy)
}
