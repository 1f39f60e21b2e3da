import { type AccountEvent, foldAccount, newAccount } from '@daybook/core/account'
import type { Day, Instant } from '@daybook/core/kernel'
import { presets } from '@daybook/core/policy'
import { type Desk, executeOnAccount, receiveRemittance } from '@daybook/core/service'
import { usZones } from '@daybook/core/testing'
import { unwatched } from '@daybook/projections/worklist'
import * as Effect from 'effect/Effect'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { entries } from '../support/books.ts'
import { memoryDesk } from '../support/desk.ts'
import { type AdviceOf, advice, type ClaimOf } from '../support/documents.ts'
import { bookOf, today, total } from '../support/watch.ts'

const run = Effect.runPromise
const on = '2026-11-10' as Day

/** 100.00 charged, 60.00 paid, 30.00 by contract, 10.00 withheld until the year is settled (CARC 104). */
const claim = (pcn: string, sign: 1 | -1 = 1): ClaimOf => ({
  pcn,
  ...(sign === -1 ? { status: '22' } : {}),
  lines: [
    {
      charge: sign * 10_000,
      paid: sign * 6_000,
      cas: [
        ['CO', '45', sign * 3_000],
        ['CO', '104', sign * 1_000],
      ],
    },
  ],
})

const receive = async (desk: Desk, of: AdviceOf) =>
  await run(receiveRemittance(desk, advice(of), { openMissing: true }))

const withheld = async () => {
  const desk = await memoryDesk()
  const { accounts } = await receive(desk, { trace: 'T1', date: '2026-02-20', claims: [claim('V1')] })
  const account = accounts[0] ?? ''
  const all = (await entries(desk)).map(({ event }) => event)
  const charged = all.find(({ type }) => type === 'ChargePosted')
  if (charged?.type !== 'ChargePosted' || charged.party === 'patient') throw new Error('nothing was charged')
  const settle = {
    type: 'SettleWithhold',
    on,
    visit: charged.visitId,
    coverage: charged.party.coverageId,
    reason: 'year 2026',
  }
  return { desk, account, settle }
}

let number = 0
const give = async (desk: Desk, account: string, command: object) => {
  number += 1
  return await run(executeOnAccount(desk, account, command, `given ${number}`))
}
const does = async (desk: Desk, account: string, command: object) =>
  expect(await give(desk, account, command)).toMatchObject({ ok: true })
const refused = async (desk: Desk, account: string, command: object): Promise<readonly string[]> => {
  const before = (await entries(desk)).length
  const outcome = await give(desk, account, command)
  expect((await entries(desk)).length).toBe(before)
  return outcome.ok ? [] : outcome.hits.map(({ rule }) => rule)
}

const check = { kind: 'returned', by: 'check', reference: '7001', depositBatch: 'B-1' }
const lost = { kind: 'lost', because: 'settlement' }

const books = async (desk: Desk, day: Day = today) => {
  const { accounts, items, waiting } = await bookOf(desk, day)
  const named = (name: string) => accounts.filter((row) => row.account.split(':', 1)[0] === name)
  const balance = (name: string) => named(name).reduce((sum, row) => sum + row.balance, 0)
  const told = [...items, ...waiting].filter(({ queue }) => queue === 'withheld')
  return {
    cash: balance('cash'),
    withhold: balance('withhold'),
    contractual: balance('contractual'),
    beside: balance('withholdReceivable') + balance('providerAdjustment'),
    listed: total(told),
    besideListed: total([...items, ...waiting].filter(({ queue }) => queue === 'payerAccounts')),
  }
}

