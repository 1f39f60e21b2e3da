import { z } from 'zod'
import { cents } from '../../kernel/cents.ts'
import { reason, said } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { lineId, visitId } from '../../kernel/ids.ts'
import { electionId, noticeId } from './events.ts'

// What the desk may say of notices and elections. The wire contract of the command line and the API. `on` is the
// effective date.

/**
 * Reports that a notice is on file. What it says beside the payer's word can add to it, and never contradict it
 * (postings.md, clarification 39).
 */
export const recordNotice = z.strictObject({
  type: z.literal('RecordNotice'),
  on: day,
  /** Absent: a new one. */
  id: noticeId.optional(),
  visit: visitId,
  /** Absent: all lines of the visit. */
  lines: z.array(lineId).min(1).optional(),
  notice: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('abn'), signedOn: day, reference: said(400) }),
    z.strictObject({
      kind: z.literal('nsaCostShare'),
      /** For all of the lines together, cents. Absent: what the payer's advice on file calls the patient's. */
      amount: cents.optional(),
      reference: said(400),
    }),
  ]),
})

/** Asks that the plan hear nothing of these lines, which the patient pays in full (45 CFR 164.522(a)(1)(vi)). */
export const electSelfPay = z.strictObject({
  type: z.literal('ElectSelfPay'),
  on: day,
  /** Absent: a new one. */
  election: electionId.optional(),
  visit: visitId,
  /** Absent: all lines of the visit. */
  lines: z.array(lineId).min(1).optional(),
  /** The day on which the patient signed. */
  agreedOn: day,
  reference: said(400),
})

/** Reports that the patient has taken an election back: the lines are the plan's again. */
export const endSelfPay = z.strictObject({
  type: z.literal('EndSelfPay'),
  on: day,
  election: electionId,
  reason,
})

export const agreementCommands = [recordNotice, electSelfPay, endSelfPay] as const
export type AgreementCommand = z.output<(typeof agreementCommands)[number]>

/** Which of them ask, and which report what has happened (decision 0014, law Q8). */
export const agreementAsksOrReports: { readonly [Type in AgreementCommand['type']]: 'asks' | 'reports' } = {
  ElectSelfPay: 'asks',
  EndSelfPay: 'reports',
  RecordNotice: 'reports',
}
