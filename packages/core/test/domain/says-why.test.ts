import { describe, expect, it } from 'vitest'
import type { AccountEvent } from '../../src/account/index.ts'
import { laws } from '../../src/testing/index.ts'
import { claimOf, type Desk, insured, office, opened, remit } from '../support/desk.ts'
import { forged } from '../support/forged.ts'
import { place } from '../support/placement-desk.ts'
import { agreed, planOf, selfPay } from '../support/plan-desk.ts'

const on = '2026-03-02'
const july = '2026-07-31'

const b12 = laws.find((law) => law.id === 'B12')
const silent: readonly (readonly [AccountEvent['type'], object, () => Desk])[] = [
  [
    'PlanAmended',
    { reason: '' },
    () => {
      const desk = agreed(selfPay({ l1: 100_000 }))
      const [plan] = desk.state.plans.plans.values()
      const terms = { divide: { instalments: 12 }, firstDue: '2026-03-15', reason: 'asked' }
      desk.does({ type: 'AmendPlan', on: '2026-02-01', plan: plan?.planId ?? '', ...terms }, '2026-02-01')
      return desk
    },
  ],
  [
    'PlanCancelled',
    { reason: '' },
    () => {
      const desk = agreed(selfPay({ l1: 100_000 }))
      const plan = planOf(desk).planId
      desk.does({ type: 'CancelPlan', on: '2026-02-01', plan, reason: 'asked' }, '2026-02-01')
      return desk
    },
  ],
  [
    'AccountRecalled',
    { reason: 'other', note: undefined },
    () => {
      const desk = selfPay({ l1: 40_000 })
      desk.does(place(july), july)
      desk.does({ type: 'RecallAccount', on: july, placement: 'pl1', reason: 'error' }, july)
      return desk
    },
  ],
  [
    'DenialResolved',
    { reason: '' },
    () => {
      const desk = insured(on)
      desk.does({ type: 'PostCharge', on, visit: 'v1', line: 'l1', code: '99213', amount: 20_000 }, on)
      desk.does(remit([claimOf({ charge: 20_000, paid: 0 }, [['CO', '197', 20_000]])], on), on)
      const [denial] = desk.state.claims.denials.keys()
      const outcome = { kind: 'appealWon' as const, reference: 'appeal 1' }
      desk.does({ type: 'ResolveDenial', on, denial: denial ?? '', outcome, reason: 'paid in full' }, on)
      return desk
    },
  ],
  [
    'ResponsibilityTransferred',
    { note: '' },
    () => {
      const desk = insured(on)
      desk.does({ type: 'PostCharge', on, visit: 'v1', line: 'l1', code: '99213', amount: 20_000 }, on)
      const from = desk.state.ledger.lines.get('l1' as never)?.firstParty ?? 'patient'
      const move = { from, to: 'patient' as const, lines: [{ line: 'l1' }], because: 'coverageTermed' as const }
      const evidence = { group: 'PR', carc: '1' }
      desk.does({ type: 'TerminateCoverage', on, coverage: 'cov', lastDay: '2026-03-01', reason: 'moved' }, on)
      desk.does({ type: 'TransferResponsibility', on, ...move, evidence, reason: 'no cover that day' }, on)
      return desk
    },
  ],
  [
    'GuarantorConfirmed',
    { reason: '' },
    () => {
      const desk = opened(on)
      desk.does({ type: 'ConfirmGuarantor', on, reason: 'seen the card' }, on)
      return desk
    },
  ],
]

describe('law B12: whoever overrides, reverses, writes off, holds or releases says why', { tags: ['B12'] }, () => {
  it.each(silent)('B12 is broken by a %s that does not say why', (type, without, make) => {
    const desk = make()
    expect(b12?.holds(desk.history, office)).toEqual([])
    const mute = forged(desk, (event) => (event.type === type ? ({ ...event, ...without } as AccountEvent) : event))
    expect(b12?.holds(mute, office).map(({ message }) => message)).toEqual([`${type} has no reason`])
  })
})
