import type { Day } from '@daybook/core/kernel'
import { type Desk, executeOnAccount, receiveRemittance } from '@daybook/core/service'
import { vouchedFor } from '@daybook/core/testing'
import * as Effect from 'effect/Effect'
import { describe, expect, it } from 'vitest'
import { memoryDesk } from '../support/desk.ts'
import { advice, type ClaimOf, SERVED } from '../support/documents.ts'
import { uuid } from '../support/folder.ts'
import { bookOf } from '../support/watch.ts'

// Fault net-12: money is the guarantor's to have back where all that is owed beside it is in dispute: it may not be netted against
// that (law G4, reference §1.10). What an agency has is owed; the next step says how money meets it.

const run = Effect.runPromise
const account = uuid(1)
const today = '2026-07-20'

let number = 0
const give = async (desk: Desk, command: object) => {
  number += 1
  return await run(executeOnAccount(desk, account, command, `c${number}`))
}
const does = async (desk: Desk, command: object) => {
  const outcome = await give(desk, command)
  expect(outcome.ok ? [] : outcome.hits).toEqual([])
}
const refused = async (desk: Desk, command: object) => {
  const outcome = await give(desk, command)
  return outcome.ok ? [] : outcome.hits.map(({ rule, reason }) => `${rule}: ${reason}`)
}

const claim = (pcn: string, paid: number, share: number, status = '1'): ClaimOf => {
  const sign = status === '22' ? -1 : 1
  const cas = [['PR', '1', sign * share] as const]
  return {
    pcn,
    status,
    patient: { id: 'M1', last: 'ROE', first: 'JO' },
    lines: [{ charge: sign * (paid + share), paid: sign * paid, cas }],
  }
}

/** The patient owes 100.00 for v2, and has paid 100.00 more for v1 than is owed there since a correction of 1 June. */
const overpaid = async () => {
  const desk = await memoryDesk({ now: `${today}T15:14:00.000Z` })
  const guarantor = { name: 'Jo Roe', born: '1980-02-01', state: 'MN', standing: 'confirmed' }
  await does(desk, { type: 'OpenAccount', accountId: account, on: SERVED, guarantor })
  await does(desk, {
    type: 'AddCoverage',
    on: SERVED,
    coverage: 'acme',
    payer: 'ACME',
    payerName: 'ACME HEALTH',
    memberId: 'M1',
    filingIndicator: '12',
  })
  for (const [visit, line, amount] of [
    ['v1', 'l1', 50_000],
    ['v2', 'l2', 10_000],
  ] as const) {
    await does(desk, {
      type: 'PostCharge',
      on: SERVED,
      visit,
      line,
      code: '99213',
      amount,
      patientControlNumber: visit.toUpperCase(),
    })
  }
  const receive = async (date: string, claims: readonly ClaimOf[]) => {
    const { held } = await run(receiveRemittance(desk, advice({ trace: date, date, claims }), { openMissing: false }))
    expect(held).toEqual([])
  }
  await receive('2026-02-20', [claim('V1', 35_000, 15_000), claim('V2', 0, 10_000)])
  await does(desk, {
    type: 'PostPayment',
    on: '2026-03-10',
    payment: 'p1',
    amount: 15_000,
    tender: 'check',
    allocations: [{ line: 'l1' }],
  })
  return { desk, correct: () => receive('2026-06-01', [claim('V1', 35_000, 15_000, '22'), claim('V1', 45_000, 5_000)]) }
}
const work = async (desk: Desk) => {
  const { items } = await bookOf(desk, today as Day)
  return items.filter(({ queue }) => queue === 'credits' || queue === 'unapplied')
}
const dispute = {
  type: 'OpenDispute',
  on: '2026-05-02',
  dispute: 'd1',
  kind: 'billingError',
  lines: ['l2'],
  raisedBy: 'patient',
  channel: 'mail',
  written: true,
  says: 'never there',
}
const refund = { type: 'ApproveRefund', on: today, payee: 'guarantor', method: 'check', reason: 'overpaid' }

