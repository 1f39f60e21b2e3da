import type { AdviceClaim } from '../../../documents/advice.ts'
import { isLaterPayer, isPredetermination } from '../../../documents/claim-status.ts'
import { clearingOf, normaliseName, patientOf } from '../../../documents/identity.ts'
import { maxCents, sumOf, toCents, ZERO } from '../../../kernel/cents.ts'
import { type ControlAccount, netContra } from '../../../kernel/effects.ts'
import type { AdjudicationId, LineId } from '../../../kernel/ids.ts'
import { type Moved, together } from '../../ledger/working.ts'
import type { ClaimKey } from '../adjudication-events.ts'
import { type ClaimPlan, components, type LinePlan, totalOf } from '../advice/lines.ts'
import { netResponsibility } from '../advice/patient-share.ts'
import {
  dollars,
  emit,
  isForwarded,
  lineOf,
  newLayer,
  type Posting,
  partyOf,
  raise,
  type Unit,
} from '../advice/unit.ts'
import { type ExplainedAhead, explainedAhead } from '../order/explained-ahead.ts'
import { endBeyondOpen, endOwnBeyondOpen, supersede } from '../order/followers.ts'
import { bringBackFromPatient, standsWithPatient } from '../order/from-patient.ts'
import { bringBackUndecided, bringForward, undoStandIns } from '../order/prior-payer.ts'
import { settleInOrder } from '../order/refit.ts'
import {
  appliesRuleN,
  type ContractualLine,
  effectiveContractual,
  fitted,
  isEarlierOnFile,
  priorPayerFindings,
} from '../order/rule-n.ts'
import { recordDenials } from './denials.ts'
import { moveResponsibility } from './responsibility.ts'

/** Identity of the payer's claim (clarification 10); the patient as a keyed hash. */
export const claimKeyOf = (unit: Pick<Unit, 'payer' | 'context'>, claim: AdviceClaim): ClaimKey => ({
  payerId: unit.payer.payerId,
  patientControlNumber: claim.patientControlNumber,
  payerControlNumber: claim.payerControlNumber,
  patientKey: unit.context.keyedHash('patient', patientOf(claim)),
})

/** The fact of the adjudication: always written, paid or not. Moves no money. */
export const recordAdjudication = (
  unit: Unit,
  posting: Posting,
  plan: ClaimPlan,
  extra: { readonly findings: readonly string[]; readonly supersedes?: AdjudicationId | undefined },
): void => {
  const { claim, claimKey, coverage, adjudicationId } = posting
  emit(unit, {
    type: 'ClaimAdjudicated',
    effectiveDate: unit.on,
    visitId: unit.visitId,
    adjudicationId,
    claimKey,
    coverageId: coverage.coverageId,
    source: { remittanceId: unit.remittanceId, claim: claim.number },
    status: claim.status,
    chargeTotal: claim.charge ?? ZERO,
    paidTotal: claim.paid ?? ZERO,
    remarks: [...claim.remarks],
    lines: [...plan.adjudicated],
    predetermination: isPredetermination(claim),
    findings: [...plan.findings, ...extra.findings],
    ...(claim.patientResponsibility === undefined ? {} : { patientResponsibility: claim.patientResponsibility }),
    ...(claim.crossover ? { forwardedTo: claim.crossover.name } : {}),
    ...(extra.supersedes ? { supersedes: extra.supersedes } : {}),
    ...(claim.interest === undefined ? {} : { interest: claim.interest }),
    ...(claim.patientPaid === undefined ? {} : { patientPaid: claim.patientPaid }),
    ...(claim.filingIndicator && claim.filingIndicator !== coverage.filingIndicator
      ? { filingIndicator: claim.filingIndicator }
      : {}),
    ...(coverage.filingIndicator ? { financialClass: coverage.filingIndicator } : {}),
  })
}

/** Lowers (amount > 0) or raises (amount < 0) what the coverage owes on a line. */
const reduce = (unit: Unit, posting: Posting, plan: LinePlan, amount: number): Moved => {
  const party = partyOf(posting.coverage)
  const fresh = newLayer(unit, lineOf(unit, plan.lineId), party)
  if (amount === 0) return { effects: [], opens: [] }
  return amount > 0
    ? unit.working.overdraw(plan.lineId, party, amount, fresh)
    : unit.working.put(plan.lineId, party, -amount, fresh)
}

const header = (unit: Unit, posting: Posting) => ({
  effectiveDate: unit.on,
  visitId: unit.visitId,
  adjudicationId: posting.adjudicationId,
  coverageId: posting.coverage.coverageId,
})

