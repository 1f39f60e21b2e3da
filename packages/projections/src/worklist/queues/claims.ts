import { type AccountState, type Denial, deniedAmount, withheldBy, wordsOfCarc } from '@daybook/core/account'
import { addDays, type Day, formatCents, sumOf, toCents } from '@daybook/core/kernel'
import { commercialAppeal, type LegalWait, medicareRedetermination } from '@daybook/core/rules'
import { denialAction } from '../denial-actions.ts'
import { payerOf } from '../payer.ts'
import { facetQueues } from '../queue.ts'
import { type Deadline, dueByLaw, type Matter, type Work, type WorkContext } from '../work.ts'
import { payerMatters, payerQueues, payerWork } from './payers.ts'
import { answersOf } from './recoupment-answers.ts'
import type { WithholdBack } from './remittance-accounts.ts'

export interface DenialMatter extends Matter {
  readonly denial: string
  readonly payer: string
  /** CLP06 / SBR09 of the coverage: which law's appeal deadline applies. */
  readonly filingIndicator?: string
  readonly category: string
  readonly reasons: readonly string[]
  readonly pending: boolean
  readonly amountHeld: boolean
  readonly expected?: number
}

/** What a payer has withheld of what it allowed (CARC 104, 105): it owes it after its settlement. */
export interface WithheldMatter extends Matter {
  readonly visit: string
  readonly coverage: string
  readonly payer: string
}

export interface ClaimWorkMatter extends Matter {
  readonly workItem: string
  readonly code: string
  readonly message: string
  readonly due?: Day
}

const denialMatter = (state: AccountState, denial: Denial): DenialMatter => {
  const { event } = denial
  const filing = state.coverage.coverages.get(event.coverageId)?.filingIndicator
  return {
    denial: event.denialId,
    payer: payerOf(state, event.coverageId),
    ...(filing ? { filingIndicator: filing } : {}),
    category: event.category,
    reasons: [...new Set(event.lines.map(({ group, carc }) => `${group}-${carc} ${wordsOfCarc(carc)}`))],
    pending: event.pending,
    amountHeld: event.amountHeld,
    ...(event.expected === undefined ? {} : { expected: event.expected }),
    amount: deniedAmount(denial),
    since: event.effectiveDate,
  }
}

/** What stands withheld at a payer for a visit. */
const withheldMatters = (state: AccountState): readonly WithheldMatter[] =>
  withheldBy(state.claims).flatMap(({ visitId, coverageId, dated }): readonly WithheldMatter[] => {
    const amount = sumOf(dated, (change) => change.amount)
    const since = dated[0]?.on
    if (amount === 0 || since === undefined) return []
    return [{ visit: visitId, coverage: coverageId, payer: payerOf(state, coverageId), amount, since }]
  })

const withheldWork = (
  { visit, coverage, payer, amount, since }: WithheldMatter,
  { policy }: WorkContext,
): Work<'withheld'> => {
  const base = { queue: 'withheld' as const, subject: `${visit} ${coverage}`, amount, since }
  if (amount < 0) {
    const says = `${payer} has settled ${formatCents(toCents(-amount))} more than it withholds: it took its decision back`
    return { ...base, reasons: [says], nextAction: 'say what the payer takes back of it (SettleWithhold, below zero)' }
  }
  const says = `${payer} has withheld ${formatCents(toCents(amount))} since ${since}`
  return {
    ...base,
    waits: {
      says: `${says}: it settles after its year`,
      until: addDays(since, policy.posting.withheldDays),
    },
    reasons: [says],
    nextAction: 'ask the payer for its settlement; say how it ended (SettleWithhold)',
  }
}

/** What came back of withholds in advices, beside their claims: it ends that much of the work on the remittance. */
const withholdsBack = ({ claims }: AccountState): readonly WithholdBack[] =>
  claims.settledWithholds.flatMap(({ outcome, contra, effectiveDate }) =>
    'remittanceId' in outcome
      ? contra
          .filter(({ account }) => !account.startsWith('withhold:'))
          .map(({ account, amount }) => ({ remittance: outcome.remittanceId, account, amount, since: effectiveDate }))
      : [],
  )

/** Claim filing indicators (CLP06, SBR09) by the appeal rule that reaches them; others have none in the book. */
const appeals = new Map<string, LegalWait>([
  ...['MA', 'MB'].map((indicator) => [indicator, medicareRedetermination] as const),
  ...['12', '13', '14', '15', 'BL', 'CI', 'HM'].map((indicator) => [indicator, commercialAppeal] as const),
])

/** The last day for the first appeal, unrolled: where it falls on a weekend it may be filed later, not earlier. */
const appealDeadline = (denial: DenialMatter): Deadline | undefined => {
  if (denial.pending || denial.expected === 0) return undefined
  const wait = appeals.get(denial.filingIndicator ?? '')
  return wait && dueByLaw(denial.since, wait)
}

/** What is left when the day for an appeal has passed. */
const afterDeadline = ({ due }: Deadline): string =>
  `the day to appeal passed on ${due}: ask the payer to reopen it or to take a late appeal for good cause, bill the next payer, or write it off by policy`

const nextFor = (denial: DenialMatter, asOf: Day): string => {
  const deadline = appealDeadline(denial)
  if (deadline && deadline.due < asOf) return afterDeadline(deadline)
  if (denial.pending) return 'diary: the payer has not decided'
  if (denial.expected === 0) return 'nobody is expected to pay it: write it off or leave it, by policy'
  return denialAction(denial.category)
}

/** Denials that nobody has resolved, what else a claim asks somebody to look at, and what payers owe an answer for. */
export const queues = facetQueues({
  names: ['claimWork', 'denials', 'withheld', ...payerQueues],
  version: 7,
  matters: (state) => ({
    denials: [...state.claims.denials.values()]
      .filter(({ resolved }) => resolved === undefined)
      .map((denial) => denialMatter(state, denial)),
    workItems: [...state.claims.workItems.values()].map(
      (item): ClaimWorkMatter => ({
        workItem: item.workItemId,
        code: item.code,
        message: item.message,
        amount: item.amount ?? 0,
        since: item.effectiveDate,
        ...(item.due ? { due: item.due } : {}),
      }),
    ),
    payers: payerMatters(state),
    withheld: withheldMatters(state),
    withholdsBack: withholdsBack(state),
    answers: answersOf(state),
  }),
  work: ({ denials, workItems, payers, withheld }, context) => [
    ...payerWork(payers, context),
    ...withheld.map((matter) => withheldWork(matter, context)),
    ...denials.map((denial) => ({
      queue: `denials:${denial.category}` as const,
      subject: denial.denial,
      amount: denial.amount,
      since: denial.since,
      reasons: [
        `${denial.payer} ${denial.pending ? 'has not decided' : 'denied'} ${formatCents(denial.amount)} on ${denial.since}`,
        ...denial.reasons,
        ...(denial.amountHeld ? ['the payer calls it patient responsibility: the amount is held'] : []),
      ],
      nextAction: nextFor(denial, context.asOf),
      deadline: appealDeadline(denial),
    })),
    ...workItems.map(({ workItem, code, message, amount, since, due }) => ({
      queue: `claimWork:${code}` as const,
      subject: workItem,
      amount,
      since,
      reasons: [message],
      nextAction: 'look at the claim and decide',
      deadline: due ? { due, legal: false, source: 'set when the work was raised' } : undefined,
    })),
  ],
})
