import { toDay } from '../../kernel/day.ts'
import { type GateRule, gateRule, type RuleVector, sinceBefore } from '../rule.ts'
import { mayBe } from '../scope.ts'
import { blocked, vector } from '../vectors.ts'
import { block, notApplicable, pass, warn } from '../verdicts.ts'

// PL-08 (id of the house): how a plan is changed (reference §5.2, §5.3). PL-03: when the law ends one.

const ofPolicy = {
  version: 1,
  capability: 'plan',
  jurisdiction: 'policy',
  citation: 'practice policy, plans (reference §5.3; id of the house)',
  provenance: 'POLICY',
  status: 'in force',
  effective: sinceBefore,
  kind: 'gate',
  reads: 'today',
} as const

const change = (adds: boolean, more: boolean, consented: boolean): RuleVector['facts'] => ({
  'plan.addsCharges': adds,
  'plan.asksMore': more,
  'plan.consented': consented,
})

export const changeConsented = gateRule({
  ...ofPolicy,
  id: 'PL-08.consent',
  title: 'New charges come on a plan, and it asks more, only with the consent of the patient',
  citation: 'reference §5.2: new charges are not added by themselves (id of the house)',
  gates: ['amendPlan'],
  needs: ['plan.addsCharges', 'plan.asksMore', 'plan.consented'],
  judge: (facts) => {
    if (facts['plan.consented']) return pass
    const what = facts['plan.addsCharges'] ? 'charges come on the plan' : 'it asks more of a month than was agreed'
    return facts['plan.addsCharges'] || facts['plan.asksMore']
      ? block(`${what}, and no consent of the patient is named`, {
          requiredAction: 'name it: consent {"on": …, "how": …}',
        })
      : warn('no consent of the patient is named', 'name it: consent {"on": …, "how": …}')
  },
  vectors: [
    vector('charges are added with consent', change(true, false, true), 'pass'),
    vector('charges are added without it', change(true, false, false), blocked),
    vector('it asks more of a month, without consent', change(false, true, false), blocked),
    vector('it asks less, without consent', change(false, false, false), 'warn'),
  ],
})

export const deferralWithin = gateRule({
  ...ofPolicy,
  id: 'PL-08.deferral',
  title: 'A plan is put off by no more months within twelve than policy says',
  gates: ['deferPlan'],
  needs: ['plan.deferredMonths'],
  judge: ({ 'plan.deferredMonths': months }, { policy }) => {
    const { deferralMonths } = policy.policy.plans
    return months <= deferralMonths
      ? pass
      : block(`${months} months within twelve; ${deferralMonths} may be put off`, {
          requiredAction: 'ScreenFinancialAssistance',
        })
  },
  vectors: [
    vector('three months', { 'plan.deferredMonths': 3 }, 'pass'),
    vector('four months', { 'plan.deferredMonths': 4 }, blocked),
  ],
})

const reage = (payments: number, reaged: number, over: RuleVector['facts'] = {}): RuleVector['facts'] => ({
  'plan.consecutivePayments': payments,
  'plan.reagedInYear': reaged,
  'approval.roles': ['supervisor'],
  'approval.distinct': true,
  ...over,
})

const approvers: readonly string[] = ['supervisor', 'manager', 'director']

export const reageApproved = gateRule({
  ...ofPolicy,
  id: 'PL-08.reage',
  title: 'A plan is made current again after payments in a row, by approval of another person, and seldom',
  gates: ['reagePlan'],
  needs: ['plan.consecutivePayments', 'plan.reagedInYear', 'approval.roles', 'approval.distinct'],
  judge: (facts, { policy }) => {
    const { reageAfterPayments, reagesPerYear } = policy.policy.plans
    const paid = facts['plan.consecutivePayments']
    if (paid < reageAfterPayments) {
      return block(`${paid} payments in a row; ${reageAfterPayments} come before a plan is made current again`)
    }
    if (facts['plan.reagedInYear'] >= reagesPerYear) {
      return block(
        `made current ${facts['plan.reagedInYear']} times within twelve months; ${reagesPerYear} are allowed`,
      )
    }
    return facts['approval.distinct'] && facts['approval.roles'].some((role) => approvers.includes(role))
      ? pass
      : block('a supervisor, manager or director who is not the maker has to approve it', {
          requiredAction: 'name who approves it: approval {"by": …, "roles": […]}',
        })
  },
  vectors: [
    vector('three payments in a row, approved', reage(3, 0), 'pass'),
    vector('two payments in a row', reage(2, 0), blocked),
    vector('a second time within twelve months', reage(3, 1), blocked),
    vector('nobody approved', reage(3, 0, { 'approval.roles': [], 'approval.distinct': false }), blocked),
    vector('the maker approved', reage(3, 0, { 'approval.distinct': false }), blocked),
    vector('a rep approved', reage(3, 0, { 'approval.roles': ['rep'] }), blocked),
  ],
})