/** What money reports are cut by, as far as the whole posting has one value of it. */
const dimensionsOf = (unit: Unit, posting: Posting, plans: readonly LinePlan[]) => {
  const lines = plans.map((plan) => lineOf(unit, plan.lineId))
  const only = (values: readonly (string | undefined)[]): string | undefined =>
    new Set(values).size === 1 ? values[0] : undefined
  const provider = only(lines.map((line) => line.provider))
  const location = only(lines.map((line) => line.location))
  const financialClass = posting.coverage.filingIndicator
  return {
    ...(financialClass ? { financialClass } : {}),
    ...(location ? { location } : {}),
    ...(provider ? { provider } : {}),
  }
}

/** Row 4: payer cash by line; the lines sum to CLP04. */
const postPayment = (unit: Unit, posting: Posting, plans: readonly LinePlan[]): void => {
  const paid = plans.filter((plan) => plan.paid !== 0)
  if (paid.length === 0) return
  const moved = together(paid.map((plan) => reduce(unit, posting, plan, plan.paid)))
  emit(unit, {
    type: 'InsurancePaymentPosted',
    ...header(unit, posting),
    ...dimensionsOf(unit, posting, paid),
    lines: paid.map((plan) => ({ lineId: plan.lineId, amount: plan.paid })),
    ...moved,
    contra: netContra([{ account: clearingOf(unit.remittanceId), amount: sumOf(paid, (plan) => plan.paid) }]),
  })
}

/** Row 5: one event a contra account; the lines keep the payer's figure beside what was posted. */
const postContractual = (
  unit: Unit,
  posting: Posting,
  account: ControlAccount,
  lines: readonly ContractualLine[],
): void => {
  const posted = lines.filter((line) => line.amount !== 0)
  if (posted.length === 0) return
  const moved = together(posted.map((line) => reduce(unit, posting, line.plan, line.amount)))
  emit(unit, {
    type: 'ContractualAdjustmentPosted',
    ...header(unit, posting),
    ...dimensionsOf(
      unit,
      posting,
      posted.map(({ plan }) => plan),
    ),
    lines: posted.map(({ plan, group, carc, amount, reported }) => ({
      lineId: plan.lineId,
      group,
      carc,
      amount,
      reported,
    })),
    ...moved,
    contra: netContra([{ account, amount: sumOf(posted, (line) => line.amount) }]),
  })
}

/** Row 6: OA-23 with no adjudication of the earlier payer on file stands in for that payer, unverified. */
const postPriorPayer = (unit: Unit, posting: Posting, plans: readonly LinePlan[]): readonly string[] => {
  const settled = plans.filter((plan) => totalOf(plan, 'priorPayer') !== 0)
  if (settled.length === 0) return []
  const findings = settled
    .filter((plan) => totalOf(plan, 'priorPayer') > plan.charge)
    .map((plan) => `line ${plans.indexOf(plan) + 1}: prior payer amount above the charge`)
  const moved = together(settled.map((plan) => reduce(unit, posting, plan, totalOf(plan, 'priorPayer'))))
  emit(unit, {
    type: 'PriorPayerSettled',
    ...header(unit, posting),
    lines: settled.map((plan) => ({ lineId: plan.lineId, amount: totalOf(plan, 'priorPayer') })),
    ...moved,
    contra: netContra([
      { account: 'priorPayerUnverified', amount: sumOf(settled, (plan) => totalOf(plan, 'priorPayer')) },
    ]),
  })
  return findings
}

