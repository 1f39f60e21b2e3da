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
import { type Questions, type ReadonlyTable, Table } from '../../kernel/table.ts'
import { type ReadonlyVersionedMap, VersionedMap } from '../../kernel/versioned-map.ts'
import { stillWaiting } from '../../kernel/waiting-lines.ts'
import type { ChargeVoided, ResponsibilityTransferred } from '../ledger/events.ts'
import type {
  ClaimAdjudicated,
  ContractualAdjustmentPosted,
  InsurancePaymentPosted,
  PriorPayerSettled,
  PriorPayerSettlementUndone,
} from './adjudication-events.ts'
import type { DenialRecorded, DenialResolved } from './denial-events.ts'
import type { ClaimSubmitted } from './submission-events.ts'
import type {
  AdjudicationReversed,
  PayerTakebackPosted,
  PayerTakebackUndone,
  RefundAcknowledged,
} from './takeback-events.ts'
import type { WithholdSettled } from './withhold-events.ts'
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
  /** How many adjudications were on file before it. */
  readonly at: number
  readonly postings: readonly AdjudicationPosting[]
  readonly reversed: boolean
  /** Where reversed: how many adjudications were on file then. Later ones were made without it. */
  readonly reversedAt?: number
  /** Reversed, and no correction has come yet. None is awaited of services that never were: all of its lines were voided. */
  readonly pending: boolean
  /** Its lines that were voided. */
  readonly voided: readonly LineId[]
  /** The day from which the payer has taken it back. */
  readonly reversedOn?: Day
  /** By which claim of which advice, or by whom. */
  readonly reversedBy?: AdjudicationReversed['source']
  /** Where it was reversed alone: the day from which its correction counts. */
  readonly correctedOn?: Day
  /** What it settled in a prior payer's stead is still in force. */
  readonly standsIn: boolean
}

export interface Denial {
  /** As it was recorded, its lines less what has ended. */
  readonly event: DenialRecorded
  readonly resolved?: DenialResolved['outcome'] | undefined
  /** The day from which it is. */
  readonly resolvedOn?: Day | undefined
}

export interface Takeback {
  readonly event: PayerTakebackPosted
  readonly undone: boolean
}

/** A remark or a reason code of a payer's decisions. */
export const codeOf = (coverage: CoverageId, code: string): string => `${coverage} ${code}`

const codesOf = ({ remarks, lines }: ClaimAdjudicated): readonly string[] => [
  ...new Set([...remarks, ...lines.flatMap((line) => [...line.remarks, ...line.adjustments.map(({ carc }) => carc)])]),
]

const ofAdjudications = {
  where: { pending: (adjudication: Adjudication) => adjudication.pending },
  by: {
    visit: ({ event }: Adjudication) => event.visitId,
    /** Remarks and reason codes that the payer of a coverage has given. */
    code: ({ event }: Adjudication) => codesOf(event).map((code) => codeOf(event.coverageId, code)),
    /** The payer's number of the claim, and the practice's. */
    number: ({ event: { claimKey } }: Adjudication) => [claimKey.patientControlNumber, claimKey.payerControlNumber],
  },
} satisfies Questions<Adjudication>

const ofDenials = { by: { visit: ({ event }: Denial) => event.visitId } } satisfies Questions<Denial>

const ofTakebacks = {
  by: {
    visit: ({ event }: Takeback) => event.visitId,
    line: ({ event }: Takeback) => event.lines.map(({ lineId }) => lineId),
  },
} satisfies Questions<Takeback>

const ofWorkItems = {
  by: { visit: (item: ClaimWorkItemRaised) => item.visitId },
} satisfies Questions<ClaimWorkItemRaised>

