import type { AdviceClaim } from '../../../documents/advice.ts'
import { claimImbalances } from '../../../documents/balancing.ts'
import { isPredetermination, isReversal, placeOf } from '../../../documents/claim-status.ts'
import { normaliseName } from '../../../documents/identity.ts'
import { formatCents, ZERO } from '../../../kernel/cents.ts'
import type { Day } from '../../../kernel/day.ts'
import { accept, type Decision, precondition, type RuleHit, reject, rejectIfAny } from '../../../kernel/decision.ts'
import type { AdjudicationId, PatientId } from '../../../kernel/ids.ts'
import { aheadHits } from '../../../policy/dated-ahead.ts'
import { known } from '../../../rules/facts.ts'
import { remittanceBalancing } from '../../../rules/ledger/computations.ts'
import { refOf } from '../../../rules/rule.ts'
import type { Context } from '../../context.ts'
import type { Coverage } from '../../coverage/state.ts'
import { ask } from '../../facts.ts'
import type { AccountEvent, AccountState } from '../../rooms.ts'
import type { ClaimKey } from '../adjudication-events.ts'
import { planClaim } from '../advice/lines.ts'
import { newCoverage, openMissing, orderOf } from '../advice/open-missing.ts'
import { countsFrom, hold, notePassed, openUnit, type Posting, type Unit } from '../advice/unit.ts'
import type { PostRemittedClaims } from '../commands.ts'
import { adjudicationsOf, sameClaim, standing } from '../state.ts'
import { claimKeyOf, postClaim, recordAdjudication } from './adjudicate.ts'
import { decidedAlready, recordDuplicate, saysDuplicate } from './duplicate.ts'
import { originalOf, reverse } from './reversal.ts'

const words: Readonly<Record<string, string>> = {
  B1: 'a line: charge is not paid plus adjustments',
  B2: 'the claim: charge is not paid plus all adjustments',
  B3: 'the claim: charge is not the sum of its lines',
  B4: 'the claim: paid is not the sum of its lines less claim-level adjustments',
  B5: 'the claim: patient responsibility (CLP05) is not the sum of its PR adjustments',
}

/** Why a claim can not be posted whatever the account says: unusable figures, B1, B2, B4. */
export const claimHits = (claim: AdviceClaim): readonly RuleHit[] => [
  ...claim.defects.map((defect) =>
    precondition('defect', defect, 'ask the payer for a readable advice, or post from paper and reject the claim'),
  ),
  ...(claim.charge === undefined || claim.paid === undefined
    ? [precondition('defect', 'CLP03 or CLP04 is missing', 'ask the payer for a complete advice')]
    : []),
  ...claimImbalances(claim)
    .filter((imbalance) => imbalance.holds)
    .map(
      (imbalance): RuleHit => ({
        rule: imbalance.rule,
        reason: `${words[imbalance.rule] ?? imbalance.rule}${imbalance.line ? ` (line ${imbalance.line})` : ''}: ${formatCents(imbalance.amount)} off`,
        citation: 'X12 835 TR3 §1.10.2 (balancing)',
        jurisdiction: 'industry',
        requiredAction: 'ask the payer to correct the advice, or release or reject the claim',
        amount: imbalance.amount,
      }),
    ),
]

const findingsOf = (claim: AdviceClaim, context: Context, unit: Unit): readonly string[] => [
  ...claimImbalances(claim)
    .filter((imbalance) => !imbalance.holds)
    .map(({ rule, amount }) => `${rule}: ${words[rule] ?? rule}: ${formatCents(amount)} off`),
  ...groupFindings(claim, context, unit),
]

/** AR-08: group constraints of the code list (reference §1.5): findings, never holds. */
const groupFindings = (claim: AdviceClaim, context: Context, unit: Unit): readonly string[] => {
  const seen = new Set<string>()
  const remarks = [...claim.remarks, ...claim.lines.flatMap((line) => line.remarks)]
  const scope = { lines: [], visits: [unit.visitId] }
  const findings = [claim, ...claim.lines].flatMap(({ charge = ZERO, adjustments }) =>
    adjustments.flatMap(({ group, carc, amount }) => {
      const one = `${group} ${carc} ${amount === charge}`
      if (seen.has(one)) return []
      seen.add(one)
      const own = {
        'adjustment.group': known(group),
        'adjustment.carc': known(carc),
        'adjustment.remarks': known(remarks),
        'adjustment.cents': known(amount),
        'adjustment.charge': known(charge),
      }
      const { warnings, passed } = ask(unit.state, { gate: 'postAdjustment', on: unit.on, scope, own }, context)
      notePassed(unit, passed)
      return warnings.map((warning) => `${warning.rule}: ${warning.reason}`)
    }),
  )
  return [...new Set(findings)]
}

