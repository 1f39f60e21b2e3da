import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { review } from '../../src/account/account.ts'
import { ladderDays } from '../../src/account/disputes/held-days.ts'
import type { AccountCommandInput } from '../../src/account/index.ts'
import { addDays, type Day, toDay } from '../../src/kernel/day.ts'
import type { LineId } from '../../src/kernel/ids.ts'
import { contextOf } from '../../src/testing/history.ts'
import { type Desk, office } from '../support/desk.ts'
import { place } from '../support/placement-desk.ts'
import { pay, selfPay } from '../support/plan-desk.ts'

type Open = Extract<AccountCommandInput, { type: 'OpenDispute' }>

const march = '2026-03-02'
const open = (over: Partial<Open> = {}): Open => ({
  type: 'OpenDispute',
  on: march,
  dispute: 'd1',
  kind: 'billingError',
  lines: ['l2'],
  raisedBy: 'patient',
  channel: 'phone',
  written: false,
  says: 'I was not there that day',
  ...over,
})
const disputed = (over: Partial<Open> = {}, at = office): Desk => {
  const desk = selfPay({ l1: 900, l2: 800 }, '2026-01-05', at)
  desk.does(open(over), over.on ?? march)
  return desk
}
const resolve = (on: string, outcome: 'upheld' | 'rejected' = 'rejected'): AccountCommandInput => ({
  type: 'ResolveDispute',
  on,
  dispute: 'd1',
  outcome,
  explanation: 'the chart has the visit',
})
const sent = (on: string): AccountCommandInput => ({
  type: 'CloseDispute',
  on,
  dispute: 'd1',
  because: { kind: 'resultSent', channel: 'mail', letter: 'a'.repeat(64) },
})
/** Why a line may not be billed on a day. */
const unbilled = (desk: Desk, line: string, on: string, at = office): readonly string[] =>
  review('billLines', desk.state, contextOf(at, on, 99), { lines: [line as LineId] }).hits.map(({ rule }) => rule)

describe('§7.1 a card chargeback', () => {
  const card = { type: 'PostPayment', on: '2026-02-01', payment: 'y1', amount: 30_000, tender: 'cash' } as const
  const back = (amount?: number, kind: 'chargeback' | 'misposted' = 'chargeback'): AccountCommandInput => ({
    type: 'ReversePayment',
    on: '2026-03-09',
    payment: 'y1',
    kind,
    reason: 'the issuer took it back',
    ...(amount === undefined ? {} : { amount }),
  })
  const chargedBack = (): Desk => {
    const desk = selfPay({ l1: 900, l2: 800 }, '2026-01-05')
    desk.does(card, card.on)
    desk.does(open({ kind: 'chargeback', raisedBy: 'issuer', lines: ['l1'], payment: 'y1' as never }), march)
    return desk
  }
  const isOpen = (desk: Desk): boolean => desk.state.disputes.disputes.any('open')

  it('that has taken all of the payment back closes its dispute, in the same unit; the patient owes it again', () => {
    const desk = chargedBack()
    const before = desk.at('2026-03-09', '2026-03-09').net
    const types = desk.does(back(), '2026-03-09').map(({ type }) => type)
    expect(types.slice(0, 2)).toEqual(['PaymentReversed', 'DisputeClosed'])
    expect(isOpen(desk)).toBe(false)
    expect(desk.at('2026-03-09', '2026-03-09').net).toBe(before + 300)
  })

  it('of a part leaves it open until the rest is gone too', () => {
    const desk = chargedBack()
    desk.does(back(10_000), '2026-03-09')
    expect(isOpen(desk)).toBe(true)
    desk.does(back(20_000), '2026-03-09')
    expect(isOpen(desk)).toBe(false)
  })

  it('is not what takes a payment back for another reason, nor another payment, nor another kind of dispute', () => {
    const desk = chargedBack()
    desk.does(back(undefined, 'misposted'), '2026-03-09')
    expect(isOpen(desk)).toBe(true)
    const other = chargedBack()
    other.does(open({ dispute: 'd2', kind: 'billingError', payment: 'y1' as never }), march)
    other.does({ ...card, payment: 'y2', on: '2026-02-02' }, '2026-02-02')
    other.does({ ...back(), payment: 'y2' } as AccountCommandInput, '2026-03-09')
    expect([...other.state.disputes.disputes.where('open')].length).toBe(2)
    other.does(back(), '2026-03-09')
    expect(other.state.disputes.disputes.where('open').map(({ disputeId }) => disputeId)).toEqual(['d2'])
  })

  it('recorded of a day before its dispute came closes it on no day before', () => {
    const desk = chargedBack()
    const events = desk.does({ ...back(), on: '2026-02-20' } as AccountCommandInput, '2026-03-09')
    expect(events.find(({ type }) => type === 'DisputeClosed')).toMatchObject({ effectiveDate: march })
  })
})

