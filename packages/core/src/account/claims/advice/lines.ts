import type { AdviceClaim } from '../../../documents/advice.ts'
import { type Cents, sumOf, toCents } from '../../../kernel/cents.ts'
import type { LineId } from '../../../kernel/ids.ts'
import type { AdjudicatedLine, Disposition } from '../adjudication-events.ts'
import { type Disposed, disposeOf } from './dispositions.ts'
import { type Match, matchLines } from './matching.ts'
import { type SpreadLine, spreadOverCharges, spreadOverLines } from './spreading.ts'
import { dollars, hold, type Unit } from './unit.ts'

/** One adjustment with what becomes of it. */
export interface Component {
  readonly group: string
  readonly carc: string
  readonly amount: Cents
  readonly category?: string
}

/** All that one adjudication says of one charge line, several SVC added up (rule M). */
export interface LinePlan {
  readonly lineId: LineId
  charge: Cents
  paid: Cents
  readonly components: Map<Disposition, Component[]>
}

export interface ClaimPlan {
  readonly lines: readonly LinePlan[]
  /** For the `ClaimAdjudicated`, one entry an SVC. */
  readonly adjudicated: readonly AdjudicatedLine[]
  readonly findings: readonly string[]
  readonly remarksByLine: ReadonlyMap<LineId, readonly string[]>
}

export const components = (plan: LinePlan, disposition: Disposition): readonly Component[] =>
  plan.components.get(disposition) ?? []
export const totalOf = (plan: LinePlan, ...dispositions: readonly Disposition[]): Cents =>
  sumOf(
    dispositions.flatMap((disposition) => components(plan, disposition)),
    (component) => component.amount,
  )

const procedureText = (procedure: { code: string; modifiers: readonly string[] } | undefined): string | undefined =>
  procedure ? [procedure.code, ...procedure.modifiers].join(':').slice(0, 48) : undefined

/** Matches, spreads and disposes one claim of the unit; holds the unit where the lines can not be told. */
export const planClaim = (unit: Unit, claim: AdviceClaim, capitated: boolean): ClaimPlan => {
  const charges = unit.charges.filter((charge) => !charge.voided)
  const placed = claim.lines.length > 0 ? placeLines(unit, claim) : placeClaim(unit, claim, charges)
  const findings = [...claim.findings]
  const plans = new Map<LineId, LinePlan>()
  const remarksByLine = new Map<LineId, string[]>()
  const adjudicated = placed.map(({ match, spread }): AdjudicatedLine => {
    const svc = claim.lines.find((line) => line.number === spread.number)
    const otherLinePaid = placed.some((other) => other.spread !== spread && other.spread.paid > 0)
    const plan = planOf(plans, match.lineId)
    plan.charge = toCents(plan.charge + spread.charge)
    plan.paid = toCents(plan.paid + spread.paid)
    const remarks = [...(svc?.remarks ?? [])]
    remarksByLine.set(match.lineId, [...(remarksByLine.get(match.lineId) ?? []), ...remarks])
    const adjustments = spread.adjustments.map((adjustment) => {
      const disposed = disposeOf(adjustment.group, adjustment.carc, adjustment.amount, {
        status: claim.status,
        capitated,
        linePaid: spread.paid,
        lineCharge: spread.charge,
        otherLinePaid,
      })
      if (disposed.finding) findings.push(disposed.finding)
      addComponent(plan, adjustment, disposed)
      return {
        group: adjustment.group,
        carc: adjustment.carc,
        amount: adjustment.amount,
        disposition: disposed.disposition,
        ...(adjustment.quantity ? { quantity: adjustment.quantity } : {}),
        ...(disposed.category ? { category: disposed.category } : {}),
        ...(adjustment.derived ? { derived: true } : {}),
      }
    })
    const submittedCode = procedureText(svc?.submitted ?? svc?.adjudicated)
    const adjudicatedCode = procedureText(svc?.adjudicated)
    return {
      lineId: match.lineId,
      matchedBy: match.matchedBy,
      charge: spread.charge,
      paid: spread.paid,
      adjustments,
      remarks,
      derived: spread.derived,
      ...(submittedCode ? { submittedCode } : {}),
      ...(adjudicatedCode ? { adjudicatedCode } : {}),
      ...(svc?.unitsSubmitted ? { unitsSubmitted: svc.unitsSubmitted } : {}),
      ...(svc?.unitsPaid ? { unitsPaid: svc.unitsPaid } : {}),
      ...(svc?.allowed === undefined ? {} : { allowed: svc.allowed }),
    }
  })
  return { lines: [...plans.values()], adjudicated, findings: [...new Set(findings)], remarksByLine }
}