interface Resolved {
  readonly coverage: Coverage
  readonly added: boolean
}

/**
 * The coverage that adjudicated: by payer, by payer name, by member id. Of two coverages with one payer it is the one
 * in the place that CLP02 names, else the one that decided the claim before, else the one of the member id. A later payer that is not on file is added in
 * its place; a first payer that is not on file holds the claim, because the charge stands with somebody else.
 */
const resolveCoverage = (
  state: AccountState,
  context: Context,
  command: PostRemittedClaims,
  claim: AdviceClaim,
  patientId: PatientId,
): Resolved | RuleHit => {
  const onFile = state.coverage.coverages.by('patient', patientId)
  const name = normaliseName(command.payer.payerName)
  const one = (coverages: readonly Coverage[]) =>
    coverages.find((coverage) => placeOf(claim.status) === coverage.order) ??
    coverages.find((coverage) => decidedBefore(state, command, claim, coverage)) ??
    coverages.find((coverage) => coverage.memberId !== undefined && coverage.memberId === claim.patient.id) ??
    coverages[0]
  const found =
    one(onFile.filter((coverage) => coverage.payerId === command.payer.payerId)) ??
    one(onFile.filter((coverage) => normaliseName(coverage.payerName) === name)) ??
    onFile.find(
      (coverage) =>
        coverage.memberId !== undefined &&
        coverage.memberId === claim.patient.id &&
        mayBe(coverage.order, claim.status),
    )
  if (found) return { coverage: found, added: false }
  const order = orderOf(claim)
  const taken = onFile.some((coverage) => coverage.order === order)
  if ('known' in command.visit && onFile.length > 0 && taken) {
    const listed = onFile.map((coverage) => `${coverage.order}. ${coverage.payerName}`).join(', ')
    return precondition(
      'match',
      `${command.payer.payerName} is no coverage of this patient (on file: ${listed})`,
      'add the coverage or correct the order of benefits, then release the claim',
    )
  }
  return { coverage: newCoverage(context, patientId, command.payer, claim, order), added: true }
}

/** A coverage that decided this claim of the payer decides it again. */
const decidedBefore = (
  state: AccountState,
  command: PostRemittedClaims,
  claim: AdviceClaim,
  { coverageId }: Coverage,
): boolean =>
  state.claims.adjudications
    .by('number', claim.patientControlNumber)
    .some(
      ({ event }) =>
        event.coverageId === coverageId &&
        event.claimKey.payerId === command.payer.payerId &&
        event.claimKey.patientControlNumber === claim.patientControlNumber &&
        event.claimKey.payerControlNumber === claim.payerControlNumber,
    )

const mayBe = (order: number, status: string): boolean => (placeOf(status) ?? order) === order

const isHit = (value: Resolved | RuleHit): value is RuleHit => 'rule' in value

/**
 * Posts one unit of a remittance: all its claims, reversals first, or nothing. A rejection lists every reason; the
 * remittance then holds the unit, its money in clearing (postings.md, clarification 4).
 */
export const postRemittedClaims = (
  state: AccountState,
  command: PostRemittedClaims,
  context: Context,
): Decision<AccountEvent> => {
  const hits = [...command.claims.flatMap(claimHits), ...aheadHits(command.on, context)]
  const lead = command.claims.find((claim) => !isReversal(claim)) ?? command.claims[0]
  if (!lead) return reject([precondition('claims.empty', 'no claim is given')])
  const reversals = command.claims.filter(isReversal)
  if (reversals.length > 0 && 'open' in command.visit) hits.push(noOriginal)
  const patientId =
    'open' in command.visit
      ? command.visit.open.patientId
      : state.registration.visits.get(command.visit.known)?.patientId
  if (patientId === undefined) {
    return reject([precondition('match', 'no such visit on this account'), ...hits])
  }
  const resolved = resolveCoverage(state, context, command, lead, patientId)
  if (isHit(resolved)) hits.push(resolved)
  const early = rejectIfAny(hits)
  if (early || isHit(resolved)) return early ?? reject([resolved as RuleHit])

  const visitId = 'open' in command.visit ? command.visit.open.visitId : command.visit.known
  const opened =
    'open' in command.visit
      ? openMissing(state, context, command.visit.open, lead, resolved, command.on)
      : {
          charges: [],
          events: resolved.added
            ? [{ type: 'CoverageAdded' as const, effectiveDate: command.on, ...resolved.coverage }]
            : [],
        }
  const unserved = rejectIfAny(opened.charges.flatMap((charge) => aheadHits(charge.dosTo, context)))
  if (unserved) return unserved
  const { on, remittanceId, payer, capitation } = command
  const decide = (from: Day): Unit => {
    const input = { on: from, remittanceId, payer, capitation, visitId, patientId }
    const decided = openUnit(state, context, input, {
      ...opened,
      coverages: resolved.added ? [resolved.coverage] : [],
    })
    postAll(decided, command.claims, resolved.coverage)
    const later = countsFrom(decided, opened.events)
    return decided.hits.length > 0 || later === from ? decided : decide(later)
  }
  const unit = decide(on)
  return (
    rejectIfAny(unit.hits) ??
    accept(unit.events, {
      allowedBy: [refOf(remittanceBalancing), ...unit.passed.values()],
      warnings: unit.events.flatMap(told),
    })
  )
}

