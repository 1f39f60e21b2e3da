import type { SubmittedClaim, SubmittedLine } from '../../../documents/submission.ts'
import { sumOf } from '../../../kernel/cents.ts'
import type { Day } from '../../../kernel/day.ts'
import type { Line } from '../../ledger/state.ts'
import type { Visit } from '../../registration/state.ts'
import type { AccountState } from '../../rooms.ts'
import { askedBySubmission, daysOfLine, meet, type Span, spanOf } from '../identity/asked.ts'
import { alone, judge } from '../identity/judge.ts'
import { chargesOnFile, type OnFile } from '../identity/on-file.ts'
import { isSameService, serviceOf } from '../identity/services.ts'
import { inForce, submissionsOf } from '../state.ts'
import type { ClaimSubmitted } from '../submission-events.ts'

/** Days of a line: its own, else the claim's, else the day of the submission, which is then assumed. */
export const serviceDays = (
  claim: SubmittedClaim,
  line: SubmittedLine,
  fallback: Day,
): { readonly dosFrom: Day; readonly dosTo: Day; readonly daysAssumed?: true } => {
  const days = daysOfLine(spanOf(line.serviceFrom, line.serviceTo), spanOf(claim.statementFrom, claim.statementTo))
  return days ? { dosFrom: days.from, dosTo: days.to } : { dosFrom: fallback, dosTo: fallback, daysAssumed: true }
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
 * replacement (frequency 7) of the claim that was charged makes another charge of it.
 */
const compareLines = (charges: readonly OnFile[], claim: SubmittedClaim, replaces: boolean): Compared => {
  const free = new Set(charges)
  const matched = new Map<SubmittedLine, Line>()
  const period = spanOf(claim.statementFrom, claim.statementTo)
  const match = (fits: (charge: OnFile, line: SubmittedLine, days: Span | undefined) => boolean): void => {
    for (const line of claim.lines) {
      if (matched.has(line)) continue
      const days = daysOfLine(spanOf(line.serviceFrom, line.serviceTo), period)
      const charge = [...free].find((candidate) => fits(candidate, line, days))
      if (!charge) continue
      free.delete(charge)
      matched.set(line, charge.line)
    }
  }
  const alike = ({ line: charge, service, days }: OnFile, line: SubmittedLine, on: Span | undefined) =>
    charge.amount === line.charge &&
    (isSameService(serviceOf(line.code, line.revenueCode), service) ?? true) &&
    (!days || !on || meet(days, on))
  const sameModifiers = ({ line: charge }: OnFile, line: SubmittedLine) =>
    charge.modifiers.join() === line.modifiers.join()
  const sameDay = ({ days }: OnFile, on: Span | undefined) => !days || !on || days.from === on.from
  match((charge, line, on) => alike(charge, line, on) && sameModifiers(charge, line) && sameDay(charge, on))
  match((charge, line, on) => alike(charge, line, on) && sameModifiers(charge, line))
  if (!replaces) match(alike)
  return {
    kept: claim.lines.flatMap((line) => matched.get(line) ?? []),
    fresh: claim.lines.filter((line) => line.charge > 0 && !matched.has(line)),
    gone: [...free].map(({ line }) => line),
  }
}

/**
 * What a claim is, by CLM05-3 (clarification 28): late charges (5), a replacement (7), a void (8); all else is a claim of
 * its own, interim claims (2–4) among them.
 */
export const frequencyOf = ({ frequency }: SubmittedClaim): '1' | '5' | '7' | '8' => {
  const said = frequency.slice(0, 1)
  return said === '5' || said === '7' || said === '8' ? said : '1'
}

/** Of the claims that were sent for a visit those of some of its charges; all, where there are none to tell by. */
export const sentOf = (sent: readonly ClaimSubmitted[], charges: readonly Line[]): readonly ClaimSubmitted[] => {
  const own = new Set(charges.map(({ lineId }) => lineId))
  return own.size === 0 ? sent : sent.filter(({ lines }) => lines.some((line) => own.has(line)))
}

/** What a claim is to the visit that it was found to be of. */
export type Relation =
  /** A claim of these charges: to the next payer, sent again, a replacement, a void, or with services to add. */
  | ({ readonly kind: 'same' } & Compared)
  /** It says something else of services that are on file: posting it would charge them twice. */
  | { readonly kind: 'changed'; readonly fresh: readonly SubmittedLine[]; readonly gone: readonly Line[] }
  /** None of its services is on file: the practice has used the control number again. */
  | { readonly kind: 'another' }

/** Services of the day of a balance of an older book are in it: nothing of them is charged again, and it stays. */
const besideBalances = (compared: Compared, charges: readonly OnFile[], claim: SubmittedClaim): Compared => {
  const balances = charges.filter(({ line }) => line.broughtForward)
  if (balances.length === 0) return compared
  const period = spanOf(claim.statementFrom, claim.statementTo)
  const isIn = (line: SubmittedLine): boolean => {
    const days = daysOfLine(spanOf(line.serviceFrom, line.serviceTo), period)
    return balances.some((balance) => !days || !balance.days || meet(days, balance.days))
  }
  const kept = new Set([...compared.kept, ...(compared.fresh.some(isIn) ? balances.map(({ line }) => line) : [])])
  return {
    kept: [...kept],
    fresh: compared.fresh.filter((line) => !isIn(line)),
    gone: compared.gone.filter((line) => !line.broughtForward),
  }
}

/** A line is on file with the same code and day, and another charge. */
const contradicts = (line: SubmittedLine, claim: SubmittedClaim, charges: readonly OnFile[]): boolean => {
  const days = daysOfLine(spanOf(line.serviceFrom, line.serviceTo), spanOf(claim.statementFrom, claim.statementTo))
  return charges.some(
    (charge) =>
      isSameService(serviceOf(line.code, line.revenueCode), charge.service) === true &&
      (!days || !charge.days || meet(days, charge.days)),
  )
}

/**
 * A replacement to a later payer. It may have fewer lines than the claim to the first one, which stands: none is taken out.
 * A service that it charges otherwise is charged so, where no payer has decided it; anything else is for a person.
 */
const saidToNext = (
  state: AccountState,
  visit: Visit,
  claim: SubmittedClaim,
  { kept, fresh, gone }: Compared,
  charges: readonly OnFile[],
): Relation => {
  const decided = new Set(
    inForce(state.claims, visit.visitId).flatMap(({ event }) => event.lines.map(({ lineId }) => lineId)),
  )
  const free = new Set(charges.filter(({ line }) => gone.includes(line) && !decided.has(line.lineId)))
  const otherwise: Line[] = []
  for (const line of fresh) {
    const charge = [...free].find((one) => contradicts(line, claim, [one]))
    if (!charge) return { kind: 'changed', fresh, gone }
    free.delete(charge)
    otherwise.push(charge.line)
  }
  return { kind: 'same', kept, fresh, gone: otherwise }
}

/**
 * Judges a claim against its visit (clarifications 28, 33). The first claim of a visit that the desk, an advice or an
 * opening balance made completes it: lines that are missing are added. Against a claim on file nothing is added. `toNext`:
 * the charges went to an earlier payer.
 */
export const relationTo = (
  state: AccountState,
  visit: Visit,
  claim: SubmittedClaim,
  { toNext = false }: { readonly toNext?: boolean } = {},
): Relation => {
  const all = chargesOnFile(state, visit)
  const charges = all.filter(({ line }) => !line.voided)
  const lines = charges.map(({ line }) => line)
  const frequency = frequencyOf(claim)
  if (frequency === '8') return { kind: 'same', kept: [], fresh: [], gone: lines }
  if (charges.length > 0 && lines.every(({ broughtForward }) => broughtForward)) {
    return { kind: 'same', kept: lines, fresh: [], gone: [] }
  }
  const compared = besideBalances(compareLines(charges, claim, frequency === '7' && !toNext), charges, claim)
  if (frequency === '7' && toNext && charges.length > 0) return saidToNext(state, visit, claim, compared, charges)
  if (frequency !== '1' || all.length === 0) return { kind: 'same', ...compared }
  if (!judge(state, visit, askedBySubmission(claim), alone).served) return { kind: 'another' }
  if (compared.fresh.length === 0) return { kind: 'same', ...compared }
  const sent = sentOf(submissionsOf(state.claims, visit.visitId), compared.kept)
  const isFirst = sent.every(({ frequency }) => frequency.startsWith('5'))
  if (!isFirst) return { kind: 'changed', fresh: compared.fresh, gone: compared.gone }
  if (visit.openedFrom === 'remittance' && sumOf(lines, ({ amount }) => amount) === claim.charge) {
    return { kind: 'same', kept: lines, fresh: [], gone: [] }
  }
  const free = charges.filter(({ line }) => compared.gone.includes(line))
  const other = compared.fresh.filter((line) => contradicts(line, claim, free))
  return other.length > 0 ? { kind: 'changed', fresh: other, gone: compared.gone } : { kind: 'same', ...compared }
}
