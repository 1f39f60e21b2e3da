import { z } from 'zod'
import { code, oneOf, pii, reason } from '../kernel/classes.ts'
import { medium, place, roleOnAccount } from '../kernel/contact.ts'
import { day, instant } from '../kernel/day.ts'
import { accountId, personId } from '../kernel/ids.ts'
import {
  consentGranted,
  consentRevoked,
  contactDatumAdded,
  contactDatumConfirmed,
  contactDatumRetired,
  datumId,
  inconvenienceId,
} from './reach-events.ts'

// What the desk may ask of a person's file: who they are, how they are reached, what they agreed to. The wire contract of
// the command line and the API. `on` is the effective date; `at`, where it is given, the instant from which it counts.

/** A line of text that a person typed or a file brought: no control characters. */
export const oneLine = (max: number) =>
  pii(
    z
      .string()
      .min(1)
      .max(max)
      .regex(/^\P{Cc}+$/u, 'has a control character'),
  )

const datum = contactDatumAdded.schema.shape
const consent = consentGranted.schema.shape

/** Reports a human being to the book. Accounts name them afterwards. */
export const openPerson = z.strictObject({
  type: z.literal('OpenPerson'),
  on: day,
  personId,
  name: oneLine(120).optional(),
  born: pii(day).optional(),
})

/** Reports that the person stands behind an account. Named before as the same, it is nothing new. */
export const nameAccount = z.strictObject({
  type: z.literal('NameAccount'),
  on: day,
  account: accountId,
  role: roleOnAccount,
})

/** Reports that the person does not stand behind the account. */
export const endAccount = z.strictObject({ type: z.literal('EndAccount'), on: day, account: accountId, reason })

/** Reports the language that the person needs, as ISO 639-1 names it. */
export const noteLanguage = z.strictObject({ type: z.literal('NoteLanguage'), on: day, language: code(12) })

/** Reports a phone number, an e-mail or an address. It is no consent, whatever its source (reference §11.6). */
export const recordDatum = z.strictObject({
  type: z.literal('RecordDatum'),
  on: day,
  /** Absent: a new one. */
  datum: datumId.optional(),
  kind: datum.kind,
  value: oneLine(200),
  place,
  line: datum.line,
  state: datum.state,
  zone: datum.zone,
  source: datum.source,
  /** Absent: high from the person, low where somebody looked it up, else medium. */
  confidence: datum.confidence.optional(),
})

/** Reports that it was still the person's on this day. */
export const confirmDatum = z.strictObject({
  type: z.literal('ConfirmDatum'),
  on: day,
  datum: datumId,
  by: contactDatumConfirmed.schema.shape.by,
})

/** Reports that it is used no more. */
export const retireDatum = z.strictObject({
  type: z.literal('RetireDatum'),
  on: day,
  datum: datumId,
  because: contactDatumRetired.schema.shape.because,
})

/** Reports that mail to an address came back. */
export const recordReturnedMail = z.strictObject({ type: z.literal('RecordReturnedMail'), on: day, datum: datumId })

/** Reports that the person agreed to be reached by this medium at this number. */
export const grantConsent = z.strictObject({
  type: z.literal('GrantConsent'),
  on: day,
  datum: datumId,
  channel: consent.channel,
  scope: consent.scope,
  at: consent.at,
  source: consent.source,
})

/** Reports that the person no longer agrees. It counts at once, whatever time the law leaves. */
export const revokeConsent = z.strictObject({
  type: z.literal('RevokeConsent'),
  on: day,
  datum: datumId,
  channel: consent.channel,
  scope: consent.scope,
  at: consent.at,
  means: consentRevoked.schema.shape.means,
})

/** Reports that the person asked to be called back about an account. */
export const requestCallback = z.strictObject({
  type: z.literal('RequestCallback'),
  account: accountId,
  /** Absent: now. */
  at: instant.optional(),
})

const minute = z.int().min(0).max(1_440)

/** Reports a time, a place or a medium that is inconvenient to the person. */
export const declareInconvenience = z.strictObject({
  type: z.literal('DeclareInconvenience'),
  on: day,
  inconvenience: inconvenienceId.optional(),
  what: z.discriminatedUnion('kind', [
    z
      .strictObject({
        kind: z.literal('time'),
        from: minute,
        until: minute,
        days: z.array(z.int().min(0).max(6)).min(1).optional(),
      })
      .refine(({ from, until }) => from < until, 'ends before it begins: a night is two times'),
    z.strictObject({ kind: z.literal('place'), place, because: oneOf(['person', 'employer']) }),
    z.strictObject({ kind: z.literal('medium'), medium }),
  ]),
  at: instant.optional(),
})

/** Reports that the person has nothing against it any more. */
export const withdrawInconvenience = z.strictObject({
  type: z.literal('WithdrawInconvenience'),
  on: day,
  inconvenience: inconvenienceId,
  reason,
})

export const fileCommands = [
  openPerson,
  nameAccount,
  endAccount,
  noteLanguage,
  recordDatum,
  confirmDatum,
  retireDatum,
  recordReturnedMail,
  grantConsent,
  revokeConsent,
  requestCallback,
  declareInconvenience,
  withdrawInconvenience,
] as const
export type FileCommand = z.output<(typeof fileCommands)[number]>