/** What was found wrong without holding anything, for whoever posts the unit. */
const told = (event: AccountEvent): readonly RuleHit[] =>
  event.type !== 'ClaimAdjudicated'
    ? []
    : event.findings.map((reason) => ({
        rule: 'finding',
        reason,
        citation: 'postings.md, clarifications 7 and 15',
        jurisdiction: 'daybook',
      }))

const noOriginal = precondition(
  'R',
  'a reversal without an original on file',
  'import the remittance that paid it first; the claim is then posted by its release',
)

const postAll = (unit: Unit, claims: readonly AdviceClaim[], coverage: Coverage): void => {
  const reversals = claims.filter(isReversal)
  const others = claims.filter((claim) => !isReversal(claim))
  let supersedes: AdjudicationId | undefined
  const undone = new Set<AdjudicationId>()
  const decided: ClaimKey[] = []
  for (const claim of reversals) {
    const original = originalOf(unit, claim)
    if (!original || undone.has(original.event.adjudicationId)) {
      unit.hits.push(noOriginal)
      return
    }
    reverse(unit, claim, original, others.length === 0)
    supersedes = original.event.adjudicationId
    undone.add(supersedes)
  }
  for (const claim of others) {
    const claimKey = claimKeyOf(unit, claim)
    if (decided.some((key) => sameClaim(key, claimKey))) {
      hold(unit, 'repeatedClaim', 'the unit decides this claim twice', whichOfTwo, claim.paid)
      return
    }
    decided.push(claimKey)
    const duplicate = supersedes === undefined && saysDuplicate(claim)
    if (!duplicate && repeats(unit, claim, claimKey, supersedes)) continue
    const adjudicationId = unit.context.newId('adjudication') as AdjudicationId
    const posting: Posting = { claim, claimKey, coverage, adjudicationId }
    const plan = planClaim(unit, claim, unit.capitation || coverage.capitated)
    if (unit.hits.length > 0) return
    const findings = findingsOf(claim, unit.context, unit)
    const first = duplicate ? decidedAlready(unit, posting, plan) : undefined
    if (first) {
      recordDuplicate(unit, posting, plan, first, findings)
      continue
    }
    const corrects = supersedes ?? pendingOriginal(unit, claimKey)
    if (isPredetermination(claim)) recordAdjudication(unit, posting, plan, { findings, supersedes: corrects })
    else postClaim(unit, posting, plan, { findings, supersedes: corrects })
  }
}

const whichOfTwo = 'ask the payer whether this replaces the first decision; reject the claim or post the reversal'

/** A correction that comes after its reversal was posted alone. */
const pendingOriginal = (unit: Unit, key: ClaimKey): AdjudicationId | undefined =>
  adjudicationsOf(unit.state.claims, unit.visitId).findLast(
    ({ event, pending }) =>
      pending &&
      event.claimKey.patientControlNumber === key.patientControlNumber &&
      event.claimKey.payerId === key.payerId &&
      event.claimKey.patientKey === key.patientKey,
  )?.event.adjudicationId

/**
 * The same claim of the payer adjudicated once more without a reversal. One that had posted nothing (a denial) may be
 * decided again (`supersede`). One that had posted money is held.
 */
const repeats = (unit: Unit, claim: AdviceClaim, key: ClaimKey, reversed: AdjudicationId | undefined): boolean => {
  for (const { event, postings } of standing(unit.state.claims, unit.visitId)) {
    if (event.adjudicationId === reversed || !sameClaim(event.claimKey, key)) continue
    if (postings.some((posting) => posting.effects.length > 0)) {
      hold(
        unit,
        'repeatedClaim',
        'this claim of the payer is posted already, and no reversal came with it',
        whichOfTwo,
        claim.paid,
      )
      return true
    }
  }
  return false
}
