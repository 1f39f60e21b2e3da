import { type Cents, formatCents, sumOf, toCents } from '../../kernel/cents.ts'
import { type Day, maxDay } from '../../kernel/day.ts'
import type { VisitId, WorkItemId } from '../../kernel/ids.ts'
import type { Context } from '../context.ts'
import type { Follow } from '../follow.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import type { ClaimWorkItemRaised } from './work-item-events.ts'

// AMT*F5 of a claim says what the patient has paid. It is a statement, not cash: where the book holds less from the patient on
// the visit, somebody looks for the rest, until it is there.

const STATED = 'statedPatientPayment'

const bookedOn = ({ payments }: AccountState, visit: VisitId): number =>
  sumOf(payments.payments.by('visit', visit), (payment) => payment.amount - payment.reversed)

/** The work that is left, where a claim states more than the book has. */
export const statedPayment = (
  state: AccountState,
  { visit, stated, on }: { readonly visit: VisitId; readonly stated: number; readonly on: Day },
  context: Context,
): readonly ClaimWorkItemRaised[] => {
  const booked = bookedOn(state, visit)
  const missing = toCents(stated - booked) as Cents
  if (missing <= 0) return []
  return [
    {
      type: 'ClaimWorkItemRaised',
      effectiveDate: on,
      visitId: visit,
      workItemId: context.newId('workItem') as WorkItemId,
      code: STATED,
      amount: missing,
      message: `the claim says that the patient paid ${formatCents(stated as Cents)}; the book has ${formatCents(booked as Cents)}`,
    },
  ]
}

/** The visit that a payment was given for, where an event posts it or takes it back. */
const paidVisit = ({ payments }: AccountState, event: AccountEvent): readonly { visit: VisitId; on: Day }[] => {
  if (event.type !== 'PatientPaymentPosted' && event.type !== 'PaymentReversed') return []
  const visit = payments.payments.get(event.paymentId)?.event.designation?.visitId
  return visit === undefined ? [] : [{ visit, on: event.effectiveDate }]
}

/** Money that comes for the visit after the claim ends the search for it, or what of it is still missing is looked for. */
export const followStatedPayment: Follow = (before, after, events, context) => {
  const paid = new Map(events.flatMap((event) => paidVisit(after, event).map(({ visit, on }) => [visit, on] as const)))
  return [...paid].flatMap(([visit, on]) =>
    before.claims.workItems.by('visit', visit).flatMap((item): readonly AccountEvent[] => {
      const was = bookedOn(before, visit)
      const has = bookedOn(after, visit)
      if (item.code !== STATED || was === has) return []
      const day = maxDay(on, item.effectiveDate)
      const { workItemId } = item
      const reason = `the book has ${formatCents(has as Cents)} from the patient on this visit now`
      return [
        { type: 'ClaimWorkItemResolved', effectiveDate: day, visitId: visit, workItemId, reason },
        ...statedPayment(after, { visit, stated: was + (item.amount ?? 0), on: day }, context),
      ]
    }),
  )
}
