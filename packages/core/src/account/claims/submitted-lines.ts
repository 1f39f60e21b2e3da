import { type Day, maxDay } from '../../kernel/day.ts'
import type { Line } from '../ledger/state.ts'
import type { SubmittedClaim, SubmittedLine } from './submission.ts'

/** Days of a line: its own, else the statement's, else the day of the submission. */
export const serviceDays = (
  claim: SubmittedClaim,
  line: SubmittedLine,
  fallback: Day,
): { dosFrom: Day; dosTo: Day } => {
  const dosFrom = line.serviceFrom ?? claim.statementFrom ?? fallback
  return { dosFrom, dosTo: maxDay(dosFrom, line.serviceTo ?? claim.statementTo ?? dosFrom) }
}

export const codeOf = (line: SubmittedLine): string => line.code ?? line.revenueCode ?? 'LINE'

interface Compared {
  /** Charge on file of each line of the claim, undefined where it is new. */
  readonly matched: readonly (Line | undefined)[]
  /** Charges on file that the claim no longer has. */
  readonly gone: readonly Line[]
}

/**
 * Lines of the claim against the charges of the visit, each charge taken once: charges post once per (visit, line).
 * The very same service comes first. A claim to another payer may say other modifiers of the same service; only a
 * replacement (frequency 7) makes another charge of it.
 */
export const compareLines = (charges: readonly Line[], claim: SubmittedClaim, on: Day): Compared => {
  const free = new Set(charges.filter((charge) => !charge.voided))
  const matched: (Line | undefined)[] = claim.lines.map(() => undefined)
  const match = (fits: (charge: Line, line: SubmittedLine) => boolean): void => {
    for (const [at, line] of claim.lines.entries()) {
      if (matched[at]) continue
      const charge = [...free].find((candidate) => fits(candidate, line))
      if (!charge) continue
      free.delete(charge)
      matched[at] = charge
    }
  }
  const alike = (charge: Line, line: SubmittedLine) =>
    charge.code === codeOf(line) &&
    charge.amount === line.charge &&
    charge.dosFrom === serviceDays(claim, line, on).dosFrom
  match((charge, line) => alike(charge, line) && charge.modifiers.join() === line.modifiers.join())
  if (!claim.frequency.startsWith('7')) match(alike)
  return { matched, gone: [...free] }
}
