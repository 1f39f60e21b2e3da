import type { Day, RemittanceId } from '@daybook/core/kernel'
import { type Desk, executeOnAccount, giveUpWithhold, receiveRemittance } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { describe, expect, it } from 'vitest'
import { controlOf, entries } from '../support/books.ts'
import { memoryDesk } from '../support/desk.ts'
import { type AdviceOf, advice, type ClaimOf } from '../support/documents.ts'
import { openTestBook } from '../support/folder.ts'
import { remittanceText } from '../support/remittance-text.ts'
import { bookOf, total } from '../support/watch.ts'

// Kind net: one cent of an advice ends one withhold, whichever account names it; and what an advice keeps beside its claims has an end.

const run = Effect.runPromise
// The advices are on file from today on: what is said of them counts from later.
const on = '2026-11-22' as Day

/** 100.00 charged, 60.00 paid, 30.00 by contract, 10.00 withheld (CARC 104). */
const claim = (pcn: string): ClaimOf => ({
  pcn,
  patient: { id: `M${pcn}`, last: pcn, first: 'Jo' },
  lines: [
    {
      charge: 10_000,
      paid: 6_000,
      cas: [
        ['CO', '45', 3_000],
        ['CO', '104', 1_000],
      ],
    },
  ],
})
const receive = async (desk: Desk, of: AdviceOf) =>
  await run(receiveRemittance(desk, advice(of), { openMissing: true }))

/** Two accounts of whom a payer withholds 10.00 each, and an advice that gives back 15.00 beside its claims. */
const withheldOfTwo = async () => {
  const desk = await memoryDesk()
  await receive(desk, { trace: 'T1', date: '2026-02-20', claims: [claim('V1'), claim('V2')] })
  const settles = (await entries(desk)).flatMap(({ stored, event }) =>
    event.type === 'ChargePosted' && event.party !== 'patient'
      ? [
          {
            account: stored.stream.slice('account-'.length),
            command: {
              type: 'SettleWithhold',
              on,
              visit: event.visitId,
              coverage: event.party.coverageId,
              reason: 'year',
            },
          },
        ]
      : [],
  )
  const { remittanceId } = await receive(desk, {
    trace: 'T2',
    date: '2026-11-05',
    claims: [claim('V3')],
    plb: [['E3', 'YEAR', -1_500]],
  })
  const [first, second] = settles
  if (!first || !second || first.account === second.account) throw new Error('two accounts are wanted')
  return { desk, first, second, outcome: { kind: 'inRemittance', remittance: remittanceId } }
}
type Settle = Awaited<ReturnType<typeof withheldOfTwo>>['first']

let number = 0
const give = async (desk: Desk, { account, command }: Settle, over: object, id?: string) => {
  number += 1
  return await run(executeOnAccount(desk, account, { ...command, ...over }, id ?? `settle ${number}`))
}
const hitsOf = (outcome: Awaited<ReturnType<typeof give>>) => (outcome.ok ? [] : outcome.hits.map(({ rule }) => rule))
const balances = async (desk: Desk) => controlOf(await entries(desk), (name) => name.replace(/:.*/, ''))

describe('net one cent of an advice ends one withhold', () => {
  it('net what another account has named is not there any more; what is left is', async () => {
    const { desk, first, second, outcome } = await withheldOfTwo()
    expect((await give(desk, first, { outcome })).ok).toBe(true)
    const refused = await give(desk, second, { outcome })
    expect(hitsOf(refused)).toEqual(['claims.beyondReturned'])
    expect(refused.ok ? '' : refused.hits[0]?.reason).toContain('5.00 of what came under E3 is left')
    expect((await give(desk, second, { outcome, amount: 500 })).ok).toBe(true)
    // 10.00 of V3 and 5.00 of the second stand; all that was given back has its place.
    expect(await balances(desk)).toMatchObject({ withhold: 1_500 })
    expect((await balances(desk))['withholdReceivable']).toBeUndefined()
  })

  it('net by one account twice, in parts: no more than came', async () => {
    const { desk, first, second, outcome } = await withheldOfTwo()
    expect((await give(desk, first, { outcome, amount: 600 })).ok).toBe(true)
    expect((await give(desk, second, { outcome, amount: 900 })).ok).toBe(true)
    expect(hitsOf(await give(desk, first, { outcome, amount: 1 }))).toEqual(['claims.beyondReturned'])
  })

  it('net two accounts at once: one of them', async () => {
    const { desk, first, second, outcome } = await withheldOfTwo()
    const both = await Promise.all([give(desk, first, { outcome }), give(desk, second, { outcome })])
    expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true])
    expect(await balances(desk)).toMatchObject({ withhold: 2_000, withholdReceivable: -500 })
  })

  it('net the same command again is the first one, and takes nothing more', async () => {
    const { desk, first, second, outcome } = await withheldOfTwo()
    const once = await give(desk, first, { outcome, amount: 500 }, 'c1')
    expect(await give(desk, first, { outcome, amount: 500 }, 'c1')).toMatchObject({ ok: true, repeated: true })
    expect(once.ok).toBe(true)
    expect((await give(desk, second, { outcome, amount: 1_000 })).ok).toBe(true)
  })

  it('net what the account refuses was not named', async () => {
    const { desk, first, second, outcome } = await withheldOfTwo()
    expect(hitsOf(await give(desk, first, { outcome, amount: 1_001 }))).toEqual(['claims.beyondWithheld'])
    expect(hitsOf(await give(desk, first, { outcome, on: '2030-01-01' }))).toHaveLength(1)
    expect((await give(desk, second, { outcome })).ok).toBe(true)
    expect((await give(desk, first, { outcome, amount: 500 })).ok).toBe(true)
  })
})

