import { describe, expect, it } from 'vitest'
import { identityHits } from '../../src/account/identities.ts'
import { type AccountEvent, foldAccount } from '../../src/account/index.ts'
import type { Cents } from '../../src/kernel/cents.ts'
import { toDay } from '../../src/kernel/day.ts'
import type { Stage } from '../../src/kernel/effects.ts'
import { selfPay } from '../support/plan-desk.ts'

const on = toDay('2026-07-31')

/** An account on which the patient owes 400.00, and this moved between its stages, in a posting that balances. */
const moving = (...moves: readonly (readonly [Stage, number])[]) => {
  const { state } = selfPay({ l1: 40_000 })
  const [layer] = [...state.ledger.layers.values()]
  if (!layer) throw new RangeError('no layer')
  const { lineId, layerId, party } = layer
  const effects = moves.map(([stage, amount]) => ({ lineId, layerId, party, stage, amount: amount as Cents }))
  const placed: AccountEvent = {
    type: 'AccountPlaced',
    effectiveDate: on,
    placementId: 'pl1' as never,
    agencyId: 'north' as never,
    kind: 'primary',
    items: [],
    approver: 'anna' as never,
    effects,
    contra: [],
  }
  const found = identityHits(state, [placed], foldAccount(state, [placed]))
  return found?.hits.map(({ rule, reason }) => `${rule}: ${reason}`) ?? []
}

describe('AR-01 over the stages of a layer', { tags: ['AR-01'] }, () => {
  it('what stood in active may move, to the last cent', () => {
    expect(moving(['active', -40_000], ['placed', 40_000])).toEqual([])
  })

  it('more can not move than stood there, though the event balances', () => {
    expect(moving(['active', -80_000], ['placed', 80_000])).toEqual([
      expect.stringContaining('AR-01: AccountPlaced of 2026-07-31 leaves −400.00 active on'),
    ])
  })

  it('nothing is placed below zero', () => {
    expect(moving(['active', 100], ['placed', -100])).toEqual([expect.stringContaining('leaves −1.00 placed')])
  })
})
