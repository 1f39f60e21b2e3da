import { hash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toDay } from '../../src/kernel/index.ts'
import { presets } from '../../src/policy/presets.ts'
import {
  describeRule,
  explainRule,
  findRules,
  type Gate,
  type GateRule,
  gates,
  knownFacts,
  type Moment,
  makeCatalogue,
  parseFacts,
  type Rule,
  rules,
  unknown,
} from '../../src/rules/index.ts'
import { momentAt, usZones, vectorMoment } from '../../src/testing/index.ts'

const sha256 = (text: string): string => hash('sha256', text, 'hex')
const policy = { version: 1, policy: presets.physicianPracticeMN }
const gateRules = rules.flatMap((rule) => (rule.kind === 'gate' ? [rule] : []))
const office = { policy, localTime: usZones }
const on = (day: string, marked: Moment['policy'] = policy): Moment => momentAt({ ...office, policy: marked }, day)
const at = (rule: GateRule, index: number): Moment => {
  const vector = rule.vectors[index]
  if (!vector) throw new RangeError('no such vector')
  return vectorMoment(office, vector)
}
const vectors = gateRules.flatMap((rule) => rule.vectors.map((vector, index) => ({ rule, vector, index, id: rule.id })))
const stops = (expected: (typeof vectors)[number]['vector']['expected']): boolean =>
  typeof expected === 'object' || expected === 'warn'

describe('worked vectors of the reference', () => {
  it.each(vectors)('$id: $vector.name', ({ rule, vector, index }) => {
    const said = explainRule(rule, knownFacts(vector.facts), at(rule, index))
    if (typeof vector.expected === 'string') expect(said.decision).toBe(vector.expected)
    else expect([said.decision, said.earliest]).toEqual(['block', vector.expected.earliest])
    // The catalogue says the same at the rule's gates.
    for (const gate of rule.gates) {
      const result = makeCatalogue([rule], sha256).check(gate, knownFacts(vector.facts), at(rule, index))
      expect(result.hits.map((hit) => hit.earliest)).toEqual(
        typeof vector.expected === 'object' ? [vector.expected.earliest] : [],
      )
      expect(result.warnings).toHaveLength(vector.expected === 'warn' ? 1 : 0)
    }
  })

  it.each(gateRules)('$id has a vector that passes and one that stops', (rule) => {
    expect(rule.vectors.some((vector) => vector.expected === 'pass')).toBe(true)
    expect(rule.vectors.some((vector) => stops(vector.expected))).toBe(true)
  })
})

describe('a rule that is retired', () => {
  const [rule] = gateRules
  if (!rule) throw new RangeError('no rules')
  const retired = (to?: string): Rule => ({
    ...rule,
    status: 'retired',
    effective: { from: toDay('2020-01-01'), ...(to ? { to: toDay(to) } : {}) },
  })

  it('names its last day, or no catalogue takes it: it would go on deciding', () => {
    expect(() => makeCatalogue([retired()], sha256)).toThrow(`rule ${rule.id} is retired, and says no last day`)
    expect(makeCatalogue([retired('2025-12-31')], sha256).rules).toHaveLength(1)
  })
})

describe('an unknown fact that a gate needs blocks (design §3.12)', () => {
  const passing = vectors.filter(({ vector }) => vector.expected === 'pass')
  it.each(passing)('$id: $vector.name, without each fact in turn', ({ rule, vector, index }) => {
    for (const name of rule.needs) {
      const facts = { ...knownFacts(vector.facts), [name]: unknown('the desk has not asked') }
      for (const gate of rule.gates) {
        const { hits } = makeCatalogue([rule], sha256).check(gate, facts, at(rule, index))
        expect(hits.map((hit) => hit.rule)).toEqual([rule.id])
        expect(hits[0]?.reason).toContain(name)
        expect(hits[0]?.reason).toContain('the desk has not asked')
      }
    }
  })

  it('names every unknown fact, each by a hit of its own', () => {
    const catalogue = makeCatalogue(rules, sha256)
    const { hits, unknown: names } = catalogue.check('placeAccount', {}, on('2026-03-05'))
    const needed = new Set(
      gateRules.filter((rule) => rule.gates.includes('placeAccount')).flatMap((rule) => rule.needs),
    )
    expect(new Set(names)).toEqual(needed)
    expect(hits.every((hit) => hit.reason.includes('is unknown'))).toBe(true)
  })
})

