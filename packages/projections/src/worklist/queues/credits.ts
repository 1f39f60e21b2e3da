import {
  type AccountState,
  type CreditBalanceIdentified,
  type Net,
  netOf,
  notSpokenFor,
  overpaymentRuleReaches,
  owedOn,
  payersMoney,
  type Refund,
} from '@daybook/core/account'
import { addDays, formatCents, PATIENT, partyKey, sumOf, toCents } from '@daybook/core/kernel'
import type { PracticePolicy } from '@daybook/core/policy'
import { governmentOverpayment } from '@daybook/core/rules'
import { approvedWords, isCreditItem, owedBeyond, placedWords } from '../one-item.ts'
import { facetQueues } from '../queue.ts'
import {
  type Deadline,
  dueByLaw,
  dueByPolicy,
  type Matter,
  unclaimedOn,
  unclaimedReasons,
  type Work,
  type WorkContext,
} from '../work.ts'
import { undoWords, type WriteOffToUndo, writeOffToUndo } from '../write-off-to-undo.ts'

export interface CreditMatter extends Matter {
  readonly credit: string
  readonly owner: string
  /** CLP06 / SBR09 of the coverage whose money it is: which law's deadline applies. */
  readonly filingIndicator?: string
  readonly provisional: boolean
  /** What else the guarantor owes: the credit is used for it before any of it is refunded (law G4). */
  readonly owed?: number
  /** What of it is for what agencies have, where nothing else is owed; as a credit on an item, or as money without one. */
  readonly placed?: { readonly amount: number; readonly onItem: boolean }
  /** What the payer has paid of it, where that is less: the rest of its share had gone on (law G1). Cents. */
  readonly paid?: number
  /** What of it a refund is to take that is approved and not issued: cents. */
  readonly approved?: number
  /** What is owed since beyond all else that is the guarantor's: that refund may not go out as it is (law Q7). Cents. */
  readonly owedBeyond?: number
  /** A write-off that it restores first (law F3). */
  readonly undo?: WriteOffToUndo
}

/** A refund that is issued and not cashed: it stands in refunds payable. */
export interface IssuedMatter extends Matter {
  readonly refund: string
  readonly payee: Refund['approved']['payee']
  readonly method: string
  /** The payer has shown to have received all of it, or a part. */
  readonly acknowledged: boolean
  /** A payment that it came of was taken back since: it is to be stopped. */
  readonly owedAgain: boolean
}

const actions: Readonly<Record<string, string>> = {
  patient: 'apply it to an item, or refund the patient',
  payer: 'return it to the payer, or let it recoup',
  government: 'report and return the overpayment',
}

/** The payer whose money a credit is. */
const filingOf = (state: AccountState, { sources }: CreditBalanceIdentified): string | undefined => {
  const coverages = sources.flatMap((source) =>
    'party' in source && source.party !== PATIENT ? [source.party.coverageId] : [],
  )
  return coverages.map((id) => state.coverage.coverages.get(id)?.filingIndicator).find((indicator) => indicator)
}

/** No clock runs while a credit is provisional, nor for a payer's credit that only a contract dates. */
const deadlineOf = (credit: CreditMatter, policy: PracticePolicy): Deadline | undefined => {
  const { provisional, owner, since, filingIndicator } = credit
  if (provisional) return undefined
  const reached = overpaymentRuleReaches(filingIndicator)
  if (owner === 'government' && reached) return dueByLaw(since, governmentOverpayment)
  if (owner === 'patient') return dueByPolicy(since, policy.posting.refundDays, 'refund')
  return undefined
}

/** What approved refunds are to take of a credit, and have not taken yet. */
const approvedOf = (state: AccountState, { sources }: CreditBalanceIdentified): number =>
  sumOf(sources, (source) => source.amount) - sumOf(notSpokenFor(state, sources), (source) => source.amount)

const forPlaced = ({ amount, sources }: CreditBalanceIdentified, { placed }: Net) => ({
  amount: Math.min(amount, placed),
  onItem: sources.some(({ lineId }) => lineId !== undefined),
})

