import { type Day, minDay } from '../../kernel/day.ts'
import type { LineId } from '../../kernel/ids.ts'
import { type Questions, type ReadonlyTable, Table } from '../../kernel/table.ts'
import type {
  DisputeAcknowledged,
  DisputeClosed,
  DisputeDecided,
  DisputeId,
  DisputeInvestigated,
  DisputeOpened,
} from './events.ts'
import { freezes } from './kinds.ts'

/** One dispute, and what became of it. */
export interface Dispute {
  readonly disputeId: DisputeId
  readonly opened: DisputeOpened
  readonly acknowledgedOn?: Day
  readonly investigatedOn?: Day
  /** The first day on which who disputes had sent more: what comes after it shortens no time that it has given. */
  readonly consumerAddedOn?: Day
  readonly decided?: DisputeDecided
  readonly closedOn?: Day
}

const ofDisputes = {
  where: { open: ({ closedOn }: Dispute) => closedOn === undefined },
  by: { line: ({ opened }: Dispute) => opened.lines.map(({ lineId }) => lineId) },
} satisfies Questions<Dispute>

/** All disputes of the account, closed ones too. */
export interface DisputeState {
  readonly disputes: ReadonlyTable<DisputeId, Dispute, typeof ofDisputes>
}
export interface DisputeBuilder {
  disputes: Table<DisputeId, Dispute, typeof ofDisputes>
}

export const initial = (): DisputeBuilder => ({ disputes: new Table(ofDisputes) })
export const builderOf = (state: DisputeState): DisputeBuilder => ({ disputes: state.disputes.next() })

/** Whether a dispute was open on a day: from the day it was received until the day before it was closed. */
export const isOpenOn = ({ opened, closedOn }: Dispute, on: Day): boolean =>
  opened.effectiveDate <= on && (closedOn === undefined || on < closedOn)

/** Disputes that freeze one of these lines on a day. */
export const freezingOn = (state: DisputeState, lines: Iterable<LineId>, on: Day): readonly Dispute[] =>
  state.disputes.by('line', ...lines).filter((dispute) => freezes[dispute.opened.kind] && isOpenOn(dispute, on))

/** Disputes that freeze a line as the book stands: for what takes effect at once, whatever day it counts from. */
export const frozenNow = (state: DisputeState, line: LineId): readonly Dispute[] =>
  state.disputes.by('line', line).filter(({ opened, closedOn }) => freezes[opened.kind] && closedOn === undefined)

/** The days on which disputes held a line; the last may have no end. */
export const heldBy = (state: DisputeState, line: LineId): readonly { readonly from: Day; readonly to?: Day }[] =>
  state.disputes
    .by('line', line)
    .filter(({ opened }) => freezes[opened.kind])
    .map(({ opened, closedOn }) => ({ from: opened.effectiveDate, ...(closedOn ? { to: closedOn } : {}) }))

const update = (slice: DisputeBuilder, id: DisputeId, more: Partial<Dispute>): void => {
  const dispute = slice.disputes.get(id)
  if (dispute) slice.disputes.set(id, { ...dispute, ...more })
}

const firstAdded = (slice: DisputeBuilder, { disputeId, effectiveDate }: DisputeInvestigated): Day => {
  const before = slice.disputes.get(disputeId)?.consumerAddedOn
  return before === undefined ? effectiveDate : minDay(before, effectiveDate)
}

export const evolve = {
  DisputeOpened: (slice: DisputeBuilder, event: DisputeOpened) => {
    slice.disputes.set(event.disputeId, { disputeId: event.disputeId, opened: event })
  },
  DisputeAcknowledged: (slice: DisputeBuilder, { disputeId, effectiveDate }: DisputeAcknowledged) =>
    update(slice, disputeId, { acknowledgedOn: effectiveDate }),
  DisputeInvestigated: (slice: DisputeBuilder, event: DisputeInvestigated) =>
    update(slice, event.disputeId, {
      investigatedOn: event.effectiveDate,
      ...(event.consumerAdded ? { consumerAddedOn: firstAdded(slice, event) } : {}),
    }),
  DisputeDecided: (slice: DisputeBuilder, event: DisputeDecided) => update(slice, event.disputeId, { decided: event }),
  DisputeClosed: (slice: DisputeBuilder, { disputeId, effectiveDate }: DisputeClosed) =>
    update(slice, disputeId, { closedOn: effectiveDate }),
}
