import { notices } from '../../documents/statement/notices.ts'
import { type Day, toDay } from '../../kernel/day.ts'
import { type ComputationRule, type GateRule, gateRule, sinceBefore } from '../rule.ts'
import { blocked, vector } from '../vectors.ts'
import { block, pass } from '../verdicts.ts'

// ST-03, ST-04: what a statement or letter may say and must say. Ids of the house.

/** States that keep medical debt out of credit reports, with the first day where the reference gives one (§4.8, anchors-2 §5). */
const reportingBans: Readonly<Record<string, Day>> = {
  CA: toDay('2025-07-01'),
  CO: sinceBefore.from, // contested; obeyed
  CT: sinceBefore.from,
  DE: sinceBefore.from,
  IL: toDay('2025-01-01'),
  MD: toDay('2025-10-01'),
  ME: sinceBefore.from,
  MN: toDay('2024-10-01'),
  NJ: toDay('2024-07-22'),
  NY: toDay('2023-12-13'),
  OR: toDay('2026-01-01'),
  RI: toDay('2026-01-01'),
  VA: sinceBefore.from,
  VT: sinceBefore.from,
  WA: toDay('2025-07-27'),
}

const truthful = gateRule({
  id: 'ST-03.intended',
  version: 2,
  title: 'A letter says nothing that the practice does not intend to do',
  capability: 'statement',
  jurisdiction: 'federal (debt collectors); policy (first party)',
  citation: '15 U.S.C. 1692e(5); first party by policy (reference §3.1, LetterContentGate; id of the house)',
  provenance: 'K',
  status: 'in force',
  effective: sinceBefore,
  kind: 'gate',
  gates: ['issueStatement', 'issueLetter'],
  reads: 'today',
  needs: ['statement.mentions'],
  judge: ({ 'statement.mentions': mentions }, { policy }) => {
    const intended: readonly string[] = policy.policy.statements.mentions
    const other = mentions.filter((mention) => !intended.includes(mention))
    return other.length === 0 ? pass : block(`the practice does not do what the letter says: ${other.join(', ')}`)
  },
  vectors: [
    vector('what policy intends', { 'statement.mentions': ['placement'] }, 'pass'),
    vector('more than that', { 'statement.mentions': ['placement', 'legalAction'] }, blocked),
    vector('nothing', { 'statement.mentions': [] }, 'pass'),
  ],
})

const creditReporting = gateRule({
  id: 'ST-03.creditReporting',
  version: 2,
  title: 'No letter speaks of credit reporting where a state forbids it',
  capability: 'statement',
  jurisdiction: 'state',
  citation: 'state bans on reporting medical debt (reference §4.6, §4.8; anchors-2 §5; id of the house)',
  provenance: 'V/K',
  status: 'in force',
  effective: sinceBefore,
  kind: 'gate',
  gates: ['issueStatement', 'issueLetter'],
  reads: 'today',
  needs: ['statement.mentions'],
  judge: ({ 'statement.mentions': mentions }, { today }, all) => {
    if (!mentions.includes('creditReporting')) return pass
    const lives = all['guarantor.state']
    if (!lives?.known) return block('nobody knows in which state the guarantor lives')
    const where = [lives.value, ...(all['practice.state']?.known ? [all['practice.state'].value] : [])]
    const ban = where.find((state) => (reportingBans[state] ?? '9999-12-31') <= today)
    return ban === undefined ? pass : block(`${ban} keeps medical debt out of credit reports`)
  },
  vectors: [
    vector('not mentioned', { 'statement.mentions': [], 'guarantor.state': 'MN' }, 'pass'),
    vector('Minnesota', { 'statement.mentions': ['creditReporting'], 'guarantor.state': 'MN' }, blocked),
    vector('Wisconsin', { 'statement.mentions': ['creditReporting'], 'guarantor.state': 'WI' }, 'pass'),
    vector('nobody knows where', { 'statement.mentions': ['creditReporting'] }, blocked),
    vector(
      'Oregon, the day before its law',
      { 'statement.mentions': ['creditReporting'], 'guarantor.state': 'OR' },
      'pass',
      '2025-12-31',
    ),
    vector(
      'Oregon, on its first day',
      { 'statement.mentions': ['creditReporting'], 'guarantor.state': 'OR' },
      blocked,
      '2026-01-01',
    ),
  ],
})

const assistanceNotice = gateRule({
  id: 'ST-04.assistance',
  version: 1,
  title: 'A statement of a 501(c)(3) hospital says who helps with assistance, and where its policy is',
  capability: 'statement',
  jurisdiction: 'federal (501(c)(3) hospitals)',
  citation: '26 CFR 1.501(r)-4(b)(5) (reference §3.2; id of the house)',
  provenance: 'K',
  status: 'in force',
  effective: { from: toDay('2016-01-01') },
  kind: 'gate',
  gates: ['issueStatement'],
  reads: 'today',
  appliesTo: ({ 'practice.entityType': entity }) => !entity?.known || entity.value === 'hospital_501c3',
  needs: ['statement.assistanceNamed'],
  judge: ({ 'statement.assistanceNamed': named }) =>
    named
      ? pass
      : block('the profile names no phone or no address on the web for financial assistance', {
          requiredAction: 'PublishPolicyVersion',
        }),
  vectors: [
    vector(
      'a hospital that has said it',
      { 'practice.entityType': 'hospital_501c3', 'statement.assistanceNamed': true },
      'pass',
    ),
    vector(
      'a hospital that has not',
      { 'practice.entityType': 'hospital_501c3', 'statement.assistanceNamed': false },
      blocked,
    ),
    vector(
      'a physician practice',
      { 'practice.entityType': 'physician_practice', 'statement.assistanceNamed': false },
      'notApplicable',
    ),
  ],
})

/** The notices, each as a rule of the catalogue: what is printed, by which law, from when on. */
export const noticeRules: readonly ComputationRule[] = notices.map(
  ({ id, version, title, jurisdiction, citation, provenance, effective, text }) => ({
    id,
    version,
    title: `A statement carries the notice: ${title}`,
    capability: 'statement',
    jurisdiction,
    citation: `${citation} (id of the house)`,
    provenance,
    status: 'in force',
    effective,
    kind: 'computation',
    computes: `the words of the notice: ${text}`,
  }),
)

export const letterRules: readonly GateRule[] = [truthful, creditReporting, assistanceNotice]
