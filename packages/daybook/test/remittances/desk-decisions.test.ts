import type { Day, RemittanceId } from '@daybook/core/kernel'
import type { RemittanceAdvice } from '@daybook/core/remittance'
import {
  type Desk,
  executeOnAccount,
  receiveRemittance,
  rejectHeldClaim,
  rejectRemittance,
  releaseRemittance,
  retryHeldClaims,
  submitClaims,
} from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { describe, expect, it } from 'vitest'
import { accountName, clearingFaults, controlOf, entries, readLog, unbalancedPrefixes } from '../support/books.ts'
import { memoryDesk } from '../support/desk.ts'
import { advice, submission } from '../support/documents.ts'

const run = Effect.runPromise
const received = async (desk: Desk, document: RemittanceAdvice, openMissing = true) => {
  const report = await run(receiveRemittance(desk, document, { openMissing }))
  return { ...report, remittanceId: report.remittanceId as RemittanceId }
}
const open = { openMissing: true }
const on = '2026-11-21' as Day
const one = { pcn: 'V1', lines: [{ charge: 10_000, paid: 6_000, cas: [['CO', '45', 4_000]] }] } as const

const books = async (desk: Desk) => {
  const log = await entries(desk)
  expect(unbalancedPrefixes(log)).toEqual([])
  expect(clearingFaults(log)).toEqual([])
  return controlOf(log, accountName)
}

describe('a command sent again', () => {
  it('B3 a retried PostRemittedClaims gets its first receipt, though the claim is posted already', {
    tags: ['B3'],
  }, async () => {
    const desk = await memoryDesk()
    await run(submitClaims(desk, submission([{ pcn: 'V1', lines: [{ charge: 10_000 }] }])))
    const opened = (await entries(desk)).find(({ event }) => event.type === 'VisitOpened')
    if (opened?.event.type !== 'VisitOpened') throw new Error('no visit')
    const [claim] = advice({ claims: [one] }).claims
    const command = {
      type: 'PostRemittedClaims',
      on: '2026-02-20',
      remittanceId: 'r1',
      payer: { payerId: 'ACME', payerName: 'ACME HEALTH' },
      capitation: false,
      claims: [claim],
      visit: { known: opened.event.visitId },
    }
    const account = opened.stored.stream.slice('account-'.length)
    const first = await run(executeOnAccount(desk, account, command, 'c1'))
    const events = (await readLog(desk)).length
    for (const again of [desk, await memoryDesk().then(() => ({ ...desk, service: { ...desk.service } }))]) {
      const receipt = await run(executeOnAccount(again, account, command, 'c1'))
      expect(receipt).toMatchObject({ ok: true, repeated: true })
      if (first.ok && 'lastVersion' in first && receipt.ok && 'lastVersion' in receipt) {
        expect([receipt.firstVersion, receipt.lastVersion, receipt.headHash]).toEqual([
          first.firstVersion,
          first.lastVersion,
          first.headHash,
        ])
      }
    }
    expect((await readLog(desk)).length).toBe(events)
    const other = await run(Effect.flip(executeOnAccount(desk, account, { ...command, on: '2026-02-21' }, 'c1')))
    expect(other._tag).toBe('CommandMismatch')
    const anew = await run(executeOnAccount(desk, account, command, 'c2'))
    expect(anew).toMatchObject({ ok: false, hits: [{ rule: 'repeatedClaim' }] })
  })
})

