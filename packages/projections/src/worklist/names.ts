import { type AccountQueue, queueFacets, queuesOf } from './account-queues.ts'
import { type BankQueue, bankQueues } from './queues/bank.ts'
import { type PersonQueue, personQueues } from './queues/persons.ts'
import { type RemittanceQueue, remittanceQueues } from './queues/remittance.ts'
import { type SubmissionQueue, submissionQueues } from './queues/submissions.ts'

/** A queue of the worklist (reference §11.1), as far as the book can fill them. */
export type Queue = RemittanceQueue | AccountQueue | PersonQueue | SubmissionQueue | BankQueue

/** The queues of the worklist: those of remittances, those of accounts, facet by facet, then those of persons, of files of claims and of the bank's statement. */
export const queues: readonly Queue[] = [
  ...Object.values(remittanceQueues).flatMap(({ names }): readonly Queue[] => names),
  ...queueFacets.flatMap((facet) => queuesOf(facet).names),
  ...personQueues.names,
  ...submissionQueues.names,
  ...bankQueues.names,
]

const ofPayers: ReadonlySet<string> = new Set<Queue>([
  ...Object.values(remittanceQueues).flatMap(({ names }): readonly Queue[] => names),
  ...queuesOf('claims').names,
  ...submissionQueues.names,
  ...bankQueues.names,
  ...['credits', 'refundsIssued', 'returnedRefunds', 'stubCoverages', 'unapplied'].map((name) => name as Queue),
])

/** Whether a queue is about payers and money alone: nothing of how the patient is reached, or asked, stands in what it says. */
export const isOfPayers = (queue: unknown): boolean =>
  typeof queue === 'string' && ofPayers.has(queue.split(':')[0] ?? '')
