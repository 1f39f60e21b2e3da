import type { AdviceClaim, ProviderAdjustment } from '../documents/advice.ts'
import { changedOn, type Dated } from '../kernel/dated.ts'
import type { Day } from '../kernel/day.ts'
import type { Contra } from '../kernel/effects.ts'
import type { RemittanceId } from '../kernel/ids.ts'
import type {
  GivenBackNamed,
  PayerRefunded,
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
  /** With all of its provider adjustments, in whichever event they came. */
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
  /** What is to be sent back to the payer, cents, through time: put to `refundsPayable` and not refunded. */
  readonly toRefund: Dated
  readonly refunds: readonly PayerRefund[]
  /** What it withheld beside its claims (PLB E3), cents, through time: less what was given up. */
  readonly withheld: Dated
  /** What accounts have named of what it gave, or took, beside its claims. */
  readonly namings: readonly GivenBackNamed[]
  /** Withhold that was given up, cents. */
  readonly givenUp: readonly number[]
  /** What of it came by money of its own, through time, cents, and how often that was said. */
  readonly returned: Dated
  readonly settlements: number
}

/** PLB03-1 of a withhold. */
export const WITHHELD = 'E3'

/** Money that went back to the payer. */
export interface PayerRefund {
  readonly event: PayerRefunded
  readonly voided: boolean
}

export const initial: RemittanceState = {
  chunks: new Set(),
  claims: new Map(),
  standing: 'receiving',
  outcomes: new Map(),
  pairs: 0,
  toRefund: [],
  refunds: [],
  withheld: [],
  namings: [],
  givenUp: [],
  returned: [],
  settlements: 0,
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

/** What an event did to accounts, cents, debit-positive. */
const balanceOf = (contra: readonly Contra[], isMeant: (account: string) => boolean): number =>
  contra.reduce((sum, { account, amount }) => (isMeant(account) ? sum + amount : sum), 0)
const isToRefund = (account: string): boolean => account === 'refundsPayable'
const isWithheld = (account: string): boolean => account.startsWith('withholdReceivable:')

export const fold = (state: RemittanceState, events: readonly RemittanceEvent[]): RemittanceState => {
  const builder: Builder = {
    ...state,
    chunks: new Set(state.chunks),
    claims: new Map(state.claims),
    outcomes: new Map(state.outcomes),
  }
  const more: ProviderAdjustment[] = []
  for (const event of events) {
    if ('contra' in event) {
      builder.toRefund = changedOn(builder.toRefund, event.effectiveDate, -balanceOf(event.contra, isToRefund))
      builder.withheld = changedOn(builder.withheld, event.effectiveDate, balanceOf(event.contra, isWithheld))
    }
    switch (event.type) {
      case 'RemittanceReceived':
        builder.received = event
        break
      case 'RemittanceClaimsRecorded':
        builder.chunks.add(event.chunk)
        for (const claim of event.claims) builder.claims.set(claim.number, claim)
        if (event.providerAdjustments) more.push(...event.providerAdjustments)
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
      case 'PayerRefunded':
        builder.refunds = [...builder.refunds, { event, voided: false }]
        break
      case 'PayerRefundVoided':
        builder.refunds = builder.refunds.map((each) =>
          each.event.refund === event.refund ? { ...each, voided: true } : each,
        )
        break
      case 'GivenBackNamed':
        builder.namings = [...builder.namings, event]
        break
      case 'GivenBackFreed':
        builder.namings = builder.namings.filter(({ use }) => use !== event.use)
        break
      case 'WithholdGivenUp':
        builder.givenUp = [...builder.givenUp, event.amount]
        break
      case 'WithholdReturned':
        builder.settlements += 1
        builder.returned = changedOn(builder.returned, event.effectiveDate, event.amount)
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
  const { received } = builder
  if (received && more.length > 0) {
    builder.received = { ...received, providerAdjustments: [...received.providerAdjustments, ...more] }
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