/** Money without an item is on the list of unapplied money as long as something is owed: it is not refunded first. */
const matterOf = (
  state: AccountState,
  credit: CreditBalanceIdentified,
  net: Net,
  undo: WriteOffToUndo | undefined,
): readonly CreditMatter[] => {
  // What no money may be netted against keeps none of it back.
  const owed = net.owed - net.barred
  const { creditId, owner, provisional, amount, identifiedDate } = credit
  const patients = owner === 'patient' && !provisional
  if (!isCreditItem(credit, owed)) return []
  const filing = filingOf(state, credit)
  const approved = approvedOf(state, credit)
  const paid = provisional ? amount : (payersMoney(state, credit.sources) ?? amount)
  const beyond = patients && approved > 0 ? owedBeyond(net) : 0
  return [
    {
      credit: creditId,
      owner,
      ...(filing ? { filingIndicator: filing } : {}),
      provisional,
      amount,
      since: identifiedDate,
      ...(patients && owed > 0 ? { owed } : {}),
      ...(patients && owed === 0 && net.placed > 0 ? { placed: forPlaced(credit, net) } : {}),
      ...(paid < amount ? { paid } : {}),
      ...(approved > 0 ? { approved } : {}),
      ...(beyond > 0 ? { owedBeyond: beyond } : {}),
      ...(patients && owed === 0 && undo ? { undo } : {}),
    },
  ]
}

/** Of a credit that stands on the day and was found later: what nobody had judged by then. */
export interface UnjudgedMatter extends Matter {
  readonly line: string
}

/** What overpays the items of a state, beyond its credits: nothing but on a day before one of them was found (law Q6). */
const unjudged = ({ ledger, credits }: AccountState): readonly UnjudgedMatter[] => {
  const known = new Map<string, number>()
  for (const { sources, amount } of credits.credits.values()) {
    const [first] = sources
    if (first?.lineId === undefined) continue
    const key = `${first.lineId} ${'party' in first ? partyKey(first.party) : PATIENT}`
    known.set(key, (known.get(key) ?? 0) + amount)
  }
  const seen = new Set<string>()
  return [...ledger.layers.where('credit')].flatMap(({ lineId, party, agingFrom }): readonly UnjudgedMatter[] => {
    const key = `${lineId} ${partyKey(party)}`
    if (seen.has(key)) return []
    seen.add(key)
    const amount = -owedOn(ledger, lineId, party) - (known.get(key) ?? 0)
    return amount > 0 ? [{ line: lineId, amount, since: agingFrom }] : []
  })
}

const unjudgedWork = ({ line, amount, since }: UnjudgedMatter): Work<'credits'> => {
  const says = `${formatCents(amount)} more than was owed stands on line ${line}, and was found later`
  return {
    queue: 'credits',
    subject: line,
    amount,
    since,
    atOnce: true,
    reasons: [says],
    nextAction: 'look at the list of the day on which it was found',
    waits: { says },
  }
}

/** A refund that somebody else than the guarantor got, of a payment that was taken back: they owe it (clarification 34). */
export interface ReturnedMatter extends Matter {
  readonly refund: string
  readonly payee: string
}

const returnedBy = ({ approved: { refundId, payee }, owedAgain }: Refund): readonly ReturnedMatter[] =>
  owedAgain.flatMap(({ lineId, amount, on }) =>
    lineId === undefined && amount > 0 ? [{ refund: refundId, payee, amount, since: on }] : [],
  )

const issued = ({ approved, issued: event, status, acknowledged, owedAgain }: Refund): readonly IssuedMatter[] =>
  event && status === 'issued'
    ? [
        {
          refund: event.refundId,
          payee: approved.payee,
          method: approved.method,
          acknowledged: acknowledged > 0,
          owedAgain: owedAgain.some(({ amount }) => amount > 0),
          amount: event.amount,
          since: event.effectiveDate,
        },
      ]
    : []

const nextForIssued = ({ payee, acknowledged, owedAgain }: IssuedMatter): string => {
  if (acknowledged) return 'the payer has shown that it came: record that it was cashed (ClearRefund)'
  if (owedAgain) return 'stop it and void it (VoidRefund): the payment that it came of was taken back'
  const again = 'record that it was cashed (ClearRefund), or void it (VoidRefund) and send it again'
  return payee === 'guarantor' ? `${again}; where nobody can be found it is unclaimed property` : again
}

