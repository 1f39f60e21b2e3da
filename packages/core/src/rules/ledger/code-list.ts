import { gateRule, sinceBefore } from '../rule.ts'
import { today } from '../vectors.ts'
import { pass, warn } from '../verdicts.ts'

/** Groups that the code list admits for a reason code. Codes in no row stand in any group. */
const groupsOf: Readonly<Record<string, readonly string[]>> = {
  '45': ['CO', 'PR'],
  '18': ['OA', 'CO'],
  ...Object.fromEntries(['23', '136', '209', '257', '271', '277', '133'].map((carc) => [carc, ['OA']])),
  ...Object.fromEntries(['85', '201', '238', '275'].map((carc) => [carc, ['PR']])),
  ...Object.fromEntries(['139', '249', '281', '303'].map((carc) => [carc, ['CO']])),
  '278': ['CO', 'PI'],
}
const needsRemark: readonly string[] = [
  ...['16', '96', '129', '148', '226', '227', '234', '237', '250', '251', '252', '267', 'A1'],
]
/** Remark codes that are alerts and explain nothing (reference §12.3; not the whole code list). */
const alerts: readonly string[] = [
  ...['MA01', 'MA02', 'MA07', 'MA10', 'MA13', 'MA18', 'MA44', 'MA59', 'MA72', 'MA77', 'N1', 'N781', 'N782', 'N783'],
]

export const codeListConstraints = gateRule({
  id: 'AR-08',
  version: 1,
  title: 'Reason codes stand in the groups that the code list admits',
  capability: 'ledger',
  jurisdiction: 'industry',
  citation: 'X12 claim adjustment reason codes, usage notes (reference §1.5)',
  provenance: 'V',
  status: 'in force',
  effective: sinceBefore,
  kind: 'gate',
  gates: ['postAdjustment'],
  reads: 'effectiveDate',
  needs: ['adjustment.group', 'adjustment.carc', 'adjustment.remarks'],
  judge: ({ 'adjustment.group': group, 'adjustment.carc': carc, 'adjustment.remarks': remarks }, _at, all) => {
    const wrong: string[] = []
    const groups = groupsOf[carc]
    if (groups && !groups.includes(group)) wrong.push(`${group}-${carc}: the group must be ${groups.join(' or ')}`)
    if (needsRemark.includes(carc) && !remarks.some((remark) => !alerts.includes(remark))) {
      wrong.push(`${group}-${carc} needs a remark code that is no alert`)
    }
    const amount = all['adjustment.cents']
    const charge = all['adjustment.charge']
    if (carc === '45' && amount?.known && charge?.known && charge.value > 0 && amount.value === charge.value) {
      wrong.push(`${group}-45 takes the entire charge`)
    }
    return wrong.length === 0 ? pass : warn(wrong.join('; '))
  },
  vectors: [
    {
      name: 'CO-45 below the charge',
      facts: {
        'adjustment.group': 'CO',
        'adjustment.carc': '45',
        'adjustment.remarks': [],
        'adjustment.cents': 4_000,
        'adjustment.charge': 10_000,
      },
      today,
      expected: 'pass',
    },
    {
      name: 'CO-45 of the entire charge',
      facts: {
        'adjustment.group': 'CO',
        'adjustment.carc': '45',
        'adjustment.remarks': [],
        'adjustment.cents': 10_000,
        'adjustment.charge': 10_000,
      },
      today,
      expected: 'warn',
    },
    ...(
      [
        ['OA', '45', [], 'warn'],
        ['OA', '18', [], 'pass'],
        ['PR', '18', [], 'warn'],
        ['OA', '23', [], 'pass'],
        ['CO', '23', [], 'warn'],
        ['CO', '85', [], 'warn'],
        ['PR', '85', [], 'pass'],
        ['OA', '303', [], 'warn'],
        ['PI', '278', [], 'pass'],
        ['CO', '16', [], 'warn'],
        ['CO', '16', ['MA18'], 'warn'],
        ['CO', '16', ['M51'], 'pass'],
      ] as const
    ).map(([group, carc, remarks, expected]) => ({
      name: `${group}-${carc} with remarks [${remarks.join(', ')}]`,
      facts: { 'adjustment.group': group, 'adjustment.carc': carc, 'adjustment.remarks': [...remarks] },
      today,
      expected,
    })),
  ],
})
