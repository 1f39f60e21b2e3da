import { formatCents } from '../../kernel/cents.ts'
import type { PracticePolicy } from '../../policy/policy.ts'
import { rowFor } from '../../policy/rows.ts'
import { gateRule, type RuleVector, sinceBefore } from '../rule.ts'
import { blocked, vector } from '../vectors.ts'
import { block, oneOf, pass } from '../verdicts.ts'

type ApprovalRow = PracticePolicy['writeOff']['approvals'][number]

const facts = (
  category: ApprovalRow['category'],
  cents: number,
  maker: readonly string[],
  approver: readonly string[],
  distinct: boolean,
  second: readonly string[] = [],
): RuleVector['facts'] => ({
  'writeOff.category': category,
  'amount.cents': cents,
  'maker.roles': [...maker],
  'approval.roles': [...approver],
  'approval.distinct': distinct,
  'approval.secondRoles': [...second],
})

/** Whether each role can be another person's: some assignment of the roles to persons uses nobody twice. */
const fillable = (roles: readonly string[], persons: readonly (readonly string[])[]): boolean => {
  const [role, ...others] = roles
  if (role === undefined) return true
  return persons.some(
    (person, at) =>
      person.includes(role) &&
      fillable(
        others,
        persons.filter((_, other) => other !== at),
      ),
  )
}

/**
 * Who may give up how much (law F4). Within the maker's own limit no second person is needed; above it, somebody else
 * whose limit reaches must have approved. A row `together` wants every role that it names, each from a person of its own:
 * the maker, who approved, and a second who did.
 */
export const writeOffApproval = gateRule({
  id: 'WO-01',
  version: 2,
  title: 'A write-off is approved by amount',
  capability: 'ledger',
  jurisdiction: 'policy',
  citation: 'practice policy, write-off approvals (reference §1.9, §11.8; law F4; id of the house)',
  provenance: 'POLICY',
  status: 'in force',
  effective: sinceBefore,
  kind: 'gate',
  gates: ['writeOff'],
  reads: 'today',
  needs: [
    'writeOff.category',
    'amount.cents',
    'maker.roles',
    'approval.roles',
    'approval.distinct',
    'approval.secondRoles',
  ],
  judge: (known, at) => {
    const category = known['writeOff.category']
    const amount = known['amount.cents']
    const rows: readonly ApprovalRow[] = at.policy.policy.writeOff.approvals
    const row = rowFor(
      rows.filter((each) => each.category === category),
      amount,
    )
    if (!row) return block(`policy names nobody who may write off ${formatCents(amount)} as ${category}`)
    const approvers = known['approval.distinct'] ? known['approval.roles'] : []
    const persons = [known['maker.roles'], approvers, known['approval.secondRoles']]
    if (row.together) {
      return fillable(row.roles, persons)
        ? pass
        : block(`${category} of ${formatCents(amount)} needs two persons: ${row.roles.join(' and ')}`, {
            requiredAction: 'name who approves it: approval {"by": …, "roles": […], "also": {"by": …, "roles": […]}}',
          })
    }
    if (persons.some((roles) => row.roles.some((role) => roles.includes(role)))) return pass
    return block(`${category} of ${formatCents(amount)} needs the approval of ${oneOf(row.roles)}`, {
      requiredAction: 'name who approves it: approval {"by": …, "roles": […]}',
    })
  },
  vectors: [
    vector('administrative by a rep, nobody approved', facts('administrative', 5_000, ['rep'], [], false), blocked),
    vector(
      'administrative by a rep, a supervisor approved',
      facts('administrative', 5_000, ['rep'], ['supervisor'], true),
      'pass',
    ),
    vector('administrative by a supervisor', facts('administrative', 5_000, ['supervisor'], [], false), 'pass'),
    vector('charity of 5,000.00 by a counsellor', facts('charity', 500_000, ['faCounsellor'], [], false), 'pass'),
    vector(
      'charity of 5,000.01 by a counsellor alone',
      facts('charity', 500_001, ['faCounsellor'], [], false),
      blocked,
    ),
    vector(
      'charity of 5,000.01, the assistance supervisor approved',
      facts('charity', 500_001, ['faCounsellor'], ['faSupervisor'], true),
      'pass',
    ),
    vector(
      'the approver is the maker: no second person',
      facts('charity', 500_001, ['faCounsellor'], ['faSupervisor'], false),
      blocked,
    ),
    vector('courtesy by a manager alone', facts('courtesy', 5_000, ['manager'], [], false), blocked),
    vector(
      'courtesy by a manager, compliance approved',
      facts('courtesy', 5_000, ['manager'], ['compliance'], true),
      'pass',
    ),
    vector(
      'courtesy by one person with both roles',
      facts('courtesy', 5_000, ['manager', 'compliance'], [], false),
      blocked,
    ),
    vector(
      'courtesy by a rep, one person with both roles approved',
      facts('courtesy', 5_000, ['rep'], ['manager', 'compliance'], true),
      blocked,
    ),
    vector(
      'courtesy by a rep, a manager and compliance approved',
      facts('courtesy', 5_000, ['rep'], ['manager'], true, ['compliance']),
      'pass',
    ),
    vector(
      'courtesy by a manager of compliance, approved by a rep',
      facts('courtesy', 5_000, ['manager', 'compliance'], ['rep'], true),
      blocked,
    ),
    vector('small balance by the nightly batch', facts('smallDebit', 500, ['system'], [], false), 'pass'),
  ],
})
