import { sumOf } from '../../kernel/cents.ts'
import { amountOn } from '../../kernel/dated.ts'
import type { Day } from '../../kernel/day.ts'
import { precondition, type RuleHit } from '../../kernel/decision.ts'
import { PATIENT, type Party, partyKey } from '../../kernel/effects.ts'
import type { CoverageId, LineId, VisitId } from '../../kernel/ids.ts'
import type { WriteOffCategory } from '../../kernel/write-off-categories.ts'
import type { Facts } from '../../rules/facts.ts'
import { known } from '../../rules/facts.ts'
import { NOT_BILLED } from '../../rules/ledger/patient-responsibility.ts'
import type { Approval } from '../approval.ts'
import { isGroup, listedCodes } from '../claims/advice/dispositions.ts'
import {
  caseCodesOf,
  filingSaid,
  isOfQmb,
  qmbOnFile,
  saysLiability,
  saysWorkersComp,
} from '../claims/advice/said-facts.ts'
import { saidBy, shareOf, wordsOn } from '../claims/word-facts.ts'
import type { Context } from '../context.ts'
import { coverageType, coverageTypeOf, isPublicPayer } from '../coverage/filing.ts'
import { type Coverage, coveragesOn } from '../coverage/state.ts'
import { frozenNow } from '../disputes/state.ts'
import { approvalFacts, type Question } from '../facts.ts'
import { statutoryMonthsOf } from '../plans/record.ts'
import type { AccountState } from '../rooms.ts'
import { linesOfVisit } from './balances.ts'
import type { Evidence } from './commands.ts'
import { owedThrough } from './owed-by-day.ts'
import { holdingOn } from './state.ts'

/** What a person names as the payer's reason must be one that a payer can give. */
export const evidenceHits = (evidence: Evidence | undefined): readonly RuleHit[] => {
  if (evidence === undefined) return []
  const { group, carc } = evidence
  if (isGroup(group) && listedCodes.has(carc)) return []
  const reason = isGroup(group) ? `${carc} is no reason code of the table` : `${group} is no group of the code list`
  return [precondition('ledger.noPayerReason', reason, "give the group and the reason code of the payer's advice")]
}

/** A charge wants to be the patient's from the first, on a day that a coverage covers: no payer is asked. */
export const notBilledQuestion = (
  state: AccountState,
  coverage: Coverage,
  { cents, visit, on }: { readonly cents: number; readonly visit: VisitId; readonly on: Day },
): Question => {
  const codes = caseCodesOf(state.claims, [visit])
  const own: Facts = {
    'patient.qmb': qmbOnFile(state.claims, [visit]),
    'case.workersCompOpen': known(saysWorkersComp(codes)),
    'case.liabilityOpen': known(saysLiability(codes)),
    'service.nsaProtected': known(false),
    'amount.party': known(coverage.coverageId),
    'amount.stage': known('active'),
    'amount.cents': known(cents),
    'coverage.type': known(
      coverageTypeOf(coverage.filingIndicator, ...filingSaid(state.claims, [visit], coverage.coverageId)),
    ),
    'adjustment.group': known('none'),
    'adjustment.carc': known(NOT_BILLED),
    'adjustment.remarks': known([]),
    'adjustment.denial': known(false),
    'denial.patientLiableByNotice': known(false),
  }
  return { gate: 'transferToPatient', on, scope: { lines: [], visits: [visit] }, own }
}

/** An amount that somebody wants to give up, cents. */
export interface WantedWriteOff {
  readonly category: WriteOffCategory
  readonly party: Party
  readonly cents: number
  readonly visit: VisitId
  /** The lines on which it stands. */
  readonly lines: readonly LineId[]
  readonly on: Day
}

/** The payer is a federal health care program, by the coverage on file or by what it says itself. */
const isFederal = (state: AccountState, visit: VisitId, coverage: CoverageId): boolean => {
  const onFile = state.coverage.coverages.get(coverage)?.filingIndicator
  return [onFile, ...filingSaid(state.claims, [visit], coverage)].some(
    (indicator) => isPublicPayer(indicator) || coverageType(indicator) === 'medicare',
  )
}