const minnesota = (over: RuleVector['facts'] = {}): RuleVector['facts'] => ({
  'practice.state': 'MN',
  'plan.requiredForCare': true,
  'income.monthly': 300_000,
  ...over,
})

export const reasonablePlan = gateRule({
  ...ofPolicy,
  id: 'PL-02.MN',
  title: 'MN: a plan that is asked for as a condition of care considers what the patient disclosed',
  jurisdiction: 'MN',
  citation: 'Minn. Stat. 62J.807 (reference §4.8, §5.1)',
  provenance: 'V',
  effective: { from: toDay('2024-10-01') },
  gates: ['proposePlan', 'agreePlan'],
  appliesTo: (facts) => mayBe(facts, 'practice.state', 'MN') && mayBe(facts, 'plan.requiredForCare', true),
  needs: ['plan.requiredForCare'],
  judge: (_facts, _at, all) =>
    all['income.monthly']?.known
      ? pass
      : block('Minnesota: nobody has asked what the patient is able to pay', { requiredAction: 'AskIncome' }),
  vectors: [
    vector('required, income disclosed', minnesota(), 'pass'),
    vector('required, nobody asked for income', { 'practice.state': 'MN', 'plan.requiredForCare': true }, blocked),
    vector('not required', { 'practice.state': 'MN', 'plan.requiredForCare': false }, 'notApplicable'),
    vector(
      'the day before the law',
      { 'practice.state': 'MN', 'plan.requiredForCare': true },
      'notApplicable',
      '2024-09-30',
    ),
  ],
})

/** Cumulative months paid after which a Colorado plan of a qualified patient is paid in full. */
export const COLORADO_MONTHS = 36

const colorado = (months: number): RuleVector['facts'] => ({
  'writeOff.category': 'statutoryPlan',
  'practice.state': 'CO',
  'plan.statutoryMonthsPaid': months,
})

export const statutoryCompletion = gateRule({
  ...ofPolicy,
  id: 'PL-03',
  title: 'CO: after 36 cumulative months the plan of a qualified patient is paid in full',
  jurisdiction: 'CO',
  citation: 'C.R.S. 25.5-3-503(1)(c)',
  provenance: 'V',
  effective: { from: toDay('2022-09-01') },
  gates: ['writeOff'],
  appliesTo: (facts) => mayBe(facts, 'writeOff.category', 'statutoryPlan'),
  needs: ['writeOff.category', 'plan.statutoryMonthsPaid', 'practice.state'],
  judge: (facts) => {
    if (facts['writeOff.category'] !== 'statutoryPlan') return notApplicable
    if (facts['practice.state'] !== 'CO') return block('no statute of the state completes a plan')
    const months = facts['plan.statutoryMonthsPaid']
    return months >= COLORADO_MONTHS
      ? pass
      : block(`${months} months are paid on it, not ${COLORADO_MONTHS}: the law leaves it as it is`)
  },
  vectors: [
    vector('36 months paid', colorado(36), 'pass'),
    vector('35 months paid', colorado(35), blocked),
    vector('another state', { ...colorado(36), 'practice.state': 'MN' }, blocked),
    vector('another category', { ...colorado(0), 'writeOff.category': 'courtesy' }, 'notApplicable'),
    vector('the day before the law', colorado(0), 'notApplicable', '2022-08-31'),
  ],
})

export const planChangeRules: readonly GateRule[] = [
  reasonablePlan,
  statutoryCompletion,
  changeConsented,
  deferralWithin,
  reageApproved,
]
