import { applyRate, type Cents, formatCents } from '../../kernel/cents.ts'
import { toDay } from '../../kernel/day.ts'
import { rowFor } from '../../policy/rows.ts'
import {
  type GateRule,
  gateRule,
  type KnownFacts,
  type Moment,
  type RuleVector,
  sinceBefore,
  type Verdict,
} from '../rule.ts'
import { mayBe, mayBeHospital } from '../scope.ts'
import { blocked, today } from '../vectors.ts'
import { block, pass, warn } from '../verdicts.ts'

// PL-02: what share of income instalments may take. Every cap is judged for itself, so the lowest decides (§0.3).

const gates = ['proposePlan', 'agreePlan', 'amendPlan'] as const

type Burden = KnownFacts<'plan.total' | 'plan.largestMonthly'>

/** The longest term that policy allows for an amount, in months. */
export const longestTerm = (total: number, at: Moment): number =>
  rowFor(at.policy.policy.plans.longestTerm, total)?.months ?? 0

/** Within the room or not; if not, whether a longer term of policy would fit, or only assistance is left. */
const within = (room: Cents, plan: Burden, at: Moment, what: string): Verdict => {
  const burden = plan['plan.largestMonthly']
  if (burden <= room) return pass
  const months = longestTerm(plan['plan.total'], at)
  const least = Math.ceil(plan['plan.total'] / Math.max(1, months))
  return least > room
    ? block(
        `not feasible: ${formatCents(plan['plan.total'])} over at most ${months} months needs ${formatCents(least)} a month, ${what} leaves ${formatCents(room)}`,
        { requiredAction: 'ScreenFinancialAssistance' },
      )
    : block(`${formatCents(burden)} a month is above the ${formatCents(room)} that ${what} leaves`, {
        requiredAction: 'ProposeLongerTerm',
      })
}

/** States whose law caps a hospital's instalments by gross monthly income, in basis points. */
const hospitalIncomeCaps = [
  {
    id: 'PL-02.NY',
    state: 'NY',
    basisPoints: 500,
    citation: 'N.Y. Pub. Health Law 2807-k (reference §4.8, §5.1)',
    provenance: 'V',
    from: toDay('2024-10-20'),
  },
  {
    id: 'PL-02.MD',
    state: 'MD',
    basisPoints: 500,
    citation: 'HB 268 ch. 693 (2025) (reference §4.8, §5.1)',
    provenance: 'V/K',
    // The act is of 2025; its first day is not verified (reference §4.8).
    from: toDay('2025-10-01'),
  },
] as const

const hospitalRules: readonly GateRule[] = hospitalIncomeCaps.map((cap) =>
  gateRule({
    id: cap.id,
    version: 1,
    title: `${cap.state} hospitals: instalments within ${cap.basisPoints / 100} % of gross monthly income`,
    capability: 'plan',
    jurisdiction: cap.state,
    citation: cap.citation,
    provenance: cap.provenance,
    status: 'in force',
    effective: { from: cap.from },
    kind: 'gate',
    gates,
    reads: 'today',
    appliesTo: (facts) => mayBe(facts, 'practice.state', cap.state) && mayBeHospital(facts),
    needs: ['income.monthly', 'plan.total', 'plan.largestMonthly'],
    judge: (plan, at) =>
      within(applyRate(plan['income.monthly'] as Cents, cap.basisPoints), plan, at, `${cap.state} law`),
    forbids: ({ practice, plans: { incomeShare } }) =>
      practice.state === cap.state && practice.entityType.startsWith('hospital') && incomeShare > cap.basisPoints
        ? `plans.incomeShare ${incomeShare / 100} % is above the ${cap.basisPoints / 100} % of ${cap.state}`
        : undefined,
    vectors: [
      ['at the cap', 300_000, 15_000, 'pass'] as const,
      ['a cent above the cap', 300_000, 15_001, blocked] as const,
    ].map(([name, income, burden, expected]) => ({
      name,
      facts: {
        'practice.state': cap.state,
        'practice.entityType': 'hospital_501c3',
        'income.monthly': income,
        'plan.total': 100_000,
        'plan.largestMonthly': burden,
      },
      today,
      expected,
    })),
  }),
)

const coloradoFacts = (professional: boolean, burden: number): RuleVector['facts'] => ({
  'practice.state': 'CO',
  'practice.entityType': professional ? 'physician_practice' : 'hospital_501c3',
  'service.professional': professional,
  'assistance.qualifiedPatient': true,
  'income.monthly': 300_000,
  'plan.total': 1_000_000,
  'plan.largestMonthly': burden,
})

