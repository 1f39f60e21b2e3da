import type { LineId } from '../../../kernel/ids.ts'
import type { Visit } from '../../registration/state.ts'
import type { AccountState } from '../../rooms.ts'
import type { AdjudicatedLine } from '../adjudication-events.ts'
import { inForce } from '../state.ts'
import { type Asked, type AskedLine, isSamePayer, meet, type Span } from './asked.ts'
import { chargesOnFile, type OnFile } from './on-file.ts'
import { isSameService } from './services.ts'

// How the lines of a claim go with the charges of a visit, and what its payer has decided of these (clarifications 27, 33).

const daysMeet = (a: Span | undefined, b: Span | undefined): boolean => !a || !b || meet(a, b)
const codesMeet = (line: AskedLine, charge: OnFile): boolean =>
  isSameService(line.service, charge.service) ?? line.charge === charge.line.amount

const fits = (line: AskedLine, charge: OnFile): boolean => codesMeet(line, charge) && daysMeet(line.days, charge.days)

/** The charges of a visit that stand and are of a service of the claim: code and day of some line. */
export const chargesServing = (state: AccountState, visit: Visit, { lines }: Asked): readonly OnFile[] =>
  chargesOnFile(state, visit).filter((charge) => !charge.line.voided && lines.some((line) => fits(line, charge)))

/** The days of which a claim speaks; undefined among them where it does not say. */
export const daysOf = ({ lines, period }: Asked): readonly (Span | undefined)[] =>
  lines.length > 0 ? lines.map(({ days }) => days) : [period]

export const onADay = (asked: Asked, charges: readonly OnFile[]): boolean =>
  daysOf(asked).some((days) => charges.some((charge) => daysMeet(days, charge.days)))

/** A charge of the whole claim, opened from an advice without lines. */
export const isWhole = ({ line }: OnFile): boolean => line.code === 'CLAIM'

/** As many lines as charges, each of the amount of one of them. */
const arePaired = ({ lines }: Asked, charges: readonly OnFile[]): boolean => {
  const amounts = new Set<number>(charges.map(({ line }) => line.amount))
  return lines.length === charges.length && lines.every(({ charge }) => amounts.has(charge)) && !charges.some(isWhole)
}

export const serves = (
  asked: Asked,
  charges: readonly OnFile[],
  { totals, payersLines }: { readonly totals: ReadonlySet<number>; readonly payersLines: boolean },
): boolean => {
  const sameTotal = asked.charge !== undefined && totals.has(asked.charge)
  // An advice may have bundled lines under the payer's codes: a claim of its days and total is the one that it decided.
  // Line by line of the same charges and another code it may be another service as well.
  if (payersLines && sameTotal && onADay(asked, charges) && !arePaired(asked, charges)) return true
  // Of a balance of an older book neither code nor charge are asked, whatever stands beside it (clarification 33).
  const balances = charges.filter(({ line }) => line.broughtForward)
  if (balances.length > 0 && onADay(asked, balances)) return true
  if (asked.lines.length === 0 || charges.every(isWhole)) return sameTotal && onADay(asked, charges)
  return asked.lines.some((line) => charges.some((charge) => fits(line, charge)))
}

/** Each line a charge of its own, by code, days and charge. */
export const isAllThere = (asked: Asked, charges: readonly OnFile[]): boolean => {
  const free = new Set(charges)
  return asked.lines.every((line) => {
    const own = [...free].find((charge) => fits(line, charge) && charge.line.amount === line.charge)
    return own !== undefined && free.delete(own)
  })
}

/** Each charge a line of its own in the claim: the visit is a part of it. */
export const isPartOf = ({ lines }: Asked, charges: readonly OnFile[]): boolean => {
  const free = new Set(lines)
  return charges.every((charge) => {
    const own = [...free].find((line) => fits(line, charge) && charge.line.amount === line.charge)
    return own !== undefined && free.delete(own)
  })
}

/** What the payer of a claim has decided of the lines of a visit, as far as it stands. */
export const decisionsOf = (state: AccountState, { visitId }: Visit, { payer }: Asked): readonly AdjudicatedLine[] =>
  inForce(state.claims, visitId)
    .filter(({ event }) => isOfPayer(state, event.coverageId, event.claimKey.payerId, payer))
    .flatMap(({ event }) => event.lines)

/** Denied, and nothing of it paid or left to the patient: it may be asked for once more. */
export const isRefusal = ({ paid, adjustments }: AdjudicatedLine): boolean =>
  paid === 0 &&
  adjustments.some(({ disposition }) => disposition === 'denial') &&
  adjustments.every(({ disposition }) => disposition !== 'transfer')

/** Whether a decision is of a payer, under the id of its advice or as its coverage is called. */
export const isOfPayer = (
  { coverage }: AccountState,
  coverageId: Parameters<typeof coverage.coverages.get>[0],
  payerId: string,
  payer: Asked['payer'],
): boolean => {
  const known = coverage.coverages.get(coverageId)
  return payerId === payer.payerId || (known !== undefined && isSamePayer(known, payer))
}

/** Of more amounts than these it is asked whether all of them add up, and not each few. */
const FEW = 12

/** Two or more of these amounts, or all of them, add up to one of those: a bundle, or what was taken apart. */
const addUp = (parts: readonly number[], to: ReadonlySet<number>): boolean => {
  if (parts.length < 2) return false
  if (parts.length > FEW) return to.has(parts.reduce((sum, part) => sum + part, 0))
  let sums: readonly { readonly of: number; readonly sum: number }[] = [{ of: 0, sum: 0 }]
  for (const part of parts) sums = [...sums, ...sums.map(({ of, sum }) => ({ of: of + 1, sum: sum + part }))]
  return sums.some(({ of, sum }) => of > 1 && to.has(sum))
}

/**
 * A charge that waits is that of a line of the claim; or charges of it add up to a line or to the whole, or lines to one of
 * them: a payer that bundles, or takes apart, may name none of the codes that it got.
 */
export const isRecoded = (asked: Asked, charges: readonly OnFile[], settled: ReadonlySet<LineId>): boolean => {
  const waiting = charges.filter(({ line }) => !settled.has(line.lineId))
  // Without lines there is no code to say that it is another service: another total of a day that waits for a decision.
  if (asked.lines.length === 0) {
    return (
      asked.paper === 'advice' && waiting.some(({ line, days }) => !line.broughtForward && daysMeet(asked.period, days))
    )
  }
  const lines = asked.lines.filter(({ charge }) => charge !== 0)
  const near = waiting.filter(({ line, days }) => line.amount > 0 && lines.some((one) => daysMeet(one.days, days)))
  const said = lines.map(({ charge }) => charge)
  const amounts = near.map(({ line }) => line.amount as number)
  return (
    lines.some((one) => near.some(({ line, days }) => line.amount === one.charge && daysMeet(one.days, days))) ||
    addUp(amounts, new Set([...said, ...(asked.charge ? [asked.charge] : [])])) ||
    addUp(said, new Set(amounts))
  )
}

export const isUndecided = (asked: Asked, charges: readonly OnFile[], decided: ReadonlySet<LineId>): boolean => {
  const waiting = charges.filter(({ line }) => !decided.has(line.lineId))
  return asked.lines.length === 0
    ? waiting.length > 0
    : asked.lines.some((line) => waiting.some((charge) => fits(line, charge)))
}
