import type { Cents } from '../../kernel/cents.ts'
import type { Day } from '../../kernel/day.ts'
import type { Contra, Effect } from '../../kernel/effects.ts'
import type {
  AdjudicationId,
  AdjustmentId,
  CoverageId,
  DenialId,
  LineId,
  VisitId,
  WorkItemId,
} from '../../kernel/ids.ts'
import { stillWaiting } from '../../kernel/waiting-lines.ts'
import type { ChargeVoided, ResponsibilityTransferred } from '../ledger/events.ts'
import type {
  ClaimAdjudicated,
  ClaimKey,
  ContractualAdjustmentPosted,
  InsurancePaymentPosted,
  PriorPayerSettled,
  PriorPayerSettlementUndone,
} from './adjudication-events.ts'
import type { DenialRecorded, DenialResolved } from './denial-events.ts'
import type { ClaimSubmitted } from './submission-events.ts'
import type { AdjudicationReversed, PayerTakebackPosted, PayerTakebackUndone } from './takeback-events.ts'
import type { ClaimWorkItemRaised, ClaimWorkItemResolved } from './work-item-events.ts'

/** One posting that an adjudication made: what a reversal negates. */
export interface AdjudicationPosting {
  readonly type: (
    | ContractualAdjustmentPosted
    | InsurancePaymentPosted
    | PriorPayerSettled
    | PriorPayerSettlementUndone
    | ResponsibilityTransferred
  )['type']
  readonly effectiveDate: Day
  readonly effects: readonly Effect[]
  readonly contra: readonly Contra[]
}

export interface Adjudication {
  readonly event: ClaimAdjudicated
  readonly postings: readonly AdjudicationPosting[]
  readonly reversed: boolean
  /** Where reversed: how many adjudications were on file then. Later ones were made without it. */
  readonly reversedAt?: number
  /** Reversed, and no correction has come yet. */
  readonly pending: boolean
}

export interface Denial {
  /** As it was recorded, its lines less what has ended. */
  readonly event: DenialRecorded
  readonly resolved?: DenialResolved['outcome'] | undefined
}

export interface Takeback {
  readonly event: PayerTakebackPosted
  readonly undone: boolean
}

/** What payers decided, as far as decisions still need it. */
export interface ClaimState {
  readonly submissions: readonly ClaimSubmitted[]
  readonly adjudications: ReadonlyMap<AdjudicationId, Adjudication>
  readonly denials: ReadonlyMap<DenialId, Denial>
  readonly takebacks: ReadonlyMap<AdjustmentId, Takeback>
  /** What payers' papers left for a person, and nobody has dealt with yet. */
  readonly workItems: ReadonlyMap<WorkItemId, ClaimWorkItemRaised>
  /** Adjudications whose prior-payer stand-ins are still in force. */
  readonly priorSettled: ReadonlySet<AdjudicationId>
}
export interface ClaimBuilder {
  submissions: ClaimSubmitted[]
  adjudications: Map<AdjudicationId, Adjudication>
  denials: Map<DenialId, Denial>
  takebacks: Map<AdjustmentId, Takeback>
  workItems: Map<WorkItemId, ClaimWorkItemRaised>
  priorSettled: Set<AdjudicationId>
}

export const initial = (): ClaimBuilder => ({
  submissions: [],
  adjudications: new Map(),
  denials: new Map(),
  takebacks: new Map(),
  workItems: new Map(),
  priorSettled: new Set(),
})
export const open = (state: ClaimState): ClaimBuilder => ({
  submissions: [...state.submissions],
  adjudications: new Map(state.adjudications),
  denials: new Map(state.denials),
  takebacks: new Map(state.takebacks),
  workItems: new Map(state.workItems),
  priorSettled: new Set(state.priorSettled),
})

/** Keeps what an adjudication posted, whichever event carried it. */
const record = (
  slice: ClaimBuilder,
  event: AdjudicationPosting & { readonly adjudicationId?: AdjudicationId | undefined },
): void => {
  const adjudication = event.adjudicationId && slice.adjudications.get(event.adjudicationId)
  if (!adjudication) return
  const { type, effectiveDate, effects, contra } = event
  slice.adjudications.set(adjudication.event.adjudicationId, {
    ...adjudication,
    postings: [...adjudication.postings, { type, effectiveDate, effects, contra }],
  })
}

/** A posting less what a void of one line undid of it. Postings other than payments and transfers have one contra. */
const withoutLine = (posting: AdjudicationPosting, line: LineId): readonly AdjudicationPosting[] => {
  if (posting.type === 'InsurancePaymentPosted') return [posting]
  const effects = posting.effects.filter((effect) => effect.lineId !== line)
  if (effects.length === posting.effects.length) return [posting]
  const [contra] = posting.contra
  const rest = -effects.reduce((sum, effect) => sum + effect.amount, 0) as Cents
  return effects.length === 0
    ? []
    : [{ ...posting, effects, contra: contra && rest !== 0 ? [{ ...contra, amount: rest }] : [] }]
}