describe('a held remittance', () => {
  const off = advice({ claims: [one], amount: 6_100 })

  it('is released with its difference to a named account, and posts; a second release finds nothing held', async () => {
    const desk = await memoryDesk()
    const { remittanceId: id } = await received(desk, off)
    const release = { on, reason: 'the bank shows 61.00' }
    const unnamed = await run(releaseRemittance(desk, id, release, open))
    expect(unnamed.outcome).toMatchObject({ ok: false, hits: [{ rule: 'remittance.difference' }] })
    const wrong = await run(releaseRemittance(desk, id, { ...release, differenceAccount: 'petty' }, open))
    expect(wrong.outcome).toMatchObject({ ok: false, hits: [{ rule: 'remittance.account' }] })
    expect(await books(desk)).toEqual({})
    const named = { ...release, differenceAccount: 'providerAdjustment:CS' }
    const done = await run(releaseRemittance(desk, id, named, open, 'release-1'))
    expect(done.report).toMatchObject({ outcome: 'posted', postedClaims: 1 })
    expect(await books(desk)).toEqual({
      cash: 6_100,
      'providerAdjustment:CS': -100,
      contractual: 4_000,
      revenue: -10_000,
    })
    const again = await run(releaseRemittance(desk, id, named, open, 'release-1'))
    expect(again.outcome, 'B3').toMatchObject({ ok: true, repeated: true })
    expect((await run(releaseRemittance(desk, id, named, open))).outcome).toMatchObject({
      hits: [{ rule: 'remittance.notHeld' }],
    })
  })

  it('is rejected: it never reaches the ledger, and is known when it comes again', async () => {
    const desk = await memoryDesk()
    const { remittanceId: id } = await received(desk, off)
    const { report } = await run(rejectRemittance(desk, id, { on, reason: 'the payer sends it again' }))
    expect(report.outcome).toBe('rejected')
    expect(await books(desk)).toEqual({})
    expect((await received(desk, off)).outcome).toBe('duplicate')
  })

  it('AR-03 a conflict that a person releases posts nothing twice: its claims are held as repeated', async () => {
    const desk = await memoryDesk()
    await received(desk, advice({ claims: [one] }))
    const other = advice({ claims: [{ ...one, pr: 500 }] })
    const report = await received(desk, other)
    expect(report).toMatchObject({ outcome: 'held', reasons: ['conflict'] })
    expect(report.differences).toEqual([{ level: 'claim', reference: 'V1', rule: 'conflict', amount: 0 }])
    const really = { on, reason: 'really two', anotherPayment: true }
    const released = await run(releaseRemittance(desk, report.remittanceId, really, open))
    expect(released.report).toMatchObject({ outcome: 'partial', postedClaims: 0 })
    expect(released.report.held[0]?.hits[0]?.rule).toBe('repeatedClaim')
    expect(await books(desk)).toEqual({ cash: 12_000, payerClearing: -6_000, contractual: 4_000, revenue: -10_000 })
  })

  it('watch-5 the release of a re-issued advice says what it would do to the cash, and does it only for a second payment', async () => {
    const desk = await memoryDesk()
    const first = await received(desk, advice({ claims: [one] }))
    const { remittanceId: id } = await received(desk, advice({ claims: [{ ...one, pr: 500 }] }))
    const before = await books(desk)
    const refused = await run(releaseRemittance(desk, id, { on, reason: 'corrected' }, open))
    expect(refused.outcome).toMatchObject({
      ok: false,
      hits: [
        {
          rule: 'remittance.cashTwice',
          reason: `the 60.00 of this payment are in the books with remittance ${first.remittanceId}: this one would bring 60.00 of cash again`,
        },
      ],
    })
    expect(await books(desk)).toEqual(before)
    expect((await run(rejectRemittance(desk, id, { on, reason: 'the same payment' }))).outcome.ok).toBe(true)
    expect(await books(desk)).toEqual(before)
  })

  it('watch-5 where the first advice was rejected, one of the re-issued ones brings the cash, whoever releases them', async () => {
    const desk = await memoryDesk()
    const { remittanceId: id } = await received(desk, off)
    await run(rejectRemittance(desk, id, { on, reason: 'out of balance' }))
    const others = [500, 600].map((pr) => advice({ claims: [{ ...one, pr }], amount: off.payment?.amount ?? 0 }))
    const held = [await received(desk, others[0] as never), await received(desk, others[1] as never)]
    const named = { on, reason: 'corrected', differenceAccount: 'refundsPayable' }
    const ended = await Promise.all(
      held.map(({ remittanceId }) => run(releaseRemittance(desk, remittanceId, named, open))),
    )
    expect(held.map(({ reasons }) => reasons.includes('conflict'))).toEqual([true, true])
    expect(ended.filter(({ outcome }) => outcome.ok).length).toBe(1)
    expect(ended.flatMap(({ outcome }) => (outcome.ok ? [] : outcome.hits.map(({ rule }) => rule)))).toEqual([
      'remittance.cashTwice',
    ])
  })

  it('a conflict names the claims that are new, gone or other, and changed provider adjustments', async () => {
    const desk = await memoryDesk()
    const two = { ...one, pcn: 'V2' }
    const three = { ...one, pcn: 'V3' }
    await received(desk, advice({ claims: [one, two], plb: [['L6', '', -500]] }))
    const other = advice({
      claims: [one, three],
      plb: [
        ['L6', '', -300],
        ['CS', 'X', -200],
      ],
    })
    const report = await received(desk, other)
    expect(report.differences).toEqual([
      { level: 'claim', reference: 'V2', rule: 'conflict', amount: -6_000 },
      { level: 'claim', reference: 'V3', rule: 'conflict', amount: 6_000 },
      { level: 'transaction', reference: 'provider adjustments', rule: 'conflict', amount: 0 },
    ])
  })
})

