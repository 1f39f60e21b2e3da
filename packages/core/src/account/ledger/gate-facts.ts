import { sumOf } from '../../kernel/cents.ts'
import { PATIENT, type Party, partyKey } from '../../kernel/effects.ts'
import type { LineId, VisitId } from '../../kernel/ids.ts'
import type { WriteOffCategory } from '../../kernel/write-off-categories.ts'
import type { Facts } from '../../rules/facts.ts'
import { known, unknown } from '../../rules/facts.ts'
import { qmbOnFile, saysProtected } from '../claims/said-facts.ts'
import { correctionPending } from '../claims/state.ts'
import type { Context } from '../context.ts'
import { coverageType } from '../coverage/filing.ts'
import type { Coverage } from '../coverage/state.ts'
import type { AccountState } from '../state.ts'
import type { Approval, Evidence } from './commands.ts'
import { owedOn } from './state.ts'

/** What nothing in the account raises counts as absent (postings.md, clarification 1): no facet records these yet. */
const notRaised: Facts = {
  'patient.qmb': known(false),
  'case.workersCompOpen': known(false),
  'case.liabilityOpen': known(false),
  'service.nsaProtected': known(false),
  'dispute.open': known(false),
  'assistance.pending': known(false),
  'bankruptcy.open': known(false),
  'hold.open': known(false),
}

/** What stands behind a transfer to the patient where no payer's reason code does: the coverage never applied. */
export const noPayerReason: Evidence = { group: 'none', carc: 'none' }

/** Facts of the gate `transferToPatient`, for a transfer that a person makes: their evidence, and the account's. */
export const transferFacts = (
  state: AccountState,
  coverage: Coverage | undefined,
  moved: { readonly cents: number; readonly visits: readonly VisitId[] },
  evidence: Evidence | undefined,
): Facts => {
  const missing = unknown('no payer advice was given as evidence')
  return {
    ...notRaised,
    // Said once by a payer, it stays said: nobody leaves it out of the evidence.
    'patient.qmb': known(qmbOnFile(state.claims, moved.visits)),
    'service.nsaProtected': known(saysProtected(evidence?.remarks ?? [])),
    'guarantor.confirmed': known(state.registration.guarantor?.standing === 'confirmed'),
    'amount.party': known(coverage?.coverageId ?? 'patient'),
    'amount.stage': known('active'),
    'amount.cents': known(moved.cents),
    'coverage.type': known(coverage ? coverageType(coverage.filingIndicator) : 'none'),
    'adjustment.group': evidence ? known(evidence.group) : missing,
    'adjustment.carc': evidence ? known(evidence.carc) : missing,
    'adjustment.remarks': evidence ? known(evidence.remarks ?? []) : missing,
    'adjustment.denial': evidence ? known(evidence.denial ?? false) : missing,
    'denial.patientLiableByNotice': known(evidence?.notice !== undefined),
  }
}

/** Facts of the gate `writeOff`: how much, of what balance, and who approves. */
export const writeOffFacts = (
  state: AccountState,
  wanted: {
    readonly category: WriteOffCategory
    readonly party: Party
    readonly cents: number
    readonly visit: VisitId
  },
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
    'plan.active': known(activePlanOn(state, lines)),
    'credit.provisional': known(correctionPending(state.claims, wanted.visit)),
    'maker.roles': known([...context.actor.roles]),
    'approval.roles': known(approval?.roles ?? []),
    'approval.distinct': known(approval?.by !== undefined && approval.by !== context.actor.id),
  }
}

/** Facts of the gate `allocatePayment`: may money that nobody directed go to this item? */
export const allocationFacts = (
  state: AccountState,
  line: LineId,
  stage: 'active' | 'placed',
  cents: number,
): Facts => ({
  ...notRaised,
  'amount.party': known('patient'),
  'amount.stage': known(stage),
  'amount.cents': known(cents),
  'plan.active': known(activePlanOn(state, [line])),
})

const activePlanOn = (state: AccountState, lines: readonly LineId[]): boolean =>
  [...state.plans.plans.values()].some(
    (plan) => plan.status === 'active' && plan.lines.some((line) => lines.includes(line)),
  )
