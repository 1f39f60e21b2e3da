import type { SubmittedClaim, SubmittedLine } from '../../../documents/submission.ts'
import { sumOf } from '../../../kernel/cents.ts'
import { type Day, maxDay } from '../../../kernel/day.ts'
import type { Line } from '../../ledger/state.ts'

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

/** Lines of a claim beside the charges that its visit has on file. */
export interface Compared {
  /** Charges on file that the claim speaks of. */
  readonly kept: readonly Line[]
  /** Its lines with a charge that nothing on file stands for. */
  readonly fresh: readonly SubmittedLine[]
  /** Charges on file that the claim does not have. */
  readonly gone: readonly Line[]
}

/**
 * Lines of the claim against the charges of the visit, each charge taken once: charges post once per (visit, line).
 * The very same service comes first. A claim to another payer may say other modifiers of the same service; only a
 * replacement (frequency 7) makes another charge of it.
 */
const compareLines = (charges: readonly Line[], claim: SubmittedClaim): Compared => {
  const free = new Set(charges)
  const matched = new Map<SubmittedLine, Line>()
  const match = (fits: (charge: Line, line: SubmittedLine) => boolean): void => {
    for (const line of claim.lines) {
      if (matched.has(line)) continue
      const charge = [...free].find((candidate) => fits(candidate, line))
      if (!charge) continue
      free.delete(charge)
      matched.set(line, charge)
    }
  }
  const alike = (charge: Line, line: SubmittedLine) => {
    const day = line.serviceFrom ?? claim.statementFrom
    return (
      charge.code === codeOf(line) && charge.amount === line.charge && (day === undefined || charge.dosFrom === day)
    )
  }
  match((charge, line) => alike(charge, line) && charge.modifiers.join() === line.modifiers.join())
  if (!claim.frequency.startsWith('7')) match(alike)
  return {
    kept: claim.lines.flatMap((line) => matched.get(line) ?? []),
    fresh: claim.lines.filter((line) => line.charge > 0 && !matched.has(line)),
    gone: [...free],
  }
}

/** CLM05-3 of claims that add services to a visit on file: interim (3, 4) and late charges (5). */
const adding: ReadonlySet<string> = new Set(['3', '4', '5'])

/** Sent as a claim of its own: neither a replacement nor a void, nor adding to what was sent. */
export const isOriginal = (claim: SubmittedClaim): boolean => {
  const frequency = claim.frequency.slice(0, 1)
  return frequency !== '7' && frequency !== '8' && !adding.has(frequency)
}

/** What a claim is to a visit that carries its control number and its patient. */
export type Relation =
  /** A claim of these charges: to the next payer, sent again, a replacement, a void, or with services to add. */
  | ({ readonly kind: 'same' } & Compared)
  /** Sent as an original, and it says something else of days that are on file: posting it would charge them twice. */
  | { readonly kind: 'changed'; readonly fresh: readonly SubmittedLine[]; readonly gone: readonly Line[] }
  /** None of its services, none of its days: the practice has used the control number again. */
  | { readonly kind: 'another' }

const sharesDay = (charges: readonly Line[], claim: SubmittedClaim): boolean =>
  claim.lines.some((line) => {
    const from = line.serviceFrom ?? claim.statementFrom
    if (from === undefined) return true
    const to = maxDay(from, line.serviceTo ?? claim.statementTo ?? from)
    return charges.some((charge) => charge.dosFrom <= to && from <= charge.dosTo)
  })

/**
 * Judges a claim against the visit of its number (postings.md, claim and charge identity). A visit that a remittance
 * opened (`kind` unknown) has the payer's lines, or one of the whole claim on the day of the payment: an original of
 * the same total is the claim that was paid.
 */
export const relationTo = (
  visit: { readonly kind: string; readonly openedOn: Day },
  onFile: readonly Line[],
  claim: SubmittedClaim,
): Relation => {
  const charges = onFile.filter((charge) => !charge.voided)
  if (claim.frequency.startsWith('8')) return { kind: 'same', kept: [], fresh: [], gone: charges }
  const compared = compareLines(charges, claim)
  if (!isOriginal(claim) || onFile.length === 0) return { kind: 'same', ...compared }
  const dayUnknown = visit.kind === 'unknown' && charges.some((charge) => charge.dosFrom === visit.openedOn)
  if (compared.kept.length === 0 && claim.lines.length > 0 && !dayUnknown && !sharesDay(charges, claim)) {
    return { kind: 'another' }
  }
  if (compared.fresh.length === 0) return { kind: 'same', ...compared }
  if (visit.kind === 'unknown' && sumOf(charges, (charge) => charge.amount) === claim.charge) {
    return { kind: 'same', kept: charges, fresh: [], gone: [] }
  }
  return { kind: 'changed', fresh: compared.fresh, gone: compared.gone }
}
