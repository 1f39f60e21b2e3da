import { isLaterPayer } from '../../../documents/claim-status.ts'
import { type Cents, maxCents, minCents, sumOf, toCents, ZERO } from '../../../kernel/cents.ts'
import { type ClaimPlan, components, type LinePlan, totalOf } from '../advice/lines.ts'
import { netResponsibility } from '../advice/patient-share.ts'
import { dollars, hold, lineOf, type Posting, partyOf, type Unit } from '../advice/unit.ts'
import { type Adjudication, standing } from '../state.ts'

// Rule N: what a later payer's reductions are worth, once earlier payers' are taken.

export interface ContractualLine {
  readonly plan: LinePlan
  readonly group: string
  readonly carc: string
  readonly amount: Cents
  readonly reported: Cents
}

/** Gives an effective total to the components of a line: what is over comes off the largest of that sign first. */
export const fitted = (plan: LinePlan, effective: Cents): readonly ContractualLine[] => {
  const reported = components(plan, 'contractual')
  const amounts = reported.map((component) => component.amount)
  let over = toCents(sumOf(amounts, (amount) => amount) - effective)
  const bySize = amounts
    .map((_, at) => at)
    .sort((a, b) => Math.abs(amounts[b] ?? 0) - Math.abs(amounts[a] ?? 0) || a - b)
  for (const at of bySize) {
    const amount = amounts[at] ?? ZERO
    const cut = over > 0 ? maxCents(ZERO, minCents(over, amount)) : minCents(ZERO, maxCents(over, amount))
    amounts[at] = toCents(amount - cut)
    over = toCents(over - cut)
  }
  return reported.map((component, at) => ({
    ...component,
    plan,
    amount: amounts[at] ?? ZERO,
    reported: component.amount,
  }))
}

/** Adjudications of this line by earlier payers in the order of benefits, as far as they stand. */
export const earlierOnFile = (unit: Unit, posting: Posting, plan: LinePlan): readonly Adjudication[] =>
  standing(unit.state.claims, unit.visitId).filter(
    ({ event }) =>
      event.coverageId !== posting.coverage.coverageId &&
      (unit.coverages.get(event.coverageId)?.order ?? 0) < posting.coverage.order &&
      event.lines.some((line) => line.lineId === plan.lineId),
  )

export const isEarlierOnFile = (unit: Unit, posting: Posting, plan: LinePlan): boolean =>
  earlierOnFile(unit, posting, plan).length > 0

/**
 * OA-23 against the earlier payers on file: it agrees where it is what they paid, or what they paid and reduced. What
 * does not agree is a finding; rule N decides by what is open.
 */
export const priorPayerFindings = (unit: Unit, posting: Posting, plan: ClaimPlan): readonly string[] =>
  plan.lines.flatMap((line) => {
    const stated = totalOf(line, 'priorPayer')
    const earlier = earlierOnFile(unit, posting, line)
    if (stated === 0 || earlier.length === 0) return []
    const posted = (types: readonly string[]) =>
      -sumOf(
        earlier
          .flatMap(({ postings }) => postings.filter(({ type }) => types.includes(type)))
          .flatMap(({ effects }) => effects.filter(({ lineId }) => lineId === line.lineId)),
        ({ amount }) => amount,
      )
    const paid = posted(['InsurancePaymentPosted'])
    const reduced = posted(['ContractualAdjustmentPosted'])
    if (stated === paid || stated === paid + reduced) return []
    return [
      `OA-23 says ${dollars(stated)} of earlier payers; on file they paid ${dollars(paid)} and reduced ${dollars(reduced)}`,
    ]
  })

/** What stays at the coverage or goes on from it without being paid or reduced. */
const unexplained = (plan: LinePlan): Cents =>
  toCents(
    maxCents(ZERO, netResponsibility(plan)) + totalOf(plan, 'denial', 'pending', 'regulatory', 'withheld', 'capitated'),
  )

/** What stands of a line beside what is open at the payer. */
interface Beside {
  /** What later payers have explained ahead of this one, cents. */
  readonly ahead?: Cents | undefined
  /** Where a part of it stands that this payer does not find, in words. */
  readonly elsewhere?: string | undefined
}

/**
 * Rule N for a later payer, equality for a first one: what the advice explains must be what is open. `undefined` holds.
 */
export const effectiveContractual = (
  unit: Unit,
  posting: Posting,
  plan: LinePlan,
  ruleN: boolean,
  { ahead = ZERO, elsewhere }: Beside = {},
): Cents | undefined => {
  const open = toCents(unit.working.owed(plan.lineId, partyOf(posting.coverage)) + ahead)
  const negativeNet = minCents(ZERO, netResponsibility(plan))
  const reported = toCents(totalOf(plan, 'contractual'))
  const effective = toCents(open - plan.paid - unexplained(plan) - negativeNet)
  if (effective === reported) return reported
  const within = reported >= 0 ? effective >= 0 && effective <= reported : effective <= 0 && effective >= reported
  if (ruleN && within) return effective
  const charge = dollars(lineOf(unit, plan.lineId).amount)
  const needed = `line of ${charge}: a reduction of ${dollars(effective)} would be needed, the payer reports ${dollars(reported)}`
  hold(
    unit,
    ruleN ? 'N' : 'open',
    ruleN
      ? `${needed}${elsewhere ? `; ${elsewhere}` : ''}`
      : `line of ${charge}: ${dollars(open)} is open at this payer, the advice explains ${dollars(open - effective + reported)}`,
    elsewhere
      ? 'add the coverage in its place, or correct what was done with the share; then release the claim'
      : 'look for an earlier adjudication of this claim; correct the books or reject the claim',
    effective - (ruleN ? (effective > reported === reported >= 0 ? reported : ZERO) : reported),
  )
  return undefined
}

export const appliesRuleN = (unit: Unit, posting: Posting, plans: readonly LinePlan[]): boolean =>
  isLaterPayer(posting.claim.status) ||
  plans.some((plan) => plan.components.has('priorPayer') || isEarlierOnFile(unit, posting, plan))
