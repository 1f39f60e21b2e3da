import { describe, expect, it } from 'vitest'
import { type AccountEvent, foldAccount, review as reviewOf } from '../../src/account/index.ts'
import { placeableItems } from '../../src/account/placement/review.ts'
import { toCents } from '../../src/kernel/cents.ts'
import { toDay } from '../../src/kernel/day.ts'
import { imbalance } from '../../src/kernel/effects.ts'
import type { LayerId, LineId, VisitId } from '../../src/kernel/ids.ts'
import { presets } from '../../src/policy/presets.ts'
import { factNames, factValues } from '../../src/rules/index.ts'
import { contextOf } from '../../src/testing/history.ts'
import { type Desk, office } from '../support/desk.ts'
import { clean, place } from '../support/placement-desk.ts'
import { agreed, noticed, pay, planOf, selfPay } from '../support/plan-desk.ts'

const at = (entityType: 'hospital_501c3' | 'physician_practice', state: string) => ({
  ...office,
  policy: {
    version: 1,
    policy: {
      ...presets.physicianPracticeMN,
      practice: { ...presets.physicianPracticeMN.practice, entityType, state },
    },
  },
})
const july = '2026-07-31'
const review = (desk: Desk, on: string, attested = clean, where = office) =>
  reviewOf('placeAccount', desk.state, contextOf(where, toDay(on), 99), { attested: factValues.parse(attested) })
const lastHits = (desk: Desk) => {
  const decision = desk.history.steps.at(-1)?.decision
  if (!decision || decision.ok) throw new Error('must be refused')
  return decision
}

describe('F13: pre-placement review', () => {
  it('an open application for financial assistance is among the failures', () => {
    const desk = selfPay({ l1: 40_000 })
    const attested = { ...clean, 'assistance.pending': true }
    const [reviewed] = desk.does({ type: 'ReviewForPlacement', on: july, attested }, july)
    expect(reviewed).toMatchObject({
      type: 'PrePlacementReviewed',
      pass: false,
      failures: ['PC-01.5.assistancePending'],
      unknown: [],
      notInUse: [],
    })
    expect(desk.refused(place(july, { attested }), july)).toEqual(['PC-01.5.assistancePending'])
    expect(lastHits(desk).required).toEqual(['DetermineAssistance'])
  })

  it('a New York hospital bill of 2026-02-01 is not placeable before 2026-07-31 (PC-02)', () => {
    const newYork = at('hospital_501c3', 'NY')
    const desk = selfPay({ l1: 40_000 }, '2026-01-05', newYork)
    expect(desk.refused(place('2026-07-30'), '2026-07-30')).toEqual(['PC-02'])
    expect(lastHits(desk).earliest).toBe('2026-07-31')
    desk.does(place('2026-07-31'), '2026-07-31')
  })

  it('placing for a day that has passed does not dodge the wait: the day itself is judged', () => {
    const newYork = at('hospital_501c3', 'NY')
    const desk = selfPay({ l1: 40_000 }, '2026-01-05', newYork)
    expect(desk.refused(place('2026-07-30'), '2026-08-02')).toEqual(['PC-02'])
  })

  it('Washington waits 120 days, also where only the guarantor lives there (PC-06)', () => {
    const desk = selfPay({ l1: 40_000 })
    desk.does({ type: 'ConfirmGuarantor', on: '2026-01-06', state: 'WA', reason: 'moved' }, '2026-01-06')
    const attested = { ...clean, 'billing.finalNoticeOn': '2026-04-01', 'insurance.eligibilityCheckedOn': '2026-05-20' }
    expect(desk.refused(place('2026-05-31', { attested }), '2026-05-31')).toEqual(['PC-06'])
    desk.does(place('2026-06-01', { attested }), '2026-06-01')
  })

  it('with nothing attested, every check whose fact nobody keeps blocks by the name of the fact', () => {
    const desk = selfPay({ l1: 40_000 })
    const found = review(desk, july, {})
    // The first bill is asked for by the waits of New York and Washington alone: neither reaches this account.
    const { 'billing.firstBillOn': _bill, ...asked } = clean
    expect([...found.unknown].sort()).toEqual(Object.keys(asked).sort())
    expect(found.pass).toBe(false)
    for (const name of found.unknown) expect(found.hits.some((hit) => hit.reason.includes(name))).toBe(true)
  })

  it.each(Object.keys(clean).filter((name) => name !== 'billing.firstBillOn'))(
    'without %s nothing is placed',
    (name) => {
      const desk = selfPay({ l1: 40_000 })
      const attested = Object.fromEntries(Object.entries(clean).filter(([key]) => key !== name))
      const hits = desk.refused(place(july, { attested }), july)
      expect(hits.length).toBeGreaterThan(0)
      expect(lastHits(desk).hits.every((hit) => hit.reason.includes(name))).toBe(true)
    },
  )

  it('what the account itself knows can not be attested away', () => {
    const desk = selfPay({ l1: 40_000 })
    pay(desk, 1_000, '2026-07-20', { line: 'l1' })
    const attested = { ...clean, 'payment.lastOn': 'never' as const }
    expect(desk.refused(place(july, { attested }), july)).toEqual(['facts.alreadyKnown', 'PC-01.7.lastPayment'])
    expect(desk.refused({ type: 'ReviewForPlacement', on: july, attested }, july)).toEqual(['facts.alreadyKnown'])
    // Saying what is known anyway does no harm.
    const known = { ...clean, 'payment.lastOn': '2026-07-20' as const, 'insurance.eligibilityCheckedOn': '2026-08-15' }
    desk.does(place('2026-08-20', { attested: known }), '2026-08-20')
  })

  it('a check that came back was no payment (PC-01.7)', () => {
    const desk = selfPay({ l1: 40_000 })
    pay(desk, 1_000, '2026-07-20', { payment: 'c1', line: 'l1' })
    desk.refused(place(july), july)
    expect(lastHits(desk)).toMatchObject({ hits: [{ rule: 'PC-01.7.lastPayment' }], earliest: '2026-08-20' })
    const nsf = { type: 'ReversePayment', on: '2026-07-28', payment: 'c1', kind: 'nsf', reason: 'returned' } as const
    desk.does(nsf, '2026-07-28')
    desk.does(place(july), july)
  })

  it('names that are no facts are refused before anything is decided', () => {
    const desk = selfPay({ l1: 40_000 })
    const input = place(july, { attested: { 'hold.opne': false } as never })
    expect(() => desk.does(input, july)).toThrow(/hold\.opne/)
    expect(factNames).not.toContain('hold.opne')
  })
})