/** Posts one claim that is no reversal. Every event of rows 3–9 that it calls for, in that order. */
export const postClaim = (
  unit: Unit,
  posting: Posting,
  plan: ClaimPlan,
  extra: { readonly findings: readonly string[]; readonly supersedes?: AdjudicationId | undefined },
): void => {
  const { claim } = posting
  const standIns = undoStandIns(unit, posting, plan.lines)
  bringBackUndecided(unit, posting, plan.lines)
  const ahead = explainedAhead(unit, posting, plan.lines, standIns.lines)
  if (isLaterPayer(claim.status)) {
    bringForward(unit, posting, plan.lines, ahead)
    bringBackFromPatient(unit, posting, plan.lines)
  }
  const at = unit.events.length
  const unheard = plan.lines.filter((line) => !isEarlierOnFile(unit, posting, line))
  const priorFindings = [...priorPayerFindings(unit, posting, plan), ...postPriorPayer(unit, posting, unheard)]
  const ruleN = appliesRuleN(unit, posting, plan.lines)
  const contractual = plan.lines.flatMap((line) => {
    const effective = standIns.lines.has(line.lineId)
      ? toCents(totalOf(line, 'contractual'))
      : effectiveContractual(unit, posting, line, ruleN, {
          ahead: ahead.get(line.lineId)?.explained,
          elsewhere: standsWithPatient(unit, posting, line),
        })
    return effective === undefined ? [] : fitted(line, effective)
  })
  if (unit.hits.length > 0) return
  postPayment(unit, posting, plan.lines)
  postContractual(unit, posting, 'contractual', [
    ...contractual,
    ...asReported(plan.lines, 'capitated'),
    ...negativeNets(plan.lines),
  ])
  postContractual(unit, posting, `withhold:${unit.payer.payerId}`, asReported(plan.lines, 'withheld'))
  supersede(unit, posting, plan.lines, extra.supersedes)
  recordDenials(unit, posting, plan)
  const left = new Map(plan.lines.map(({ lineId }) => [lineId, unit.working.owed(lineId, partyOf(posting.coverage))]))
  const moved = moveResponsibility(unit, posting, plan, ahead)
  const refitted = settleInOrder(unit, posting, plan.lines, ahead, left)
  endBeyond(unit, ahead)
  endOwnBeyondOpen(unit, posting.coverage.coverageId, [...ahead.keys()])
  // The adjudication stands first in the unit: what follows names it.
  const after = unit.events.splice(at)
  recordAdjudication(unit, posting, plan, {
    ...extra,
    findings: [...extra.findings, ...priorFindings, ...standIns.findings, ...moved.findings, ...refitted],
  })
  unit.events.push(...after)
  noteOverpaidPatient(unit, posting, plan)
  closeCrossover(unit, posting)
  noteCrossover(unit, posting)
}

/** What later payers had denied of lines that they decided before this payer. */
const endBeyond = (unit: Unit, ahead: ReadonlyMap<LineId, ExplainedAhead>): void => {
  const spoke = [...ahead].flatMap(([lineId, { later }]) =>
    later.map(({ event }) => ({ lineId, of: event.coverageId })),
  )
  for (const [coverageId, group] of Map.groupBy(spoke, ({ of }) => of)) {
    endBeyondOpen(
      unit,
      coverageId,
      group.map(({ lineId }) => lineId),
    )
  }
}

const asReported = (plans: readonly LinePlan[], disposition: 'capitated' | 'withheld'): readonly ContractualLine[] =>
  plans.flatMap((plan) =>
    components(plan, disposition).map((component) => ({ ...component, plan, reported: component.amount })),
  )

/** PR that nets below zero raises what is owed: posts as row 5, signed (clarification 2). */
const negativeNets = (plans: readonly LinePlan[]): readonly ContractualLine[] =>
  plans.flatMap((plan) => {
    const net = netResponsibility(plan)
    const largest = [...components(plan, 'transfer')].sort((a, b) => a.amount - b.amount)[0]
    return net < 0 && largest ? [{ ...largest, plan, amount: net, reported: net }] : []
  })

/** Clarification 24: the payer says that the patient paid more than the patient's share. */
const noteOverpaidPatient = (unit: Unit, { claim, coverage, adjudicationId }: Posting, plan: ClaimPlan): void => {
  if (claim.patientPaid === undefined) return
  const share = sumOf(plan.lines, netResponsibility)
  const over = toCents(claim.patientPaid - maxCents(ZERO, share))
  if (over <= 0) return
  raise(unit, {
    code: 'patientMayBeOverpaid',
    adjudicationId,
    coverageId: coverage.coverageId,
    amount: over,
    message: `the payer says that the patient paid ${dollars(claim.patientPaid)}; the patient's share is ${dollars(share)}`,
  })
}

/** The payer that the claim was crossed over to has decided: nobody waits for it any more. */
const closeCrossover = (unit: Unit, { coverage }: Posting): void => {
  for (const item of unit.state.claims.workItems.by('visit', unit.visitId)) {
    if (item.code !== 'awaitCrossover' || item.coverageId === coverage.coverageId) continue
    emit(unit, {
      type: 'ClaimWorkItemResolved',
      effectiveDate: unit.on,
      visitId: unit.visitId,
      workItemId: item.workItemId,
      reason: `${coverage.payerName} has decided the claim`,
    })
  }
}

/** A crossed-over claim must not be billed again while the next payer works on it (reference §1.7). */
const noteCrossover = (unit: Unit, { claim, coverage, adjudicationId }: Posting): void => {
  if (!isForwarded(claim)) return
  raise(unit, {
    code: 'awaitCrossover',
    adjudicationId,
    coverageId: coverage.coverageId,
    message: `crossed over${claim.crossover ? ` to ${normaliseName(claim.crossover.name)}` : ''}: send no second claim`,
  })
}
