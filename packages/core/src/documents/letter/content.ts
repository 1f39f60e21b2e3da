import { z } from 'zod'
import { cents, nonZeroCents } from '../../kernel/cents.ts'
import { classified, code, oneOf, phi } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { lineId, patientId } from '../../kernel/ids.ts'
import { addressee, sender } from '../statement/content.ts'

// What a letter beside the ladder says: all that is printed, and nothing else (decision 0032). The wire contract.

/** What a letter is about. */
export const letterAbout = oneOf([
  'assistanceReceived',
  'assistanceGranted',
  'complaint',
  'disputeAcknowledged',
  'disputeDecided',
  'firstNotice',
  'planAmended',
  'planCure',
  'planDeferred',
  'refund',
])
export type LetterAbout = z.infer<typeof letterAbout>

/** What a figure or a day of it is. Each stands in the book. */
export const letterFact = oneOf([
  'receivedOn',
  'acknowledgedOn',
  'decidedOn',
  'pausedUntil',
  'givenUp',
  'overdue',
  'cureBy',
  'changedOn',
  'remaining',
  'refunded',
  'itemisationDate',
  'owedThen',
  'paidSince',
  'adjustedSince',
  'chargedSince',
  'disputeBy',
  'balance',
])
export type LetterFact = z.infer<typeof letterFact>

/** A service, and what is owed on it, cents. */
export const owedLine = z.strictObject({ lineId, from: day, code: code(48), amount: cents })

/** A letter. Amounts are cents, as of its day where no other is named. */
export const letterFields = {
  templateVersion: classified(z.int().positive(), 'count'),
  accountNumber: code(80),
  sender,
  to: addressee,
  /** Initials where everything goes to a confidential place (45 CFR 164.522(b)). */
  patients: z.array(z.strictObject({ patientId, name: phi(z.string().max(120)) })),
  about: letterAbout,
  /** The dispute, the plan, the refund, the complaint … that it is about, by its id. */
  concerns: code(80),
  /** What came of it, where something was decided. */
  outcome: code(40).optional(),
  facts: z.array(z.strictObject({ what: letterFact, on: day.optional(), amount: cents.optional() })),
  lines: z.array(owedLine),
  /** What is to be paid yet, by day. */
  schedule: z.array(z.strictObject({ due: day, amount: nonZeroCents })),
  /** The desk's own words, which the rules have read. */
  answer: phi(z.string().max(2_000)).optional(),
  notices: z.array(z.strictObject({ id: code(40), version: classified(z.int().positive(), 'count') })),
  /** What its own words say will happen. */
  mentions: z.array(code(40)),
}
export const letterContent = z.strictObject({ kind: oneOf(['correspondence']), on: day, ...letterFields })
export interface LetterContent extends z.infer<typeof letterContent> {}
