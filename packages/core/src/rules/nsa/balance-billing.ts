import { formatCents } from '../../kernel/cents.ts'
import { toDay } from '../../kernel/day.ts'
import { gateRule } from '../rule.ts'
import { blocked, today } from '../vectors.ts'
import { block, pass } from '../verdicts.ts'

/** Remarks (RARC) by which a payer says that the No Surprises Act protects the service (reference §1.4 gate 5). */
export const nsaRemarks: readonly string[] = ['N882', 'N883', 'N884', 'N885']

export const balanceBilling = gateRule({
  id: 'DS-07',
  version: 1,
  title: 'No balance billing of a protected service',
  capability: 'nsa',
  jurisdiction: 'federal',
  citation: '45 CFR 149.410–.440 (reference §7.4, §1.4 gate 5)',
  provenance: 'K',
  status: 'in force',
  effective: { from: toDay('2022-01-01') },
  kind: 'gate',
  gates: ['transferToPatient'],
  reads: 'effectiveDate',
  needs: ['service.nsaProtected'],
  judge: ({ 'service.nsaProtected': isProtected }, _at, all) => {
    if (!isProtected) return pass
    const share = all['service.nsaCostShare']
    const amount = all['amount.cents']
    if (!share?.known || !amount?.known) {
      return block("protected service: the cost share of the payer's first notice is not confirmed", {
        requiredAction: 'ConfirmInNetworkCostShare',
      })
    }
    return amount.value <= share.value
      ? pass
      : block(
          `protected service: ${formatCents(amount.value)} is above the first notice's ${formatCents(share.value)}`,
          { requiredAction: 'DisputeWithPayer' },
        )
  },
  vectors: [
    {
      name: 'protected, share not confirmed',
      facts: { 'service.nsaProtected': true },
      today,
      expected: blocked,
    },
    {
      name: 'protected, above the first notice',
      facts: { 'service.nsaProtected': true, 'service.nsaCostShare': 12_000, 'amount.cents': 30_000 },
      today,
      expected: blocked,
    },
    {
      name: 'protected, exactly the first notice',
      facts: { 'service.nsaProtected': true, 'service.nsaCostShare': 12_000, 'amount.cents': 12_000 },
      today,
      expected: 'pass',
    },
    {
      name: 'not protected',
      facts: { 'service.nsaProtected': false },
      today,
      expected: 'pass',
    },
    {
      name: 'the act was not law yet',
      facts: { 'service.nsaProtected': true },
      today,
      effectiveDate: toDay('2021-12-31'),
      expected: 'notApplicable',
    },
  ],
})
