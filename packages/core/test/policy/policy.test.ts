import { describe, expect, it } from 'vitest'
import type { Decision } from '../../src/kernel/decision.ts'
import { type Instant, isUnknownZone, toDay } from '../../src/kernel/index.ts'
import {
  practicePolicyAggregate as aggregate,
  currentPolicy,
  type PolicyCommandInput,
  type PolicyContext,
  type PolicyEvent,
  type PolicyState,
  type PracticePolicy,
  policyHits,
  policyVersion,
  practicePolicy,
  presets,
} from '../../src/policy/index.ts'
import { rules } from '../../src/rules/catalogue.ts'
import { evaluate } from '../../src/rules/check.ts'
import type { GateRule, Moment } from '../../src/rules/rule.ts'
import { usZones } from '../../src/testing/us-zones.ts'

const preset = presets.physicianPracticeMN
const knowsZone = (zone: string): boolean => !isUnknownZone(usZones.at('2026-01-01T18:00:00.000Z' as Instant, zone))
const director: PolicyContext = { actor: { id: 'dora', roles: ['director'] }, knowsZone }
const publish = (
  state: PolicyState,
  policy: unknown,
  context = director,
): { readonly decision: Decision<PolicyEvent>; readonly state: PolicyState } => {
  const input = { type: 'PublishPolicy', on: '2026-01-01', policy, reason: 'new year' } as PolicyCommandInput
  const decision = aggregate.decide(state, aggregate.commandSchema.parse(input), context)
  return { decision, state: decision.ok ? aggregate.fold(state, decision.events) : state }
}
const rulesHit = (policy: PracticePolicy) => policyHits(policy).map((hit) => hit.rule)

describe('the preset of a Minnesota physician practice', () => {
  it('is a policy by the schema, and may be published', () => {
    expect(practicePolicy.parse(preset)).toEqual(preset)
    expect(policyHits(preset)).toEqual([])
  })
})

describe('policy as a stream of versions', () => {
  it('numbers from 1, keeps every version, and does nothing for what is in force already', () => {
    const first = publish(aggregate.initial, preset)
    expect(first.decision).toMatchObject({ ok: true, events: [{ type: 'PolicyPublished', version: 1 }] })
    expect(publish(first.state, preset).decision).toMatchObject({ ok: true, events: [] })
    const stricter = { ...preset, placement: { ...preset.placement, noticesBefore: 4 } }
    const second = publish(first.state, stricter)
    expect(currentPolicy(second.state)).toMatchObject({ version: 2, policy: stricter })
    expect(policyVersion(second.state, 1)?.policy).toEqual(preset)
    expect(currentPolicy(aggregate.initial)).toBeUndefined()
  })

  it('survives its codec', () => {
    const { decision } = publish(aggregate.initial, preset)
    if (!decision.ok || !decision.events[0]) throw new Error('must pass')
    const { schemaVersion, payload } = aggregate.codec.encode(decision.events[0])
    const stored = {
      type: 'PolicyPublished',
      schemaVersion,
      effectiveDate: toDay('2026-01-01'),
      data: JSON.stringify(payload),
    }
    expect(aggregate.codec.decode(stored, true)).toEqual(decision.events[0])
  })

  it('is set by those who may, and refuses keys that it does not know', () => {
    const { decision } = publish(aggregate.initial, preset, { actor: { id: 'rick', roles: ['rep'] }, knowsZone })
    expect(decision).toMatchObject({ ok: false, hits: [{ rule: 'policy.publisher' }] })
    expect(() => publish(aggregate.initial, { ...preset, plans: { ...preset.plans, grace: 5 } })).toThrow(/grace/)
  })

  it('names a time zone that is known, or nobody could tell what day it is', () => {
    const moved = { ...preset, practice: { ...preset.practice, timeZone: 'Mars/Olympus_Mons' } }
    const { decision } = publish(aggregate.initial, moved)
    expect(decision).toMatchObject({ ok: false, hits: [{ rule: 'policy.unknownZone' }] })
  })
})

describe('the curves of the priority score (reference §11.2, errata 20)', () => {
  const scored = (changed: Partial<PracticePolicy['worklist']>) =>
    rulesHit({ ...preset, worklist: { ...preset.worklist, ...changed } })
  const { age } = preset.worklist

  it('must give one share for every age and every deadline', () => {
    expect(scored({ age: { ...age, peakTo: age.peakFrom }, urgency: [] })).toEqual([])
    expect(scored({ age: { ...age, peakFrom: 0 } })).toEqual(['policy.score'])
    expect(scored({ age: { ...age, peakFrom: 121 } })).toEqual(['policy.score'])
    expect(scored({ age: { ...age, tailFrom: 120 } })).toEqual(['policy.score'])
    const [near, far] = [
      { withinDays: 3, share: 10_000 },
      { withinDays: 7, share: 7_000 },
    ]
    expect(scored({ urgency: [far, near] })).toEqual(['policy.score'])
    expect(scored({ urgency: [near, near] })).toEqual(['policy.score'])
  })
})

