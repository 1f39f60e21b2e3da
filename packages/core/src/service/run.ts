import type { Company } from '../account/claims/identity/judge.ts'
import type { AdviceClaim } from '../documents/advice.ts'
import { isReversal } from '../documents/claim-status.ts'
import type { Unit } from '../documents/units.ts'
import type { Day } from '../kernel/day.ts'
import type { RuleHit } from '../kernel/decision.ts'
import type { PayerId, RemittanceId, VisitId } from '../kernel/ids.ts'
import type { RemittanceClaimHeld } from '../remittance/events.ts'
import type { RemittanceState } from '../remittance/state.ts'
import type { Desk } from './desk.ts'
import type { Place } from './identity/place.ts'

/** How a remittance is to be posted. */
export interface RunOptions {
  /** Open accounts for claims never seen (clarification 13). */
  readonly openMissing: boolean
  /** Units whose outcomes are recorded together; 256 when absent. What is posted does not depend on it (law P4). */
  readonly batch?: number | undefined
  /** Visits that a person has named for held claims, by the claim's place in the advice. */
  readonly visits?: ReadonlyMap<number, VisitId> | undefined
  /** Units in flight; 256 when absent: those of one tick share a commit. */
  readonly concurrency?: number | undefined
}

/** One run over a remittance that posts what is open of it: what the process needs to know meanwhile. */
export interface Run {
  readonly desk: Desk
  /** The desk of the batch that is posted just now: what it has read ahead it asks for no more (decision 0030). */
  readonly glance?: Desk | undefined
  readonly remittanceId: RemittanceId
  readonly payer: { readonly payerId: PayerId; readonly payerName: string }
  readonly on: Day
  readonly capitation: boolean
  readonly options: RunOptions
  /** What the claims of the advice say of each other's patients, by their places. */
  readonly companies: ReadonlyMap<number, Company>
  /** The remittance as the run finds it. */
  readonly state: RemittanceState
}

/** What became of a unit. */
export type UnitResult =
  | {
      readonly kind: 'posted' | 'recorded'
      readonly unit: Unit
      readonly place?: Place
      readonly findings: readonly string[]
      /** Another import had posted it before: its command got the first receipt. */
      readonly repeated: boolean
    }
  | {
      readonly kind: 'held'
      readonly unit: Unit
      readonly hits: readonly RuleHit[]
      /** The visits that it could be of. */
      readonly candidates?: RemittanceClaimHeld['candidates']
    }
  /** Another process is posting it, or a person has rejected it: theirs is the outcome. */
  | { readonly kind: 'left'; readonly unit: Unit }

export const held = (unit: Unit, ...hits: RuleHit[]) => ({ kind: 'held', unit, hits }) as const

/** The claim that speaks for a unit: the first that is no reversal. */
export const lead = (unit: Unit): AdviceClaim =>
  (unit.claims.find((claim) => !isReversal(claim)) ?? unit.claims[0]) as AdviceClaim
/** Places in the advice of the unit's claims. */
export const numbers = (unit: Unit): readonly number[] => unit.claims.map((claim) => claim.number)
