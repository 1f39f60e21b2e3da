import { sumOf, toCents } from '../../kernel/cents.ts'
import type { LayerId } from '../../kernel/ids.ts'
import type { Follow } from '../follow.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import type { AccountPlaced, AgencyNoticeId, AgencyNoticeRaised } from './events.ts'

type Cause = AgencyNoticeRaised['cause']

const causes: { readonly [Type in AccountEvent['type']]?: Cause } = {
  AccountRecalled: 'recall',
  AdjudicationReversed: 'insurance',
  AdjustmentReversed: 'adjustment',
  ChargeVoided: 'void',
  ContractualAdjustmentPosted: 'insurance',
  CreditMoved: 'payment',
  InsurancePaymentPosted: 'insurance',
  PatientPaymentPosted: 'payment',
  PaymentDeallocated: 'returned',
  PaymentReversed: 'returned',
  RefundDebtCancelled: 'void',
  ResponsibilityTransferred: 'insurance',
  UnappliedApplied: 'payment',
  WriteOffPosted: 'adjustment',
}

const placedIn = (state: AccountState, layer: LayerId): number => state.ledger.layers.get(layer)?.placed ?? 0

/** The agency has collected it, and knows. Whose money it is, is known by its source: an account is with one agency at a time. */
const isByAgency = ({ payments }: AccountState, event: AccountEvent): boolean =>
  (event.type === 'PatientPaymentPosted' || event.type === 'UnappliedApplied') &&
  payments.payments.get(event.paymentId)?.event.source === 'agency'

const noticeOf = (
  before: AccountState,
  after: AccountState,
  { placementId, agencyId, items }: AccountPlaced,
  events: readonly AccountEvent[],
): Omit<AgencyNoticeRaised, 'type' | 'effectiveDate' | 'noticeId'> | undefined => {
  const changed = items.flatMap(({ lineId, layerId }) => {
    const [was, now] = [placedIn(before, layerId), placedIn(after, layerId)]
    return was === now ? [] : [{ lineId, layerId, was: toCents(was), now: toCents(now) }]
  })
  if (changed.length === 0) return undefined
  const layers = new Set<string>(changed.map(({ layerId }) => layerId))
  const by = events.filter(
    (event) =>
      'effects' in event && event.effects.some(({ layerId, stage }) => stage === 'placed' && layers.has(layerId)),
  )
  if (by.every((event) => isByAgency(after, event))) return undefined
  const recalled = by.some((event) => event.type === 'AccountRecalled')
  const cause = recalled ? 'recall' : (by.map(({ type }) => causes[type]).find((each) => each !== undefined) ?? 'other')
  return {
    placementId,
    agencyId,
    cause,
    items: changed,
    left: toCents(sumOf(items, ({ layerId }) => placedIn(after, layerId))),
  }
}

/** One notice a change of what an agency has, where it did not bring it about itself (law J4). */
export const follow: Follow = (before, after, events, context) =>
  [...before.placement.placements.values()].flatMap((placement) => {
    const notice = noticeOf(before, after, placement, events)
    if (!notice) return []
    const noticeId = context.newId('agencyNotice') as AgencyNoticeId
    return [{ type: 'AgencyNoticeRaised' as const, effectiveDate: context.today, noticeId, ...notice }]
  })