export const coloradoCap = gateRule({
  id: 'PL-02.CO',
  version: 1,
  title: 'CO qualified patients: 4 % of household income to the facility, 2 % to each professional',
  capability: 'plan',
  jurisdiction: 'CO',
  citation: 'C.R.S. 25.5-3-503 (reference §4.8, §5.1)',
  provenance: 'V',
  status: 'in force',
  effective: { from: toDay('2022-09-01') },
  kind: 'gate',
  gates,
  reads: 'today',
  appliesTo: (facts) => mayBe(facts, 'practice.state', 'CO') && mayBe(facts, 'assistance.qualifiedPatient', true),
  needs: ['assistance.qualifiedPatient', 'income.monthly', 'service.professional', 'plan.total', 'plan.largestMonthly'],
  judge: (plan, at) =>
    within(applyRate(plan['income.monthly'] as Cents, plan['service.professional'] ? 200 : 400), plan, at, 'CO law'),
  vectors: [
    { name: 'facility, income 3,000.00: 120.00', facts: coloradoFacts(false, 12_000), today, expected: 'pass' },
    { name: 'facility, 120.01', facts: coloradoFacts(false, 12_001), today, expected: blocked },
    { name: 'professional, income 3,000.00: 60.00', facts: coloradoFacts(true, 6_000), today, expected: 'pass' },
    { name: 'professional, 60.01', facts: coloradoFacts(true, 6_001), today, expected: blocked },
    {
      name: 'not a qualified patient',
      facts: { ...coloradoFacts(false, 20_000), 'assistance.qualifiedPatient': false },
      today,
      expected: 'notApplicable',
    },
  ],
})

export const californiaCap = gateRule({
  id: 'PL-02.CA',
  version: 1,
  title: 'CA hospitals: instalments within 10 % of family income after essential expenses',
  capability: 'plan',
  jurisdiction: 'CA',
  citation: 'Cal. Health & Safety Code 127400(i) (reference §4.8, §5.1)',
  provenance: 'K',
  status: 'in force',
  effective: sinceBefore,
  kind: 'gate',
  gates,
  reads: 'today',
  appliesTo: (facts) => mayBe(facts, 'practice.state', 'CA') && mayBeHospital(facts),
  needs: ['income.afterEssentials', 'plan.total', 'plan.largestMonthly'],
  judge: (plan, at) => within(applyRate(plan['income.afterEssentials'] as Cents, 1_000), plan, at, 'CA law'),
  vectors: [['at 10 % of 1,200.00', 12_000, 'pass'] as const, ['a cent above', 12_001, blocked] as const].map(
    ([name, burden, expected]) => ({
      name,
      facts: {
        'practice.state': 'CA',
        'practice.entityType': 'hospital_other',
        'income.afterEssentials': 120_000,
        'plan.total': 100_000,
        'plan.largestMonthly': burden,
      },
      today,
      expected,
    }),
  ),
})

const room = (income: number, others: number, at: Moment): Cents =>
  Math.max(0, applyRate(income as Cents, at.policy.policy.plans.incomeShare) - others) as Cents

/** Where nobody disclosed an income there is none to judge by: Minnesota speaks of disclosed ability, 62J.807. */
export const policyCap = gateRule({
  id: 'PL-02.policy',
  version: 1,
  title: "All medical instalments together stay within policy's share of gross monthly income",
  capability: 'plan',
  jurisdiction: 'policy',
  citation: 'practice policy, plans (reference §5.1); reasonable by disclosed ability, Minn. Stat. 62J.807',
  provenance: 'POLICY',
  status: 'in force',
  effective: sinceBefore,
  kind: 'gate',
  gates,
  reads: 'today',
  needs: ['plan.total', 'plan.largestMonthly', 'plan.otherInstalments'],
  judge: (plan, at, all) => {
    const income = all['income.monthly']
    if (!income?.known) return warn('no income was disclosed: nobody can say whether the plan is feasible', 'AskIncome')
    return within(room(income.value, plan['plan.otherInstalments'], at), plan, at, 'the policy')
  },
  vectors: (
    [
      ['1,000.00 over 12, income 3,000.00: cap 150.00', 300_000, 100_000, 8_337, 0, 'pass'],
      ['income 1,500.00, 6,000.00 over 36 needs 166.67 of 75.00', 150_000, 600_000, 16_685, 0, blocked],
      ['other instalments take the room', 300_000, 100_000, 8_337, 7_000, blocked],
      ['no income disclosed', undefined, 100_000, 8_337, 0, 'warn'],
    ] as const
  ).map(([name, income, total, burden, others, expected]) => ({
    name,
    facts: {
      ...(income === undefined ? {} : { 'income.monthly': income }),
      'plan.total': total,
      'plan.largestMonthly': burden,
      'plan.otherInstalments': others,
    },
    today,
    expected,
  })),
})

export const incomeCapRules: readonly GateRule[] = [...hospitalRules, coloradoCap, californiaCap, policyCap]
