import {
  type AccountState,
  type CreditBalanceIdentified,
  coverageType,
  netOf,
  type Refund,
} from '@daybook/core/account'
import { formatCents, PATIENT } from '@daybook/core/kernel'
import type { PracticePolicy } from '@daybook/core/policy'
import { governmentOverpayment } from '@daybook/core/rules'
import { isCreditItem } from '../one-item.ts'
import { facetQueues } from '../queue.ts'
import { type Deadline, dueByLaw, dueByPolicy, type Matter } from '../work.ts'
import { undoWords, type WriteOffToUndo, writeOffToUndo } from '../write-off-to-undo.ts'

export interface CreditMatter extends Matter {
  readonly credit: string
  readonly owner: string
  /** CLP06 / SBR09 of the coverage whose money it is: which law's deadline applies. */
  readonly filingIndicator?: string
  readonly provisional: boolean
  /** What else the guarantor owes: the credit is used for it before any of it is refunded (law G4). */
  readonly owed?: number
  /** A write-off that it restores first (law F3). */
  readonly undo?: WriteOffToUndo
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
  const reached = ['medicare', 'medicaid'].includes(coverageType(filingIndicator))
  if (owner === 'government' && reached) return dueByLaw(since, governmentOverpayment)
  if (owner === 'patient') return dueByPolicy(since, policy.posting.refundDays, 'refund')
  return undefined
}

/** Money without an item is on the list of unapplied money as long as something is owed: it is not refunded first. */
const matterOf = (
  state: AccountState,
  credit: CreditBalanceIdentified,
  owed: number,
  undo: WriteOffToUndo | undefined,
): readonly CreditMatter[] => {
  const { creditId, owner, provisional, amount, identifiedDate } = credit
  const patients = owner === 'patient' && !provisional
  if (!isCreditItem(credit, owed)) return []
  const filing = filingOf(state, credit)
  return [
    {
      credit: creditId,
      owner,
      ...(filing ? { filingIndicator: filing } : {}),
      provisional,
      amount,
      since: identifiedDate,
      ...(patients && owed > 0 ? { owed } : {}),
      ...(patients && owed === 0 && undo ? { undo } : {}),
    },
  ]
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

const nextFor = ({ owner, owed, amount, undo }: CreditMatter, { onAccount }: PracticePolicy): string => {
  if (owed !== undefined && onAccount.moveCredits === 'allowed')
    return `use ${formatCents(Math.min(owed, amount))} of it for what is owed first (MoveCredit)`
  if (undo) return undoWords(undo)
  return actions[owner] ?? 'find out whose money it is'
}

/** Credits that stand, whoever's they are. */
export const queues = facetQueues({
  names: ['credits', 'returnedRefunds'],
  version: 4,
  matters: (state) => {
    const { owed } = netOf(state)
    const undo = writeOffToUndo(state)
    return {
      credits: [...state.credits.credits.values()].flatMap((credit) => matterOf(state, credit, owed, undo)),
      returned: [...state.credits.refunds.values()].flatMap(returnedBy),
    }
  },
  work: ({ credits, returned }, { policy }) => [
    ...credits.map((credit) => ({
      queue: 'credits' as const,
      subject: credit.credit,
      amount: credit.amount,
      since: credit.since,
      reasons: [`credit of ${formatCents(credit.amount)}, owner ${credit.owner}, since ${credit.since}`],
      deadline: deadlineOf(credit, policy),
      ...(credit.provisional
        ? {
            nextAction: "wait for the payer's correction",
            blockedBy: ['correction awaited: the credit is provisional'],
          }
        : { nextAction: nextFor(credit, policy) }),
    })),
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
