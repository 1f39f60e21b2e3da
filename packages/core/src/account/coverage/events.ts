import { z } from 'zod'
import { classified, code, flag, phi, why } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { event } from '../../kernel/event.ts'
import { coverageId, patientId, payerId } from '../../kernel/ids.ts'

const payerName = classified(z.string().max(80), 'code')

/**
 * A payer's promise to pay for a patient. Which one is primary is the order of a day, never a name (errata 2). Under an
 * id that is on file it completes that coverage: a stub, of which more is known now.
 */
export const coverageAdded = event('CoverageAdded', {
  coverageId,
  patientId,
  payerId,
  payerName,
  /** CLP06 / SBR09: claim filing indicator (MB Medicare B, MC Medicaid, 12 PPO …); the financial class. */
  filingIndicator: code(2).optional(),
  memberId: phi(z.string().max(80)).optional(),
  /** Place in the coordination of benefits, from 1. */
  order: classified(z.int().positive(), 'count'),
  /** Paid per head, not per service: CO-24 is then capitated, not a denial (clarification 3). */
  capitated: flag(),
  from: day.optional(),
  to: day.optional(),
  /** Known only by name, from a crossover notice: a work item until somebody completes it. */
  stub: flag(),
})
export interface CoverageAdded extends z.infer<typeof coverageAdded.schema> {}

/** The coverage does not pay for services after its last day. Effective from the day on which it was found to end. */
export const coverageTerminated = event('CoverageTerminated', { coverageId, lastDay: day, reason: why() })
export interface CoverageTerminated extends z.infer<typeof coverageTerminated.schema> {}

/** The order in which a patient's coverages pay, first to last. */
export const cobOrderSet = event('CobOrderSet', { patientId, order: z.array(coverageId), reason: why() })
export interface CobOrderSet extends z.infer<typeof cobOrderSet.schema> {}

export const coverageEvents = [coverageAdded, coverageTerminated, cobOrderSet] as const
export type CoverageEvent = CoverageAdded | CoverageTerminated | CobOrderSet

/** What they bring into the book, by the name that commands give it: its id stands in `<name>Id`. */
export const coverageBrings = {
  CoverageAdded: 'coverage',
} as const
