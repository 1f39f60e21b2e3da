import { z } from 'zod'
import { classified, code, flag, phi, reason } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { coverageId, patientId, payerId } from '../../kernel/ids.ts'

// What the desk may ask about coverages. The wire contract of the command line and the API.

/** A payer's promise for a patient. Without an order it pays after those already on file. Moves no money. */
export const addCoverage = z.strictObject({
  type: z.literal('AddCoverage'),
  on: day,
  coverage: coverageId,
  /** Absent: the account's own patient. */
  patient: patientId.optional(),
  payer: payerId,
  payerName: classified(z.string().min(1).max(80), 'code').optional(),
  filingIndicator: code(2).optional(),
  memberId: phi(z.string().max(80)).optional(),
  order: classified(z.int().positive(), 'count').optional(),
  capitated: flag().optional(),
  from: day.optional(),
  to: day.optional(),
})

/** What a person found out about a coverage that was known by its name alone. It keeps its id, place and money. */
export const completeCoverage = z.strictObject({
  type: z.literal('CompleteCoverage'),
  on: day,
  coverage: coverageId,
  payer: payerId,
  payerName: classified(z.string().min(1).max(80), 'code'),
  filingIndicator: code(2).optional(),
  memberId: phi(z.string().max(80)).optional(),
  capitated: flag().optional(),
  from: day.optional(),
  to: day.optional(),
})

/** The fact that it ended. What it owed moves by `TransferResponsibility` because `coverageTermed`. */
export const terminateCoverage = z.strictObject({
  type: z.literal('TerminateCoverage'),
  on: day,
  coverage: coverageId,
  lastDay: day,
  reason,
})

/** The order in which all of a patient's coverages pay, first to last. */
export const setCobOrder = z.strictObject({
  type: z.literal('SetCobOrder'),
  on: day,
  patient: patientId,
  order: z.array(coverageId).min(1),
  reason,
})

export const coverageCommands = [addCoverage, completeCoverage, terminateCoverage, setCobOrder] as const
export type CoverageCommand = z.output<(typeof coverageCommands)[number]>

/** Which of them ask, and which report what has happened (decision 0014, law Q8). */
export const coverageAsksOrReports: { readonly [Type in CoverageCommand['type']]: 'asks' | 'reports' } = {
  AddCoverage: 'reports',
  CompleteCoverage: 'reports',
  SetCobOrder: 'reports',
  TerminateCoverage: 'reports',
}
