/** What is looked at, and what it says when all is well. Names are stable: scripts match on them. */
export const checks = {
  positions: 'every position of the log holds one event',
  times: 'committed times never go back from one position to the next (C3)',
  commands: 'every event is named by the record of its command, and every record has its events (B3)',
  guards: 'the guards of the store stand as they are made, and nothing else acts on what is written',
  chains: 'every event has the hash that its bytes and its place in the chain give',
  readable: 'every event is of a known kind and satisfies its schema',
  balance: 'every event balances: effects and contra add up to zero (A1)',
  trialBalance: 'the trial balance over all streams is zero (P6)',
  identities: 'every account adds up: layers, effects and unapplied money agree (AR-01)',
  watched: 'every open receivable and credit is on a list of today, or has a dated reason why not (Q6)',
  links: 'who stands behind an account, and who is one with whom, is said alike on both of their streams',
  clearing: 'payer clearing of every remittance is what its claims still have to post (P1)',
  recoupments: 'every recoupment is settled or an open exception (P2)',
  views: 'every view stands on an event that the log still has, and holds what a fold of the log gives',
  aging: 'the aging view shows what the events give',
  accesses: 'every record of who looked at what is whole, in its place, and of this book',
  head: 'the book still is what it was when its head was written down',
} as const
export type CheckName = keyof typeof checks

/** Something that does not hold, in words, and where. */
export interface Finding {
  readonly check: CheckName
  readonly message: string
  readonly stream?: string
  readonly version?: number
  readonly position?: number
  /** The figure by which it is off, cents. */
  readonly amount?: number
}
