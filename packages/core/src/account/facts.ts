import { type Day, maxDay } from '../kernel/day.ts'
import { precondition, type RuleHit } from '../kernel/decision.ts'
import { PATIENT } from '../kernel/effects.ts'
import type { LineId, VisitId } from '../kernel/ids.ts'
import type { PlanInterval } from '../kernel/plan-intervals.ts'
import {
  type Fact,
  type FactName,
  type Facts,
  type FactValues,
  factWords,
  known,
  knownFacts,
  unknown,
} from '../rules/facts.ts'
import { monthlyBurden, monthsOf } from '../rules/plan/schedule.ts'
import { correctionPending, openDenials } from './claims/state.ts'
import type { Context } from './context.ts'
import { coverageType } from './coverage/filing.ts'
import { type Coverage, coveragesOn } from './coverage/state.ts'
import type { Approval } from './ledger/commands.ts'
import { layersOf, receivableOf } from './ledger/state.ts'
import { activePlansOn, type Plan } from './plans/state.ts'
import type { AccountState } from './state.ts'

// The bridge from the account to the rules of plans and placement. What a facet knows is known; what no facet keeps is
// absent, and blocks by name where a gate needs it. (Transfers, write-offs and allocation: ledger/gate-facts.ts.)

/** Whole years from birth to a day. */
export const ageOn = (born: Day, on: Day): number =>
  Number(on.slice(0, 4)) - Number(born.slice(0, 4)) - (on.slice(5) < born.slice(5) ? 1 : 0)

const ageFact = (born: unknown, on: Day, whose: string): Fact<number> =>
  typeof born === 'string' ? known(ageOn(born as Day, on)) : unknown(`no readable birth day of ${whose}`)

/** The practice and the guarantor. */
const reachFacts = (state: AccountState, context: Context): Facts => {
  const { practice } = context.policy.policy
  const guarantor = state.registration.guarantor
  return {
    'practice.entityType': known(practice.entityType),
    'practice.state': known(practice.state),
    'guarantor.state': guarantor?.state ? known(guarantor.state) : unknown('no state of residence is on file'),
    'guarantor.confirmed': known(guarantor?.standing === 'confirmed'),
    'guarantor.age': ageFact(guarantor?.born, context.today, 'the guarantor'),
    'maker.roles': known([...context.actor.roles]),
  }
}

const visitsOf = (state: AccountState, lines: readonly LineId[]): readonly VisitId[] => [
  ...new Set(lines.flatMap((line) => state.ledger.lines.get(line)?.visitId ?? [])),
]

// ── plans ────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Household {
  readonly monthlyIncome?: number | undefined
  readonly incomeAfterEssentials?: number | undefined
  readonly otherInstalments?: number | undefined
  readonly qualifiedPatient?: boolean | undefined
  readonly screenedForAssistance?: boolean | undefined
}

/** A plan as its rules see it; `amounts` without the down payment and without what is paid. */
export interface PlanTerms {
  readonly lines: readonly LineId[]
  readonly total: number
  readonly amounts: readonly number[]
  readonly interval: PlanInterval
  readonly household: Household
  /** The plan itself, where it stands already. */
  readonly plan?: Plan | undefined
  readonly amendmentsInYear?: number
}

const disclosed = <T>(value: T | undefined): Fact<T> =>
  value === undefined ? unknown('nobody has disclosed it') : known(value)

/** Whether a professional bills, where the practice is a facility: as the visits say. */
const professionalFact = (state: AccountState, lines: readonly LineId[], context: Context): Fact<boolean> => {
  if (context.policy.policy.practice.entityType === 'physician_practice') return known(true)
  const kinds = new Set(visitsOf(state, lines).map((visit) => state.registration.visits.get(visit)?.kind))
  const [kind] = kinds
  if (kinds.size !== 1 || (kind !== 'professional' && kind !== 'institutional')) {
    return unknown('the visits do not say with one voice who bills')
  }
  return known(kind === 'professional')
}

/** What an active plan asks of a month, its down payment and paid instalments left out. */
const burdenOf = (plan: Plan): number =>
  monthlyBurden(
    plan.schedule.filter((part, at) => part.paid < part.amount && !(at === 0 && plan.downPayment)).map((p) => p.amount),
    plan.interval,
  )

/** Facts of the gates `proposePlan`, `agreePlan` and `amendPlan`. */
export const planFacts = (state: AccountState, wanted: PlanTerms, context: Context): Facts => {
  const { household, amounts, interval } = wanted
  const others = [...state.plans.plans.values()].filter(
    (plan) => plan.status === 'active' && plan.planId !== wanted.plan?.planId,
  )
  return {
    ...reachFacts(state, context),
    'plan.total': known(wanted.total),
    'plan.months': known(monthsOf(amounts.length, interval)),
    'plan.largestMonthly': known(monthlyBurden(amounts, interval)),
    'plan.smallestInstalment': known(Math.min(...(amounts.length > 1 ? amounts.slice(0, -1) : amounts))),
    'plan.otherInstalments': known(others.reduce((sum, plan) => sum + burdenOf(plan), household.otherInstalments ?? 0)),
    'plan.amendmentsInYear': known(wanted.amendmentsInYear ?? 0),
    'income.monthly': disclosed(household.monthlyIncome),
    'income.afterEssentials': disclosed(household.incomeAfterEssentials),
    'assistance.qualifiedPatient': disclosed(household.qualifiedPatient),
    'assistance.screened': disclosed(household.screenedForAssistance),
    'service.professional': professionalFact(state, wanted.lines, context),
  }
}

// ── placement ────────────────────────────────────────────────────────────────────────────────────────────────────

/** The coverages that may have to pay for a visit, by the days of its lines. */
const coveragesOf = (state: AccountState, visit: VisitId): readonly Coverage[] => {
  const patient = state.registration.visits.get(visit)?.patientId
  if (patient === undefined) return []
  const days = new Set(
    (state.ledger.linesByVisit.get(visit) ?? []).flatMap((line) => state.ledger.lines.get(line)?.dosTo ?? []),
  )
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
    'approval.distinct': known(approval?.by !== undefined && approval.by !== context.actor.id),
  }
}

// ── what the desk attests ────────────────────────────────────────────────────────────────────────────────────────

/** Facts that a person vouches for because no facet keeps them: the first bill's day, the notices sent, a hold. */
export type Attested = FactValues

const attestedNames = (attested: Attested): readonly FactName[] =>
  (Object.keys(attested) as FactName[]).filter((name) => attested[name] !== undefined).sort()

/** Adds what the desk attests. What the account knows otherwise can not be attested away: a hit says so. */
export const attest = (
  facts: Facts,
  attested: Attested = {},
): { readonly facts: Facts; readonly hits: readonly RuleHit[] } => {
  const knownByAccount = Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact.known))
  const hits = attestedNames(attested).flatMap((name) => {
    const fact = facts[name]
    if (!fact?.known || String(fact.value) === String(attested[name])) return []
    const reason = `${factWords(name)} (${name}) is ${String(fact.value)} in the account: it can not be attested otherwise`
    return [precondition('facts.alreadyKnown', reason)]
  })
  return { facts: { ...facts, ...knownFacts(attested), ...knownByAccount }, hits }
}

/** Attested facts as text, for the event and for the record of the decision. */
export const attestedText = (attested: Attested = {}): readonly { readonly fact: FactName; readonly value: string }[] =>
  attestedNames(attested).map((fact) => ({ fact, value: String(attested[fact]) }))
