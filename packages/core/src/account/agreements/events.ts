import { z } from 'zod'
import { cents } from '../../kernel/cents.ts'
import { classified, freeText, oneOf, why } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { posting } from '../../kernel/effects.ts'
import { event } from '../../kernel/event.ts'
import { id } from '../../kernel/id.ts'
import { coverageId, lineId, visitId } from '../../kernel/ids.ts'

// What the patient was told of a service before it, what was confirmed of its price, and what the patient chose. The
// wire contract: names and fields are the storage format.

/** One notice, by its number. */
export const noticeId = id('NoticeId')
export type NoticeId = z.infer<typeof noticeId>
/** One election of a patient to pay a service in full, past the plan. */
export const electionId = id('ElectionId')
export type ElectionId = z.infer<typeof electionId>

/**
 * What a notice says. `abn`: the patient was told that the payer may not pay, and signed (advance beneficiary notice,
 * waiver). `nsaCostShare`: a person has confirmed the in-network cost share of a protected service by the payer's first
 * notice (45 CFR 149.410).
 */
export const noticeSaid = z.discriminatedUnion('kind', [
  z.strictObject({ kind: classified(z.literal('abn'), 'code'), signedOn: day, reference: freeText(400) }),
  z.strictObject({ kind: classified(z.literal('nsaCostShare'), 'code'), amount: cents, reference: freeText(400) }),
])

/** A notice that concerns these lines is on file. Moves no money. */
export const noticeRecorded = event('NoticeRecorded', {
  visitId,
  noticeId,
  lines: z.array(lineId).min(1),
  notice: noticeSaid,
})
export interface NoticeRecorded extends z.infer<typeof noticeRecorded.schema> {}

/**
 * The patient chose to pay these lines in full, and that the plan hears nothing of them (45 CFR 164.522(a)(1)(vi), also
 * called self-pay restriction). It holds from the moment the lines are paid in full; until then they are the plan's.
 */
export const selfPayElected = event('SelfPayElected', {
  visitId,
  electionId,
  lines: z.array(lineId).min(1),
  /** The day on which the patient signed. */
  agreedOn: day,
  reference: freeText(400),
})
export interface SelfPayElected extends z.infer<typeof selfPayElected.schema> {}

/** The lines are paid in full: from now on they are the patient's, and the election holds. */
export const selfPayHolds = event('SelfPayHolds', {
  visitId,
  electionId,
  lines: z.array(z.strictObject({ lineId, coverageId, amount: cents })),
  ...posting,
})
export interface SelfPayHolds extends z.infer<typeof selfPayHolds.schema> {}

/** The election holds no longer, or never did: what it had made the patient's is the plan's again, age and all. */
export const selfPayEnded = event('SelfPayEnded', {
  visitId,
  electionId,
  /**
   * `notPaidInFull`: a payment bounced or was taken off. `planKnows`: a claim went out, or was decided. `voided`: no
   * charge is left. `withdrawn`: by the patient, with the words for it.
   */
  because: oneOf(['notPaidInFull', 'planKnows', 'voided', 'withdrawn']),
  reason: why(({ because }) => because !== 'withdrawn').optional(),
  ...posting,
})
export interface SelfPayEnded extends z.infer<typeof selfPayEnded.schema> {}

export const agreementEvents = [noticeRecorded, selfPayElected, selfPayHolds, selfPayEnded] as const
export type AgreementEvent = NoticeRecorded | SelfPayElected | SelfPayHolds | SelfPayEnded

/** What they bring into the book, by the name that commands give it: its id stands in `<name>Id`. */
export const agreementBrings = {
  NoticeRecorded: 'notice',
  SelfPayElected: 'election',
} as const
