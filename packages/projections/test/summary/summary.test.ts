import { type AccountEvent, foldAccount, newAccount } from '@daybook/core/account'
import { toDay } from '@daybook/core/kernel'
import { describe, expect, it } from 'vitest'
import { moneyAsOf, summarise } from '../../src/summary/index.ts'
import { accA, adjudicated, charge, effect, event, layerId, opened, patientPaid } from '../history/script.ts'

const today = toDay('2026-11-21')
const summary = (events: readonly AccountEvent[], asOf = today) => summarise(foldAccount(newAccount, events), asOf)

describe('an account on one page', () => {
  it('names who owes what, by coverage and place in the order of payers, and by line', () => {
    const told = summary([...accA, charge('L3', '2026-03-10', '99213', 10_000)])
    expect(told).toMatchObject({
      account: 'a1',
      asOf: '2026-11-21',
      guarantor: { name: 'Jo Roe', state: 'MN', standing: 'confirmed' },
      standing: { phase: 'insurancePending', flags: [] },
      totals: { owed: 25_000, credits: 0, unapplied: 0, net: 25_000, badDebt: 0 },
    })
    expect(told.balances).toEqual([
      {
        party: 'cov1',
        label: 'SAMPLE HEALTH PLAN (primary)',
        payer: 'SAMPLE HEALTH PLAN',
        order: 'primary',
        active: 10_000,
        placed: 0,
        badDebt: 0,
        credits: 0,
      },
      { party: 'patient', label: 'Patient', active: 15_000, placed: 0, badDebt: 0, credits: 0 },
    ])
    expect(told.visits[0]).toMatchObject({
      visit: 'v1',
      patient: 'Jane Doe',
      patientControlNumber: 'ACC-A',
      balance: 25_000,
    })
    expect(told.visits[0]?.lines[0]).toMatchObject({
      line: 'L1',
      charge: 35_000,
      balance: 12_000,
      shares: [{ party: 'patient', active: 12_000, agingFrom: '2026-03-02' }],
    })
  })

  it('E10 shows unapplied money and credits apart; a provisional credit says so, with its age (G5)', {
    tags: ['E10', 'G5'],
  }, () => {
    const told = summary([
      ...accA,
      patientPaid('pay1', '2026-04-01', 20_000, [{ line: 'L1', amount: 12_000 }]),
      event('AdjudicationReversed', '2026-06-01', {
        visitId: 'v1',
        adjudicationId: 'adj1',
        coverageId: 'cov1',
        source: { remittanceId: 'r2', claim: 1 },
        pending: true,
        residual: [{ lineId: 'L1', amount: 12_000, cause: 'paidByPatient' }],
        effects: [
          effect('L1', { coverageId: 'cov1' }, 35_000),
          effect('L2', { coverageId: 'cov1' }, 15_000),
          effect('L1', 'patient', -12_000),
          effect('L2', 'patient', -3_000),
        ],
        contra: [
          { account: 'payerClearing:r2', amount: -20_000 },
          { account: 'contractual', amount: -15_000 },
        ],
      }),
      event('CreditBalanceIdentified', '2026-06-01', {
        creditId: 'cr1',
        owner: 'patient',
        amount: 12_000,
        sources: [{ paymentId: 'pay1', amount: 12_000 }],
        provisional: true,
        identifiedDate: '2026-06-01',
      }),
    ])
    expect(told.totals).toEqual({ owed: 50_000, credits: -12_000, unapplied: 8_000, net: 30_000, badDebt: 0 })
    expect(told.credits).toEqual([
      { credit: 'cr1', owner: 'patient', amount: 12_000, provisional: true, identifiedOn: '2026-06-01', ageDays: 173 },
    ])
    expect(told.standing.flags).toEqual(['credit', 'correctionPending'])
    expect(told.balances.find(({ party }) => party === 'patient')).toMatchObject({ active: 0, credits: -12_000 })
  })

  it('shows a plan with what is due next, what was missed and what is left', () => {
    const told = summary([
      ...accA,
      event('PlanProposed', '2026-04-01', {
        planId: 'plan1',
        total: 15_000,
        lines: ['L1', 'L2'],
        schedule: [1, 2, 3].map((number) => ({ number, due: `2026-0${number + 4}-05`, amount: 5_000 })),
        interval: 'month',
        writtenAgreement: false,
        expires: '2026-05-01',
      }),
      event('PlanActivated', '2026-04-02', { planId: 'plan1', agreedOn: '2026-04-02' }),
      patientPaid('pay1', '2026-05-04', 5_000, [{ line: 'L1', amount: 5_000 }]),
      event('InstalmentPaid', '2026-05-04', {
        planId: 'plan1',
        number: 1,
        paymentId: 'pay1',
        amount: 5_000,
        complete: true,
      }),
      event('InstalmentMissed', '2026-06-16', { planId: 'plan1', number: 2, due: '2026-06-05', open: 5_000 }),
    ])
    const second = { number: 2, due: '2026-06-05', amount: 5_000, paid: 0, open: 5_000, missed: true }
    expect(told.plans).toMatchObject([
      { plan: 'plan1', status: 'active', total: 15_000, remaining: 10_000, nextDue: second, missed: [second] },
    ])
    expect(told.plans[0]?.schedule.map(({ number, open }) => [number, open])).toEqual([
      [1, 0],
      [2, 5_000],
      [3, 5_000],
    ])
    expect(told.standing).toEqual({ phase: 'patientResponsibility', flags: ['onPlan'] })
  })

  it('lists open denials and what rules keep off the patient, with the rules (AR-05)', () => {
    const told = summary([
      ...opened('2026-02-01'),
      charge('L1', '2026-02-03', '29881', 30_000),
      ...adjudicated('adj1', '2026-03-02', [
        {
          line: 'L1',
          charge: 30_000,
          paid: 0,
          adjustments: [
            { group: 'CO', carc: '197', amount: 25_000, disposition: 'denial' },
            { group: 'PR', carc: '2', amount: 5_000, disposition: 'held' },
          ],
        },
      ]),
      event('ResponsibilityHeld', '2026-03-02', {
        visitId: 'v1',
        holdingId: 'h1',
        coverageId: 'cov1',
        adjudicationId: 'adj1',
        lines: [{ lineId: 'L1', group: 'PR', carc: '2', amount: 5_000 }],
        blockedBy: ['AR-05'],
      }),
    ])
    expect(told.denials).toMatchObject([
      { denial: 'adj1-d', category: 'auth', amount: 25_000, reasons: ['CO-197 no prior authorization'] },
    ])
    expect(told.holdings).toMatchObject([
      { holding: 'h1', amount: 5_000, blockedBy: ['AR-05'], lines: [{ line: 'L1', carc: '2', words: 'coinsurance' }] },
    ])
    expect(told.standing).toEqual({ phase: 'insuranceDenied', flags: ['held'] })
  })

  it('placement moves the stage, never the party (errata 10)', () => {
    const told = summary([
      ...accA,
      event('AccountPlaced', '2026-09-01', {
        placementId: 'pl1',
        agencyId: 'agency1',
        kind: 'primary',
        items: [{ lineId: 'L1', layerId: layerId('L1', 'patient'), amount: 12_000 }],
        approver: 'sue',
        effects: [effect('L1', 'patient', -12_000), effect('L1', 'patient', 12_000, 'placed')],
        contra: [],
      }),
    ])
    expect(told.balances).toMatchObject([{ party: 'patient', active: 3_000, placed: 12_000 }])
    expect(told.placements).toMatchObject([
      { placement: 'pl1', agency: 'agency1', placedOn: '2026-09-01', amount: 12_000 },
    ])
    expect(told.standing.phase).toBe('placed')
  })

  it('N16 money that counts from a later day is not in the sums of an earlier one', { tags: ['N16'] }, () => {
    const events = [...accA, patientPaid('pay1', '2026-12-01', 15_000, [{ line: 'L1', amount: 12_000 }])]
    const state = foldAccount(newAccount, events)
    expect(summarise(state, today, moneyAsOf(events, today)).totals).toMatchObject({ owed: 15_000, unapplied: 0 })
    const later = toDay('2026-12-01')
    expect(summarise(state, later, moneyAsOf(events, later)).totals).toMatchObject({ owed: 3_000, unapplied: 3_000 })
  })

  it('a coverage that has ended says since when', () => {
    const told = summary([
      ...opened('2026-01-01'),
      charge('L1', '2026-01-10', '99213', 10_000),
      event('CoverageTerminated', '2026-03-01', { coverageId: 'cov1', lastDay: '2026-01-31', reason: 'left the plan' }),
    ])
    expect(told.balances[0]?.label).toBe('SAMPLE HEALTH PLAN (ended 2026-01-31)')
  })
})
