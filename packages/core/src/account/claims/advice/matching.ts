import type { AdviceLine } from '../../../documents/advice.ts'
import type { LineId } from '../../../kernel/ids.ts'
import type { Line } from '../../ledger/state.ts'
import type { AdjudicatedLine } from '../adjudication-events.ts'

/** Rule M: which charge line an SVC speaks of. */
export interface Match {
  readonly lineId: LineId
  readonly matchedBy: AdjudicatedLine['matchedBy']
}

/** The submitted procedure: SVC06 where present, else SVC01. A bundle repeats one adjudicated code on several lines. */
const submitted = (line: AdviceLine): AdviceLine['adjudicated'] => line.submitted ?? line.adjudicated

const sameModifiers = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((modifier, at) => modifier === b[at])

const onDay = (charge: Line, line: AdviceLine): boolean =>
  line.serviceFrom === undefined || line.serviceFrom === charge.dosFrom

type Rung = readonly [AdjudicatedLine['matchedBy'], (charge: Line, line: AdviceLine) => boolean]

/** The ladder: the first rung that finds a free line wins. Never by the adjudicated code alone. */
const rungs: readonly Rung[] = [
  [
    'codeModifiersChargeDate',
    (charge, line) =>
      charge.code === submitted(line).code &&
      sameModifiers(charge.modifiers, submitted(line).modifiers) &&
      charge.amount === line.charge &&
      onDay(charge, line),
  ],
  ['codeCharge', (charge, line) => charge.code === submitted(line).code && charge.amount === line.charge],
  [
    'units',
    (charge, line) => charge.code === submitted(line).code && charge.units === (line.unitsSubmitted ?? line.unitsPaid),
  ],
]

/**
 * Matches the lines of an advice to the charges of a visit. REF 6R comes first and may name one charge several times
 * (an unbundle or a split repeats it); other rungs take a charge once. `undefined` where nothing fits.
 */
export const matchLines = (lines: readonly AdviceLine[], charges: readonly Line[]): readonly (Match | undefined)[] => {
  const free = new Set(charges.filter((charge) => !charge.voided))
  const matches = lines.map((line): Match | undefined => {
    if (line.lineControlNumber === undefined) return undefined
    const charge = charges.find(
      (candidate) => !candidate.voided && candidate.lineControlNumber === line.lineControlNumber,
    )
    if (!charge) return undefined
    free.delete(charge)
    return { lineId: charge.lineId, matchedBy: 'lineControlNumber' }
  })
  for (const [matchedBy, fits] of rungs) {
    for (const [at, line] of lines.entries()) {
      if (matches[at]) continue
      const charge = [...free].find((candidate) => fits(candidate, line))
      if (!charge) continue
      free.delete(charge)
      matches[at] = { lineId: charge.lineId, matchedBy }
    }
  }
  return matches
}
