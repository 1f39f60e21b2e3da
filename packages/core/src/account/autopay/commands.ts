import { z } from 'zod'
import { positiveCents } from '../../kernel/cents.ts'
import { code, flag, reason, said } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { paymentId, planId } from '../../kernel/ids.ts'
import {
  autopayAuthorized,
  autopayId,
  autopayMethod,
  autopayRevoked,
  draftId,
  draftNoticeSent,
  drawn,
} from './events.ts'

// What the desk may ask of authorised drafts. The wire contract of the command line and the API. `on` is the effective date.

/** Asks to draw what a plan asks, as the patient has authorised. */
export const authorizeAutopay = z.strictObject({
  type: z.literal('AuthorizeAutopay'),
  on: day,
  /** Absent: a new one. */
  autopay: autopayId.optional(),
  plan: planId,
  method: autopayMethod,
  /** The processor's name for the card or account: never its number. */
  token: said(120),
  drawn,
  /** Hex SHA-256 of the text that was authorised. */
  text: code(64),
  textVersion: code(40),
  how: autopayAuthorized.schema.shape.how,
  copyGiven: flag(),
  /** Whether amount, frequency and how to cancel were shown. */
  disclosed: flag(),
  /** Whether the plan was given only on condition of it. */
  conditioned: flag(),
})

/** Reports that the patient took it back: from this day on nothing is drawn. */
export const revokeAutopay = z.strictObject({
  type: z.literal('RevokeAutopay'),
  on: day,
  autopay: autopayId,
  channel: autopayRevoked.schema.shape.channel,
  reason,
})

/** Reports that the patient was told amount and date of a draft. */
export const recordDraftNotice = z.strictObject({
  type: z.literal('RecordDraftNotice'),
  on: day,
  autopay: autopayId,
  amount: positiveCents,
  draftOn: day,
  channel: draftNoticeSent.schema.shape.channel,
})

/** Asks to draw an amount on a day; with `again` what came back is presented once more. */
export const presentDraft = z.strictObject({
  type: z.literal('PresentDraft'),
  on: day,
  autopay: autopayId,
  /** Absent: a new one. */
  draft: draftId.optional(),
  amount: positiveCents,
  again: draftId.optional(),
})

/** Reports that a draft was paid, and as which payment it was posted. */
export const recordDraftSettled = z.strictObject({
  type: z.literal('RecordDraftSettled'),
  on: day,
  draft: draftId,
  payment: paymentId,
})

/** Reports that a draft came back, also after it had settled; the payment is reversed by its own command. */
export const recordDraftReturned = z.strictObject({
  type: z.literal('RecordDraftReturned'),
  on: day,
  draft: draftId,
  /** `R01` …, or the house's word for what a card's issuer says. */
  code: code(20),
})

export const autopayCommands = [
  authorizeAutopay,
  revokeAutopay,
  recordDraftNotice,
  presentDraft,
  recordDraftSettled,
  recordDraftReturned,
] as const
export type AutopayCommand = z.output<(typeof autopayCommands)[number]>

/** Which of them ask, and which report what has happened (decision 0014, law Q8). */
export const autopayAsksOrReports: { readonly [Type in AutopayCommand['type']]: 'asks' | 'reports' } = {
  AuthorizeAutopay: 'asks',
  PresentDraft: 'asks',
  RecordDraftNotice: 'reports',
  RecordDraftReturned: 'reports',
  RecordDraftSettled: 'reports',
  RevokeAutopay: 'reports',
}
