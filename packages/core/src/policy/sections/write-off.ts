import { z } from 'zod'
import { cents, positiveCents, toCents } from '../../kernel/cents.ts'
import { flag } from '../../kernel/classes.ts'
import { writeOffCategory } from '../../kernel/write-off-categories.ts'
import { role } from '../roles.ts'
import { rowRefusals } from '../rows.ts'
import { days, section } from '../section.ts'

/**
 * Who may approve up to an amount: any of the roles, or with `together` all of them, as maker and approver. Rows of a
 * category ascend; the last has no `upTo`.
 */
export const approvalRow = z.strictObject({
  category: writeOffCategory,
  upTo: positiveCents.optional(),
  roles: z.array(role).min(1),
  together: flag().optional(),
})

/** Who may write off what, and what is small. */
export const writeOff = section({
  shape: {
    approvals: z.array(approvalRow),
    /** Debit balances up to this amount may be written off as small (errata 13). */
    smallBalance: cents,
    /** Days without activity on a visit before its balance counts as left over. */
    smallBalanceInactiveDays: days(),
  },
  presets: {
    physicianPracticeMN: {
      // §1.9; rows without an amount there have none here. A role stands in a row also by being above the named one.
      approvals: [
        { category: 'charity', upTo: toCents(500_000), roles: ['faCounsellor', 'faSupervisor', 'director'] }, // §1.9
        { category: 'charity', roles: ['faSupervisor', 'director'] }, // §1.9
        { category: 'presumptive', upTo: toCents(500_000), roles: ['faCounsellor', 'faSupervisor', 'director'] }, // as charity
        { category: 'presumptive', roles: ['faSupervisor', 'director'] }, // as charity
        { category: 'smallDebit', roles: ['system', 'supervisor', 'manager', 'director'] }, // §1.9: system batch
        { category: 'administrative', roles: ['supervisor', 'manager', 'director', 'system'] }, // §1.9
        { category: 'courtesy', roles: ['manager', 'compliance'], together: true }, // §1.9: manager + compliance
        { category: 'promptPay', roles: ['supervisor', 'manager', 'director'] }, // house
        { category: 'selfPayDiscount', roles: ['supervisor', 'manager', 'director'] }, // house
        { category: 'settlement', upTo: toCents(500_000), roles: ['supervisor', 'manager', 'director'] }, // house, as §1.9 bad debt
        { category: 'settlement', roles: ['director'] }, // house, as §1.9 bad debt
        { category: 'bankruptcy', roles: ['supervisor', 'manager', 'compliance', 'director'] }, // house
        { category: 'estate', roles: ['supervisor', 'manager', 'compliance', 'director'] }, // house
        { category: 'statutoryPlan', roles: ['system', 'supervisor', 'manager', 'director'] }, // house: the statute leaves no choice
        { category: 'qmb', roles: ['system', 'biller', 'supervisor', 'manager', 'director'] }, // house: the statute leaves no choice
        { category: 'medicaid', roles: ['system', 'biller', 'supervisor', 'manager', 'director'] }, // house: the statute leaves no choice
        { category: 'nsa', roles: ['supervisor', 'manager', 'compliance', 'director'] }, // house
        { category: 'timeLimit', roles: ['supervisor', 'manager', 'director'] }, // house
      ],
      smallBalance: toCents(999), // §1.9
      smallBalanceInactiveDays: 60, // §1.9
    },
  },
  before: 'none',
  refusals: ({ approvals }) =>
    [...new Set(approvals.map((row) => row.category))].flatMap((category) =>
      rowRefusals(
        `approvals ${category}`,
        approvals.filter((row) => row.category === category),
      ),
    ),
})
