import { z } from 'zod'
import { positiveCents } from '../../kernel/cents.ts'
import { code, count, flag, oneOf, phi, why } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { event } from '../../kernel/event.ts'
import { id } from '../../kernel/id.ts'
import { paymentId, planId } from '../../kernel/ids.ts'

// Money of a plan that is drawn by authorisation, reference §5.6. No number of a card or an account is kept: whoever
// processes them hands in a token. Drafts move no money here: what is drawn is posted as a payment. The wire contract.

/** One authorisation to draw what a plan asks. */
export const autopayId = id('AutopayId')
export type AutopayId = z.infer<typeof autopayId>
/** One amount that is drawn, however often it is presented. */
export const draftId = id('DraftId')
export type DraftId = z.infer<typeof draftId>

/** What may be drawn without notice: an amount, or any within a range (12 CFR 1005.10(d)). */
export const drawn = z.union([
  z.strictObject({ amount: positiveCents }),
  z.strictObject({ least: positiveCents, most: positiveCents }),
])

/** `ach`: preauthorised transfers from a bank account. `card`: a card on file. */
export const autopayMethod = oneOf(['ach', 'card'])

/** The patient has authorised what is drawn for a plan. */
export const autopayAuthorized = event('AutopayAuthorized', {
  autopayId,
  planId,
  method: autopayMethod,
  /** The processor's name for the card or account. */
  token: phi(z.string().max(120)),
  drawn,
  /** Hex SHA-256 of the text that was authorised, and which version of it. */
  text: code(64),
  textVersion: code(40),
  how: oneOf(['signed', 'electronic', 'spoken']),
  copyGiven: flag(),
})
export interface AutopayAuthorized extends z.infer<typeof autopayAuthorized.schema> {}

/** Nothing is drawn any more. `consumer`: the patient took it back. `returned`: a return says that it is gone. `planEnded`. */
export const autopayRevoked = event('AutopayRevoked', {
  autopayId,
  because: oneOf(['consumer', 'returned', 'planEnded']),
  channel: oneOf(['mail', 'email', 'portal', 'inPerson', 'phone']).optional(),
  reason: why(({ because }) => because !== 'consumer').optional(),
})
export interface AutopayRevoked extends z.infer<typeof autopayRevoked.schema> {}

/** The patient was told amount and date of a draft. */
export const draftNoticeSent = event('DraftNoticeSent', {
  autopayId,
  amount: positiveCents,
  draftOn: day,
  channel: oneOf(['mail', 'email', 'portal']),
})
export interface DraftNoticeSent extends z.infer<typeof draftNoticeSent.schema> {}

/** An amount was given to the bank or the card network; `presentation` counts from 1. */
export const draftPresented = event('DraftPresented', {
  draftId,
  autopayId,
  amount: positiveCents,
  presentation: count(),
})
export interface DraftPresented extends z.infer<typeof draftPresented.schema> {}

/** It was paid, and posted as this payment. */
export const draftSettled = event('DraftSettled', { draftId, paymentId })
export interface DraftSettled extends z.infer<typeof draftSettled.schema> {}

/** It came back, by the code of the network. */
export const draftReturned = event('DraftReturned', { draftId, code: code(20) })
export interface DraftReturned extends z.infer<typeof draftReturned.schema> {}

export const autopayEvents = [
  autopayAuthorized,
  autopayRevoked,
  draftNoticeSent,
  draftPresented,
  draftSettled,
  draftReturned,
] as const
export type AutopayEvent =
  | AutopayAuthorized
  | AutopayRevoked
  | DraftNoticeSent
  | DraftPresented
  | DraftSettled
  | DraftReturned

/** What they bring into the book, by the name that commands give it: its id stands in `<name>Id`. */
export const autopayBrings = { AutopayAuthorized: 'autopay', DraftPresented: 'draft' } as const
