import { gateRule, sinceBefore } from '../rule.ts'
import { blocked, today } from '../vectors.ts'
import { block, pass } from '../verdicts.ts'

/** Stands at the transfer and at placement: neither bills the patient while somebody else may have to pay. */
export const otherPartyOpen = gateRule({
  id: 'WC-01',
  version: 1,
  title: "No patient billing while workers' compensation or another liable party is open",
  capability: 'tpl',
  jurisdiction: 'state',
  citation: "state workers' compensation acts; 42 CFR 447.20 (reference §8.8)",
  provenance: 'K',
  status: 'in force',
  effective: sinceBefore,
  kind: 'gate',
  gates: ['transferToPatient', 'placeAccount'],
  reads: 'today',
  needs: ['case.workersCompOpen', 'case.liabilityOpen'],
  judge: (facts, _at, all) => {
    const coverage = all['coverage.type']
    if (facts['case.workersCompOpen'] || (coverage?.known && coverage.value === 'workersComp')) {
      return block("a workers' compensation case is open", { requiredAction: 'BillWorkersCompensation' })
    }
    return facts['case.liabilityOpen']
      ? block('another party may be liable', { requiredAction: 'BillLiableParty' })
      : pass
  },
  vectors: [
    {
      name: "workers' compensation open",
      facts: { 'case.workersCompOpen': true, 'case.liabilityOpen': false },
      today,
      expected: blocked,
    },
    {
      name: 'liability open',
      facts: { 'case.workersCompOpen': false, 'case.liabilityOpen': true },
      today,
      expected: blocked,
    },
    {
      name: "the payer itself is workers' compensation",
      facts: { 'case.workersCompOpen': false, 'case.liabilityOpen': false, 'coverage.type': 'workersComp' },
      today,
      expected: blocked,
    },
    {
      name: 'neither',
      facts: { 'case.workersCompOpen': false, 'case.liabilityOpen': false, 'coverage.type': 'commercial' },
      today,
      expected: 'pass',
    },
  ],
})