describe('policy is stricter than law, never looser (design §3.13)', () => {
  const unusing = (...notInUse: string[]) => ({ ...preset, placement: { ...preset.placement, notInUse } })

  it('a check of the practice’s own may be marked as not in use, one of the law may not', () => {
    expect(rulesHit(unusing('promise.open', 'person.protected'))).toEqual([])
    expect(rulesHit(unusing('bankruptcy.open'))).toEqual(['PC-01.5.bankruptcy'])
    expect(rulesHit(unusing('billing.firstBillOn'))).toEqual(['PC-02', 'PC-06'])
    expect(rulesHit(unusing('case.workersCompOpen'))).toEqual(['WC-01'])
    expect(rulesHit(unusing('patient.mood', 'income.monthly'))).toEqual(['policy.notInUse', 'policy.notInUse'])
  })

  it('watch-8 what the law asks of a practice is always in use there: disputes in Minnesota, assistance at a 501(c)(3) hospital', () => {
    const { practice } = preset
    const of = (place: Partial<PracticePolicy['practice']>, ...names: string[]): PracticePolicy => ({
      ...unusing(...names),
      practice: { ...practice, ...place },
    })
    const assistance = ['assistance.pending', 'assistance.approvedInFull', 'assistance.screened']
    // A check of its own state's law may need the same facts.
    const ofChecklist = (policy: PracticePolicy) => policyHits(policy).filter(({ rule }) => rule.startsWith('PC-01.'))
    expect(ofChecklist(of({ state: 'MN' }, 'dispute.open'))).toMatchObject([
      { rule: 'PC-01.5.dispute', citation: 'Minn. Stat. 62J.808', jurisdiction: 'MN' },
    ])
    expect(ofChecklist(of({ state: 'WI' }, 'dispute.open'))).toEqual([])
    expect(ofChecklist(of({ entityType: 'hospital_501c3' }, ...assistance))).toMatchObject(
      assistance.map(() => ({ citation: '26 CFR 1.501(r)-6(c)' })),
    )
    expect(ofChecklist(of({ entityType: 'hospital_other' }, ...assistance))).toEqual([])
    expect(ofChecklist(of({}, ...assistance))).toEqual([])
  })

  it('watch-8 a policy that says so since before does not set the check aside', () => {
    const policy = { version: 1, policy: unusing('dispute.open') }
    const moment = { today: toDay('2026-11-20'), effectiveDate: toDay('2026-11-20'), policy } as unknown as Moment
    const dispute = rules.find(({ id }) => id === 'PC-01.5.dispute') as GateRule
    const facts = { 'dispute.open': { known: true, value: true } } as const
    expect(evaluate(dispute, facts, moment)).toMatchObject({ kind: 'block' })
    const elsewhere = { ...policy, policy: { ...policy.policy, practice: { ...preset.practice, state: 'WI' } } }
    expect(evaluate(dispute, facts, { ...moment, policy: elsewhere })).toMatchObject({ kind: 'notInUse' })
  })

  it('a share of income above the law of a hospital’s state is refused', () => {
    const hospital = (state: string, incomeShare: number): PracticePolicy => ({
      ...preset,
      practice: { ...preset.practice, entityType: 'hospital_501c3', state },
      plans: { ...preset.plans, incomeShare },
    })
    expect(rulesHit(hospital('NY', 500))).toEqual([])
    expect(rulesHit(hospital('NY', 501))).toEqual(['PL-02.NY'])
    expect(rulesHit(hospital('MD', 501))).toEqual(['PL-02.MD'])
    expect(rulesHit(hospital('MN', 501))).toEqual([])
  })

  it('rows by amount ascend and end open', () => {
    const [first, second] = preset.placement.approvers
    if (!first || !second) throw new Error('no rows')
    const rows = (approvers: PracticePolicy['placement']['approvers']) =>
      rulesHit({ ...preset, placement: { ...preset.placement, approvers } })
    expect(rows([first, second])).toEqual(['policy.rows'])
    expect(rows([second, first, { roles: ['director'] }])).toEqual(['policy.rows'])
    expect(rows([first, second, { roles: ['director'] }])).toEqual([])
    expect(
      rulesHit({ ...preset, writeOff: { ...preset.writeOff, approvals: preset.writeOff.approvals.slice(0, 1) } }),
    ).toEqual(['policy.rows'])
  })
})
