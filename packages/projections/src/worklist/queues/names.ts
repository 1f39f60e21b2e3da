import { type AccountQueue, accountQueues } from './account.ts'
import { type RemittanceQueue, remittanceQueues } from './remittance.ts'

/** A queue of the worklist (reference §11.1), as far as the book can fill them. */
export type Queue = RemittanceQueue | AccountQueue

/** The queues of the worklist: those of remittances, then those of accounts, facet by facet. */
export const queues: readonly Queue[] = [
  ...Object.values(remittanceQueues).flatMap(({ names }): readonly Queue[] => names),
  ...Object.values(accountQueues).flatMap((facet): readonly Queue[] => ('none' in facet ? [] : facet.names)),
]