/** Money that is on its way waits: the bank needs its days. Not where it is known to have come, or is not to come. */
const issuedWork = (matter: IssuedMatter, context: WorkContext): Work<'refundsIssued'> => {
  const { policy, asOf } = context
  const { refund, payee, method, amount, since, acknowledged, owedAgain } = matter
  const until = addDays(since, policy.posting.cashedDays)
  const says = `${formatCents(amount)} to the ${payee} (${method}), issued on ${since}, is not cashed`
  return {
    queue: 'refundsIssued',
    subject: refund,
    amount,
    since,
    reasons: [
      until <= asOf ? `${says}: policy gives it ${policy.posting.cashedDays} days` : says,
      ...(owedAgain ? ['a payment that it came of was taken back'] : []),
      ...(payee === 'guarantor' ? unclaimedReasons(since, context) : []),
    ],
    nextAction: nextForIssued(matter),
    ...(payee === 'guarantor' && !owedAgain
      ? {
          deadline: { due: unclaimedOn(since, context), legal: false, source: 'policy: then it is unclaimed property' },
        }
      : {}),
    ...(acknowledged || owedAgain ? {} : { waits: { says: `${says} yet`, until } }),
  }
}

/** What goes back of a credit that is more than the payer has paid. */
const paidWords = (paid: number): string =>
  paid > 0
    ? `return ${formatCents(toCents(paid))} to the payer, which has paid no more; have it decide again for the rest, which had gone on`
    : 'have the payer decide again: it has paid none of it, and its share had gone on'

const nextFor = (
  { owner, owed, placed, paid, amount, approved = 0, owedBeyond: beyond, undo }: CreditMatter,
  { onAccount }: PracticePolicy,
): string => {
  if (approved > 0) return approvedWords(approved, beyond, onAccount)
  if (owed !== undefined && onAccount.moveCredits === 'allowed')
    return `use ${formatCents(Math.min(owed, amount))} of it for what is owed first (MoveCredit)`
  if (placed && onAccount.refundWhileOwed === 'refused') return placedWords(placed.amount, placed.onItem)
  if (undo) return undoWords(undo)
  if (paid !== undefined && owner !== 'unknown') return paidWords(paid)
  return actions[owner] ?? 'find out whose money it is'
}

/** Credits that stand, whoever's they are, and money of them that is on its way back. */
export const queues = facetQueues({
  names: ['credits', 'refundsIssued', 'returnedRefunds'],
  version: 7,
  matters: (state) => {
    const net = netOf(state)
    const undo = writeOffToUndo(state)
    const later = unjudged(state)
    return {
      credits: [...state.credits.credits.values()].flatMap((credit) => matterOf(state, credit, net, undo)),
      issued: [...state.credits.refunds.values()].flatMap(issued),
      returned: [...state.credits.refunds.values()].flatMap(returnedBy),
      ...(later.length > 0 ? { later } : {}),
    }
  },
  work: ({ credits, issued: underway, returned, later = [] }, context) => [
    ...later.map(unjudgedWork),
    ...credits.map((credit) => ({
      queue: 'credits' as const,
      subject: credit.credit,
      amount: credit.amount,
      since: credit.since,
      reasons: [
        `credit of ${formatCents(credit.amount)}, owner ${credit.owner}, since ${credit.since}`,
        // What is owed to Medicare or Medicaid goes back to the program, and never to a state.
        ...(credit.owner === 'patient' && !credit.provisional ? unclaimedReasons(credit.since, context) : []),
      ],
      deadline: deadlineOf(credit, context.policy),
      ...(credit.provisional
        ? {
            nextAction: "wait for the payer's correction",
            blockedBy: ['correction awaited: the credit is provisional'],
          }
        : { nextAction: nextFor(credit, context.policy) }),
    })),
    ...underway.map((matter) => issuedWork(matter, context)),
    ...returned.map(({ refund, payee, amount, since }) => ({
      queue: 'returnedRefunds' as const,
      subject: refund,
      amount,
      since,
      reasons: [`${formatCents(amount)} refunded to the ${payee} of a payment that was taken back on ${since}`],
      nextAction: `ask the ${payee} for it, or void the refund where it was never cashed`,
    })),
  ],
})
