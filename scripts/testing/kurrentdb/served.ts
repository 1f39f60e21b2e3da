import type { Metadata } from '@grpc/grpc-js'
import type { FaultTape } from './faults.ts'
import type { Log } from './log.ts'
import type { failure } from './wire.ts'

/** A node as its services see it. */
export interface Served {
  readonly log: Log
  readonly tape: FaultTape
  /** Drops every channel; new ones are let in. */
  readonly cut: () => void
  /** What a node that does not lead answers to who asks for the leader. */
  readonly notLeader: () => ReturnType<typeof failure>
  readonly mayWrite: (metadata: Metadata) => void
  readonly mayRead: (metadata: Metadata) => void
}
