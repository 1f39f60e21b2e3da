import { addDays, type Day, toDay } from '../../kernel/day.ts'
import { type GateRule, gateRule, type RuleVector } from '../rule.ts'
import { mayBe, mayBeHospital } from '../scope.ts'
import { notBefore } from '../verdicts.ts'

// State waits between the first bill and placement: reference §4.8. They run on the calendar, holds do not stop them.

const firstBill = toDay('2026-02-01')
const vectors = (scope: RuleVector['facts'], earliest: Day, elsewhere: RuleVector['facts']): readonly RuleVector[] => [
  {
    name: `first bill ${firstBill}, the day before`,
    facts: { ...scope, 'billing.firstBillOn': firstBill },
    today: addDays(earliest, -1),
    expected: { blocked: true, earliest },
  },
  {
    name: `first bill ${firstBill}, on ${earliest}`,
    facts: { ...scope, 'billing.firstBillOn': firstBill },
    today: earliest,
    expected: 'pass',
  },
  {
    name: 'the law does not reach here',
    facts: { ...elsewhere, 'billing.firstBillOn': firstBill },
    today: addDays(firstBill, 1),
    expected: 'notApplicable',
  },
]

export const newYorkHospital = gateRule({
  id: 'PC-02',
  version: 1,
  title: 'NY hospitals: no collection before the 180th day after the first bill',
  capability: 'placement',
  jurisdiction: 'NY',
  citation: 'N.Y. Pub. Health Law 2807-k (reference §4.8)',
  provenance: 'V',
  status: 'in force',
  effective: { from: toDay('2024-10-20') },
  kind: 'gate',
  gates: ['placeAccount'],
  reads: 'today',
  appliesTo: (facts) => mayBe(facts, 'practice.state', 'NY') && mayBeHospital(facts),
  needs: ['billing.firstBillOn'],
  judge: ({ 'billing.firstBillOn': first }, at) =>
    notBefore(addDays(first, 180), at.today, `New York: 180 days from the first bill of ${first}`),
  vectors: [
    ...vectors({ 'practice.state': 'NY', 'practice.entityType': 'hospital_501c3' }, toDay('2026-07-31'), {
      'practice.state': 'NY',
      'practice.entityType': 'physician_practice',
    }),
    {
      name: 'before the law',
      facts: {
        'practice.state': 'NY',
        'practice.entityType': 'hospital_501c3',
        'billing.firstBillOn': toDay('2024-10-01'),
      },
      today: toDay('2024-10-19'),
      expected: 'notApplicable',
    },
  ],
})

/** Binds providers in Washington, and agencies that collect from people who live there. */
export const washington = gateRule({
  id: 'PC-06',
  version: 1,
  title: 'WA: no placement before the 120th day after the first bill',
  capability: 'placement',
  jurisdiction: 'WA',
  citation: 'HB 1531 (2019), RCW 19.16 (reference §4.8)',
  provenance: 'P',
  status: 'in force',
  effective: { from: toDay('2019-07-28') },
  kind: 'gate',
  gates: ['placeAccount'],
  reads: 'today',
  appliesTo: (facts) => mayBe(facts, 'practice.state', 'WA') || mayBe(facts, 'guarantor.state', 'WA'),
  needs: ['billing.firstBillOn'],
  judge: ({ 'billing.firstBillOn': first }, at) =>
    notBefore(addDays(first, 120), at.today, `Washington: 120 days from the first bill of ${first}`),
  vectors: [
    ...vectors({ 'practice.state': 'WA', 'guarantor.state': 'WA' }, toDay('2026-06-01'), {
      'practice.state': 'MN',
      'guarantor.state': 'MN',
    }),
    {
      name: 'a Minnesota practice, the guarantor lives in Washington',
      facts: { 'practice.state': 'MN', 'guarantor.state': 'WA', 'billing.firstBillOn': firstBill },
      today: toDay('2026-05-31'),
      expected: { blocked: true, earliest: toDay('2026-06-01') },
    },
  ],
})

export const waitingPeriodRules: readonly GateRule[] = [newYorkHospital, washington]
