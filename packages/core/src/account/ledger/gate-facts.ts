import { sameActor } from '../../kernel/actors.ts'
import { sumOf } from '../../kernel/cents.ts'
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
  qmbOnFile,
  saysLiability,
  saysProtected,
  saysWorkersComp,
} from '../claims/advice/said-facts.ts'
import { correctionPending } from '../claims/state.ts'
import type { Context } from '../context.ts'
import { coverageTypeOf } from '../coverage/filing.ts'
import type { Coverage } from '../coverage/state.ts'
import { activePlansOn } from '../plans/state.ts'
import type { AccountState } from '../rooms.ts'
import type { Evidence } from './commands.ts'
import { owedOn } from './state.ts'

/**
 * What nothing in the account raises counts as absent (postings.md, clarification 1): no facet records these yet. The
 * placement checklist is the other way round: there they are unknown, and block until the desk vouches for them.
 */
const notRaised: Facts = {
  'dispute.open': known(false),
  'assistance.pending': known(false),
  'bankruptcy.open': known(false),
}

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

/** Facts of the gate `transferToPatient`, for a transfer that a person makes: their evidence, and the account's. */
export const transferFacts = (
  state: AccountState,
  coverage: Coverage | undefined,
  moved: { readonly cents: number; readonly visits: readonly VisitId[] },
  evidence: Evidence | undefined,
): Facts => {
  const missing = unknown('no payer advice was given as evidence')
  const codes = [...(evidence ? [evidence] : []), ...deniedOnFile(state.claims, moved.visits)]
  return {
    ...notRaised,
    'patient.qmb': qmbOnFile(state.claims, moved.visits, { checked: evidence?.notQmb !== undefined }),
    'case.workersCompOpen': known(saysWorkersComp(codes)),
    'case.liabilityOpen': known(saysLiability(codes)),
    'service.nsaProtected': known(saysProtected(evidence?.remarks ?? [])),
    'guarantor.confirmed': known(state.registration.guarantor?.standing === 'confirmed'),
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
}

/** An amount that somebody wants to give up, cents. */
export interface WantedWriteOff {
  readonly category: WriteOffCategory
  readonly party: Party
  readonly cents: number
  readonly visit: VisitId
}

/** Facts of the gate `writeOff`: how much, of what balance, and who approves. */
export const writeOffFacts = (
  state: AccountState,
  wanted: WantedWriteOff,
  approval: Approval,
  context: Context,
): Facts => {
  const lines = state.ledger.linesByVisit.get(wanted.visit) ?? []
  const open = (party: Party) => sumOf(lines, (line) => owedOn(state.ledger, line, party))
  return {
    ...notRaised,
    'writeOff.category': known(wanted.category),
    'amount.party': known(partyKey(wanted.party)),
    'amount.stage': known('active'),
    'amount.cents': known(wanted.cents),
    'balance.inScope': known(open(wanted.party)),
    'balance.patientActive': known(open(PATIENT)),
    'activity.lastOn': known(state.ledger.lastActivity.get(wanted.visit) ?? 'never'),
    'plan.active': known(activePlansOn(state.plans, lines).length > 0),
    'credit.provisional': known(correctionPending(state.claims, wanted.visit)),
    'maker.roles': known([...context.actor.roles]),
    'approval.roles': known(approval?.roles ?? []),
    'approval.distinct': known(approval?.by !== undefined && !sameActor(approval.by, context.actor.id)),
  }
}

/** Facts of the gate `allocatePayment`: may money that nobody directed go to this item of the patient's? */
export const allocationFacts = (
  state: AccountState,
  item: { readonly line: LineId; readonly stage: 'active' | 'placed'; readonly cents: number },
  qmb: ReadonlySet<VisitId>,
): Facts => {
  const visit = state.ledger.lines.get(item.line)?.visitId
  return {
    ...notRaised,
    'patient.qmb': known(visit !== undefined && qmb.has(visit)),
    'amount.party': known('patient'),
    'amount.stage': known(item.stage),
    'amount.cents': known(item.cents),
    'plan.active': known(activePlansOn(state.plans, [item.line]).length > 0),
  }
}