describe('F08: a billing error is disputed on line l2, in Minnesota', () => {
  it('l2 is not billed before the letter with the result is out; l1 goes on', () => {
    const desk = disputed()
    expect(unbilled(desk, 'l2', march)).toEqual(['DS-01', 'DS-10'])
    expect(unbilled(desk, 'l1', march)).toEqual([])
    desk.does({ type: 'AcknowledgeDispute', on: '2026-03-04', dispute: 'd1', channel: 'mail' }, '2026-03-04')
    desk.does(
      { type: 'InvestigateDispute', on: '2026-03-05', dispute: 'd1', finding: 'the chart has the visit' },
      '2026-03-05',
    )
    desk.does(resolve('2026-03-10'), '2026-03-10')
    expect(unbilled(desk, 'l2', '2026-03-10')).toEqual(['DS-01', 'DS-10'])
    desk.does(sent('2026-03-12'), '2026-03-12')
    expect(unbilled(desk, 'l2', '2026-03-11')).toEqual(['DS-01', 'DS-10'])
    expect(unbilled(desk, 'l2', '2026-03-12')).toEqual([])
  })

  it('in another state policy says the same', () => {
    const { policy } = office.policy
    const wisconsin = {
      ...office,
      policy: { version: 2, policy: { ...policy, practice: { ...policy.practice, state: 'WI' } } },
    }
    expect(unbilled(disputed({}, wisconsin), 'l2', march, wisconsin)).toEqual(['DS-10'])
  })

  it('what a bureau or an issuer disputes has its clock, and freezes nothing', () => {
    for (const kind of ['bureau', 'chargeback'] as const) {
      expect(unbilled(disputed({ kind, raisedBy: 'issuer' }), 'l2', march)).toEqual([])
    }
  })
})

describe('what a dispute keeps off its lines, and off no others', () => {
  const july = '2026-07-31'

  it('nothing of them is placed (PC-01.5.dispute); the account knows it, nobody vouches for it', () => {
    const desk = selfPay({ l1: 40_000, l2: 40_000 })
    desk.does(open({ on: '2026-07-01' }), '2026-07-01')
    expect(desk.refused(place(july, { lines: ['l2'] }), july)).toEqual(['PC-01.5.dispute'])
    desk.does(place(july, { lines: ['l1'] }), july)
  })

  it.each([
    ['upheld', { kind: 'resultSent', channel: 'mail' }, ['facts.alreadyKnown', 'PC-01.5.identityTheft']],
    ['rejected', { kind: 'resultSent', channel: 'mail' }, []],
    [undefined, { kind: 'withdrawn', reason: 'it was mine' }, []],
  ] as const)(
    'PC-01.5 of an identity theft that was %s, and is over: what nobody vouches away',
    (outcome, because, hits) => {
      const desk = selfPay({ l1: 40_000 })
      const on = '2026-07-01'
      desk.does(open({ on, kind: 'identityTheft', lines: ['l1'] }), on)
      if (outcome) desk.does({ type: 'ResolveDispute', on, dispute: 'd1', outcome, explanation: 'looked into' }, on)
      desk.does({ type: 'CloseDispute', on, dispute: 'd1', because }, on)
      if (hits.length > 0) expect(desk.refused(place(july), july)).toEqual(hits)
      else desk.does(place(july), july)
    },
  )

  it('DS-06 a patient-provider dispute resolution on file stops placing, whatever anybody vouches for, until its result is out', () => {
    const desk = selfPay({ l1: 40_000, l2: 40_000 })
    const on = '2026-07-01'
    desk.does(open({ on, kind: 'ppdr', lines: ['l1'], written: true }), on)
    const vouchedAway = desk.refused(place(july, { lines: ['l1'] }), july)
    expect(vouchedAway).toEqual(expect.arrayContaining(['DS-06', 'PC-01.5.dispute', 'facts.alreadyKnown']))
    // It is about its own lines; of others the desk vouches as before.
    desk.does(place(july, { lines: ['l2'] }), july)
    desk.does({ type: 'ResolveDispute', on: july, dispute: 'd1', outcome: 'rejected', explanation: 'the fee' }, july)
    expect(desk.refused(place(july, { lines: ['l1'], placement: 'pl2' }), july)).toContain('DS-06')
    desk.does(sent(july), july)
    desk.does(place(july, { lines: ['l1'], placement: 'pl2' }), july)
  })

  it('a placement that is recorded late is refused for a dispute that has come up since', () => {
    const desk = selfPay({ l1: 40_000 })
    desk.does(open({ on: '2026-08-03', lines: ['l1'] }), '2026-08-03')
    expect(desk.refused(place(july), '2026-08-04')).toEqual(['PC-01.5.dispute'])
  })

  it('F2 they are not given up as small', { tags: ['F2'] }, () => {
    const desk = disputed({ on: '2026-03-20' })
    const small = (line: string) =>
      ({
        type: 'WriteOff',
        on: '2026-03-21',
        visit: `v-${line}`,
        party: 'patient',
        category: 'smallDebit',
        lines: [{ line }],
        reason: 'small',
      }) as AccountCommandInput
    expect(desk.refused(small('l2'), '2026-03-21')).toEqual(['WO-02'])
    desk.does(small('l1'), '2026-03-21')
  })

  it('I4 money is taken all the same; undirected it passes them by (AR-14), directed it meets them', {
    tags: ['I4'],
  }, () => {
    const desk = disputed()
    pay(desk, 1_700, '2026-03-03')
    expect(desk.at('2026-03-03', '2026-03-03')).toMatchObject({ unapplied: -8, net: 0 })
    pay(desk, 800, '2026-03-04', { line: 'l2' })
    expect(desk.at('2026-03-04', '2026-03-04').layers).toEqual([])
  })
})