describe('watch-1 what a payer withholds ends: it comes back, or it is lost', () => {
  it('watch-1 a check of the payer brings cash, and the item ends', async () => {
    const { desk, account, settle } = await withheld()
    expect(await books(desk)).toMatchObject({ cash: 6_000, withhold: 1_000, contractual: 3_000, listed: 1_000 })
    await does(desk, account, { ...settle, outcome: check })
    expect(await books(desk)).toMatchObject({ cash: 7_000, withhold: 0, contractual: 3_000, listed: 0 })
    // The day before it came the payer had it still.
    expect(await books(desk, '2026-11-09' as Day)).toMatchObject({ cash: 6_000, withhold: 1_000, listed: 1_000 })
  })

  it('watch-1 what is lost is a discount; a part may come back and the rest be lost', async () => {
    const { desk, account, settle } = await withheld()
    await does(desk, account, { ...settle, amount: 400, outcome: check })
    expect(await books(desk)).toMatchObject({ cash: 6_400, withhold: 600, listed: 600 })
    await does(desk, account, { ...settle, outcome: lost })
    expect(await books(desk)).toMatchObject({ cash: 6_400, withhold: 0, contractual: 3_600, listed: 0 })
  })

  it('watch-1 in a later advice it came beside its claims: cash once, and neither list has it any more', async () => {
    const { desk, account, settle } = await withheld()
    const back = await receive(desk, {
      trace: 'T2',
      date: '2026-11-05',
      claims: [claim('V2')],
      plb: [['E3', 'YEAR', -1_000]],
    })
    expect(await books(desk)).toMatchObject({ cash: 13_000, withhold: 2_000, beside: -1_000, besideListed: -1_000 })
    const outcome = { kind: 'inRemittance', remittance: back.remittanceId }
    await does(desk, account, { ...settle, outcome })
    expect(await books(desk)).toMatchObject({
      cash: 13_000,
      withhold: 1_000,
      listed: 1_000,
      beside: 0,
      besideListed: 0,
    })
  })

  it('watch-1 more than is withheld, nothing that is withheld, and another sign are refused', async () => {
    const { desk, account, settle } = await withheld()
    expect(await refused(desk, account, { ...settle, amount: 1_001, outcome: check })).toEqual([
      'claims.beyondWithheld',
    ])
    expect(await refused(desk, account, { ...settle, amount: -100, outcome: check })).toEqual(['claims.beyondWithheld'])
    expect(await refused(desk, account, { ...settle, visit: 'v9', outcome: check })).toEqual(['claims.nothingWithheld'])
    expect(await refused(desk, account, { ...settle, coverage: 'c9', outcome: check })).toEqual(['coverage.unknown'])
    await does(desk, account, { ...settle, outcome: check })
    expect(await refused(desk, account, { ...settle, outcome: lost })).toEqual(['claims.nothingWithheld'])
  })

  it('watch-7 an advice gives back what it says, of this payer, under a code of its own', async () => {
    const { desk, account, settle } = await withheld()
    const plb = [
      ['E3', 'YEAR', -600],
      ['L6', 'INTEREST', -1_000],
    ] as const
    const { remittanceId: remittance } = await receive(desk, {
      trace: 'T2',
      date: '2026-11-05',
      claims: [claim('V2')],
      plb,
    })
    const other = await receive(desk, { trace: 'T3', payer: 'BETA', date: '2026-11-05', claims: [claim('V3')], plb })
    const of = (over: object) => ({ ...settle, outcome: { kind: 'inRemittance', remittance, ...over } })
    expect(await refused(desk, account, of({}))).toEqual(['claims.beyondReturned'])
    expect(await refused(desk, account, of({ code: 'L6' }))).toEqual(['claims.nothingReturned'])
    expect(await refused(desk, account, of({ code: 'CS' }))).toEqual(['claims.nothingReturned'])
    expect(await refused(desk, account, of({ remittance: other.remittanceId }))).toEqual(['claims.otherPayer'])
    expect(await refused(desk, account, of({ remittance: '00000000-0000-4000-8000-000000000000' }))).toEqual([
      'remittance.unknown',
    ])
    await does(desk, account, { ...of({}), amount: 600 })
    // The claim of the other payer is held: what it withholds is in no book yet.
    expect(other.held).toHaveLength(1)
    expect(await books(desk)).toMatchObject({ withhold: 400 + 1_000, listed: 1_400 })
  })

  it('net-4 a check is entered with a day before the decision: it counts from the decision, on no day more came back', async () => {
    const { desk, account, settle } = await withheld()
    await does(desk, account, { ...settle, on: '2026-02-01', outcome: check })
    expect(await books(desk, '2026-02-10' as Day)).toMatchObject({ cash: 0, withhold: 0, listed: 0 })
    expect(await books(desk, '2026-02-20' as Day)).toMatchObject({ cash: 7_000, withhold: 0 })
  })

  it('watch-1 the payer takes its decision back after it has settled: what came back is on the list, and ends', async () => {
    const { desk, account, settle } = await withheld()
    await does(desk, account, { ...settle, outcome: check })
    await receive(desk, {
      trace: 'T2',
      date: '2026-11-15',
      claims: [claim('V1', -1)],
      amount: 0,
      plb: [['FB', 'T2', -6_000]],
    })
    expect(await books(desk)).toMatchObject({ withhold: -1_000, listed: -1_000 })
    await does(desk, account, { ...settle, on: '2026-11-16', amount: -1_000, outcome: { ...check, reference: '44' } })
    expect(await books(desk)).toMatchObject({ withhold: 0, listed: 0, cash: 6_000 })
  })

  it('Q6 watch-1 what is withheld says nothing of what stands open beside it, neither more nor less', {
    tags: ['Q6'],
  }, async () => {
    const { desk, account, settle } = await withheld()
    await does(desk, account, { ...settle, outcome: lost })
    await receive(desk, {
      trace: 'T2',
      date: '2026-11-15',
      claims: [claim('V1', -1)],
      amount: 0,
      plb: [['FB', 'T2', -6_000]],
    })
    // Waits for the correction: 100.00 at the payer, and 10.00 that were given up and are withheld no more.
    const events = (await entries(desk)).flatMap(({ stored, event }) =>
      stored.stream === `account-${account}` ? [event as AccountEvent] : [],
    )
    expect(events.length).toBeGreaterThan(0)
    const context = {
      asOf: today,
      now: `${today}T18:00:00.000Z` as Instant,
      localTime: usZones,
      policy: presets.physicianPracticeMN,
    }
    expect(unwatched(foldAccount(newAccount, events), context)).toEqual([])
  })
})