describe('AR-03 a conflict always says what differs, also where every claim is the same', () => {
  const two = { ...one, pcn: 'V2' }
  const first = advice({ claims: [one, two] })
  const { payment } = first
  if (!payment) throw new Error('no payment')
  const substituted = { ...first, payment: { ...payment, dateWritten: '20261332' }, dateSource: 'GS04' } as const
  it.each<[string, RemittanceAdvice, RemittanceAdvice, string]>([
    ['the claims in another order', first, advice({ claims: [two, one] }), 'order of the claims'],
    ['BPR16 repaired, the same day', substituted, first, 'payment date as written (BPR16)'],
    ['BPR04', first, { ...first, payment: { ...payment, method: 'CHK' } }, 'payment method (BPR04)'],
    ['the payer’s name', first, { ...first, payer: { ...first.payer, name: 'ACME' } }, 'name of the payer (N1 PR)'],
    ['BPR01, which is not kept', first, { ...first, payment: { ...payment, handling: 'H' } }, 'another element of BPR'],
  ])('%s', async (_, before, after, says) => {
    const desk = await memoryDesk()
    expect((await received(desk, before)).outcome).toBe('posted')
    const report = await received(desk, after)
    expect(report).toMatchObject({ outcome: 'held', reasons: ['conflict'] })
    expect(report.differences).toEqual([
      { level: 'transaction', reference: expect.stringContaining(says), rule: 'conflict', amount: 0 },
    ])
  })
})

describe('a difference goes to an account of the payer’s money that no claim explains, and to no other', () => {
  const off = advice({ claims: [one], amount: 6_100 })
  const refused = [
    ...[
      'unapplied',
      'cash',
      'revenue',
      'contractual',
      'writeOff:charity',
      'memoBadDebt',
      'badDebtExpense',
      'inTransit',
    ],
    ...['payerClearing:another', 'payerRecoupment:ACME', 'forwardBalance:ACME', 'withholdReceivable:ANOTHER'],
    ...[
      'providerAdjustment',
      'providerAdjustment:WO',
      'providerAdjustment:L6',
      'providerAdjustment:cs',
      'petty',
      'feeIncome',
    ],
  ]
  it('when a remittance is released', async () => {
    const desk = await memoryDesk()
    const { remittanceId: id } = await received(desk, off)
    for (const differenceAccount of [...refused, `payerClearing:${id}`]) {
      const { outcome } = await run(releaseRemittance(desk, id, { on, reason: 'so', differenceAccount }, open))
      expect([differenceAccount, outcome]).toMatchObject([
        differenceAccount,
        {
          ok: false,
          hits: [{ rule: 'remittance.account', requiredAction: expect.stringContaining('refundsPayable') }],
        },
      ])
    }
    expect(await books(desk)).toEqual({})
  })

  it('when a held claim is given up', async () => {
    const desk = await memoryDesk()
    const { remittanceId: id } = await received(desk, advice({ claims: [one] }), false)
    for (const differenceAccount of refused) {
      const { outcome } = await run(rejectHeldClaim(desk, id, { on, claim: 1, reason: 'so', differenceAccount }))
      expect([differenceAccount, outcome]).toMatchObject([
        differenceAccount,
        { hits: [{ rule: 'remittance.account' }] },
      ])
    }
    expect(await books(desk)).toEqual({ cash: 6_000, payerClearing: -6_000 })
  })

  it.each([
    ...['refundsPayable', 'providerAdjustment:CS', 'providerAdjustment:51', 'interestIncome', 'capitationIncome'],
    ...['taxReceivable', 'levyReceivable', 'withholdReceivable:ACME', 'openingBalance'],
  ])('%s is one', async (differenceAccount) => {
    const desk = await memoryDesk()
    const { remittanceId: id } = await received(desk, off)
    const { report } = await run(releaseRemittance(desk, id, { on, reason: 'so', differenceAccount }, open))
    expect(report.outcome).toBe('posted')
    expect(await books(desk)).toMatchObject({ [accountName(differenceAccount)]: -100 })
  })
})

