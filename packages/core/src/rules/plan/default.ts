import { addDays, type Day, toDay } from '../../kernel/day.ts'
import { type GateRule, gateRule, type RuleVector, sinceBefore, type Verdict } from '../rule.ts'
import { mayBe, mayBeHospital } from '../scope.ts'
import { blocked, vector } from '../vectors.ts'
import { block, notBefore, pass } from '../verdicts.ts'

// PL-07 (id of the house): what has to have happened before a plan is in default (reference §5.3, §4.8).

const atDefault = {
  version: 1,
  capability: 'plan',
  status: 'in force',
  kind: 'gate',
  gates: ['defaultPlan'],
  reads: 'today',
} as const

/** Notice was sent, and its days have passed. */
const noticed = (sent: Day | 'never', days: number, today: Day, whose: string): Verdict =>
  sent === 'never'
    ? block(`${whose}: no notice before default was sent`, { requiredAction: 'RecordPlanNotice' })
    : notBefore(addDays(sent, days), today, `${whose}: notice was sent on ${sent}`)

export const cureNotice = gateRule({
  ...atDefault,
  id: 'PL-07.notice',
  title: 'A plan is in default only when the days of its cure notice have passed',
  jurisdiction: 'policy',
  citation: 'practice policy, plans (reference §5.3; id of the house)',
  provenance: 'POLICY',
  effective: sinceBefore,
  needs: ['plan.noticeSentOn'],
  judge: ({ 'plan.noticeSentOn': sent }, { today, policy }) => {
    const { cureNotice: wanted, cureNoticeDays } = policy.policy.plans
    return wanted === 'sent' ? noticed(sent, cureNoticeDays, today, 'the policy') : pass
  },
  vectors: [
    vector('sent ten days before', { 'plan.noticeSentOn': toDay('2026-03-21') }, 'pass', '2026-03-31'),
    vector(
      'sent nine days before',
      { 'plan.noticeSentOn': toDay('2026-03-22') },
      { blocked: true, earliest: toDay('2026-04-01') },
      '2026-03-31',
    ),
    vector('never sent', { 'plan.noticeSentOn': 'never' }, blocked, '2026-03-31'),
  ],
})

export const disputedNotDefaulted = gateRule({
  ...atDefault,
  id: 'PL-07.dispute',
  title: 'A plan is not put in default while a line of it is in dispute',
  jurisdiction: 'policy',
  citation: 'practice policy, disputes (reference §7.1; id of the house)',
  provenance: 'POLICY',
  effective: sinceBefore,
  needs: ['dispute.open'],
  judge: ({ 'dispute.open': open }) =>
    open ? block('a line of the plan is in dispute', { requiredAction: 'ResolveDispute' }) : pass,
  vectors: [
    vector('a line in dispute', { 'dispute.open': true }, blocked),
    vector('no line in dispute', { 'dispute.open': false }, 'pass'),
  ],
})

const colorado = (over: RuleVector['facts'] = {}): RuleVector['facts'] => ({
  'practice.state': 'CO',
  'plan.written': true,
  'plan.noticeSentOn': toDay('2026-03-01'),
  'plan.renegotiationOfferedOn': toDay('2026-03-01'),
  ...over,
})

export const coloradoDefault = gateRule({
  ...atDefault,
  id: 'PL-07.CO',
  title: 'CO: a plan is in writing, and default comes after notice and a chance to renegotiate',
  jurisdiction: 'CO',
  citation: 'SB 23-093 (2023) (reference §5.3, §4.8)',
  provenance: 'V/K',
  // The act is of 2023; its first day is from knowledge.
  effective: { from: toDay('2023-08-07') },
  appliesTo: (facts) => mayBe(facts, 'practice.state', 'CO'),
  needs: ['plan.written', 'plan.noticeSentOn', 'plan.renegotiationOfferedOn'],
  judge: (plan) => {
    if (!plan['plan.written']) {
      return block('Colorado: there is no written documentation of the plan', { requiredAction: 'AmendPlan' })
    }
    if (plan['plan.noticeSentOn'] === 'never') {
      return block('Colorado: no notice before default was sent', { requiredAction: 'RecordPlanNotice' })
    }
    return plan['plan.renegotiationOfferedOn'] === 'never'
      ? block('Colorado: the patient had no chance to renegotiate', { requiredAction: 'RecordPlanNotice' })
      : pass
  },
  vectors: [
    vector('in writing, noticed, new terms offered', colorado(), 'pass'),
    vector('not in writing', colorado({ 'plan.written': false }), blocked),
    vector('no notice', colorado({ 'plan.noticeSentOn': 'never' }), blocked),
    vector('no chance to renegotiate', colorado({ 'plan.renegotiationOfferedOn': 'never' }), blocked),
    vector('another state', colorado({ 'practice.state': 'MN', 'plan.written': false }), 'notApplicable'),
    vector('the day before the act', colorado({ 'plan.written': false }), 'notApplicable', '2023-08-06'),
    vector('the first day of the act', colorado({ 'plan.written': false }), blocked, '2023-08-07'),
  ],
})

