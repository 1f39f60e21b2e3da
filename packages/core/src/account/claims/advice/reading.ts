import type { AdviceClaim, AdviceLine } from '../../../documents/advice.ts'
import { type Cents, sumOf } from '../../../kernel/cents.ts'
import type { LineId } from '../../../kernel/ids.ts'
import type { Coverage } from '../../coverage/state.ts'
import type { AdjudicatedAdjustment, AdjudicatedLine, Disposition } from '../adjudication-events.ts'
import type { Draft } from '../unit/draft.ts'
import { disposeOf, type TripleContext } from './dispositions.ts'
import { type Placed, placeClaim, placeLines, procedureText } from './placing.ts'
import type { SpreadLine } from './spreading.ts'

/** All that one advice says of one charge line, several SVC added up (rule M). */
export interface LineReading {
  readonly lineId: LineId
  readonly charge: Cents
  readonly paid: Cents
  readonly adjustments: readonly AdjudicatedAdjustment[]
  readonly remarks: readonly string[]
}

/** How one claim of an advice is read: its lines placed on charges, its adjustments each with what becomes of it. */
export interface ClaimReading {
  readonly lines: readonly LineReading[]
  /** For the `ClaimAdjudicated`, one entry an SVC. */
  readonly adjudicated: readonly AdjudicatedLine[]
  readonly findings: readonly string[]
}

/** The adjustments of a line of which this becomes. */
export const components = (
  { adjustments }: Pick<LineReading, 'adjustments'>,
  ...dispositions: readonly Disposition[]
): readonly AdjudicatedAdjustment[] => adjustments.filter(({ disposition }) => dispositions.includes(disposition))

export const totalOf = (line: Pick<LineReading, 'adjustments'>, ...dispositions: readonly Disposition[]): Cents =>
  sumOf(components(line, ...dispositions), ({ amount }) => amount)

/** Matches, spreads and disposes one claim of the unit; holds the unit where the lines can not be told. */
export const readClaim = (draft: Draft, claim: AdviceClaim, coverage: Coverage): ClaimReading => {
  const capitated = draft.capitation || coverage.capitated
  const placed = (claim.lines.length > 0 ? placeLines : placeClaim)(draft, claim, coverage)
  const read = placed.map((one) => {
    const otherLinePaid = placed.some((other) => other.spread !== one.spread && other.spread.paid > 0)
    return readLine(claim, one, { capitated, otherLinePaid })
  })
  const adjudicated = read.map(({ line }) => line)
  return {
    lines: [...Map.groupBy(adjudicated, ({ lineId }) => lineId)].map(addedUp),
    adjudicated,
    findings: [...new Set([...claim.findings, ...read.flatMap(({ findings }) => findings)])],
  }
}

/** Several SVC on one line add up. */
const addedUp = ([lineId, all]: readonly [LineId, readonly AdjudicatedLine[]]): LineReading => ({
  lineId,
  charge: sumOf(all, ({ charge }) => charge),
  paid: sumOf(all, ({ paid }) => paid),
  adjustments: all.flatMap(({ adjustments }) => adjustments),
  remarks: all.flatMap(({ remarks }) => remarks),
})

/** One SVC on its charge line, each adjustment with what becomes of it. */
const readLine = (
  claim: AdviceClaim,
  { match, spread }: Placed,
  around: Pick<TripleContext, 'capitated' | 'otherLinePaid'>,
): { readonly line: AdjudicatedLine; readonly findings: readonly string[] } => {
  const svc = claim.lines.find((line) => line.number === spread.number)
  const triple = { ...around, status: claim.status, linePaid: spread.paid, lineCharge: spread.charge }
  const read = spread.adjustments.map((adjustment) => readAdjustment(adjustment, triple))
  const line: AdjudicatedLine = {
    lineId: match.lineId,
    matchedBy: match.matchedBy,
    charge: spread.charge,
    paid: spread.paid,
    adjustments: read.map(({ adjustment }) => adjustment),
    remarks: [...(svc?.remarks ?? [])],
    derived: spread.derived,
    ...factsOf(svc),
  }
  return { line, findings: read.flatMap(({ finding }) => finding ?? []) }
}

const readAdjustment = (
  { group, carc, amount, quantity, derived }: SpreadLine['adjustments'][number],
  triple: TripleContext,
): { readonly adjustment: AdjudicatedAdjustment; readonly finding: string | undefined } => {
  const { disposition, category, finding } = disposeOf(group, carc, amount, triple)
  return {
    adjustment: {
      group,
      carc,
      amount,
      disposition,
      ...(quantity ? { quantity } : {}),
      ...(category ? { category } : {}),
      ...(derived ? { derived: true } : {}),
    },
    finding,
  }
}

/** What an SVC says beside money: the codes, units, the allowed amount. Kept as facts; no charge changes by them. */
const factsOf = (svc: AdviceLine | undefined) => {
  const submittedCode = procedureText(svc?.submitted ?? svc?.adjudicated)
  const adjudicatedCode = procedureText(svc?.adjudicated)
  return {
    ...(submittedCode ? { submittedCode } : {}),
    ...(adjudicatedCode ? { adjudicatedCode } : {}),
    ...(svc?.unitsSubmitted ? { unitsSubmitted: svc.unitsSubmitted } : {}),
    ...(svc?.unitsPaid ? { unitsPaid: svc.unitsPaid } : {}),
    ...(svc?.allowed === undefined ? {} : { allowed: svc.allowed }),
  }
}