describe('what stands on the record of a placement', () => {
  it('the review, what was attested, what policy does not use, and the rules that let it pass', () => {
    const preset = presets.physicianPracticeMN
    const policy = { ...preset, placement: { ...preset.placement, notInUse: ['person.protected'] } }
    const desk = selfPay({ l1: 40_000 }, '2026-01-05', { ...office, policy: { version: 2, policy } })
    const { 'person.protected': _protected, ...attested } = clean
    const [reviewed, placed] = desk.does(place(july, { attested }), july)
    expect(reviewed).toMatchObject({
      type: 'PrePlacementReviewed',
      pass: true,
      failures: [],
      notInUse: ['person.protected'],
    })
    if (reviewed?.type !== 'PrePlacementReviewed') throw new Error('no review')
    expect(reviewed.attested).toContainEqual({ fact: 'billing.noticesSent', value: '3' })
    expect(reviewed.attested).toHaveLength(Object.keys(attested).length)
    expect(placed).toMatchObject({ type: 'AccountPlaced', approver: 'anna', agencyId: 'acme-collect' })
    const decision = desk.history.steps.at(-1)?.decision
    if (!decision?.ok) throw new Error('must pass')
    expect(decision.inputs).toMatchObject({
      'attested billing.noticesSent': '3',
      'not in use person.protected': 'policy placement.notInUse',
    })
    expect(decision.allowedBy.map((ref) => ref.id)).toEqual(
      expect.arrayContaining(['GU-01', 'PC-01.1.minimum', 'DS-06']),
    )
  })
})