export const evolve = {
  ClaimSubmitted: (slice: ClaimBuilder, event: ClaimSubmitted) => {
    slice.submissions.push(event)
  },
  ClaimAdjudicated: (slice: ClaimBuilder, event: ClaimAdjudicated) => {
    // What the payer says of a duplicate decides nothing: the first decision stands as it is.
    if (isDuplicate(event)) return
    if (event.supersedes) {
      const old = slice.adjudications.get(event.supersedes)
      if (old) slice.adjudications.set(event.supersedes, { ...old, pending: false })
    }
    slice.adjudications.set(event.adjudicationId, { event, postings: [], reversed: false, pending: false })
  },
  InsurancePaymentPosted: (slice: ClaimBuilder, event: InsurancePaymentPosted) => record(slice, event),
  ContractualAdjustmentPosted: (slice: ClaimBuilder, event: ContractualAdjustmentPosted) => record(slice, event),
  ResponsibilityTransferred: (slice: ClaimBuilder, event: ResponsibilityTransferred) => record(slice, event),
  PriorPayerSettled: (slice: ClaimBuilder, event: PriorPayerSettled) => {
    record(slice, event)
    slice.priorSettled.add(event.adjudicationId)
  },
  PriorPayerSettlementUndone: (slice: ClaimBuilder, event: PriorPayerSettlementUndone) => {
    record(slice, event)
    slice.priorSettled.delete(event.adjudicationId)
  },
  DenialRecorded: (slice: ClaimBuilder, event: DenialRecorded) => {
    slice.denials.set(event.denialId, { event })
  },
  DenialResolved: (slice: ClaimBuilder, event: DenialResolved) => {
    const denial = slice.denials.get(event.denialId)
    if (!denial) return
    const lines = event.lines ? stillWaiting(denial.event.lines, event.lines) : []
    const after = lines.length > 0 ? { event: { ...denial.event, lines } } : { ...denial, resolved: event.outcome }
    slice.denials.set(event.denialId, after)
  },
  AdjudicationReversed: (slice: ClaimBuilder, event: AdjudicationReversed) => {
    const adjudication = slice.adjudications.get(event.adjudicationId)
    slice.priorSettled.delete(event.adjudicationId)
    if (adjudication) {
      const reversedAt = slice.adjudications.size
      slice.adjudications.set(event.adjudicationId, {
        ...adjudication,
        reversed: true,
        reversedAt,
        pending: event.pending,
      })
    }
  },
  /** A void undid all that payers ordered on the line but their cash: a later reversal takes back that alone. */
  ChargeVoided: (slice: ClaimBuilder, { lineId }: ChargeVoided) => {
    for (const [id, adjudication] of slice.adjudications) {
      if (adjudication.reversed) continue
      const postings = adjudication.postings.flatMap((posting) => withoutLine(posting, lineId))
      slice.adjudications.set(id, { ...adjudication, postings })
    }
  },
  ClaimWorkItemRaised: (slice: ClaimBuilder, event: ClaimWorkItemRaised) => {
    slice.workItems.set(event.workItemId, event)
  },
  ClaimWorkItemResolved: (slice: ClaimBuilder, event: ClaimWorkItemResolved) => {
    slice.workItems.delete(event.workItemId)
  },
  PayerTakebackPosted: (slice: ClaimBuilder, event: PayerTakebackPosted) => {
    slice.takebacks.set(event.takebackId, { event, undone: false })
  },
  PayerTakebackUndone: (slice: ClaimBuilder, event: PayerTakebackUndone) => {
    const takeback = slice.takebacks.get(event.takebackId)
    if (takeback) slice.takebacks.set(event.takebackId, { ...takeback, undone: true })
  },
}

// ── questions ────────────────────────────────────────────────────────────────────────────────────────────────────

export const sameClaim = (a: ClaimKey, b: ClaimKey): boolean =>
  a.payerId === b.payerId &&
  a.patientControlNumber === b.patientControlNumber &&
  a.payerControlNumber === b.payerControlNumber &&
  a.patientKey === b.patientKey

/**
 * The payer got the claim twice, and this is its word about the second: that the first decision stands. Of nothing else
 * do amounts come to nothing.
 */
export const isDuplicate = ({ lines }: ClaimAdjudicated): boolean =>
  lines.some(({ adjustments }) => adjustments.some(({ amount, disposition }) => amount !== 0 && disposition === 'none'))

/** The adjudications of a visit that stand, in order of posting. */
export const standing = (state: ClaimState, visit: VisitId): readonly Adjudication[] =>
  [...state.adjudications.values()].filter(
    (adjudication) =>
      adjudication.event.visitId === visit && !adjudication.reversed && !adjudication.event.predetermination,
  )

/** Open denials of a line at a coverage, oldest first. */
export const openDenials = (state: ClaimState, visit: VisitId, coverage?: CoverageId): readonly Denial[] =>
  [...state.denials.values()].filter(
    (denial) =>
      denial.resolved === undefined &&
      denial.event.visitId === visit &&
      (coverage === undefined || denial.event.coverageId === coverage),
  )

export const deniedAmount = (denial: Denial): Cents =>
  denial.event.lines.reduce((sum, line) => sum + line.amount, 0) as Cents

/** True while a reversal of this visit waits for its correction: credits are provisional (clarification 4). */
export const correctionPending = (state: ClaimState, visit: VisitId): boolean =>
  [...state.adjudications.values()].some((adjudication) => adjudication.event.visitId === visit && adjudication.pending)