/** What payers decided, as far as decisions still need it. */
export interface ClaimState {
  /** Claims that were sent, by visit, in the order they were recorded. */
  readonly submissions: ReadonlyVersionedMap<VisitId, readonly ClaimSubmitted[]>
  /** In order of posting. */
  readonly adjudications: ReadonlyTable<AdjudicationId, Adjudication, typeof ofAdjudications>
  readonly denials: ReadonlyTable<DenialId, Denial, typeof ofDenials>
  readonly takebacks: ReadonlyTable<AdjustmentId, Takeback, typeof ofTakebacks>
  /** What payers have shown to have received of our refunds to them, in order. */
  readonly acknowledged: readonly RefundAcknowledged[]
  /** How what payers had withheld has ended, in order. */
  readonly settledWithholds: readonly WithholdSettled[]
  /** What payers' papers left for a person, and nobody has dealt with yet. */
  readonly workItems: ReadonlyTable<WorkItemId, ClaimWorkItemRaised, typeof ofWorkItems>
}
export interface ClaimBuilder {
  submissions: VersionedMap<VisitId, readonly ClaimSubmitted[]>
  adjudications: Table<AdjudicationId, Adjudication, typeof ofAdjudications>
  denials: Table<DenialId, Denial, typeof ofDenials>
  takebacks: Table<AdjustmentId, Takeback, typeof ofTakebacks>
  acknowledged: readonly RefundAcknowledged[]
  settledWithholds: readonly WithholdSettled[]
  workItems: Table<WorkItemId, ClaimWorkItemRaised, typeof ofWorkItems>
}

