import type { AdviceClaim, AdviceLine } from '../../../documents/advice.ts'
import { sumOf } from '../../../kernel/cents.ts'
import type { LineId } from '../../../kernel/ids.ts'
import type { Line } from '../../ledger/state.ts'
import type { AdjudicatedLine } from '../adjudication-events.ts'
import { daysOfLine, meet, type Span, spanOf } from '../identity/asked.ts'
import { isSameService, serviceOf } from '../identity/services.ts'

/** Rule M: which charge line an SVC speaks of. */
export interface Match {
  readonly lineId: LineId
  readonly matchedBy: AdjudicatedLine['matchedBy']
}

/** An SVC with its days: its own, else the claim's. */
interface Spoken {
  readonly line: AdviceLine
  readonly days: Span | undefined
}

const sameModifiers = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((modifier, at) => modifier === b[at])

/** Every rung compares the day where both sides have one (clarification 31). */
const onDay = ({ daysAssumed, dosFrom, dosTo }: Line, { days }: Spoken): boolean =>
  daysAssumed === true || days === undefined || meet({ from: dosFrom, to: dosTo }, days)

/** The submitted procedure: SVC06 where present, else SVC01. A bundle repeats one adjudicated code on several lines. */
const submitted = ({ line }: Spoken): AdviceLine['adjudicated'] => line.submitted ?? line.adjudicated

const sameCode = (charge: Line, spoken: Spoken): boolean => {
  const { code, qualifier } = submitted(spoken)
  const asked = serviceOf(code, spoken.line.revenueCode, qualifier)
  return charge.code === code || isSameService(serviceOf(charge.code, charge.revenueCode), asked) === true
}

type Rung = readonly [AdjudicatedLine['matchedBy'], (charge: Line, spoken: Spoken) => boolean]

const fitsWhole = (charge: Line, spoken: Spoken): boolean =>
  sameCode(charge, spoken) &&
  sameModifiers(charge.modifiers, submitted(spoken).modifiers) &&
  charge.amount === spoken.line.charge

/** The ladder: the first rung that finds a free line wins. Never by the adjudicated code alone. */
const rungs: readonly Rung[] = [
  ['codeModifiersChargeDate', (charge, spoken) => fitsWhole(charge, spoken) && charge.dosFrom === spoken.days?.from],
  ['codeModifiersChargeDate', (charge, spoken) => fitsWhole(charge, spoken) && onDay(charge, spoken)],
  [
    'codeCharge',
    (charge, spoken) => sameCode(charge, spoken) && charge.amount === spoken.line.charge && onDay(charge, spoken),
  ],
  [
    'units',
    (charge, spoken) =>
      sameCode(charge, spoken) &&
      charge.units === (spoken.line.unitsSubmitted ?? spoken.line.unitsPaid) &&
      onDay(charge, spoken),
  ],
]

/**
 * Matches the lines of an advice to the charges of a visit (rule M, clarification 31). REF 6R decides where one charge
 * carries it and the charge agrees, alone or as the sum of all lines that repeat it (an unbundle or a split does); else
 * the other rungs do, first among those that carry it. Those take a charge once. `binds`: the 6R of a charge that is
 * known from another payer's advice says nothing here. `undefined` where nothing fits.
 */
export const matchLines = (
  claim: AdviceClaim,
  charges: readonly Line[],
  binds: (charge: Line) => boolean = () => true,
): readonly (Match | undefined)[] => {
  const period = spanOf(claim.statementFrom, claim.statementTo)
  const spoken = claim.lines.map(
    (line): Spoken => ({ line, days: daysOfLine(spanOf(line.serviceFrom, line.serviceTo), period) }),
  )
  const free = new Set(charges.filter((charge) => !charge.voided))
  const matches: (Match | undefined)[] = spoken.map(() => undefined)
  const take = (at: number, { lineId }: Line, matchedBy: Match['matchedBy']) => {
    matches[at] = { lineId, matchedBy }
  }
  const carriersOf = (one: Spoken): readonly Line[] =>
    one.line.lineControlNumber === undefined
      ? []
      : charges.filter(
          (charge) =>
            !charge.voided &&
            charge.lineControlNumber === one.line.lineControlNumber &&
            binds(charge) &&
            onDay(charge, one),
        )
  const carriers = spoken.map(carriersOf)
  const onlyCarrier = (at: number): Line | undefined => (carriers[at]?.length === 1 ? carriers[at]?.[0] : undefined)
  for (const [charge, all] of Map.groupBy(spoken.keys(), onlyCarrier)) {
    if (!charge) continue
    const total = all.reduce((sum, at) => sum + (spoken[at]?.line.charge ?? 0), 0)
    const own =
      total === charge.amount ? all : all.filter((at) => spoken[at]?.line.charge === charge.amount).slice(0, 1)
    for (const at of own) take(at, charge, 'lineControlNumber')
    if (own.length > 0) free.delete(charge)
  }
  for (const among of ['carriers', 'all'] as const) {
    for (const [matchedBy, fits] of rungs) {
      for (const [at, one] of spoken.entries()) {
        if (matches[at]) continue
        const charge = [...free].find(
          (candidate) => (among === 'all' || carriers[at]?.includes(candidate)) && fits(candidate, one),
        )
        if (!charge) continue
        free.delete(charge)
        take(at, charge, matchedBy)
      }
    }
  }
  // What is left names its line by its number alone: whether it adds up to it is for the caller to say.
  for (const at of spoken.keys()) {
    const charge = onlyCarrier(at)
    if (!matches[at] && charge) take(at, charge, 'lineControlNumber')
  }
  return matches
}

/** What a line takes off a balance at the least: what is paid, and what becomes the patient's. */
const settledBy = ({ paid, adjustments }: AdviceLine): number =>
  paid +
  sumOf(
    adjustments.filter(({ group }) => group === 'PR'),
    ({ amount }) => amount,
  )

/**
 * On a balance of an older book code and charge are not asked (clarification 33): each line goes to the balance of its
 * code and day, of its charge, or on which the payer owes as much as it settles; else to one of its day, first to those on
 * which the payer owes.
 */
export const matchBalances = (
  claim: AdviceClaim,
  balances: readonly Line[],
  owed: (balance: Line) => number,
): readonly (Match | undefined)[] => {
  const period = spanOf(claim.statementFrom, claim.statementTo)
  const left = new Map(balances.map((balance) => [balance, owed(balance)]))
  const leftOn = (balance: Line): number => left.get(balance) ?? 0
  return claim.lines.map((line) => {
    const one: Spoken = { line, days: daysOfLine(spanOf(line.serviceFrom, line.serviceTo), period) }
    const ofDay = balances.filter((balance) => onDay(balance, one))
    const open = ofDay.filter((balance) => owed(balance) > 0)
    const of = open.length > 0 ? open : ofDay
    const settled = settledBy(line)
    const balance =
      of.find((each) => sameCode(each, one)) ??
      of.find((each) => each.amount > 0 && each.amount === line.charge) ??
      of.filter((each) => leftOn(each) >= settled).sort((a, b) => leftOn(a) - leftOn(b))[0] ??
      of[0]
    if (balance) left.set(balance, leftOn(balance) - settled)
    return balance && { lineId: balance.lineId, matchedBy: 'broughtForward' }
  })
}
