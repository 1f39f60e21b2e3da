import { formatCents } from '../../kernel/cents.ts'
import type { Facts } from '../facts.ts'
import { type GateRule, gateRule, type RuleVector, sinceBefore } from '../rule.ts'
import { mayBeHospital } from '../scope.ts'
import { blocked, vector } from '../vectors.ts'
import { block, pass } from '../verdicts.ts'
import { COLORADO_MONTHS } from './changes.ts'
import { longestTerm } from './income-caps.ts'

const colorado = (qualified: boolean): RuleVector['facts'] => ({
  'practice.state': 'CO',
  'assistance.qualifiedPatient': qualified,
  'plan.total': 1_000_000,
  'plan.months': 84,
})

/** What the practice asks of every plan; a rule says where it differs. */
const ofPolicy = {
  version: 1,
  capability: 'plan',
  jurisdiction: 'policy',
  citation: 'practice policy, plans (reference §5.1(3))',
  provenance: 'POLICY',
  status: 'in force',
  effective: sinceBefore,
  kind: 'gate',
  gates: ['proposePlan', 'agreePlan', 'amendPlan'],
  reads: 'today',
} as const

/** The months after which the law ends the plan of a qualified patient, whatever is left of it (PL-03). */
const statutoryTerm = (all: Facts): number | undefined => {
  const [state, qualified] = [all['practice.state'], all['assistance.qualifiedPatient']]
  return state?.known && state.value === 'CO' && qualified?.known && qualified.value ? COLORADO_MONTHS : undefined
}

export const planTerm = gateRule({
  ...ofPolicy,
  version: 2,
  id: 'PL-02.term',
  title: "A plan is no longer than policy's term for its amount, or the law ends it by then",
  needs: ['plan.total', 'plan.months'],
  judge: (plan, at, all) => {
    const longest = longestTerm(plan['plan.total'], at)
    const months = Math.min(plan['plan.months'], statutoryTerm(all) ?? plan['plan.months'])
    return months <= longest
      ? pass
      : block(`${plan['plan.months']} months; ${formatCents(plan['plan.total'])} may take ${longest}`, {
          requiredAction: 'ProposeShorterTerm',
        })
  },
  vectors: [
    vector('250.00 over 3 months', { 'plan.total': 25_000, 'plan.months': 3 }, 'pass'),
    vector('250.00 over 4 months', { 'plan.total': 25_000, 'plan.months': 4 }, blocked),
    vector('250.01 over 4 months', { 'plan.total': 25_001, 'plan.months': 4 }, 'pass'),
    vector('1,000.00 over 13 months', { 'plan.total': 100_000, 'plan.months': 13 }, blocked),
    vector('5,000.00 over 24 months', { 'plan.total': 500_000, 'plan.months': 24 }, 'pass'),
    vector('6,000.00 over 36 months', { 'plan.total': 600_000, 'plan.months': 36 }, 'pass'),
    vector('6,000.00 over 37 months', { 'plan.total': 600_000, 'plan.months': 37 }, blocked),
    vector('10,000.00 over 84 months in Colorado, which ends it after 36', colorado(true), 'pass'),
    vector('the same of a patient who is not qualified', colorado(false), blocked),
  ],
})

export const smallestInstalment = gateRule({
  ...ofPolicy,
  id: 'PL-02.minimum',
  title: "No instalment but the last is below policy's smallest",
  needs: ['plan.total', 'plan.smallestInstalment'],
  judge: (plan, at) => {
    const least = Math.min(at.policy.policy.plans.minimumInstalment, plan['plan.total'])
    return plan['plan.smallestInstalment'] >= least
      ? pass
      : block(`an instalment of ${formatCents(plan['plan.smallestInstalment'])} is below ${formatCents(least)}`, {
          requiredAction: 'ProposeShorterTerm',
        })
  },
  vectors: [
    vector('25.00', { 'plan.total': 10_000, 'plan.smallestInstalment': 2_500 }, 'pass'),
    vector('24.99', { 'plan.total': 10_000, 'plan.smallestInstalment': 2_499 }, blocked),
    vector('a balance of 20.00 in one', { 'plan.total': 2_000, 'plan.smallestInstalment': 2_000 }, 'pass'),
    vector('a balance of 20.00 in two', { 'plan.total': 2_000, 'plan.smallestInstalment': 1_000 }, blocked),
  ],
})

export const screenedBeforePlan = gateRule({
  ...ofPolicy,
  id: 'PL-02.screen',
  title: 'Hospitals screen for financial assistance before a plan is agreed',
  citation: 'reference §5.1(1); Minn. Stat. 144.587 and the like for hospitals',
  gates: ['agreePlan'],
  appliesTo: mayBeHospital,
  needs: ['assistance.screened'],
  judge: ({ 'assistance.screened': screened }) =>
    screened
      ? pass
      : block('the patient was not screened for financial assistance', {
          requiredAction: 'ScreenFinancialAssistance',
        }),
  vectors: [
    vector(
      'a hospital that has not screened',
      { 'practice.entityType': 'hospital_501c3', 'assistance.screened': false },
      blocked,
    ),
    vector('a hospital that has', { 'practice.entityType': 'hospital_501c3', 'assistance.screened': true }, 'pass'),
    vector(
      'a physician practice need not',
      { 'practice.entityType': 'physician_practice', 'assistance.screened': false },
      'notApplicable',
    ),
  ],
})

const senior: readonly string[] = ['supervisor', 'manager', 'director']

export const planAmendments = gateRule({
  ...ofPolicy,
  id: 'PL-02.amendments',
  title: 'Only a supervisor amends a plan more often than policy says',
  citation: 'practice policy, plans (reference §5.3)',
  version: 2,
  gates: ['amendPlan', 'deferPlan'],
  needs: ['plan.amendmentsInYear', 'maker.roles'],
  judge: (facts, at) => {
    const { amendmentsPerYear } = at.policy.policy.plans
    if (facts['plan.amendmentsInYear'] < amendmentsPerYear) return pass
    return facts['maker.roles'].some((role) => senior.includes(role))
      ? pass
      : block(
          `amended ${facts['plan.amendmentsInYear']} times within twelve months; ${amendmentsPerYear} are allowed`,
          {
            requiredAction: 'AskSupervisor',
          },
        )
  },
  vectors: [
    vector('second amendment by a rep', { 'plan.amendmentsInYear': 1, 'maker.roles': ['rep'] }, 'pass'),
    vector('third amendment by a rep', { 'plan.amendmentsInYear': 2, 'maker.roles': ['rep'] }, blocked),
    vector('third by a supervisor', { 'plan.amendmentsInYear': 2, 'maker.roles': ['supervisor'] }, 'pass'),
  ],
})

export const planTermRules: readonly GateRule[] = [planTerm, smallestInstalment, screenedBeforePlan, planAmendments]