describe('net-12 what is owed is in dispute', () => {
  it('net-12 a credit on an item is used for nothing in dispute, and goes back', async () => {
    const { desk, correct } = await overpaid()
    await does(desk, dispute)
    await correct()
    const [{ subject: credit, nextAction } = { subject: '', nextAction: '' }] = await work(desk)
    expect(nextAction).toBe('apply it to an item, or refund the patient')
    expect(await refused(desk, { type: 'MoveCredit', on: today, credit, to: { line: 'l2' }, reason: 'x' })).toEqual([
      'AR-14: the item is in dispute: undirected money passes it by',
    ])
    await does(desk, { ...refund, credit })
  })

  it('net-12 so does money on account; after the dispute it is for what is owed', async () => {
    const { desk, correct } = await overpaid()
    await does(desk, dispute)
    await correct()
    await does(desk, { type: 'DeallocatePayment', payment: 'p1', lines: [{ line: 'l1', amount: 10_000 }], reason: 'x' })
    expect(await work(desk)).toMatchObject([
      { queue: 'credits', amount: 10_000, nextAction: 'apply it to an item, or refund the patient' },
    ])
    await does(desk, { ...refund, payment: 'p1', amount: 1_000 })
    await does(desk, { type: 'CloseDispute', on: today, dispute: 'd1', because: { kind: 'withdrawn', reason: 'x' } })
    expect(await refused(desk, { ...refund, payment: 'p1', amount: 1_000 })).toEqual([
      'credits.owed: 100.00 is owed by the same guarantor: 0.00 may be refunded, not 10.00',
    ])
  })

  it('net-12 approved while nothing else was owed, and the dispute ends before it goes out: told', async () => {
    const { desk, correct } = await overpaid()
    await does(desk, dispute)
    await correct()
    const [{ subject: credit } = { subject: '' }] = await work(desk)
    await does(desk, { ...refund, refund: 'r1', credit })
    await does(desk, { type: 'CloseDispute', on: today, dispute: 'd1', because: { kind: 'withdrawn', reason: 'x' } })
    const issued = await give(desk, { type: 'IssueRefund', on: today, refund: 'r1' })
    expect(issued).toMatchObject({ ok: true, warnings: [{ rule: 'credits.owed' }] })
  })

  it('net-12 recorded late for a day of the dispute: asked for both days', async () => {
    const { desk, correct } = await overpaid()
    await correct()
    await does(desk, dispute)
    await does(desk, {
      type: 'CloseDispute',
      on: '2026-07-10',
      dispute: 'd1',
      because: { kind: 'withdrawn', reason: 'x' },
    })
    const [{ subject: credit } = { subject: '' }] = await work(desk)
    expect((await refused(desk, { ...refund, on: '2026-07-01', credit }))[0]).toContain('credits.owed: 100.00 is owed')
  })
})

describe('net-12 what is owed is with an agency', () => {
  const placed = async () => {
    const { desk, correct } = await overpaid()
    const attested = { ...vouchedFor(today as Day), 'billing.firstBillOn': '2026-02-25' }
    await does(desk, {
      type: 'PlaceAccount',
      on: '2026-07-15',
      placement: 'pl1',
      agency: 'acme-collect',
      kind: 'primary',
      lines: ['l2'],
      attested,
      approval: { by: 'bea', roles: ['supervisor'] },
    })
    await correct()
    return desk
  }

  it('net-12 a credit on an item is used for it when it is recalled, and the list says so', async () => {
    const desk = await placed()
    const [{ subject: credit, nextAction } = { subject: '', nextAction: '' }] = await work(desk)
    expect(nextAction).toBe(
      'recall what agencies have of theirs first (RecallAccount): 100.00 of it is for that (MoveCredit)',
    )
    expect(await refused(desk, { type: 'MoveCredit', on: today, credit, to: { line: 'l2' }, reason: 'x' })).toEqual([
      'credits.nothingOpen: an agency has 100.00 of line l2',
    ])
    expect((await refused(desk, { ...refund, credit }))[0]).toContain('credits.owed')
    await does(desk, { type: 'RecallAccount', on: today, placement: 'pl1', reason: 'paid' })
    await does(desk, { type: 'MoveCredit', on: today, credit, to: { line: 'l2' }, reason: 'x' })
    expect(await work(desk)).toEqual([])
  })

  it('net-12 money on account is applied to it by line', async () => {
    const desk = await placed()
    await does(desk, { type: 'DeallocatePayment', payment: 'p1', lines: [{ line: 'l1', amount: 10_000 }], reason: 'x' })
    const [{ nextAction } = { nextAction: '' }] = await work(desk)
    expect(nextAction).toBe('apply 100.00 by line to what an agency has (ApplyUnapplied), or recall that first')
    await does(desk, { type: 'ApplyUnapplied', payment: 'p1', allocations: [{ line: 'l2' }] })
    expect(await work(desk)).toEqual([])
  })
})
