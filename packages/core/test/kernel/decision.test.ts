import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromEpochDay, toDay } from '../../src/kernel/day.ts'
import { accept, precondition, type RuleHit, reject, rejectIfAny } from '../../src/kernel/decision.ts'

const hit = fc.record(
  {
    rule: fc.string(),
    reason: fc.string(),
    citation: fc.string(),
    jurisdiction: fc.string(),
    earliest: fc.integer({ min: 0, max: 40_000 }).map(fromEpochDay),
    requiredAction: fc.constantFrom('call', 'write', 'wait'),
  },
  { requiredKeys: ['rule', 'reason', 'citation', 'jurisdiction'] },
)
const hits = fc.array(hit, { minLength: 1 }).map((list) => list as [RuleHit, ...RuleHit[]])

describe('a rejection', () => {
  it('lists every hit, in order (design §3.11)', () => {
    fc.assert(
      fc.property(hits, (list) => {
        const rejection = reject(list)
        expect(rejection).toMatchObject({ ok: false, hits: list })
      }),
      { numRuns: 1_000 },
    )
  })

  it('names as earliest the latest day of all hits, and none when one of them names none', () => {
    fc.assert(
      fc.property(hits, (list) => {
        const { earliest } = reject(list)
        const days = list.flatMap((item) => item.earliest ?? [])
        if (days.length < list.length) expect(earliest).toBeUndefined()
        else {
          expect(days).toContain(earliest)
          expect(days.every((value) => earliest !== undefined && value <= earliest)).toBe(true)
        }
      }),
      { numRuns: 1_000 },
    )
    const on = (text: string): RuleHit => ({ ...precondition('r', 'x'), earliest: toDay(text) })
    expect(reject([on('2026-12-05'), on('2027-01-01'), on('2026-12-31')]).earliest).toBe('2027-01-01')
    expect(reject([on('2026-12-05'), precondition('r', 'x')])).not.toHaveProperty('earliest')
  })

  it('asks for each action once', () => {
    fc.assert(
      fc.property(hits, (list) => {
        const { required } = reject(list)
        expect(new Set(required).size).toBe(required.length)
        expect(new Set(required)).toEqual(new Set(list.flatMap((item) => item.requiredAction ?? [])))
      }),
      { numRuns: 1_000 },
    )
  })

  it('is made only of hits', () => {
    expect(rejectIfAny([])).toBeUndefined()
    expect(rejectIfAny([precondition('ledger.lineUnknown', 'no such line', 'post the charge')])).toEqual({
      ok: false,
      hits: [
        {
          rule: 'ledger.lineUnknown',
          reason: 'no such line',
          citation: 'Daybook: precondition of the command',
          jurisdiction: 'daybook',
          requiredAction: 'post the charge',
        },
      ],
      required: ['post the charge'],
    })
  })
})

describe('an acceptance', () => {
  it('doing nothing is no events, and nothing that was not given is made up', () => {
    expect(accept([])).toEqual({ ok: true, events: [], allowedBy: [], warnings: [] })
    expect(accept([])).not.toHaveProperty('inputs')
    const passed = {
      allowedBy: [{ id: 'PC-02', version: 1 }],
      warnings: [precondition('w', 'x')],
      inputs: { poverty: 'a' },
    }
    expect(accept(['e'], passed)).toEqual({ ok: true, events: ['e'], ...passed })
  })
})
