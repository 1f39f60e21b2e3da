import type { AccountEvent } from '@daybook/core/account'
import * as Effect from 'effect/Effect'
import { describe, expect, it } from 'vitest'
import { accountFindings } from '../src/check/accounts.ts'

const holding = (visit: () => string): AccountEvent =>
  ({
    type: 'ResponsibilityHeld',
    effectiveDate: '2026-03-02',
    get visitId() {
      return visit()
    },
    holdingId: 'h1',
    coverageId: 'cov',
    adjudicationId: 'a1',
    lines: [],
    blockedBy: ['AR-05'],
  }) as unknown as AccountEvent

describe('check of what an account keeps for its decisions', () => {
  it('Q11 says nothing when all is well', { tags: ['Q11'] }, () => {
    expect(Effect.runSync(accountFindings('account-1', [holding(() => 'v1')]))).toEqual([])
  })
  it('Q11 names an answer that is not what the rows give', { tags: ['Q11'] }, () => {
    let asked = 0
    const strays = holding(() => {
      asked += 1
      return asked === 1 ? 'v1' : 'v2'
    })
    expect(Effect.runSync(accountFindings('account-1', [strays])).map(({ message }) => message)).toEqual([
      'account-1: ledger.holdings by visit: in v2 0 rows are kept, 1 are there',
    ])
  })
})
