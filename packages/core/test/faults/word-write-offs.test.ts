import { describe, expect, it } from 'vitest'
import { type AccountCommandInput, accountCommand } from '../../src/account/index.ts'
import type { Role } from '../../src/policy/roles.ts'
import { one } from '../claims/one-line.ts'
import { all, owed, pays, type Triple, visitWith } from '../claims/visit.ts'
import { type Desk, office, opened } from '../support/desk.ts'

// Faults of kind “the payer's word”: what a write-off has to rest on.

type WriteOff = Extract<AccountCommandInput, { type: 'WriteOff' }>
const on = '2026-06-01'
const by = (...roles: Role[]) => ({ ...office, actor: { id: 'rob', roles } })
const director = { by: 'dora', roles: ['director' as const] }

const off = (category: WriteOff['category'], over: Partial<WriteOff> = {}): WriteOff => ({
  type: 'WriteOff',
  on,
  visit: 'v1',
  party: 'patient',
  category,
  approval: director,
  reason: 'given up',
  ...over,
})
const coinsurance = (cents: number, filing = 'MB') =>
  one([['PR', '2', cents]] as Triple[], { filing }, { filing: { acme: filing }, at: by('rep') })

describe('word-5 a cost share of a federal program is not waived by routine (AR-07)', () => {
  it.each(['MB', 'MA', '16', 'MC', 'CH'])('8.50 as a small balance (filing %s)', (filing) => {
    const cas: Triple[] = [['PR', filing === 'MC' ? '3' : '2', 850]]
    const desk = one(cas, { filing }, { filing: { acme: filing }, at: by('supervisor') })
    expect(desk.refused(off('smallDebit'), on)).toEqual(['WO-02', 'AR-07'])
    desk.does(off('smallDebit', { approval: { ...director, effort: 'three letters, two calls' } }), on)
    expect(owed(desk)).toEqual({})
    expect(all(desk, 'WriteOffPosted')[0]?.authority).toMatchObject({ effort: 'three letters, two calls' })
  })

  it.each(['promptPay', 'settlement', 'courtesy', 'selfPayDiscount', 'administrative', 'timeLimit'] as const)(
    '80.00 as %s',
    (category) => {
      const approval = {
        by: 'dora',
        roles: ['director' as const, 'manager' as const],
        also: { by: 'max', roles: ['compliance' as const] },
      }
      expect(coinsurance(8_000).refused(off(category, { approval }), on)).toEqual(['AR-07'])
      coinsurance(8_000).does(off(category, { approval: { ...approval, determination: 'fap-7' } }), on)
      coinsurance(8_000, '12').does(off(category, { approval }), on)
    },
  )

  it('nor while a rule still holds it at the payer, nor when it was brought forward from an older book', () => {
    const held = one(
      [['PR', '2', 8_000]],
      { filing: 'MB', remarks: ['N884'] },
      { filing: { acme: 'MB' }, at: by('rep') },
    )
    expect(held.refused(off('settlement', { party: { coverageId: 'acme' } }), on)).toEqual(['AR-07'])
    const holding = [...held.state.ledger.holdings.keys()][0] ?? ''
    const outcome = { kind: 'writtenOff' as const, category: 'settlement' as const, approval: director }
    expect(held.refused({ type: 'ReleaseResponsibility', on, holding, outcome, reason: 'given up' }, on)).toEqual([
      'AR-07',
    ])
    const old = opened('2026-01-05', by('rep'))
    const covered = { coverage: 'm', payer: 'm', payerName: 'Medicare', filingIndicator: 'MB' }
    old.does({ type: 'AddCoverage', on: '2026-01-05', ...covered }, '2026-01-05')
    const line = { line: 'l1', code: '99213', dos: '2025-12-01', party: 'patient' as const, amount: 8_000 }
    old.does(
      { type: 'BringForward', booksBegin: '2026-01-05', visit: 'v1', source: 'old', lines: [line] },
      '2026-01-05',
    )
    expect(old.refused(off('settlement'), on)).toEqual(['AR-07'])
  })
})

describe('word-6 charity rests on a determination', () => {
  const charged = (): Desk => {
    const desk = opened('2026-03-02', by('rep'))
    const charge = { visit: 'v1', line: 'l1', code: '99213', amount: 10_000 }
    desk.does({ type: 'PostCharge', on: '2026-03-02', ...charge }, '2026-03-02')
    return desk
  }
  const named = { ...director, determination: 'D-1' }

  it.each([
    ['charity', 'WO-03'],
    ['presumptive', 'WO-03'],
  ] as const)('%s', (category, rule) => {
    const desk = charged()
    expect(desk.refused(off(category), on)).toEqual([rule])
    desk.does(off(category, { approval: named }), on)
    expect(all(desk, 'WriteOffPosted')[0]?.authority).toMatchObject({ determination: 'D-1' })
  })

  it('word-5 word-6 blanks are no number of a determination, nor of the effort that failed', () => {
    for (const over of [{ determination: ' ' }, { effort: ' ' }, { determination: '\t' }]) {
      expect(accountCommand.safeParse(off('charity', { approval: { ...director, ...over } })).success).toBe(false)
    }
    expect(accountCommand.safeParse(off('charity', { approval: named })).success).toBe(true)
  })

  it('a denial that is given up asks the same', () => {
    const desk = one([['CO', '50', 3_000]], {}, { at: by('rep') })
    const outcome = { kind: 'writtenOff' as const, category: 'charity' as const, avoidable: false, approval: director }
    const denial = all(desk, 'DenialRecorded')[0]?.denialId ?? ''
    expect(desk.refused({ type: 'ResolveDenial', on, denial, outcome, reason: 'given up' }, on)).toEqual(['WO-03'])
  })
})

