import type { Day } from '../../kernel/day.ts'
import type { PaymentId } from '../../kernel/ids.ts'
import { type ReadonlyVersionedMap, VersionedMap } from '../../kernel/versioned-map.ts'
import type {
  AutopayAuthorized,
  AutopayId,
  AutopayRevoked,
  DraftId,
  DraftNoticeSent,
  DraftPresented,
  DraftReturned,
  DraftSettled,
} from './events.ts'

/** An authorisation, what was said of its drafts, and its end. */
export interface Autopay {
  readonly autopayId: AutopayId
  readonly authorized: AutopayAuthorized
  readonly notices: readonly { readonly on: Day; readonly amount: number; readonly draftOn: Day }[]
  /** The amount that was drawn last, presented again or not. */
  readonly lastAmount?: number
  readonly endedOn?: Day
}

/** An amount that is drawn, and what became of it. */
export interface Draft {
  readonly draftId: DraftId
  readonly autopayId: AutopayId
  readonly amount: number
  readonly firstOn: Day
  readonly on: Day
  readonly presentations: number
  readonly status: 'presented' | 'settled' | 'returned'
  /** The day of the last answer to it. */
  readonly answeredOn?: Day
  readonly code?: string
  readonly payment?: PaymentId
}

export interface AutopayState {
  readonly autopays: ReadonlyVersionedMap<AutopayId, Autopay>
  readonly drafts: ReadonlyVersionedMap<DraftId, Draft>
}
export interface AutopayBuilder {
  autopays: VersionedMap<AutopayId, Autopay>
  drafts: VersionedMap<DraftId, Draft>
}

export const initial = (): AutopayBuilder => ({ autopays: new VersionedMap(), drafts: new VersionedMap() })
export const builderOf = (state: AutopayState): AutopayBuilder => ({
  autopays: state.autopays.next(),
  drafts: state.drafts.next(),
})

const ofAutopay = (slice: AutopayBuilder, id: AutopayId, change: (autopay: Autopay) => Autopay): void => {
  const autopay = slice.autopays.get(id)
  if (autopay) slice.autopays.set(id, change(autopay))
}
const ofDraft = (slice: AutopayBuilder, id: DraftId, change: (draft: Draft) => Draft): void => {
  const draft = slice.drafts.get(id)
  if (draft) slice.drafts.set(id, change(draft))
}

export const evolve = {
  AutopayAuthorized: (slice: AutopayBuilder, event: AutopayAuthorized) => {
    slice.autopays.set(event.autopayId, { autopayId: event.autopayId, authorized: event, notices: [] })
  },
  AutopayRevoked: (slice: AutopayBuilder, { autopayId, effectiveDate }: AutopayRevoked) =>
    ofAutopay(slice, autopayId, (autopay) => ({ ...autopay, endedOn: effectiveDate })),
  DraftNoticeSent: (slice: AutopayBuilder, { autopayId, amount, draftOn, effectiveDate }: DraftNoticeSent) =>
    ofAutopay(slice, autopayId, (autopay) => ({
      ...autopay,
      notices: [...autopay.notices, { on: effectiveDate, amount, draftOn }],
    })),
  DraftPresented: (slice: AutopayBuilder, event: DraftPresented) => {
    const { draftId, autopayId, amount, presentation, effectiveDate: on } = event
    const firstOn = slice.drafts.get(draftId)?.firstOn ?? on
    slice.drafts.set(draftId, {
      draftId,
      autopayId,
      amount,
      firstOn,
      on,
      presentations: presentation,
      status: 'presented',
    })
    ofAutopay(slice, autopayId, (autopay) => ({ ...autopay, lastAmount: amount }))
  },
  DraftSettled: (slice: AutopayBuilder, { draftId, paymentId, effectiveDate }: DraftSettled) =>
    ofDraft(slice, draftId, (draft) => ({
      ...draft,
      status: 'settled',
      payment: paymentId,
      answeredOn: effectiveDate,
    })),
  DraftReturned: (slice: AutopayBuilder, { draftId, code, effectiveDate }: DraftReturned) =>
    ofDraft(slice, draftId, (draft) => ({ ...draft, status: 'returned', code, answeredOn: effectiveDate })),
}

/** Whether an authorisation stands on a day. */
export const standsOn = ({ authorized, endedOn }: Autopay, on: Day): boolean =>
  authorized.effectiveDate <= on && (endedOn === undefined || on < endedOn)

/** Whether an amount is another than was authorised, or than the one before: either wants notice (12 CFR 1005.10(d)(1)). */
export const varies = ({ authorized: { drawn }, lastAmount = 0 }: Autopay, amount: number): boolean =>
  'least' in drawn
    ? amount < drawn.least || amount > drawn.most
    : amount !== drawn.amount || (lastAmount > 0 && amount !== lastAmount)