/** Days on end in which every payment has failed before a hospital may call a plan inoperative. */
const CALIFORNIA_DAYS = 90

const california = (over: RuleVector['facts'] = {}): RuleVector['facts'] => ({
  'practice.state': 'CA',
  'practice.entityType': 'hospital_other',
  'plan.allMissedDays': CALIFORNIA_DAYS,
  'plan.contactAttemptedOn': toDay('2026-03-01'),
  'plan.renegotiationOfferedOn': toDay('2026-03-01'),
  ...over,
})

export const californiaDefault = gateRule({
  ...atDefault,
  id: 'PL-07.CA',
  title:
    'CA hospitals: a plan is inoperative only after all payments of 90 days failed, an attempt to reach and new terms',
  jurisdiction: 'CA',
  citation: 'Cal. Health & Safety Code 127425 (reference §5.3)',
  provenance: 'K',
  effective: sinceBefore,
  appliesTo: (facts) => mayBe(facts, 'practice.state', 'CA') && mayBeHospital(facts),
  needs: ['plan.allMissedDays', 'plan.contactAttemptedOn', 'plan.renegotiationOfferedOn'],
  judge: (plan, { today }) => {
    const days = plan['plan.allMissedDays']
    if (days < CALIFORNIA_DAYS) {
      const reason = `California: all payments have failed for ${days} days, not for ${CALIFORNIA_DAYS}`
      return block(reason, days > 0 ? { earliest: addDays(today, CALIFORNIA_DAYS - days) } : {})
    }
    if (plan['plan.contactAttemptedOn'] === 'never') {
      return block('California: nobody has tried to reach the patient', { requiredAction: 'RecordPlanNotice' })
    }
    return plan['plan.renegotiationOfferedOn'] === 'never'
      ? block('California: the patient had no chance to renegotiate', { requiredAction: 'RecordPlanNotice' })
      : pass
  },
  vectors: [
    vector('90 days, tried to reach, new terms offered', california(), 'pass'),
    vector(
      '89 days',
      california({ 'plan.allMissedDays': 89 }),
      { blocked: true, earliest: toDay('2026-03-06') },
      '2026-03-05',
    ),
    vector('something was paid', california({ 'plan.allMissedDays': 0 }), blocked),
    vector('nobody tried to reach', california({ 'plan.contactAttemptedOn': 'never' }), blocked),
    vector('no new terms', california({ 'plan.renegotiationOfferedOn': 'never' }), blocked),
    vector(
      'a physician practice',
      california({ 'practice.entityType': 'physician_practice', 'plan.allMissedDays': 0 }),
      'notApplicable',
    ),
  ],
})

const illinois = {
  'practice.state': 'IL',
  'practice.entityType': 'hospital_501c3',
  'plan.inGoodStanding': true,
} as const

/** The same as the checklist asks of everybody (PC-01.5.plan), here as the law of one state. */
export const illinoisCollection = gateRule({
  ...atDefault,
  id: 'PL-07.IL',
  title: 'IL hospitals: no collection action while a patient keeps a plan',
  jurisdiction: 'IL',
  citation: '210 ILCS 88/30 (reference §5.3, §4.8)',
  provenance: 'P',
  effective: sinceBefore,
  gates: ['placeAccount'],
  appliesTo: (facts) => mayBe(facts, 'practice.state', 'IL') && mayBeHospital(facts),
  needs: ['plan.inGoodStanding'],
  judge: ({ 'plan.inGoodStanding': kept }) =>
    kept ? block('Illinois: the patient has agreed to a plan and has not failed it') : pass,
  vectors: [
    vector('a plan that is kept', illinois, blocked),
    vector('no plan, or one that has failed', { ...illinois, 'plan.inGoodStanding': false }, 'pass'),
    vector('a practice of physicians', { ...illinois, 'practice.entityType': 'physician_practice' }, 'notApplicable'),
  ],
})

export const planDefaultRules: readonly GateRule[] = [
  cureNotice,
  disputedNotDefaulted,
  coloradoDefault,
  californiaDefault,
  illinoisCollection,
]
