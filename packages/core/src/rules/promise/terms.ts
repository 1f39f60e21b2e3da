import { addDays, toDay } from '../../kernel/day.ts'
import { type ComputationRule, type GateRule, gateRule, sinceBefore } from '../rule.ts'
import { blocked, vector } from '../vectors.ts'
import { block, pass } from '../verdicts.ts'

const described = {
  version: 1,
  capability: 'plan',
  jurisdiction: 'policy',
  citation: 'practice policy, promises (reference §5.5)',
  provenance: 'POLICY',
  status: 'in force',
  effective: sinceBefore,
} as const

const ofPolicy = { ...described, kind: 'gate', gates: ['recordPromise'], reads: 'today' } as const

export const promiseJudged: ComputationRule = {
  ...described,
  id: 'PL-06',
  title: 'A promise is kept, kept in part or broken by postings alone',
  kind: 'computation',
  computes:
    'parts with due days, and postings after the promise by effective date: kept where by each due day and grace all that was due has come; else, from the day after, kept in part from the share of policy on, broken below it',
}

export const promiseRules: readonly GateRule[] = [
  gateRule({
    ...ofPolicy,
    id: 'PL-06.horizon',
    title: 'The last of a promise is due within the days of policy',
    needs: ['promise.lastDue'],
    judge: ({ 'promise.lastDue': due }, { effectiveDate, policy }) => {
      const last = addDays(effectiveDate, policy.policy.promises.horizonDays)
      return due <= last
        ? pass
        : block(`promised for ${due}: ${last} is the last day that policy allows`, { requiredAction: 'ProposePlan' })
    },
    vectors: [
      vector('made 2026-11-01, due on the 30th day', { 'promise.lastDue': toDay('2026-12-01') }, 'pass', '2026-11-01'),
      vector('due on the 31st', { 'promise.lastDue': toDay('2026-12-02') }, blocked, '2026-11-01'),
    ],
  }),
  gateRule({
    ...ofPolicy,
    id: 'PL-06.open',
    title: 'No more promises are open on an account than policy says',
    needs: ['promise.openOnAccount'],
    judge: ({ 'promise.openOnAccount': open }, { policy }) =>
      open < policy.policy.promises.openAtOnce
        ? pass
        : block(`${open} ${open === 1 ? 'promise is' : 'promises are'} open already`, {
            requiredAction: 'ClosePromise',
          }),
    vectors: [
      vector('none is open', { 'promise.openOnAccount': 0 }, 'pass'),
      vector('one is open', { 'promise.openOnAccount': 1 }, blocked),
    ],
  }),
]