describe('money that passed a disputed line by', () => {
  it('meets it in the unit in which the dispute is closed, also money that was there before it', () => {
    const desk = selfPay({ l1: 900, l2: 800 }, '2026-01-05')
    desk.does(open(), march)
    pay(desk, 1_700, '2026-02-20', { recorded: march })
    expect(desk.at(march, march)).toMatchObject({ unapplied: -8, net: 0 })
    desk.does(resolve('2026-03-10'), '2026-03-10')
    expect(desk.does(sent('2026-03-12'), '2026-03-12').map(({ type }) => type)).toEqual([
      'DisputeClosed',
      'UnappliedApplied',
    ])
    expect(desk.at('2026-03-12', '2026-03-12')).toMatchObject({ layers: [], unapplied: 0 })
  })
})

describe('a dispute takes its steps in their order', () => {
  it('a letter says what was decided: none goes out before', () => {
    const desk = disputed()
    expect(desk.refused(sent('2026-03-03'), '2026-03-03')).toEqual(['disputes.undecided'])
    const withdrawn = { kind: 'withdrawn', reason: 'found the receipt' } as const
    desk.does({ type: 'CloseDispute', on: '2026-03-03', dispute: 'd1', because: withdrawn }, '2026-03-03')
    expect(desk.refused(resolve('2026-03-04'), '2026-03-04')).toEqual(['disputes.closed'])
  })

  it('each is taken once, on no day before the one it rests on', () => {
    const desk = disputed()
    const acknowledge = { type: 'AcknowledgeDispute', dispute: 'd1', channel: 'mail' } as const
    expect(desk.refused({ ...acknowledge, on: '2026-03-01' }, march)).toEqual(['disputes.beforeStanding'])
    desk.does({ ...acknowledge, on: march }, march)
    expect(desk.refused({ ...acknowledge, on: march }, march)).toEqual(['disputes.acknowledged'])
    desk.does(resolve('2026-03-10'), '2026-03-10')
    expect(desk.refused(resolve('2026-03-11'), '2026-03-11')).toEqual(['disputes.decided'])
    expect(desk.refused(sent('2026-03-09'), '2026-03-11')).toEqual(['disputes.beforeStanding'])
  })

  it('is on record whatever anybody thinks of it; what is no report is refused with every reason', () => {
    const desk = disputed()
    const bad = open({ lines: ['l9', 'l9'], payment: 'p9', placement: 'pl9', respondBy: '2026-03-01' })
    expect(desk.refused(bad, march)).toEqual([
      'disputes.known',
      'ledger.lineTwice',
      'ledger.lineUnknown',
      'ledger.lineUnknown',
      'payments.unknown',
      'placement.unknown',
      'disputes.respondBefore',
    ])
    expect(desk.refused(open({ dispute: 'd2', on: '2026-03-03' }), march)).toEqual(['disputes.ahead'])
    expect(() => desk.tries(open({ says: ' ' }), march)).toThrow()
  })
})

describe('the days that the house’s ladder counts', () => {
  const first = toDay('2026-01-01')
  const day = fc.integer({ min: 0, max: 120 }).map((n) => addDays(first, n))
  const hold = fc
    .tuple(day, fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined }))
    .map(([from, length]) => ({ from, ...(length === undefined ? {} : { to: addDays(from, length) }) }))

  it('I5 are all days but those that somebody held, each once', { tags: ['I5'] }, () => {
    fc.assert(
      fc.property(day, day, fc.array(hold, { maxLength: 6 }), (from, on, holds) => {
        let days = 0
        for (let at: Day = from; at < on; at = addDays(at, 1)) {
          if (!holds.some((held) => held.from <= at && (held.to === undefined || at < held.to))) days += 1
        }
        expect(ladderDays(from, on, holds)).toBe(days)
      }),
      { numRuns: 1_000 },
    )
  })
})
