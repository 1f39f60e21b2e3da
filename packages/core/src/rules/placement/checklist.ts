import { formatCents } from '../../kernel/cents.ts'
import { addDays, daysBetween, toDay } from '../../kernel/day.ts'
import { rowFor } from '../../policy/rows.ts'
import type { Fact } from '../facts.ts'
import { type GateRule, gateRule, sinceBefore } from '../rule.ts'
import { blocked, vector } from '../vectors.ts'
import { block, notBefore, oneOf, pass } from '../verdicts.ts'

// PC-01, reference §9.1: the checks that compare figures and days. The yes-or-no checks are in standing.ts.

const checklist = {
  version: 1,
  capability: 'placement',
  jurisdiction: 'policy',
  citation: 'pre-placement checklist (reference §9.1)',
  provenance: 'POLICY',
  status: 'in force',
  effective: sinceBefore,
  kind: 'gate',
  gates: ['placeAccount'],
  reads: 'today',
} as const

/** A check that is the practice's own. */
const own = { ...checklist, setAsideBy: 'placement' } as const

const minimumBalance = gateRule({
  ...own,
  id: 'PC-01.1.minimum',
  title: 'The patient owes at least the minimum',
  needs: ['balance.patientActive'],
  judge: ({ 'balance.patientActive': balance }, at) => {
    const { placement, writeOff } = at.policy.policy
    if (balance < placement.minimumBalance) {
      return block(`${formatCents(balance)} is below the minimum ${formatCents(placement.minimumBalance)}`)
    }
    return balance <= writeOff.smallBalance ? block(`${formatCents(balance)} is written off as a small balance`) : pass
  },
  vectors: [
    vector('25.00', { 'balance.patientActive': 2_500 }, 'pass'),
    vector('24.99', { 'balance.patientActive': 2_499 }, blocked),
    vector('a credit', { 'balance.patientActive': -5_000 }, blocked),
  ],
})

const eligibility = gateRule({
  ...own,
  id: 'PC-01.2.eligibility',
  title: 'Eligibility was checked again lately',
  needs: ['insurance.eligibilityCheckedOn'],
  judge: ({ 'insurance.eligibilityCheckedOn': checked }, at) => {
    const { eligibilityCheckedDays } = at.policy.policy.placement
    return daysBetween(checked, at.today) <= eligibilityCheckedDays
      ? pass
      : block(`eligibility was last checked on ${checked}, more than ${eligibilityCheckedDays} days ago`, {
          requiredAction: 'CheckEligibility',
        })
  },
  vectors: [
    vector('30 days ago', { 'insurance.eligibilityCheckedOn': toDay('2026-02-03') }, 'pass'),
    vector('31 days ago', { 'insurance.eligibilityCheckedOn': toDay('2026-02-02') }, blocked),
  ],
})

const notices = gateRule({
  ...own,
  id: 'PC-01.3.notices',
  title: 'Enough statements and letters were sent',
  needs: ['billing.noticesSent'],
  judge: ({ 'billing.noticesSent': sent }, at) => {
    const { noticesBefore } = at.policy.policy.placement
    return sent >= noticesBefore
      ? pass
      : block(`${sent} of ${noticesBefore} notices were sent`, { requiredAction: 'SendStatement' })
  },
  vectors: [
    vector('three', { 'billing.noticesSent': 3 }, 'pass'),
    vector('two', { 'billing.noticesSent': 2 }, blocked),
  ],
})

const finalNotice = gateRule({
  ...own,
  id: 'PC-01.3.finalNotice',
  title: 'The final notice has had its time',
  needs: ['billing.finalNoticeOn'],
  judge: ({ 'billing.finalNoticeOn': on }, at) => {
    const { finalNoticeDays } = at.policy.policy.placement
    return notBefore(addDays(on, finalNoticeDays), at.today, `final notice ${on}, then ${finalNoticeDays} days`)
  },
  vectors: [
    vector('30 days old', { 'billing.finalNoticeOn': toDay('2026-09-14') }, 'pass', '2026-10-14'),
    vector(
      '29 days old',
      { 'billing.finalNoticeOn': toDay('2026-09-14') },
      { blocked: true, earliest: toDay('2026-10-14') },
      '2026-10-13',
    ),
  ],
})

const medicaid = gateRule({
  ...checklist,
  id: 'PC-01.5.medicaid',
  title: 'Not covered by Medicaid',
  jurisdiction: 'federal',
  citation: '42 CFR 447.15 (AR-06, reference §9.1)',
  provenance: 'K',
  needs: ['coverage.type'],
  judge: ({ 'coverage.type': type }) => (type === 'medicaid' ? block('Medicaid covers the patient') : pass),
  vectors: [
    vector('Medicaid', { 'coverage.type': 'medicaid' }, blocked),
    vector('commercial', { 'coverage.type': 'commercial' }, 'pass'),
    vector('none', { 'coverage.type': 'none' }, 'pass'),
  ],
})