/**
 * Whether a line is the cost share of a federal program (AR-07). What the patient owes is where the program has called a
 * part of the line the patient's; what the program owes itself is where a rule holds that part. Now, or on the day that is
 * asked for. Of a balance that was brought forward nobody can tell: a federal coverage of that day makes it one.
 */
const isFederalShare = (
  state: AccountState,
  { visit, party, on }: WantedWriteOff,
  line: LineId,
  today: Day,
): boolean => {
  if (party !== PATIENT) {
    const held = state.ledger.holdings
      .by('visit', visit)
      .flatMap((holding) => [holding, holdingOn(holding, on)])
      .some(
        (holding) =>
          holding?.open &&
          holding.event.coverageId === party.coverageId &&
          holding.event.lines.some((one) => one.lineId === line),
      )
    return held && isFederal(state, visit, party.coverageId)
  }
  const known = state.ledger.lines.get(line)
  const patient = state.registration.visits.get(visit)?.patientId
  if (known?.broughtForward && patient !== undefined) {
    return coveragesOn(state.coverage, patient, known.dosTo).some((one) => isFederal(state, visit, one.coverageId))
  }
  const words = [...wordsOn(state.claims, visit, line), ...(on < today ? saidBy(state.claims, visit, line, on) : [])]
  return words.some((word) => shareOf(word) > 0 && isFederal(state, visit, word.coverageId))
}

/** Somebody wants to give up an amount: how much, of what balance, and who approves. */
export const writeOffQuestion = (
  state: AccountState,
  wanted: WantedWriteOff,
  approval: Approval,
  context: Context,
): Question => {
  const lines = linesOfVisit(state.ledger, wanted.visit).map(({ lineId }) => lineId)
  const open = (party: Party) => sumOf(lines, (line) => amountOn(owedThrough(state.ledger, line, party), wanted.on))
  return {
    gate: 'writeOff',
    on: wanted.on,
    scope: { lines, visits: [wanted.visit] },
    own: {
      'writeOff.category': known(wanted.category),
      'amount.party': known(partyKey(wanted.party)),
      'amount.stage': known('active'),
      'amount.cents': known(wanted.cents),
      'balance.inScope': known(open(wanted.party)),
      'balance.patientActive': known(open(PATIENT)),
      // Of what is given up, not of all that the visit has: a plan is about what the patient owes.
      'plan.statutoryMonthsPaid': known(
        wanted.party === PATIENT ? statutoryMonthsOf(state.plans, wanted.lines, wanted.on) : 0,
      ),
      'costShare.federal': known(wanted.lines.some((line) => isFederalShare(state, wanted, line, context.today))),
      'assistance.determined': known(approval?.determination !== undefined),
      'collection.effortExhausted': known(approval?.effort !== undefined),
      // A case that no facet keeps yet is named by who approves.
      ...(wanted.category === 'bankruptcy' && approval?.determination !== undefined
        ? { 'bankruptcy.open': known(true) }
        : {}),
      ...approvalFacts(approval, context),
    },
  }
}

/** Money that nobody directed wants to go to this item of the patient's. */
export const allocationQuestion = (
  state: AccountState,
  item: { readonly line: LineId; readonly stage: 'active' | 'placed'; readonly cents: number; readonly on: Day },
): Question => {
  const visit = state.ledger.lines.get(item.line)?.visitId
  return {
    gate: 'allocatePayment',
    on: item.on,
    scope: { lines: [item.line], visits: visit === undefined ? [] : [visit] },
    own: {
      'patient.qmb': known(visit !== undefined && isOfQmb(state.claims, visit)),
      // As the book stands: the money may be older than the dispute, or than its end.
      'dispute.open': known(frozenNow(state.disputes, item.line).length > 0),
      'amount.party': known('patient'),
      'amount.stage': known(item.stage),
      'amount.cents': known(item.cents),
    },
  }
}
