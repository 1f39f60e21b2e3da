import { sumOf } from '../../kernel/cents.ts'
import { amountOn } from '../../kernel/dated.ts'
import type { Day } from '../../kernel/day.ts'
import { precondition, type RuleHit } from '../../kernel/decision.ts'
import { PATIENT, type Party, partyKey } from '../../kernel/effects.ts'
import type { LineId, VisitId } from '../../kernel/ids.ts'
import type { Facts } from '../../rules/facts.ts'
import { known } from '../../rules/facts.ts'
import { NOT_BILLED } from '../../rules/ledger/patient-responsibility.ts'
import type { WriteOffApproval } from '../approval.ts'
import { isGroup, listedCodes } from '../claims/advice/dispositions.ts'
import {
  caseCodesOf,
  filingSaid,
  isOfQmb,
  qmbOnFile,
  saysLiability,
  saysWorkersComp,
} from '../claims/advice/said-facts.ts'
import type { Context } from '../context.ts'
import { coverageTypeOf } from '../coverage/filing.ts'
import type { Coverage } from '../coverage/state.ts'
import { frozenNow } from '../disputes/state.ts'
import { approvalFacts, type Question } from '../facts.ts'
import { statutoryMonthsOf } from '../plans/record.ts'
import type { AccountState } from '../rooms.ts'
import { linesOfVisit } from './balances.ts'
import type { Evidence } from './commands.ts'
import { groundFacts, type WantedWriteOff } from './ground-facts.ts'
import { owedThrough } from './owed-by-day.ts'

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
    'patient.qmb': qmbOnFile(state.claims, [visit], { coverage: coverage.coverageId }),
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

/** Somebody wants to give up an amount: how much, of what balance, and who approves. */
export const writeOffQuestion = (
  state: AccountState,
  wanted: WantedWriteOff,
  approval: WriteOffApproval,
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
      ...groundFacts(state, wanted, approval, context.today),
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
