import { sumOf } from '../../kernel/cents.ts'
import type { Day } from '../../kernel/day.ts'
import { precondition, type RuleHit } from '../../kernel/decision.ts'
import { PATIENT, type Party, partyKey } from '../../kernel/effects.ts'
import type { LineId, VisitId } from '../../kernel/ids.ts'
import type { WriteOffCategory } from '../../kernel/write-off-categories.ts'
import type { Facts } from '../../rules/facts.ts'
import { known, unknown } from '../../rules/facts.ts'
import { NOT_BILLED } from '../../rules/ledger/patient-responsibility.ts'
import type { Approval } from '../approval.ts'
import { isGroup, isPatientShare, listedCodes } from '../claims/advice/dispositions.ts'
import {
  deniedOnFile,
  filingSaid,
  isOfQmb,
  qmbOnFile,
  saysLiability,
  saysProtected,
  saysWorkersComp,
} from '../claims/advice/said-facts.ts'
import type { Context } from '../context.ts'
import { coverageTypeOf } from '../coverage/filing.ts'
import type { Coverage } from '../coverage/state.ts'
import { approvalFacts, type Question } from '../facts.ts'
import type { AccountState } from '../rooms.ts'
import { linesOfVisit, owedOn } from './balances.ts'
import type { Evidence } from './commands.ts'

/** What stands behind a transfer to the patient where no payer's reason code does: the coverage never applied. */
export const noPayerReason: Evidence = { group: 'none', carc: 'none' }
/** What stands behind a charge that is the patient's from the first: no payer was asked. */
export const notBilled: Evidence = { group: 'none', carc: NOT_BILLED }

/** PR on the reason code of a denial is one, whatever a person calls it (clarification 8). */
const isDenial = ({ group, carc, denial }: Evidence): boolean =>
  denial === true || (group === 'PR' && !isPatientShare(carc))

/** What a person names as the payer's reason must be one that a payer can give. */
export const evidenceHits = (evidence: Evidence | undefined): readonly RuleHit[] => {
  if (evidence === undefined || evidence === noPayerReason || evidence === notBilled) return []
  const { group, carc } = evidence
  if (isGroup(group) && listedCodes.has(carc)) return []
  const reason = isGroup(group) ? `${carc} is no reason code of the table` : `${group} is no group of the code list`
  return [precondition('ledger.noPayerReason', reason, "give the group and the reason code of the payer's advice")]
}

/** An amount that a person wants to make the patient's, on their evidence and the account's. */
export const transferQuestion = (
  state: AccountState,
  coverage: Coverage | undefined,
  moved: { readonly cents: number; readonly visits: readonly VisitId[]; readonly on: Day },
  evidence: Evidence | undefined,
): Question => {
  const missing = unknown('no payer advice was given as evidence')
  const codes = [...(evidence ? [evidence] : []), ...deniedOnFile(state.claims, moved.visits)]
  const own: Facts = {
    'patient.qmb': qmbOnFile(state.claims, moved.visits, { checked: evidence?.notQmb !== undefined }),
    'case.workersCompOpen': known(saysWorkersComp(codes)),
    'case.liabilityOpen': known(saysLiability(codes)),
    'service.nsaProtected': known(saysProtected(evidence?.remarks ?? [])),
    'amount.party': known(coverage?.coverageId ?? 'patient'),
    'amount.stage': known('active'),
    'amount.cents': known(moved.cents),
    // Said once by a payer, it stays said: nobody leaves it out of the evidence.
    'coverage.type': known(
      coverage === undefined || evidence === noPayerReason
        ? 'none'
        : coverageTypeOf(coverage.filingIndicator, ...filingSaid(state.claims, moved.visits, coverage.coverageId)),
    ),
    'adjustment.group': evidence ? known(evidence.group) : missing,
    'adjustment.carc': evidence ? known(evidence.carc) : missing,
    'adjustment.remarks': evidence ? known(evidence.remarks ?? []) : missing,
    'adjustment.denial': evidence ? known(isDenial(evidence)) : missing,
    'denial.patientLiableByNotice': known(evidence?.notice !== undefined),
  }
  return { gate: 'transferToPatient', on: moved.on, scope: { lines: [], visits: moved.visits }, own }
}

/** An amount that somebody wants to give up, cents. */
export interface WantedWriteOff {
  readonly category: WriteOffCategory
  readonly party: Party
  readonly cents: number
  readonly visit: VisitId
  readonly on: Day
}

/** Somebody wants to give up an amount: how much, of what balance, and who approves. */
export const writeOffQuestion = (
  state: AccountState,
  wanted: WantedWriteOff,
  approval: Approval,
  context: Context,
): Question => {
  const lines = linesOfVisit(state.ledger, wanted.visit).map(({ lineId }) => lineId)
  const open = (party: Party) => sumOf(lines, (line) => owedOn(state.ledger, line, party))
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
      'amount.party': known('patient'),
      'amount.stage': known(item.stage),
      'amount.cents': known(item.cents),
    },
  }
}
