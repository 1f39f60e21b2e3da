import type { AccountState } from '@daybook/core/account'
import type { DepositEvent } from '@daybook/core/deposit'
import type { Day, Of } from '@daybook/core/kernel'
import type { PersonState } from '@daybook/core/person'
import type { RemittanceEvent } from '@daybook/core/remittance'
import type { SubmissionEvent } from '@daybook/core/submission'
import { type AccountMatters, queueFacets, queuesOf } from './account-queues.ts'
import { type CashMatter, type DepositMatters, depositMattersAfter } from './bank-matters.ts'
import type { Kept, RemittanceHeading } from './queue.ts'
import { bankQueues } from './queues/bank.ts'
import { type PersonMatters, personQueues } from './queues/persons.ts'
import { type RemittanceMatters, remittanceKeys, remittanceQueues } from './queues/remittance.ts'
import { type SubmissionMatters, submissionMattersAfter, submissionQueues } from './queues/submissions.ts'

// What the view keeps of each stream: small JSON documents, from which the day's work is computed for any day. The
// matters of a queue are its owner's own; here they are put together.

/** Of which days and positions a document speaks: of an earlier one of either, its stream is read again. */
export interface Reach {
  /** The latest day from which one of its events counts. */
  readonly latest: Day
  /** Position of its last event. */
  readonly position: number
}

export interface AccountDocument {
  readonly kind: 'account'
  readonly account: string
  readonly matters: AccountMatters
  /** What of its money a line of the bank can name; absent where there is none. */
  readonly cash?: readonly CashMatter[]
}

export interface RemittanceDocument extends RemittanceHeading {
  readonly kind: 'remittance'
  readonly matters: RemittanceMatters
  readonly cash?: readonly CashMatter[]
}

export interface PersonDocument {
  readonly kind: 'person'
  readonly person: string
  readonly matters: PersonMatters
}

export interface SubmissionDocument {
  readonly kind: 'submission'
  readonly submission: string
  readonly matters: SubmissionMatters
}

export interface DepositDocument {
  readonly kind: 'deposit'
  readonly deposit: string
  readonly matters: DepositMatters
}

export type WorkDocument = AccountDocument | RemittanceDocument | PersonDocument | SubmissionDocument | DepositDocument
/** As the view keeps it. */
export type KeptDocument = WorkDocument & Reach

/** Number of what stands around the matters. A queue that is taken out leaves its own number here: no sum comes again. */
const frame = 4

/**
 * The version of the documents: the numbers of all queues added up. Whoever changes the matters of one queue raises that
 * queue's number alone, and all documents are made again.
 */
export const versionOf = (queues: Iterable<Pick<Kept, 'version'>>): number =>
  [...queues].reduce((sum, { version }) => sum + version, frame)

export const documentVersion = versionOf([
  ...queueFacets.map(queuesOf),
  ...Object.values(remittanceQueues),
  personQueues,
  submissionQueues,
  bankQueues,
])

/** The document of an account; undefined while nothing has opened it. */
export const accountDocument = (state: AccountState): AccountDocument | undefined => {
  const { account } = state.registration
  if (!account) return undefined
  const matters = queueFacets.map((facet) => [facet, queuesOf(facet).matters(state)])
  return { kind: 'account', account: account.accountId, matters: Object.fromEntries(matters) as AccountMatters }
}

/** The document of a person; undefined while nothing has opened it. */
export const personDocument = (state: PersonState): PersonDocument | undefined => {
  const { person } = state
  return person && { kind: 'person', person: person.personId, matters: personQueues.matters(state) }
}

const received = ({
  remittanceId,
  payerName,
  payerId,
  trace,
  amount,
  effectiveDate,
  paymentDate,
}: Of<RemittanceEvent, 'RemittanceReceived'>): RemittanceDocument => {
  const matters = remittanceKeys.map((key) => [key, remittanceQueues[key].initial])
  return {
    kind: 'remittance',
    remittance: remittanceId,
    payer: payerName,
    payerId,
    trace,
    amount,
    receivedOn: effectiveDate,
    ...(paymentDate ? { paymentDate } : {}),
    matters: Object.fromEntries(matters) as RemittanceMatters,
  }
}

type After = (matters: unknown, event: RemittanceEvent, at: number) => unknown

/** The document of a remittance after one more event, which stands at a position of the log. */
export const remittanceAfter = (
  document: RemittanceDocument | undefined,
  { event, position }: { readonly event: RemittanceEvent; readonly position: number },
): RemittanceDocument | undefined => {
  if (event.type === 'RemittanceReceived') return received(event)
  if (!document) return undefined
  const matters = remittanceKeys.map((key) => {
    // Which events a queue hears of is its own; what it keeps is handed back to it alone.
    const after = (remittanceQueues[key].after as unknown as Readonly<Record<string, After | undefined>>)[event.type]
    return [key, after ? after(document.matters[key], event, position) : document.matters[key]]
  })
  return { ...document, matters: Object.fromEntries(matters) as RemittanceMatters }
}

/** The document of a file of claims after one more event; undefined while none of them is held. */
export const submissionAfter = (
  document: SubmissionDocument | undefined,
  { event }: { readonly event: SubmissionEvent },
): SubmissionDocument | undefined => {
  const matters = submissionMattersAfter(document?.matters, event)
  const submission = event.type === 'SubmittedClaimHeld' ? event.submissionId : document?.submission
  return matters && submission !== undefined ? { kind: 'submission', submission, matters } : undefined
}

/** The document of a line of the bank's statement after one more event. */
export const depositAfter = (
  document: DepositDocument | undefined,
  { event, position }: { readonly event: DepositEvent; readonly position: number },
): DepositDocument | undefined => {
  const deposit = event.type === 'DepositRecorded' ? event.depositId : document?.deposit
  if (deposit === undefined) return undefined
  return { kind: 'deposit', deposit, matters: depositMattersAfter(document?.matters, event, position) }
}
