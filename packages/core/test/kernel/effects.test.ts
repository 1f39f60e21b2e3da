import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Cents, toCents } from '../../src/kernel/cents.ts'
import {
  type ControlAccount,
  contra,
  controlAccountNames,
  coverageParty,
  effect,
  imbalance,
  isPosting,
  isReceivable,
  netContra,
  type Posting,
  partyKey,
  sameParty,
  stage,
} from '../../src/kernel/effects.ts'
import { coverageId, layerId, lineId } from '../../src/kernel/ids.ts'

const aetna = coverageParty(coverageId.parse('c1'))
const accounts = fc.constantFrom<ControlAccount>(
  'cash',
  'revenue',
  'contractual',
  'payerClearing:p1',
  'payerClearing:p2',
)
const entry = fc.record({ account: accounts, amount: fc.integer({ min: -10_000, max: 10_000 }) })
const of = (amounts: readonly number[]): Posting['effects'] =>
  amounts.map((amount) => ({
    lineId: lineId.parse('l1'),
    layerId: layerId.parse('y1'),
    party: 'patient',
    stage: 'active',
    amount: amount as Cents,
  }))

describe('contra entries', () => {
  it('of one account are added into one; nothing is lost, no zero is kept', () => {
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        const net = netContra(entries)
        const total = (list: readonly { account: string; amount: number }[], account: string) =>
          list.filter((item) => item.account === account).reduce((sum, item) => sum + item.amount, 0)
        for (const { account } of entries) expect(total(net, account)).toBe(total(entries, account))
        expect(new Set(net.map(({ account }) => account)).size).toBe(net.length)
        for (const item of net) expect(contra.safeParse(item).success).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })

  it('stand in the order in which the accounts first appear (law B5: the same bytes again)', { tags: ['B5'] }, () => {
    const net = netContra([
      { account: 'revenue', amount: -5 },
      { account: 'cash', amount: 3 },
      { account: 'revenue', amount: -1 },
      { account: 'writeOff:charity', amount: 4 },
      { account: 'cash', amount: -3 },
    ])
    expect(net).toEqual([
      { account: 'revenue', amount: -6 },
      { account: 'writeOff:charity', amount: 4 },
    ])
  })

  it('A8 a sum out of the safe range is an error, not a rounded figure', { tags: ['A8'] }, () => {
    const most = { account: 'cash', amount: Number.MAX_SAFE_INTEGER } as const
    expect(() => netContra([most, most])).toThrow(RangeError)
  })

  it('name a control account of postings.md, with a suffix or none', () => {
    const known = (account: string) => contra.safeParse({ account, amount: 1 }).success
    expect(controlAccountNames.filter((name) => !(known(name) && known(`${name}:x`)))).toEqual([])
    const none = ['', 'Cash', 'petty', ':cash', 'constructor', 'toString', '__proto__', `cash:${'x'.repeat(120)}`]
    expect(none.filter(known)).toEqual([])
  })
})

describe('A1 effects and contra of an event', { tags: ['A1'] }, () => {
  it('balance when they sum to zero; the imbalance is the difference', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.array(entry), (amounts, entries) => {
        const posted = { effects: of(amounts), contra: entries.map((e) => ({ ...e, amount: toCents(e.amount) })) }
        const sum = amounts.reduce((a, b) => a + b, 0) + entries.reduce((a, b) => a + b.amount, 0)
        expect(imbalance(posted)).toBe(sum === 0 ? 0 : sum)
      }),
      { numRuns: 1_000 },
    )
  })

  it('A8 an effect is signed and not zero, and names nothing that is not in the schema', { tags: ['A8'] }, () => {
    const [one] = of([-1])
    expect(effect.safeParse(one).success).toBe(true)
    expect(effect.safeParse({ ...one, amount: 0 }).success).toBe(false)
    expect(effect.safeParse({ ...one, amount: 0.5 }).success).toBe(false)
    expect(effect.safeParse({ ...one, note: 'x' }).success).toBe(false)
  })

  it('an event moves money when it carries both', () => {
    expect(isPosting({ effects: [], contra: [] })).toBe(true)
    expect(isPosting({ effects: [] })).toBe(false)
  })
})

describe('parties and stages', () => {
  it('errata 2: who owes is a coverage or the patient, never an ordinal', () => {
    expect([partyKey('patient'), partyKey(aetna)]).toEqual(['patient', 'c1'])
    expect([sameParty(aetna, coverageParty(coverageId.parse('c1'))), sameParty(aetna, 'patient')]).toEqual([
      true,
      false,
    ])
    expect(effect.shape.party.safeParse('primary').success).toBe(false)
  })

  it('errata 10: active and placed are receivable, bad debt is memo only', () => {
    expect(stage.options.filter(isReceivable)).toEqual(['active', 'placed'])
  })
})