describe('word-7 where policy wants two persons, each role is another person’s', () => {
  const manager = { by: 'mia', roles: ['manager' as const] }
  const both = { by: 'mia', roles: ['manager' as const, 'compliance' as const] }
  const compliance = { by: 'carl', roles: ['compliance' as const] }
  const refused = (approval: WriteOff['approval'], ...roles: Role[]) => {
    const desk = one([['PR', '1', 3_000]], {}, { at: by(...roles) })
    return desk.refused(off('courtesy', { approval }), on)
  }
  const passes = (approval: WriteOff['approval'], ...roles: Role[]) => {
    const desk = one([['PR', '1', 3_000]], {}, { at: by(...roles) })
    desk.does(off('courtesy', { approval }), on)
    return all(desk, 'WriteOffPosted')[0]?.authority
  }

  it('one approver with both roles is one person; so is one who is named twice, and the maker who approves', () => {
    expect(refused(both, 'rep')).toEqual(['WO-01'])
    expect(refused({ ...manager, also: { ...compliance, by: 'mia' } }, 'rep')).toEqual(['WO-01'])
    expect(refused({ ...manager, also: { ...compliance, by: 'rob' } }, 'rep')).toEqual(['WO-01'])
    expect(refused({ by: 'sam', roles: ['rep'] }, 'manager', 'compliance')).toEqual(['WO-01'])
  })

  it('two approvers, or the maker and one', () => {
    expect(passes({ ...manager, also: compliance }, 'rep')).toMatchObject({ approver: 'mia', also: 'carl' })
    expect(passes(compliance, 'manager')).toMatchObject({ approver: 'carl' })
    expect(passes(both, 'manager')).toMatchObject({ approver: 'mia' })
  })
})

describe('word-5 a cost share is one wherever it stands (AR-07)', () => {
  const at = by('rep')
  const acme = { coverageId: 'acme' }
  const beta = { coverageId: 'beta' }
  const federal = (cas: Triple[], payers: ('acme' | 'beta')[] = ['acme']) =>
    one(cas, { filing: 'MB' }, { filing: { acme: 'MB' }, at, payers })
  const back = (to: { coverageId: string }) => ({
    type: 'TransferResponsibility' as const,
    on,
    lines: [{ line: 'l1' }],
    from: 'patient' as const,
    to,
    because: 'manual' as const,
    reason: 'a mistake',
  })

  it('brought back from the patient to the program by hand, and given up there', () => {
    const desk = federal([['PR', '2', 2_000]])
    desk.does(back(acme), on)
    for (const category of ['settlement', 'administrative', 'timeLimit'] as const) {
      expect(desk.refused(off(category, { party: acme }), on)).toEqual(['AR-07'])
    }
    desk.does(off('settlement', { party: acme, approval: { ...director, effort: 'three letters' } }), on)
  })

  it('beside what the program has denied: the denied part may go, and not a cent more', () => {
    const desk = federal([
      ['CO', '50', 3_000],
      ['PR', '2', 2_000],
    ])
    desk.does(back(acme), on)
    const lines = (amount: number) => [{ line: 'l1', amount }]
    expect(desk.refused(off('administrative', { party: acme, lines: lines(3_001) }), on)).toEqual(['AR-07'])
    desk.does(off('administrative', { party: acme, lines: lines(3_000) }), on)
  })

  it('gone on to the next payer, that has said nothing of it yet, or has denied it', () => {
    const desk = federal([['PR', '2', 2_000]], ['acme', 'beta'])
    expect(owed(desk)).toEqual({ 'l1 beta': 2_000 })
    expect(desk.refused(off('settlement', { party: beta }), on)).toEqual(['AR-07'])
    const lines = [{ charge: 10_000, paid: 0, cas: [['OA', '23', 8_000] as const, ['CO', '29', 2_000] as const] }]
    desk.does(pays('beta', { status: '2', lines }, '2026-03-20'), '2026-03-20')
    expect(desk.refused(off('settlement', { party: beta }), on)).toEqual(['AR-07'])
  })

  it("what a program owes itself, or a payer before it, is no share of the patient's", () => {
    const denied = federal([['CO', '50', 3_000]])
    denied.does(off('administrative', { party: acme }), on)
    const first = visitWith({
      charges: [{ line: 'l1', amount: 10_000 }],
      payers: ['acme', 'beta'],
      filing: { beta: 'MB' },
      at,
    })
    const open = [['CO', '50', 3_000] as const, ['PR', '1', 2_000] as const]
    first.does(pays('acme', { lines: [{ charge: 10_000, paid: 5_000, cas: open }] }, '2026-02-20'), '2026-02-20')
    const lines = [{ charge: 10_000, paid: 1_000, cas: [['OA', '23', 8_000] as const, ['PR', '2', 1_000] as const] }]
    first.does(pays('beta', { status: '2', filing: 'MB', lines }, '2026-03-20'), '2026-03-20')
    expect(owed(first)).toEqual({ 'l1 acme': 3_000, 'l1 patient': 1_000 })
    first.does(off('administrative', { party: acme }), on)
  })
})
