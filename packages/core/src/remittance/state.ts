import type { AdviceClaim } from '../documents/advice.ts'
import type { Day } from '../kernel/day.ts'
import type { RemittanceId } from '../kernel/ids.ts'
import type {
  RemittanceClaimHeld,
  RemittanceClaimPosted,
  RemittanceClaimRetried,
  RemittanceEvent,
  RemittanceHeld,
  RemittanceReceived,
  RemittanceReleased,
} from './events.ts'

/** What became of a claim of the advice. */
export type ClaimOutcome =
  | { readonly kind: 'posted'; readonly event: RemittanceClaimPosted }
  | {
      readonly kind: 'held'
      readonly event: RemittanceClaimHeld
      /** Being tried again, or tried by a process that was killed: where it may be posted already. */
      readonly retried?: RemittanceClaimRetried
    }
  | { readonly kind: 'rejected' }

export interface RemittanceState {
  readonly received?: RemittanceReceived | undefined
  readonly chunks: ReadonlySet<number>
  readonly claims: ReadonlyMap<number, AdviceClaim>
  readonly held?: RemittanceHeld | undefined
  readonly standing: 'receiving' | 'held' | 'open' | 'rejected' | 'closed'
  readonly released?: RemittanceReleased | undefined
  readonly outcomes: ReadonlyMap<number, ClaimOutcome>
  /** PLB pairs that are recorded. */
  readonly pairs: number
  readonly conflictsWith?: RemittanceId | undefined
}

export const initial: RemittanceState = {
  chunks: new Set(),
  claims: new Map(),
  standing: 'receiving',
  outcomes: new Map(),
  pairs: 0,
}

type Builder = {
  -readonly [K in keyof RemittanceState]: RemittanceState[K] extends ReadonlyMap<infer Key, infer Value>
    ? Map<Key, Value>
    : RemittanceState[K] extends ReadonlySet<infer Value>
      ? Set<Value>
      : RemittanceState[K]
}

const setAll = (outcomes: Map<number, ClaimOutcome>, claims: readonly number[], outcome: ClaimOutcome): void => {
  for (const claim of claims) outcomes.set(claim, outcome)
}

export const fold = (state: RemittanceState, events: readonly RemittanceEvent[]): RemittanceState => {
  const builder: Builder = {
    ...state,
    chunks: new Set(state.chunks),
    claims: new Map(state.claims),
    outcomes: new Map(state.outcomes),
  }
  for (const event of events) {
    switch (event.type) {
      case 'RemittanceReceived':
        builder.received = event
        break
      case 'RemittanceClaimsRecorded':
        builder.chunks.add(event.chunk)
        for (const claim of event.claims) builder.claims.set(claim.number, claim)
        break
      case 'RemittanceHeld':
        builder.held = event
        builder.standing = 'held'
        break
      case 'RemittanceReleased':
        builder.released = event
        break
      case 'RemittanceRejected':
        builder.standing = 'rejected'
        break
      case 'RemittanceOpened':
        builder.standing = 'open'
        break
      case 'RemittanceClaimPosted':
        setAll(builder.outcomes, event.claims, { kind: 'posted', event })
        break
      case 'RemittanceClaimHeld':
        setAll(builder.outcomes, event.claims, { kind: 'held', event })
        break
      case 'RemittanceClaimRetried':
        for (const claim of event.claims) {
          const outcome = builder.outcomes.get(claim)
          if (outcome?.kind === 'held') builder.outcomes.set(claim, { ...outcome, retried: event })
        }
        break
      case 'RemittanceClaimRejected':
        setAll(builder.outcomes, event.claims, { kind: 'rejected' })
        break
      case 'RemittanceClosed':
        builder.standing = 'closed'
        break
      case 'ProviderAdjustmentRecorded':
        builder.pairs += 1
        break
      case 'RecoupmentMatched':
        break
    }
  }
  return builder
}

/** The day from which its postings count: the payment date that a person released it with, else the advice's own. */
export const countsFrom = ({ received, released }: RemittanceState): Day | undefined =>
  released?.paymentDate ?? received?.paymentDate

/** Claims whose money is still in clearing: Σ CLP04 of these is payerClearing (law P1). */
export const unsettled = (state: RemittanceState): readonly AdviceClaim[] =>
  [...state.claims.values()].filter((claim) => {
    const outcome = state.outcomes.get(claim.number)
    return outcome === undefined || outcome.kind === 'held'
  })