describe('a held claim', () => {
  const unbalanced = { pcn: 'V2', lines: [{ charge: 10_000, paid: 7_000 }] }

  it('is rejected: its money leaves clearing for the named account, once', async () => {
    const desk = await memoryDesk()
    const { remittanceId: id, outcome } = await received(desk, advice({ claims: [one, unbalanced] }))
    expect(outcome).toBe('partial')
    const rejection = { on, claim: 2, differenceAccount: 'refundsPayable', reason: 'sent back' }
    const { report } = await run(rejectHeldClaim(desk, id, rejection, 'reject-1'))
    expect(report).toMatchObject({ outcome: 'posted', held: [] })
    const expected = { cash: 13_000, refundsPayable: -7_000, contractual: 4_000, revenue: -10_000 }
    expect(await books(desk)).toEqual(expected)
    expect((await run(rejectHeldClaim(desk, id, rejection, 'reject-1'))).outcome).toMatchObject({
      repeated: true,
    })
    expect((await run(rejectHeldClaim(desk, id, rejection))).outcome).toMatchObject({ ok: false })
    expect((await run(rejectHeldClaim(desk, id, { ...rejection, claim: 1 }))).outcome).toMatchObject({
      hits: [{ rule: 'remittance.claimNotHeld' }],
    })
    expect(await books(desk)).toEqual(expected)
  })

  it('is tried again when a person asks, after what held it was mended', async () => {
    const desk = await memoryDesk()
    const { remittanceId: id } = await received(desk, advice({ claims: [one] }), false)
    expect((await books(desk))['payerClearing']).toBe(-6_000)
    expect(await run(retryHeldClaims(desk, id, { openMissing: false }))).toMatchObject({ outcome: 'partial' })
    expect(await run(retryHeldClaims(desk, id, open))).toMatchObject({ outcome: 'posted' })
    expect(await books(desk)).toEqual({ cash: 6_000, contractual: 4_000, revenue: -10_000 })
  })
})

describe('what makes two remittances one', () => {
  it('a payment of zero includes the content: filler traces do not collide, the same content is a duplicate', async () => {
    const desk = await memoryDesk()
    const denial = (pcn: string, on: string) =>
      advice({ trace: 'NOPAY', claims: [{ pcn, lines: [{ on, charge: 10_000, cas: [['CO', '197', 10_000]] }] }] })
    expect((await received(desk, denial('V1', '2026-02-01'))).outcome).toBe('posted')
    expect((await received(desk, denial('V2', '2026-02-02'))).outcome).toBe('posted')
    expect((await received(desk, denial('V1', '2026-02-01'))).outcome).toBe('duplicate')
    expect(await books(desk)).toEqual({ revenue: -20_000 })
  })

  it('payer, trace, date, amount and payee: another of any is another payment', async () => {
    const desk = await memoryDesk()
    const base = { trace: 'T1', date: '2026-02-20', payer: 'ACME' }
    for (const [at, other] of [
      base,
      { ...base, trace: 'T2' },
      { ...base, date: '2026-02-21' },
      { ...base, payer: 'BETA' },
    ].entries()) {
      const [line] = one.lines
      const document = advice({ ...other, claims: [{ pcn: `V${at}`, lines: [{ ...line, on: `2026-01-1${at}` }] }] })
      expect((await received(desk, document)).outcome, JSON.stringify(other)).toBe('posted')
    }
  })

  it('a transaction without a payment is skipped; without a civil date it is held until a person gives one', async () => {
    const desk = await memoryDesk()
    const { payment: _payment, ...unpaid } = advice({ claims: [one] })
    expect(await received(desk, unpaid)).toMatchObject({ outcome: 'skipped', reasons: ['noPayment'] })
    const { date: _date, dateSource: _source, ...undated } = advice({ claims: [one] })
    const report = await received(desk, undated)
    expect(report).toMatchObject({ outcome: 'held', reasons: ['noDate'] })
    const released = await run(
      releaseRemittance(desk, report.remittanceId, { on, reason: 'as deposited', paymentDate: '2026-02-20' }, open),
    )
    expect(released.report.outcome).toBe('posted')
    expect(await books(desk)).toEqual({ cash: 6_000, contractual: 4_000, revenue: -10_000 })
  })

  it('another currency than the dollar is held', async () => {
    const desk = await memoryDesk()
    expect(await received(desk, { ...advice({ claims: [one] }), currency: 'CAD' })).toMatchObject({
      outcome: 'held',
      reasons: ['currency'],
    })
  })

  it('clarification 10: two CLPs of one claim, neither a reversal, hold the unit', async () => {
    const desk = await memoryDesk()
    const report = await received(desk, advice({ claims: [one, one, { ...one, pcn: 'V2' }] }))
    expect(report.outcome).toBe('partial')
    expect(report.held).toMatchObject([{ claims: [1, 2], amount: 12_000, hits: [{ rule: 'repeatedClaim' }] }])
  })
})

