import { sameActor } from '../../kernel/actors.ts'
import { type Day, maxDay } from '../../kernel/day.ts'
import { PATIENT } from '../../kernel/effects.ts'
import type { LineId, VisitId } from '../../kernel/ids.ts'
import { type Fact, type Facts, known, unknown } from '../../rules/facts.ts'
import type { Approval } from '../approval.ts'
import { correctionPending, openDenials } from '../claims/state.ts'
import type { Context } from '../context.ts'
import { coverageType } from '../coverage/filing.ts'
import { type Coverage, coveragesOn } from '../coverage/state.ts'
import { ageFact, reachFacts, visitsOf } from '../facts.ts'
import { layersOf, receivableOf } from '../ledger/state.ts'
import { linesOfVisit } from '../ledger/visit-lines.ts'
import { activePlansOn } from '../plans/state.ts'
import type { AccountState } from '../rooms.ts'

/** The coverages that may have to pay for a visit, by the days of its lines. */
const coveragesOf = (state: AccountState, visit: VisitId): readonly Coverage[] => {
  const patient = state.registration.visits.get(visit)?.patientId
  if (patient === undefined) return []
  const days = new Set(linesOfVisit(state.ledger, visit).map((line) => line.dosTo))
  const covering = [...days].flatMap((on) => coveragesOn(state.coverage, patient, on))
  return [...new Map(covering.map((coverage) => [coverage.coverageId, coverage])).values()]
}

/** Medicaid decides where any coverage is Medicaid; a coverage that does not say what it is leaves it open. */
const coverageFact = (coverages: readonly Coverage[]): Facts['coverage.type'] & object => {
  const [first] = coverages
  if (!first) return known('none')
  const types = coverages.map((coverage) => coverageType(coverage.filingIndicator))
  if (types.includes('medicaid')) return known('medicaid')
  const silent = coverages.find((coverage) => coverage.filingIndicator === undefined)
  if (silent) return unknown(`coverage ${silent.coverageId} has no filing indicator`)
  return known(types.find((type) => type !== 'other') ?? 'other')
}

const wasBilled = (state: AccountState, visit: VisitId, coverage: Coverage): boolean =>
  state.claims.submissions.some((sent) => sent.visitId === visit && sent.coverageId === coverage.coverageId) ||
  [...state.claims.adjudications.values()].some(
    ({ event }) => event.visitId === visit && event.coverageId === coverage.coverageId,
  )

const owedByPayers = (state: AccountState, visit: VisitId): boolean =>
  (state.ledger.linesByVisit.get(visit) ?? []).some((line) =>
    layersOf(state.ledger, line).some((layer) => layer.party !== PATIENT && receivableOf(layer) > 0),
  )

const lastPayment = (state: AccountState): Day | 'never' => {
  let last: Day | undefined
  for (const payment of state.payments.payments.values()) {
    if (payment.amount <= payment.reversed) continue
    last = last ? maxDay(last, payment.receivedOn) : payment.receivedOn
  }
  return last ?? 'never'
}

const youngest = (state: AccountState, visits: readonly VisitId[], on: Day): Fact<number> => {
  const ages = visits.map((visit) => {
    const patient = state.registration.visits.get(visit)?.patientId
    return ageFact(patient && state.registration.patients.get(patient)?.born, on, 'the patient')
  })
  const values = ages.flatMap((age) => (age.known ? [age.value] : []))
  return ages.find((age) => !age.known) ?? (values.length > 0 ? known(Math.min(...values)) : unknown('no patient'))
}

/** Facts of the gate `placeAccount` for what the patient owes on these lines: all that the account itself knows. */
export const placementFacts = (
  state: AccountState,
  wanted: { readonly lines: readonly LineId[]; readonly amount: number; readonly approval: Approval },
  context: Context,
): Facts => {
  const visits = visitsOf(state, wanted.lines)
  const coverages = visits.map((visit) => ({ visit, on: coveragesOf(state, visit) }))
  const onPlan = activePlansOn(state.plans, wanted.lines).length > 0
  const { approval } = wanted
  return {
    ...reachFacts(state, context),
    'patient.age': youngest(state, visits, context.today),
    'amount.party': known('patient'),
    'amount.stage': known('active'),
    'amount.cents': known(wanted.amount),
    'balance.patientActive': known(wanted.amount),
    'coverage.type': coverageFact(coverages.flatMap(({ on }) => on)),
    'insurance.pending': known(visits.some((visit) => owedByPayers(state, visit))),
    'insurance.denialOpen': known(visits.some((visit) => openDenials(state.claims, visit).length > 0)),
    'insurance.unbilledCoverage': known(
      coverages.some(({ visit, on }) => on.some((coverage) => !wasBilled(state, visit, coverage))),
    ),
    'credit.provisional': known(visits.some((visit) => correctionPending(state.claims, visit))),
    'payment.lastOn': known(lastPayment(state)),
    'plan.active': known(onPlan),
    'plan.inGoodStanding': known(onPlan),
    'approval.roles': known([...(approval?.roles ?? [])]),
    'approval.distinct': known(approval?.by !== undefined && !sameActor(approval.by, context.actor.id)),
  }
}