const planOf = (plans: Map<LineId, LinePlan>, lineId: LineId): LinePlan => {
  const plan = plans.get(lineId) ?? { lineId, charge: toCents(0), paid: toCents(0), components: new Map() }
  plans.set(lineId, plan)
  return plan
}

const addComponent = (plan: LinePlan, adjustment: Component, disposed: Disposed): void => {
  if (disposed.disposition === 'none') return
  const component: Component = {
    group: adjustment.group,
    carc: adjustment.carc,
    amount: adjustment.amount,
    ...(disposed.category ? { category: disposed.category } : {}),
  }
  const list = plan.components.get(disposed.disposition)
  if (list) list.push(component)
  else plan.components.set(disposed.disposition, [component])
}

interface Placed {
  readonly match: Match
  readonly spread: SpreadLine
}

/** Lines of an advice on the charges of the visit (rule M). A line without charge and money speaks of nothing. */
const placeLines = (unit: Unit, claim: AdviceClaim): readonly Placed[] => {
  const spreads = spreadOverLines(claim)
  const silent = (spread: SpreadLine) =>
    spread.charge === 0 && spread.paid === 0 && spread.adjustments.every((adjustment) => adjustment.amount === 0)
  const matches = matchLines(claim.lines, unit.charges)
  const placed: Placed[] = []
  for (const [at, spread] of spreads.entries()) {
    const match = matches[at]
    if (match) placed.push({ match, spread })
    else if (!silent(spread)) {
      const line = claim.lines[at]
      hold(
        unit,
        'match',
        `line ${line?.number} (${procedureText(line?.submitted ?? line?.adjudicated)}, ${dollars(spread.charge)}) fits no charge of the visit`,
        'match the line by hand or post the missing charge, then release the claim',
        spread.charge,
      )
    }
  }
  const totals = new Map<LineId, number>()
  for (const { match, spread } of placed) totals.set(match.lineId, (totals.get(match.lineId) ?? 0) + spread.charge)
  for (const [lineId, total] of totals) {
    const charge = unit.charges.find((candidate) => candidate.lineId === lineId)
    if (charge && charge.amount !== total) {
      hold(
        unit,
        'match',
        `the advice charges ${dollars(total)} on a line of ${dollars(charge.amount)}`,
        'compare the charge with the claim that was sent; correct the charge or reject the claim',
        total - charge.amount,
      )
    }
  }
  return placed
}

/** A claim without lines: rule S over the charges on file. Claim charge ≠ Σ charges holds. */
const placeClaim = (unit: Unit, claim: AdviceClaim, charges: Unit['charges']): readonly Placed[] => {
  const total = sumOf(charges, (charge) => charge.amount)
  if (claim.charge !== total) {
    hold(
      unit,
      'match',
      `the claim charges ${dollars(claim.charge ?? 0)}, the visit ${dollars(total)}`,
      'compare the charges with the claim that was sent; correct the charge or reject the claim',
      (claim.charge ?? 0) - total,
    )
    return []
  }
  const spreads = spreadOverCharges(
    claim,
    charges.map((charge) => charge.amount),
  )
  return charges.flatMap((charge, at) => {
    const spread = spreads[at]
    return spread ? [{ match: { lineId: charge.lineId, matchedBy: 'claimLevel' as const }, spread }] : []
  })
}