describe('placement moves the stage, never the party (J1–J3, errata 10)', { tags: ['J1', 'J2', 'J3'] }, () => {
  it('every layer from active to placed, Σ 0; recall brings back what the agency still has', () => {
    const desk = selfPay({ l1: 40_000, l2: 15_000 })
    const events = desk.does(place(july), july)
    const placed = events.find((event) => event.type === 'AccountPlaced')
    if (placed?.type !== 'AccountPlaced') throw new Error('not placed')
    expect(placed.effects.map(({ stage, amount }) => [stage, amount]).sort()).toEqual([
      ['active', -15_000],
      ['active', -40_000],
      ['placed', 15_000],
      ['placed', 40_000],
    ])
    expect(imbalance(placed)).toBe(0)
    expect(desk.at(july, july).net).toBe(550)
    pay(desk, 10_000, '2026-08-10', { line: 'l1' })
    const [recalled] = desk.does(
      { type: 'RecallAccount', on: '2026-08-12', placement: 'pl1', reason: 'assistance' },
      '2026-08-12',
    )
    if (recalled?.type !== 'AccountRecalled') throw new Error('not recalled')
    expect(recalled.items.map((item) => item.amount)).toEqual([30_000, 15_000])
    expect([...desk.state.ledger.layers.values()].map(({ active, placed }) => [active, placed])).toEqual([
      [30_000, 0],
      [15_000, 0],
    ])
    expect(desk.state.placement.placements.size).toBe(0)
  })

  it('J2, J3: an item is with one agency at a time, recalled before it is placed again, under a new name', () => {
    const desk = selfPay({ l1: 40_000 })
    desk.does(place(july), july)
    const again = place(july, { placement: 'pl2', agency: 'other', lines: ['l1'] })
    expect(desk.refused(again, july)).toContain('placement.itemPlaced')
    desk.does({ type: 'RecallAccount', on: july, placement: 'pl1', reason: 'error' }, july)
    expect(desk.refused(place(july), july)).toEqual(['placement.known'])
    desk.does(again, july)
    expect(desk.refused({ type: 'RecallAccount', on: july, placement: 'pl1', reason: 'error' }, july)).toEqual([
      'placement.unknown',
    ])
  })

  it('only what the patient owes: a coverage’s amount is not placed, and blocks while it is pending', () => {
    const desk = selfPay({ l1: 40_000 })
    desk.does(
      { type: 'AddCoverage', on: '2026-01-05', coverage: 'c1', payer: 'acme', filingIndicator: '12' },
      '2026-01-06',
    )
    desk.does(
      { type: 'PostCharge', on: '2026-01-05', visit: 'v-l1', line: 'l2', code: '99213', amount: 9_000 },
      '2026-01-06',
    )
    expect(placeableItems(desk.state, desk.state.ledger.lines.keys(), toDay(july)).map((item) => item.lineId)).toEqual([
      'l1',
    ])
    expect(desk.refused(place(july), july)).toEqual(['PC-01.2.insurancePending', 'PC-01.2.unbilledCoverage'])
  })

  it('J2: a credit on one layer of a line is off what is placed of the others', () => {
    const desk = selfPay({ l1: 40_000 })
    const layer = (layerId: string, amount: number): AccountEvent => ({
      type: 'BalanceBroughtForward',
      effectiveDate: toDay('2026-01-05'),
      visitId: 'v-l1' as VisitId,
      booksBegin: toDay('2026-01-05'),
      lines: [],
      source: 'test',
      opens: [
        { layerId: layerId as LayerId, lineId: 'l1' as LineId, party: 'patient', agingFrom: toDay('2026-01-05') },
      ],
      effects: [
        {
          layerId: layerId as LayerId,
          lineId: 'l1' as LineId,
          party: 'patient',
          stage: 'active',
          amount: toCents(amount),
        },
      ],
      contra: [{ account: 'openingBalance', amount: toCents(-amount) }],
    })
    const state = foldAccount(desk.state, [layer('credit', -15_000), layer('young', 5_000)])
    const amounts = placeableItems(state, ['l1' as LineId], toDay('2026-08-01')).map((item) => item.amount)
    expect(amounts).toEqual([30_000])
  })

  it('nothing open, nothing placed; below the minimum, nothing placed', () => {
    expect(selfPay({}).refused(place(july), july)).toContain('placement.nothing')
    expect(selfPay({ l1: 2_499 }).refused(place(july), july)).toEqual(['PC-01.1.minimum'])
  })

  it('above a limit another person approves; the maker can not be that person', () => {
    const rep = { ...office, actor: { id: 'rick', roles: ['rep' as const] } }
    const desk = selfPay({ l1: 50_001 }, '2026-01-05', rep)
    const supervisor = ['supervisor' as const]
    expect(desk.refused(place(july), july)).toEqual(['PC-01.10.approval'])
    expect(desk.refused(place(july, { approval: { by: 'rick', roles: supervisor } }), july)).toEqual([
      'PC-01.10.approval',
    ])
    const events = desk.does(place(july, { approval: { by: 'anna', roles: supervisor } }), july)
    expect(events[1]).toMatchObject({ approver: 'anna' })
  })

  it('an unconfirmed guarantor blocks, and for a minor by a second rule', () => {
    const desk = selfPay({ l1: 40_000 }, '2026-01-05', office, 'unconfirmed')
    expect(desk.refused(place(july), july)).toEqual(['GU-01'])
    const child = selfPay({}, '2026-01-05', office, 'unconfirmed')
    child.does(
      {
        type: 'RegisterPatient',
        on: '2026-01-05',
        patient: 'kid',
        born: '2010-07-01',
        relationshipToGuarantor: 'child',
      },
      '2026-01-05',
    )
    child.does(
      { type: 'PostCharge', on: '2026-01-06', visit: 'v1', line: 'l1', code: '99213', amount: 40_000, patient: 'kid' },
      '2026-01-06',
    )
    expect(child.refused(place(july), july)).toEqual(['GU-01', 'PC-01.5.minor'])
    child.does({ type: 'ConfirmGuarantor', on: '2026-01-07', reason: 'the mother signed' }, '2026-01-07')
    child.does(place(july), july)
  })
})