export const initial = (): ClaimBuilder => ({
  submissions: new VersionedMap(),
  adjudications: new Table(ofAdjudications),
  denials: new Table(ofDenials),
  takebacks: new Table(ofTakebacks),
  acknowledged: [],
  settledWithholds: [],
  workItems: new Table(ofWorkItems),
})
export const builderOf = (state: ClaimState): ClaimBuilder => ({
  submissions: state.submissions.next(),
  adjudications: state.adjudications.next(),
  denials: state.denials.next(),
  takebacks: state.takebacks.next(),
  acknowledged: state.acknowledged,
  settledWithholds: state.settledWithholds,
  workItems: state.workItems.next(),
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

/** From when the correction counts of a decision that was reversed alone. */
const corrected = (
  { pending }: Adjudication,
  { effectiveDate }: ClaimAdjudicated,
): Pick<Adjudication, 'correctedOn'> => (pending ? { correctedOn: effectiveDate } : {})

/** It decided a line that was not voided. */
const isOfAny = ({ event }: Adjudication, voided: readonly LineId[]): boolean =>
  event.lines.length === 0 || event.lines.some(({ lineId }) => !voided.includes(lineId))

const standIn = (slice: ClaimBuilder, id: AdjudicationId, standsIn: boolean): void => {
  const adjudication = slice.adjudications.get(id)
  if (adjudication) slice.adjudications.set(id, { ...adjudication, standsIn })
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
    slice.submissions.set(event.visitId, [...(slice.submissions.get(event.visitId) ?? []), event])
  },
  ClaimAdjudicated: (slice: ClaimBuilder, event: ClaimAdjudicated) => {
    // What the payer says of a duplicate decides nothing: the first decision stands as it is.
    if (isDuplicate(event)) return
    if (event.supersedes) {
      const old = slice.adjudications.get(event.supersedes)
      if (old) slice.adjudications.set(event.supersedes, { ...old, ...corrected(old, event), pending: false })
    }
    slice.adjudications.set(event.adjudicationId, {
      event,
      at: slice.adjudications.size,
      postings: [],
      reversed: false,
      pending: false,
      voided: [],
      standsIn: false,
    })
  },
  InsurancePaymentPosted: (slice: ClaimBuilder, event: InsurancePaymentPosted) => record(slice, event),
  ContractualAdjustmentPosted: (slice: ClaimBuilder, event: ContractualAdjustmentPosted) => record(slice, event),
  ResponsibilityTransferred: (slice: ClaimBuilder, event: ResponsibilityTransferred) => record(slice, event),
  PriorPayerSettled: (slice: ClaimBuilder, event: PriorPayerSettled) => {
    record(slice, event)
    standIn(slice, event.adjudicationId, true)
  },
  PriorPayerSettlementUndone: (slice: ClaimBuilder, event: PriorPayerSettlementUndone) => {
    record(slice, event)
    standIn(slice, event.adjudicationId, false)
  },
  DenialRecorded: (slice: ClaimBuilder, event: DenialRecorded) => {
    slice.denials.set(event.denialId, { event })
  },
  DenialResolved: (slice: ClaimBuilder, event: DenialResolved) => {
    const denial = slice.denials.get(event.denialId)
    if (!denial) return
    const lines = event.lines ? stillWaiting(denial.event.lines, event.lines) : []
    const after =
      lines.length > 0
        ? { event: { ...denial.event, lines } }
        : { ...denial, resolved: event.outcome, resolvedOn: event.effectiveDate }
    slice.denials.set(event.denialId, after)
  },
  AdjudicationReversed: (slice: ClaimBuilder, event: AdjudicationReversed) => {
    const adjudication = slice.adjudications.get(event.adjudicationId)
    if (adjudication) {
      const reversedAt = slice.adjudications.size
      slice.adjudications.set(event.adjudicationId, {
        ...adjudication,
        reversed: true,
        reversedAt,
        reversedOn: event.effectiveDate,
        reversedBy: event.source,
        pending: event.pending && isOfAny(adjudication, adjudication.voided),
        standsIn: false,
      })
    }
  },
  /**
   * A void undid all that payers ordered on the line but their cash: a later reversal takes back that alone. What was reversed
   * already waits no longer where nothing is left to correct.
   */
  ChargeVoided: (slice: ClaimBuilder, { visitId, lineId, effectiveDate }: ChargeVoided) => {
    for (const adjudication of slice.adjudications.by('visit', visitId)) {
      const { pending, reversed, postings } = adjudication
      const voided = [...adjudication.voided, lineId]
      const ends = pending && !isOfAny(adjudication, voided)
      slice.adjudications.set(adjudication.event.adjudicationId, {
        ...adjudication,
        voided,
        ...(reversed ? {} : { postings: postings.flatMap((posting) => withoutLine(posting, lineId)) }),
        ...(ends ? { pending: false, correctedOn: effectiveDate } : {}),
      })
    }
  },
  ClaimWorkItemRaised: (slice: ClaimBuilder, event: ClaimWorkItemRaised) => {
    slice.workItems.set(event.workItemId, event)
  },
  ClaimWorkItemResolved: (slice: ClaimBuilder, event: ClaimWorkItemResolved) => {
    slice.workItems.delete(event.workItemId)
  },
  RefundAcknowledged: (slice: ClaimBuilder, event: RefundAcknowledged) => {
    slice.acknowledged = [...slice.acknowledged, event]
  },
  WithholdSettled: (slice: ClaimBuilder, event: WithholdSettled) => {
    slice.settledWithholds = [...slice.settledWithholds, event]
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

/**
 * The payer got the claim twice, and this is its word about the second: that the first decision stands. Of nothing else
 * do amounts come to nothing.
 */
export const isDuplicate = ({ lines }: ClaimAdjudicated): boolean =>
  lines.some(({ adjustments }) => adjustments.some(({ amount, disposition }) => amount !== 0 && disposition === 'none'))

/** The adjudications of a visit in order of posting, reversed ones too. */
export const adjudicationsOf = (state: ClaimState, visit: VisitId): readonly Adjudication[] =>
  state.adjudications.by('visit', visit)

/** The adjudications of a visit that stand, in order of posting: not taken back, and no estimates. */
export const inForce = (state: ClaimState, visit: VisitId): readonly Adjudication[] =>
  adjudicationsOf(state, visit).filter(({ event, reversed }) => !reversed && !event.predetermination)

/** Claims that were sent for a visit, in the order they were recorded. */
export const submissionsOf = (state: ClaimState, visit: VisitId): readonly ClaimSubmitted[] =>
  state.submissions.get(visit) ?? []

/** Whether a denial was open on a day. */
export const isDeniedOn = ({ event, resolvedOn }: Denial, on: Day): boolean =>
  event.effectiveDate <= on && (resolvedOn === undefined || on < resolvedOn)

/** True where a denial of the visit was open on a day. */
export const deniedAsOf = (state: ClaimState, visit: VisitId, on: Day): boolean =>
  state.denials.by('visit', visit).some((denial) => isDeniedOn(denial, on))

/** Open denials of a visit, at a coverage where named, oldest first. */
export const openDenials = (state: ClaimState, visit: VisitId, coverage?: CoverageId): readonly Denial[] =>
  state.denials
    .by('visit', visit)
    .filter(
      ({ event, resolved }) => resolved === undefined && (coverage === undefined || event.coverageId === coverage),
    )

export const deniedAmount = (denial: Denial): Cents =>
  denial.event.lines.reduce((sum, line) => sum + line.amount, 0) as Cents
