import { z } from 'zod'
import { nonZeroCents, positiveCents } from '../../kernel/cents.ts'
import { classified, code, flag, oneOf, reason, said } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { party } from '../../kernel/effects.ts'
import { adjustmentId, coverageId, holdingId, lineId, patientId, visitId } from '../../kernel/ids.ts'
import { writeOffCategory } from '../../kernel/write-off-categories.ts'
import { writeOffApproval } from '../approval.ts'
import { dimensions, mode } from './events.ts'

// What the desk may ask of the ledger. The wire contract of the command line and the API. `on` is the effective date.

/** A line and how much of it; without an amount, all that is open there. */
export const lineShare = z.strictObject({ line: lineId, amount: positiveCents.optional() })

/** A charge of service day `on` (the through date of a stay that began `dosFrom`). Opens the visit where it is unknown. */
export const postCharge = z.strictObject({
  type: z.literal('PostCharge'),
  on: day,
  visit: visitId,
  line: lineId,
  code: code(48),
  amount: positiveCents,
  modifiers: z.array(code(10)).optional(),
  revenueCode: code(48).optional(),
  units: classified(z.string().min(1).max(15), 'count').optional(),
  dosFrom: day.optional(),
  diagnosisPointers: z.array(classified(z.int().positive(), 'count')).optional(),
  /** Line number that payers echo in REF 6R. */
  lineControlNumber: code(50).optional(),
  /** Who owes first. Absent: the first coverage of the visit's patient on the service day, else the patient. */
  party: party.optional(),
  /** For a visit that this charge opens. Absent: the account's own patient. */
  patient: patientId.optional(),
  patientControlNumber: code(50).optional(),
  ...dimensions,
})

/**
 * The charge never was. `correction` (the default: that is what a void says) counts from the charge's own day or the
 * last thing it undoes; `economic` from `on`.
 */
export const voidCharge = z.strictObject({
  type: z.literal('VoidCharge'),
  on: day,
  line: lineId,
  replacedBy: lineId.optional(),
  mode: mode.optional(),
  reason,
})

/** What a person relies on when an amount is to become the patient's: the CAS triple on the payer's advice, a notice. */
export const evidence = z.strictObject({
  group: code(2),
  carc: code(5),
  remarks: z.array(code(10)).optional(),
  denial: flag().optional(),
  /** A notice that makes the patient liable (ABN with modifier GA, signed waiver), by name or number. */
  notice: said(400).optional(),
  /** An eligibility check that denies the QMB status which a payer once stated and its later decision does not repeat. */
  notQmb: said(400).optional(),
})
export type Evidence = z.infer<typeof evidence>

/**
 * Moves what one party owes to another. `coverageFound` and `coverageTermed` are corrections dated with the layers they
 * replace; the others happen `on` (two-clocks.md).
 */
export const transferResponsibility = z.strictObject({
  type: z.literal('TransferResponsibility'),
  on: day,
  lines: z.array(lineShare).min(1),
  from: party,
  to: party,
  because: oneOf(['manual', 'cobChanged', 'coverageTermed', 'coverageFound', 'guarantorChanged']),
  reason,
  evidence: evidence.optional(),
})

/** Ends a holding: the amount becomes the patient's after all, or another payer's, or nobody's. */
export const releaseResponsibility = z.strictObject({
  type: z.literal('ReleaseResponsibility'),
  on: day,
  holding: holdingId,
  outcome: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('toPatient'), evidence: evidence.optional() }),
    z.strictObject({ kind: z.literal('toNext'), coverage: coverageId.optional() }),
    z.strictObject({ kind: z.literal('writtenOff'), category: writeOffCategory, approval: writeOffApproval }),
  ]),
  reason,
})

/** Gives up what a party owes on a visit: the named lines, or all of it. Never more than is open (law F1). */
export const writeOff = z.strictObject({
  type: z.literal('WriteOff'),
  on: day,
  visit: visitId,
  party,
  category: writeOffCategory,
  lines: z.array(lineShare).min(1).optional(),
  adjustment: adjustmentId.optional(),
  approval: writeOffApproval,
  avoidable: flag().optional(),
  reason,
})

/** Takes a write-off back, in whole or on some lines. `correction` counts from the write-off's own day. */
export const reverseAdjustment = z.strictObject({
  type: z.literal('ReverseAdjustment'),
  on: day,
  adjustment: adjustmentId,
  lines: z.array(lineShare).min(1).optional(),
  mode,
  reason,
})

/** Opening balances of a converted book, as they stood when the books begin. Amounts may be credits. */
export const bringForward = z.strictObject({
  type: z.literal('BringForward'),
  booksBegin: day,
  visit: visitId,
  patient: patientId.optional(),
  patientControlNumber: code(50).optional(),
  source: code(80),
  lines: z
    .array(
      z.strictObject({
        line: lineId,
        code: code(48),
        dos: day,
        party,
        amount: nonZeroCents,
        originalCharge: positiveCents.optional(),
        /** Since when the balance has been ageing at its party. Absent: since the day of service. */
        agingFrom: day.optional(),
      }),
    )
    .min(1),
  ...dimensions,
})

export const ledgerCommands = [
  postCharge,
  voidCharge,
  transferResponsibility,
  releaseResponsibility,
  writeOff,
  reverseAdjustment,
  bringForward,
] as const
export type LedgerCommand = z.output<(typeof ledgerCommands)[number]>

/** Which of them ask, and which report what has happened (decision 0014, law Q8). */
export const ledgerAsksOrReports: { readonly [Type in LedgerCommand['type']]: 'asks' | 'reports' } = {
  BringForward: 'reports',
  PostCharge: 'asks',
  ReleaseResponsibility: 'asks',
  ReverseAdjustment: 'asks',
  TransferResponsibility: 'asks',
  VoidCharge: 'reports',
  WriteOff: 'asks',
}