describe('a plan and placement', () => {
  it('a plan in good standing blocks placement, its default opens it again', () => {
    const desk = agreed(selfPay({ l1: 40_000 }))
    expect(desk.refused(place(july, { lines: ['l1'] }), july)).toEqual(['PC-01.5.plan'])
    desk.does({ type: 'EvaluatePlan', on: '2026-07-01', plan: 'p1' }, '2026-07-01')
    expect(desk.refused(place(july), july)).toEqual(['PC-01.5.plan'])
    noticed(desk, '2026-07-02')
    desk.does({ type: 'EvaluatePlan', on: '2026-07-17', plan: 'p1' }, '2026-07-17')
    expect(planOf(desk).status).toBe('defaulted')
    desk.does(place(july), july)
  })

  it('B12 a recall for another reason than those of the list says which', { tags: ['B12'] }, () => {
    const desk = selfPay({ l1: 40_000 })
    desk.does(place(july), july)
    const recall = { type: 'RecallAccount' as const, on: july, placement: 'pl1', reason: 'other' as const }
    expect(desk.refused(recall, july)).toEqual(['placement.recallNote'])
    expect(desk.refused({ ...recall, note: '' }, july)).toEqual(['placement.recallNote'])
    desk.does({ ...recall, note: 'the agency closes' }, july)
  })

  it('one that is recorded late goes nowhere while a plan that was agreed since is in good standing', () => {
    const desk = agreed(selfPay({ l1: 40_000 }), { firstDue: '2026-09-01' }, '2026-08-03')
    expect(desk.refused(place(july), '2026-08-04')).toEqual(['PC-01.5.plan'])
  })

  it('a write-off of what was placed, undone after the recall, is owed here: its charge can be voided', () => {
    const desk = selfPay({ l1: 40_000, l2: 30_000 })
    desk.does(place(july), july)
    const on = '2026-08-10'
    const approval = { by: 'dora', roles: ['director' as const] }
    const lines = [{ line: 'l1', amount: 40_000 }]
    const visit = desk.state.ledger.lines.get('l1' as LineId)?.visitId ?? ''
    const given = { type: 'WriteOff', on, visit, party: 'patient', category: 'administrative' } as const
    const [written] = desk.does({ ...given, lines, approval, reason: 'given up' }, on)
    desk.does({ type: 'RecallAccount', on, placement: 'pl1', reason: 'error' }, on)
    const adjustment = written?.type === 'WriteOffPosted' ? written.adjustmentId : ''
    desk.does({ type: 'ReverseAdjustment', on, adjustment, mode: 'correction', reason: 'restored' }, on)
    const stages = [...desk.state.ledger.layers.values()].map(({ lineId, active, placed }) => [lineId, active, placed])
    expect(stages).toEqual([
      ['l1', 40_000, 0],
      ['l2', 30_000, 0],
    ])
    desk.does({ type: 'VoidCharge', on, line: 'l1', mode: 'correction', reason: 'not performed' }, on)
  })

  it('what is placed is on no plan: it is recalled first', () => {
    const desk = selfPay({ l1: 40_000 })
    desk.does(place(july), july)
    const proposal = {
      type: 'ProposePlan' as const,
      on: '2026-08-01',
      lines: ['l1'],
      divide: { instalments: 4 },
      firstDue: '2026-08-15',
      household: { monthlyIncome: 300_000 },
      writtenAgreement: false,
    }
    expect(desk.refused(proposal, '2026-08-01')).toContain('plans.linePlaced')
    const recall = { type: 'RecallAccount' as const, on: '2026-08-01', placement: 'pl1', reason: 'other' as const }
    desk.does({ ...recall, note: 'the patient asked for a plan' }, '2026-08-01')
    desk.does(proposal, '2026-08-01')
  })
})
