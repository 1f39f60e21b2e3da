import { formatCents } from '../../kernel/cents.ts'
import { addDays, toDay } from '../../kernel/day.ts'
import type { Facts } from '../facts.ts'
import { type ComputationRule, type GateRule, gateRule, sinceBefore } from '../rule.ts'
import { blocked, vector } from '../vectors.ts'
import { block, notBefore, pass } from '../verdicts.ts'

// ST-01: when the practice sends something of its own accord. Ids of the house: reference §3.1 names no rules.

const described = {
  version: 1,
  capability: 'statement',
  jurisdiction: 'policy',
  citation: 'practice policy, statements (reference §3.1; id of the house)',
  provenance: 'POLICY',
  status: 'in force',
  effective: sinceBefore,
} as const

const ofPolicy = { ...described, kind: 'gate', gates: ['issueStatement'], reads: 'today' } as const

export const ladderCalendar: ComputationRule = {
  ...described,
  id: 'ST-00',
  title: 'The ladder of statements and letters is counted in days that nothing has held',
  kind: 'computation',
  computes:
    'for each visit the day of its next step: the day on which its oldest open part became the patient’s, or that of its last step, and the days of policy between the steps, days that a pause held left out (law I5), and not before the days of notice after a pause; what asks for several visits is of the lowest of their steps (DN-03)',
}

/** A pause, or the days of notice after one, say already why nothing is asked for and nothing is to come. */
const waits = ({ 'statement.pausedBy': by, 'statement.resumedOn': resumed }: Facts): boolean =>
  (by?.known === true && by.value.length > 0) || (resumed?.known === true && resumed.value !== 'never')

const profile = gateRule({
  ...ofPolicy,
  id: 'ST-01.profile',
  title: 'A statement says who sends it, and how to pay and to ask',
  citation: 'practice policy, profile (reference §3.2; id of the house)',
  needs: ['statement.profileMissing'],
  judge: ({ 'statement.profileMissing': missing }) =>
    missing.length === 0
      ? pass
      : block(`the practice has not said its ${missing.join(', ')}`, { requiredAction: 'PublishPolicyVersion' }),
  vectors: [
    vector('all is said', { 'statement.profileMissing': [] }, 'pass'),
    vector('no phone', { 'statement.profileMissing': ['phone'] }, blocked),
  ],
})

const minimum = gateRule({
  ...ofPolicy,
  id: 'ST-01.minimum',
  title: 'Nobody is asked for a small balance',
  needs: ['statement.amountDue'],
  judge: ({ 'statement.amountDue': due }, { policy }, all) => {
    const { smallBalance } = policy.policy.writeOff
    if (due <= 0) return waits(all) ? pass : block('nothing is to be asked for')
    return due > smallBalance ? pass : block(`${formatCents(due)} is a small balance (${formatCents(smallBalance)})`)
  },
  vectors: [
    vector('10.00', { 'statement.amountDue': 1_000 }, 'pass'),
    vector('9.99', { 'statement.amountDue': 999 }, blocked),
    vector('nothing', { 'statement.amountDue': 0 }, blocked),
    vector('nothing, for it is paused', { 'statement.amountDue': 0, 'statement.pausedBy': ['in dispute'] }, 'pass'),
  ],
})

const paused = gateRule({
  ...ofPolicy,
  id: 'ST-01.paused',
  title: 'Nothing is sent while the ladder is paused for all that is owed',
  needs: ['statement.pausedBy'],
  judge: ({ 'statement.pausedBy': by }) => (by.length === 0 ? pass : block(`paused: ${by.join(', ')}`)),
  vectors: [
    vector('not paused', { 'statement.pausedBy': [] }, 'pass'),
    vector('in dispute', { 'statement.pausedBy': ['in dispute'] }, blocked),
  ],
})

const step = gateRule({
  ...ofPolicy,
  id: 'ST-01.step',
  title: 'A step of the ladder is due',
  needs: ['statement.dueOn'],
  judge: ({ 'statement.dueOn': due }, { today }, all) => {
    if (due !== 'never') return notBefore(due, today, 'the next step of the ladder')
    return waits(all) ? pass : block('no step of the ladder is to come')
  },
  vectors: [
    vector('due today', { 'statement.dueOn': toDay('2026-06-01') }, 'pass', '2026-06-01'),
    vector(
      'due tomorrow',
      { 'statement.dueOn': toDay('2026-06-02') },
      { blocked: true, earliest: toDay('2026-06-02') },
      '2026-06-01',
    ),
    vector('nothing to come', { 'statement.dueOn': 'never' }, blocked),
    vector('a pause without an end', { 'statement.dueOn': 'never', 'statement.pausedBy': ['in dispute'] }, 'pass'),
  ],
})

const notice = gateRule({
  ...ofPolicy,
  id: 'ST-01.notice',
  title: 'After a pause the days of notice pass before anything is sent',
  needs: ['statement.resumedOn'],
  judge: ({ 'statement.resumedOn': resumed }, { today, policy }) => {
    if (resumed === 'never') return pass
    const { noticeDays } = policy.policy.statements
    return notBefore(addDays(resumed, noticeDays), today, `resumed on ${resumed}, then ${noticeDays} days of notice`)
  },
  vectors: [
    vector('14 days', { 'statement.resumedOn': toDay('2026-06-01') }, 'pass', '2026-06-15'),
    vector(
      '13 days',
      { 'statement.resumedOn': toDay('2026-06-01') },
      { blocked: true, earliest: toDay('2026-06-15') },
      '2026-06-14',
    ),
    vector('never paused', { 'statement.resumedOn': 'never' }, 'pass'),
  ],
})

const cycle = gateRule({
  ...ofPolicy,
  id: 'ST-01.cycle',
  title: 'One statement a cycle for a guarantor',
  needs: ['statement.kind', 'statement.lastOn'],
  judge: ({ 'statement.kind': kind, 'statement.lastOn': last }, { today, policy }) => {
    if (kind !== 'statement' || last === 'never') return pass
    const { cycleDays } = policy.policy.statements
    return notBefore(
      addDays(last, cycleDays),
      today,
      `the last statement went out on ${last}, one in ${cycleDays} days`,
    )
  },
  vectors: [
    vector(
      'after 28 days',
      { 'statement.kind': 'statement', 'statement.lastOn': toDay('2026-06-01') },
      'pass',
      '2026-06-29',
    ),
    vector(
      'after 27 days',
      { 'statement.kind': 'statement', 'statement.lastOn': toDay('2026-06-01') },
      { blocked: true, earliest: toDay('2026-06-29') },
      '2026-06-28',
    ),
    vector('a letter', { 'statement.kind': 'letter', 'statement.lastOn': toDay('2026-06-01') }, 'pass', '2026-06-20'),
  ],
})

const returned = gateRule({
  ...ofPolicy,
  id: 'ST-01.returned',
  title: 'Nothing goes where mail came back from',
  citation: 'practice policy, statements: skip trace first (reference §3.1 D3, §11.6; id of the house)',
  needs: ['statement.returnedOn'],
  judge: ({ 'statement.returnedOn': returned }) =>
    returned === 'never'
      ? pass
      : block(`the last one came back on ${returned}, and nobody has corrected where it goes`, {
          requiredAction: 'StartSkipTrace',
        }),
  vectors: [
    vector('none came back', { 'statement.returnedOn': 'never' }, 'pass'),
    vector('it came back', { 'statement.returnedOn': toDay('2026-06-09') }, blocked),
  ],
})

export const ladderRules: readonly GateRule[] = [profile, minimum, paused, step, notice, cycle, returned]