describe('watch-1 what an advice keeps beside its claims ends', () => {
  /** 6.00 kept beside the claims of one advice. */
  const kept = async (amount = 600) => {
    const desk = await memoryDesk()
    const claims = [{ pcn: 'V1', lines: [{ charge: 10_000, paid: 6_000, cas: [['CO', '45', 4_000]] as const }] }]
    const { remittanceId } = await receive(desk, {
      trace: 'T1',
      date: '2026-02-20',
      claims,
      plb: [['E3', 'YEAR', amount]],
    })
    return { desk, id: remittanceId as RemittanceId }
  }
  const listed = async (desk: Desk, day: Day = on) => {
    const { items, waiting } = await bookOf(desk, day)
    return total([...items, ...waiting].filter(({ queue }) => queue === 'payerAccounts'))
  }
  const rules = (decided: { readonly outcome: { readonly ok: boolean } }) =>
    ((decided.outcome as { readonly hits?: readonly { readonly rule: string }[] }).hits ?? []).map(({ rule }) => rule)

  it('watch-1 it is lost: a discount, and its item ends, on that day and not before', async () => {
    const { desk, id } = await kept()
    expect(await listed(desk)).toBe(600)
    expect(
      (await run(giveUpWithhold(desk, id, { on, amount: 200, reason: 'settlement of the year' }))).outcome.ok,
    ).toBe(true)
    expect(await listed(desk)).toBe(400)
    expect((await run(giveUpWithhold(desk, id, { on, reason: 'the contract ended' }))).outcome.ok).toBe(true)
    expect(await listed(desk)).toBe(0)
    expect(await listed(desk, '2026-11-21' as Day)).toBe(600)
    expect(await balances(desk)).toEqual({ revenue: -10_000, contractual: 4_600, cash: 5_400 })
  })

  it('watch-1 no more than stands, of its sign, once; nothing of an advice that kept nothing', async () => {
    const { desk, id } = await kept()
    expect(rules(await run(giveUpWithhold(desk, id, { on, amount: 601, reason: 'x' })))).toEqual([
      'remittance.beyondWithheld',
    ])
    expect(rules(await run(giveUpWithhold(desk, id, { on, amount: -1, reason: 'x' })))).toEqual([
      'remittance.beyondWithheld',
    ])
    await run(giveUpWithhold(desk, id, { on, reason: 'x' }))
    expect(rules(await run(giveUpWithhold(desk, id, { on, reason: 'x' })))).toEqual(['remittance.nothingWithheld'])
    const other = await receive(desk, { trace: 'T9', date: '2026-03-01', claims: [claim('V9')] })
    expect(rules(await run(giveUpWithhold(desk, other.remittanceId as RemittanceId, { on, reason: 'x' })))).toEqual([
      'remittance.nothingWithheld',
    ])
  })

  it('net-4 entered with a day before the advice, it counts from the advice', async () => {
    const { desk, id } = await kept()
    await run(giveUpWithhold(desk, id, { on: '2026-01-05' as Day, reason: 'x' }))
    expect(await listed(desk, '2026-02-19' as Day)).toBe(0)
    const given = (await entries(desk)).map(({ event }) => event).find(({ type }) => type === 'WithholdGivenUp')
    expect(given?.effectiveDate).toBe('2026-02-20')
  })

  it('watch-1 what the payer gave beyond what it had withheld ends likewise; what a withhold took of it is gone', async () => {
    const { desk, first, outcome } = await withheldOfTwo()
    expect((await give(desk, first, { outcome })).ok).toBe(true)
    const id = outcome.remittance as RemittanceId
    expect(rules(await run(giveUpWithhold(desk, id, { on, amount: -501, reason: 'x' })))).toEqual([
      'remittance.beyondWithheld',
    ])
    expect((await run(giveUpWithhold(desk, id, { on, reason: 'an incentive of the year' }))).outcome.ok).toBe(true)
    expect(await listed(desk)).toBe(0)
    expect(hitsOf(await give(desk, first, { outcome, amount: 1 }))).toContain('claims.nothingWithheld')
  })

  it('watch-1 through the book: given up on its advice, and check finds the book well', async () => {
    await using book = await openTestBook()
    const text = remittanceText({ paid: '144.00', more: ['PLB*1234567893*20261231*E3:YEAR*6.00'] })
    await book.importContent(text, { name: 'advice.edi', openMissing: true })
    const [{ remittance } = { remittance: '' }] = (await book.remittances()).items
    const both = book.reject(remittance, { reason: 'x', withheld: true, claim: 1 })
    await expect(both).rejects.toMatchObject({ _tag: 'InvalidCommand' })
    expect(await book.reject(remittance, { reason: 'x', withheld: { amount: 601 } })).toMatchObject({ ok: false })
    expect(await book.reject(remittance, { reason: 'the year is settled', withheld: true })).toMatchObject({ ok: true })
    expect((await book.worklist({ queue: 'payerAccounts' })).items).toEqual([])
    expect((await book.check()).findings).toEqual([])
  })
})