const minor = gateRule({
  ...own,
  version: 2,
  id: 'PC-01.5.minor',
  title: 'A minor has a guarantor of age',
  citation: 'pre-placement checklist (reference §9.1, §8.6)',
  needs: ['patient.age', 'guarantor.confirmed'],
  judge: (facts, at, all) => {
    const { ageOfMajority } = at.policy.policy.placement
    const isMinor = (age: Fact<number> | undefined) => age?.known === true && age.value < ageOfMajority
    const wasMinor = isMinor(all['patient.ageAtService'])
    if (facts['patient.age'] >= ageOfMajority && !wasMinor) return pass
    const requiredAction = 'ConfirmGuarantor'
    if (!facts['guarantor.confirmed']) return block('the patient is a minor without a guarantor', { requiredAction })
    if (isMinor(all['guarantor.age']))
      return block('the patient is a minor and so is the guarantor', { requiredAction })
    // Who comes of age takes over no debt: it stays with the guarantor of then.
    return wasMinor && isMinor(all['guarantor.ageAtService'])
      ? block('the patient was a minor at the service and so was the guarantor: who answered then does', {
          requiredAction,
        })
      : pass
  },
  vectors: [
    vector('a minor, nobody confirmed', { 'patient.age': 17, 'guarantor.confirmed': false }, blocked),
    vector(
      'a minor as own guarantor',
      { 'patient.age': 17, 'guarantor.confirmed': true, 'guarantor.age': 17 },
      blocked,
    ),
    vector('a minor with a parent', { 'patient.age': 17, 'guarantor.confirmed': true, 'guarantor.age': 44 }, 'pass'),
    vector('of age today', { 'patient.age': 18, 'guarantor.confirmed': true }, 'pass'),
    ...(
      [
        ['17 at the service, 18 today, own guarantor', 18, 17, 17, blocked],
        ['17 at the service, 18 today, a parent answers', 44, 17, 43, 'pass'],
        ['of age at the service', 19, 18, 18, 'pass'],
      ] as const
    ).map(([name, guarantor, then, guarantorThen, expected]) =>
      vector(
        name,
        {
          'patient.age': 18,
          'patient.ageAtService': then,
          'guarantor.confirmed': true,
          'guarantor.age': guarantor,
          'guarantor.ageAtService': guarantorThen,
        },
        expected,
      ),
    ),
  ],
})

const lastPayment = gateRule({
  ...own,
  id: 'PC-01.7.lastPayment',
  title: 'No recent payment',
  needs: ['payment.lastOn'],
  judge: ({ 'payment.lastOn': last }, at) => {
    if (last === 'never') return pass
    const { daysSinceLastPayment } = at.policy.policy.placement
    return notBefore(
      addDays(last, daysSinceLastPayment + 1),
      at.today,
      `paid on ${last}; more than ${daysSinceLastPayment} days must pass`,
    )
  },
  vectors: [
    vector('never paid', { 'payment.lastOn': 'never' }, 'pass'),
    vector('31 days ago', { 'payment.lastOn': toDay('2026-02-02') }, 'pass'),
    vector('30 days ago', { 'payment.lastOn': toDay('2026-02-03') }, { blocked: true, earliest: toDay('2026-03-06') }),
  ],
})

const approval = (balance: number, maker: string, approver: readonly string[], distinct: boolean) => ({
  'balance.patientActive': balance,
  'maker.roles': [maker],
  'approval.roles': [...approver],
  'approval.distinct': distinct,
})

const approved = gateRule({
  ...own,
  id: 'PC-01.10.approval',
  title: 'Placement is approved by amount',
  citation: 'practice policy, placement approvals (reference §9.1(10), §1.9)',
  needs: ['balance.patientActive', 'maker.roles', 'approval.roles', 'approval.distinct'],
  judge: (facts, at) => {
    const balance = facts['balance.patientActive']
    const row = rowFor(at.policy.policy.placement.approvers, balance)
    if (!row) return block(`policy names nobody who may place ${formatCents(balance)}`)
    const may = (roles: readonly string[]): boolean => row.roles.some((role) => roles.includes(role))
    if (may(facts['maker.roles']) || (facts['approval.distinct'] && may(facts['approval.roles']))) return pass
    return block(`placing ${formatCents(balance)} needs the approval of ${oneOf(row.roles)}`, {
      requiredAction: 'ApprovePlacement',
    })
  },
  vectors: [
    vector('500.00 by a rep', approval(50_000, 'rep', [], false), 'pass'),
    vector('500.01 by a rep', approval(50_001, 'rep', [], false), blocked),
    vector('500.01 by a rep, a supervisor approved', approval(50_001, 'rep', ['supervisor'], true), 'pass'),
    vector('5,000.01 by a supervisor', approval(500_001, 'supervisor', [], false), blocked),
    vector('5,000.01, the director approved', approval(500_001, 'supervisor', ['director'], true), 'pass'),
    vector('the approver is the maker', approval(500_001, 'rep', ['director'], false), blocked),
  ],
})

export const checklistRules: readonly GateRule[] = [
  minimumBalance,
  eligibility,
  notices,
  finalNotice,
  medicaid,
  minor,
  lastPayment,
  approved,
]