describe('the catalogue', () => {
  const catalogue = makeCatalogue(rules, sha256)
  const moment = on('2026-03-05')

  it('has rules of the reference by their ids', () => {
    for (const id of ['AR-01', 'AR-02', 'AR-03', 'AR-04', 'AR-05', 'AR-06', 'AR-08', 'AR-14', 'PL-01', 'PC-02']) {
      expect(findRules(rules, id)).toHaveLength(1)
    }
    expect(findRules(rules, 'PC-01').length).toBeGreaterThan(25)
    expect(findRules(rules, 'PL-02').length).toBeGreaterThan(4)
    expect(findRules(rules, 'PC-0')).toEqual([])
  })

  it('lists every hit, never just the first (design §3.11)', () => {
    const facts = knownFacts({
      'adjustment.group': 'CO',
      'adjustment.carc': '96',
      'adjustment.remarks': ['N781'],
      'adjustment.denial': true,
      'coverage.type': 'medicaid',
      'patient.qmb': true,
      'case.workersCompOpen': true,
      'case.liabilityOpen': false,
      'service.nsaProtected': true,
      'denial.patientLiableByNotice': false,
    })
    const { hits, passed } = catalogue.check('transferToPatient', facts, moment)
    expect(hits.map((hit) => hit.rule)).toEqual(['AR-04', 'AR-05', 'AR-06', 'PG-04', 'DS-07', 'WC-01'])
    expect(passed).toEqual([])
  })

  it('lets the Medicaid patient liability of the samples through (errata 14)', () => {
    const facts = knownFacts({
      'adjustment.group': 'PR',
      'adjustment.carc': '142',
      'adjustment.remarks': [],
      'adjustment.denial': false,
      'coverage.type': 'medicaid',
      'patient.qmb': false,
      'case.workersCompOpen': false,
      'case.liabilityOpen': false,
      'service.nsaProtected': false,
      'denial.patientLiableByNotice': false,
    })
    const result = catalogue.check('transferToPatient', facts, moment)
    expect(result.hits).toEqual([])
    expect(result.passed.map((ref) => ref.id)).toEqual(['AR-04', 'AR-05', 'AR-06', 'PG-04', 'DS-07', 'WC-01'])
  })

  it('has a hash that changes with a version, a status or a date, and with nothing else', () => {
    const [first, ...rest] = rules
    if (!first) throw new RangeError('no rules')
    const hashOf = (changed: Partial<Rule>) => makeCatalogue([{ ...first, ...changed } as Rule, ...rest], sha256).hash
    expect(hashOf({})).toBe(catalogue.hash)
    expect(hashOf({ title: 'other words' })).toBe(catalogue.hash)
    expect(hashOf({ version: 2 })).not.toBe(catalogue.hash)
    expect(hashOf({ status: 'vacated' })).not.toBe(catalogue.hash)
    expect(hashOf({ effective: { from: toDay('2026-01-01') } })).not.toBe(catalogue.hash)
  })

  it('refuses two rules of one id', () => {
    const [first] = rules
    expect(() => makeCatalogue(first ? [first, first] : [], sha256)).toThrow(RangeError)
  })

  it('refuses a rule of law that policy could set aside (design §3.13)', () => {
    const [own] = findRules(rules, 'PC-01.5.promise')
    if (own?.kind !== 'gate') throw new RangeError('no PC-01.5.promise')
    expect(own.setAsideBy).toBe('placement')
    expect(() => makeCatalogue([{ ...own, jurisdiction: 'federal' }], sha256)).toThrow(/is law/)
  })

  it('is silent outside the effective dates, read at the day that each rule names', () => {
    const [newYork] = findRules(rules, 'PC-02')
    if (newYork?.kind !== 'gate') throw new RangeError('no PC-02')
    const facts = knownFacts({
      'practice.state': 'NY',
      'practice.entityType': 'hospital_501c3',
      'billing.firstBillOn': toDay('2026-02-01'),
    })
    const hitsOn = (rule: Rule, day: string) =>
      makeCatalogue([rule], sha256).check('placeAccount', facts, momentAt(office, day, toDay('2026-02-02'))).hits.length
    expect(hitsOn(newYork, '2026-03-05')).toBe(1)
    const from = newYork.effective.from
    expect(hitsOn({ ...newYork, effective: { from, to: toDay('2026-03-04') } }, '2026-03-05')).toBe(0)
    expect(hitsOn({ ...newYork, effective: { from, to: toDay('2026-03-05') } }, '2026-03-05')).toBe(1)
    expect(hitsOn({ ...newYork, status: 'future', effective: { from: toDay('2027-01-31') } }, '2026-03-05')).toBe(0)
    expect(hitsOn({ ...newYork, status: 'vacated' }, '2026-03-05')).toBe(0)
    expect(hitsOn({ ...newYork, status: 'contested' }, '2026-03-05')).toBe(1)
    expect(hitsOn({ ...newYork, reads: 'effectiveDate', effective: { from: toDay('2026-02-03') } }, '2026-03-05')).toBe(
      0,
    )
  })
})

