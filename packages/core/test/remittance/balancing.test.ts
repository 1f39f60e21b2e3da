import { describe, expect, it } from 'vitest'
import { disposeOf, listedCodes } from '../../src/account/claims/advice/dispositions.ts'
import { adviceClaim } from '../../src/documents/advice.ts'
import { claimImbalances } from '../../src/documents/balancing.ts'
import { type ClaimSaid, said } from '../claims/visit.ts'

const rules = (claim: ClaimSaid, pr?: number) =>
  claimImbalances(
    adviceClaim.parse({ ...said(claim), ...(pr === undefined ? {} : { patientResponsibility: pr }) }),
  ).map(({ rule, amount, holds, line }) => `${rule}${line ? ` line ${line}` : ''} ${amount}${holds ? ' holds' : ''}`)
const line = {
  charge: 10_000,
  paid: 6_000,
  cas: [
    ['CO', '45', 3_000],
    ['PR', '1', 1_000],
  ],
} as const

describe('reference §1.6, as errata 6 and 7 correct it', () => {
  it('a claim that adds up has nothing to say', () => {
    expect(rules({ lines: [line] }, 1_000)).toEqual([])
    expect(rules({ charge: 10_000, paid: 6_000, cas: [['CO', '45', 4_000]] })).toEqual([])
    expect(rules({ status: '2', cas: [['OA', '23', 12_000]], lines: [{ charge: 20_000, paid: 20_000 }] })).toEqual([])
  })

  it('balancing rules B1 (a line), B2 (the claim), B4 (the payment against the lines) hold it', () => {
    expect(
      rules({
        lines: [
          {
            ...line,
            cas: [
              ['CO', '45', 3_000],
              ['PR', '1', 900],
            ],
          },
        ],
      }),
    ).toEqual(['B1 line 1 100 holds', 'B2 100 holds'])
    expect(rules({ paid: 6_100, lines: [line] })).toEqual(['B2 -100 holds', 'B4 100 holds'])
  })

  it('balancing rule B3 follows and B5 is a finding', () => {
    expect(rules({ charge: 10_500, lines: [line] })).toEqual(['B2 500 holds', 'B3 500'])
    expect(rules({ lines: [line] }, 2_000)).toEqual(['B5 1000'])
    expect(rules({ status: '2', lines: [line] }, 0), 'a later payer may leave CLP05 at zero').toEqual([])
  })
})

describe('one disposition for every triple', () => {
  const context = { status: '1', capitated: false, linePaid: 1, lineCharge: 10_000, otherLinePaid: true }

  it('D2 every group and code gets exactly one, listed or not', { tags: ['D2'] }, () => {
    for (const group of ['CO', 'PR', 'OA', 'PI', 'CR']) {
      for (const carc of [...listedCodes, 'Z9']) {
        for (const amount of [100, -100, 0]) {
          const { disposition, category } = disposeOf(group, carc, amount, context)
          expect(disposition === 'none', `${group}-${carc} ${amount}`).toBe(amount === 0)
          if (disposition === 'denial') expect(category, `${group}-${carc}`).toBeDefined()
        }
      }
    }
  })

  it('D5 nothing but PR, and CR that mirrors it, is ever the patient’s', { tags: ['D5'] }, () => {
    for (const group of ['CO', 'OA', 'PI']) {
      for (const carc of [...listedCodes, 'Z9']) {
        expect(disposeOf(group, carc, 100, context).disposition, `${group}-${carc}`).not.toBe('transfer')
      }
    }
  })
})