describe('Q6 what is withheld is on the list, as much as stands', { tags: ['Q6'] }, () => {
  it('Q6 for any withholds, ends of them and reversals, on any day', { tags: ['Q6'] }, async () => {
    const step = fc.record({
      kind: fc.constantFrom('check', 'lost', 'advice', 'reversal', 'correction'),
      amount: fc.integer({ min: 1, max: 12 }),
      sign: fc.constantFrom(1, 1, 1, -1),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 5 }), fc.nat({ max: 200 }), async (steps, back) => {
        const { desk, account, settle } = await withheld()
        for (const [at, { kind, amount, sign }] of steps.entries()) {
          const day = `2026-0${4 + at}-10`
          const cents = sign * amount * 100
          if (kind === 'check') await give(desk, account, { ...settle, on: day, amount: cents, outcome: check })
          if (kind === 'lost') await give(desk, account, { ...settle, on: day, amount: cents, outcome: lost })
          if (kind === 'advice') {
            const plb = [['E3', 'YEAR', -cents]] as const
            const { remittanceId } = await receive(desk, { trace: `A${at}`, date: day, claims: [claim(`A${at}`)], plb })
            await give(desk, account, {
              ...settle,
              on: day,
              amount: cents,
              outcome: { kind: 'inRemittance', remittance: remittanceId },
            })
          }
          const claims = kind === 'reversal' ? [claim('V1', -1)] : [claim('V1', -1), claim('V1')]
          if (kind === 'reversal' || kind === 'correction') {
            const taken = kind === 'reversal' ? { amount: 0, plb: [['FB', `R${at}`, -6_000]] as const } : {}
            await receive(desk, { trace: `R${at}`, date: day, claims, ...taken })
          }
        }
        const end = await books(desk)
        expect(end.listed).toBe(end.withhold)
        expect(end.besideListed).toBe(end.beside)
        const then = await books(
          desk,
          new Date(Date.parse('2026-11-21') - back * 86_400_000).toISOString().slice(0, 10) as Day,
        )
        expect(then.listed).toBe(then.withhold)
      }),
      { numRuns: 300 },
    )
  })
})