describe('checks that policy marks as not in use', () => {
  const unusing = (...notInUse: string[]): Moment['policy'] => ({
    version: 1,
    policy: {
      ...presets.physicianPracticeMN,
      placement: { ...presets.physicianPracticeMN.placement, notInUse },
    },
  })
  const check = (marked: Moment['policy']) =>
    makeCatalogue(rules, sha256).check('placeAccount', {}, on('2026-03-05', marked))

  it('are skipped and reported', () => {
    const result = check(unusing('promise.open', 'person.protected'))
    expect(result.notInUse).toEqual(['promise.open', 'person.protected'])
    expect(result.hits.map((hit) => hit.rule)).not.toContain('PC-01.5.promise')
    expect(check(unusing()).hits.map((hit) => hit.rule)).toContain('PC-01.5.promise')
  })

  it('do not touch what the law asks (design §3.13)', () => {
    const result = check(unusing('bankruptcy.open', 'ppdr.pending', 'agency.agreementActive'))
    expect(result.notInUse).toEqual([])
    expect(result.hits.map((hit) => hit.rule)).toEqual(
      expect.arrayContaining(['PC-01.5.bankruptcy', 'DS-06', 'PC-01.9.agreement']),
    )
  })

  it('do not weaken gates other than placement: AR-14 still asks for a dispute', () => {
    const facts = knownFacts({
      'amount.stage': 'active',
      'dispute.open': true,
      'bankruptcy.open': false,
      'assistance.pending': false,
      'patient.qmb': false,
    })
    const moment = on('2026-03-05', unusing('dispute.open'))
    expect(makeCatalogue(rules, sha256).check('allocatePayment', facts, moment).hits).toHaveLength(1)
  })
})

describe('what `daybook rules` shows', () => {
  it('describes every rule in JSON', () => {
    for (const rule of rules) {
      const described = describeRule(rule)
      expect(JSON.parse(JSON.stringify(described))).toEqual(described)
      expect(described.citation.length).toBeGreaterThan(5)
    }
  })

  it('explains an unknown fact by name', () => {
    const [rule] = findRules(rules, 'PC-02')
    if (!rule) throw new RangeError('no PC-02')
    const facts = knownFacts({ 'practice.state': 'NY', 'practice.entityType': 'hospital_other' })
    expect(explainRule(rule, facts, on('2026-03-05'))).toMatchObject({
      decision: 'unknown',
      unknownFacts: ['billing.firstBillOn'],
    })
  })

  it('reads facts from JSON and refuses names that are no facts, by path', () => {
    const read = parseFacts({ 'patient.qmb': true, 'billing.firstBillOn': '2026-02-01' })
    expect(read).toEqual({
      ok: true,
      facts: {
        'patient.qmb': { known: true, value: true },
        'billing.firstBillOn': { known: true, value: '2026-02-01' },
      },
    })
    const paths = (json: unknown) => {
      const parsed = parseFacts(json)
      return parsed.ok ? [] : parsed.issues.map((issue) => issue.path)
    }
    expect(paths({ 'patient.qbm': true, 'patient.hobby': 'chess' })).toEqual(['patient.qbm', 'patient.hobby'])
    expect(paths({ 'billing.firstBillOn': '2026-02-30' })).toEqual(['billing.firstBillOn'])
    expect(paths({ 'patient.qmb': 'yes' })).toEqual(['patient.qmb'])
  })

  it('never throws, whatever facts are given and whatever is missing', () => {
    const values = vectors.map(({ vector }) => vector.facts)
    fc.assert(
      fc.property(
        fc.constantFrom(...rules),
        fc.constantFrom(...values),
        fc.constantFrom(...values),
        fc.constantFrom(...(Object.keys(gates) as Gate[])),
        (rule, one, other, gate) => {
          const moment = on('2026-03-05')
          const facts = knownFacts({ ...one, ...other })
          const said = explainRule(rule, facts, moment)
          expect(said.reason.length).toBeGreaterThan(0)
          makeCatalogue(rules, sha256).check(gate, facts, moment)
        },
      ),
      { numRuns: 300 },
    )
  })
})
