import { describe, expect, it } from 'vitest'
import type { AccountCommandInput } from '../../src/account/index.ts'
import { owed, pays, type Triple, takenBack, visitWith } from '../claims/visit.ts'

// Kind word: a service that the No Surprises Act protects by the word of the second payer, or by that of two advices of one.

type Transfer = Extract<AccountCommandInput, { type: 'TransferResponsibility' }>
const on = '2026-06-01'
const line = (cas: readonly Triple[], remarks: readonly string[] = []) => ({
  lines: [{ charge: 10_000, paid: 10_000 - cas.reduce((sum, [, , amount]) => sum + amount, 0), cas, remarks }],
})
const move = (from: string, amount: number): Transfer => ({
  type: 'TransferResponsibility',
  on,
  lines: [{ line: 'l1', amount }],
  from: { coverageId: from },
  to: 'patient',
  because: 'manual',
  reason: 'asked',
  evidence: { group: 'PR', carc: '1' },
})
const confirmed = {
  type: 'RecordNotice',
  on,
  visit: 'v1',
  notice: { kind: 'nsaCostShare', reference: 'first notice' },
} as const

describe('word-4 whichever payer says that the service is protected', () => {
  it('word-4 the second one alone: its own share, once confirmed, and not what the first had called the patient’s', () => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }], payers: ['acme', 'beta'] })
    const share = [
      ['CO', '45', 2_000],
      ['PR', '1', 6_000],
    ] as const
    desk.does(pays('acme', line(share), '2026-02-20'), '2026-02-20')
    const second = {
      status: '2',
      lines: [
        {
          charge: 10_000,
          paid: 1_000,
          cas: [
            ['OA', '23', 4_000],
            ['PR', '1', 3_000],
            ['CO', '50', 2_000],
          ] as const,
          remarks: ['N884'],
        },
      ],
    }
    desk.does(pays('beta', second, '2026-03-20'), '2026-03-20')
    expect(owed(desk)).toEqual({ 'l1 beta': 5_000 })
    expect(desk.refused(move('beta', 3_000), on)).toEqual(['DS-07'])
    desk.does(confirmed, on)
    expect(desk.refused(move('beta', 3_001), on)).toContain('AR-04')
    desk.does(move('beta', 3_000), on)
    expect(owed(desk)).toEqual({ 'l1 beta': 2_000, 'l1 patient': 3_000 })
    expect(desk.refused(move('beta', 1), on)).toContain('DS-07')
  })

  it('word-4 said in an advice and in its correction: the share of the correction, once', () => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }] })
    const first = line(
      [
        ['CO', '45', 2_000],
        ['PR', '1', 6_000],
      ],
      ['N884'],
    )
    const second = line(
      [
        ['CO', '45', 2_000],
        ['PR', '1', 5_000],
      ],
      ['N884'],
    )
    desk.does(pays('acme', first, '2026-02-20'), '2026-02-20')
    desk.does(pays('acme', [takenBack(first), second], '2026-03-20'), '2026-03-20')
    desk.does(confirmed, on)
    expect(desk.refused(move('acme', 5_001), on)).toEqual(['ledger.beyondOpen'])
    desk.does(move('acme', 5_000), on)
    expect(owed(desk)).toEqual({ 'l1 patient': 5_000 })
  })
})