describe('P2 recoupments', { tags: ['P2'] }, () => {
  /** Exceptions that no later match of their reference has closed. */
  const exceptions = async (desk: Desk): Promise<readonly string[]> => {
    const found = new Map<string, string>()
    for (const { event } of await entries(desk)) {
      if (event.type === 'ProviderAdjustmentRecorded' && event.exception) found.set(event.reference, event.exception)
      if (event.type === 'RecoupmentMatched') found.delete(event.reference)
    }
    return [...found].map(([reference, exception]) => `${reference} ${exception}`)
  }

  it('a takeback deferred by −WO and collected by +WO nets to nothing at the payer’s account', async () => {
    const desk = await memoryDesk()
    await received(desk, advice({ trace: 'T1', date: '2026-01-20', claims: [one] }))
    const reversal = {
      pcn: 'V1',
      status: '22',
      lines: [{ charge: -10_000, paid: -6_000, cas: [['CO', '45', -4_000]] }],
    } as const
    const deferred = advice({ trace: 'T2', claims: [reversal], plb: [['WO', 'ICN-V1', -6_000]], amount: 0 })
    expect((await received(desk, deferred)).outcome).toBe('posted')
    expect(await books(desk)).toMatchObject({ payerRecoupment: -6_000, cash: 6_000 })
    expect(await exceptions(desk)).toEqual(['ICN-V1 recoupmentOutstanding'])
    const collected = advice({
      trace: 'T3',
      date: '2026-03-20',
      claims: [{ pcn: 'V9', lines: [{ ...one.lines[0], on: '2026-03-02' }] }],
      plb: [['WO', 'ICN-V1', 6_000]],
    })
    expect((await received(desk, collected)).outcome).toBe('posted')
    expect((await books(desk))['payerRecoupment']).toBeUndefined()
    expect(await exceptions(desk)).toEqual([])
  })

  it('a positive WO for a claim that nothing reverses is an open exception, whatever else is reversed', async () => {
    const desk = await memoryDesk()
    await received(desk, advice({ trace: 'T1', date: '2026-01-20', claims: [one] }))
    const reversal = {
      pcn: 'V1',
      status: '22',
      lines: [{ charge: -10_000, paid: -6_000, cas: [['CO', '45', -4_000]] }],
    } as const
    const document = advice({
      trace: 'T2',
      claims: [reversal, { ...one, pcn: 'V2' }, { ...one, pcn: 'V3' }],
      plb: [['WO', 'ICN-OTHER', 2_500]],
    })
    expect((await received(desk, document)).outcome).toBe('posted')
    expect(await exceptions(desk)).toEqual(['ICN-OTHER recoupmentWithoutReversal'])
    expect(await books(desk)).toMatchObject({ payerRecoupment: 2_500 })
  })
})

describe('P1 a predetermination (status 25)', { tags: ['P1'] }, () => {
  const predetermined = (paid: number) =>
    advice({
      claims: [{ pcn: 'V1', status: '25', lines: [{ charge: 10_000, paid, cas: [['CO', '45', 10_000 - paid]] }] }],
    })

  it('that pays nothing is recorded, without an account', async () => {
    const desk = await memoryDesk()
    expect(await received(desk, predetermined(0))).toMatchObject({ outcome: 'posted', recordedClaims: 1, accounts: [] })
  })

  it('that is paid is held: its money stays in clearing until a person says where it belongs', async () => {
    const desk = await memoryDesk()
    const { remittanceId: id, held } = await received(desk, predetermined(6_000))
    expect(held.map(({ hits }) => hits.map(({ rule }) => rule))).toEqual([['predetermination']])
    expect(await books(desk)).toMatchObject({ payerClearing: -6_000 })
    await run(rejectHeldClaim(desk, id, { on, claim: 1, differenceAccount: 'refundsPayable', reason: 'paid in error' }))
    expect(await books(desk)).toMatchObject({ refundsPayable: -6_000 })
  })
})
