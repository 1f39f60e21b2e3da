import { type AccountEvent, accountCodec, foldAccount, newAccount, receivableOf } from '@daybook/core/account'
import { imbalance, isPosting, isReceivable, isUnreadable } from '@daybook/core/kernel'
import type { StoredEvent } from '@daybook/core/ports'
import { type Desk, loadAccount, receiveRemittance } from '@daybook/core/service'
import { comparable } from '@daybook/core/testing'
import * as Effect from 'effect/Effect'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { entriesOf, readLog, unbalancedPrefixes } from './support/books.ts'
import { give, live, opened } from './support/commands.ts'
import { deskOn } from './support/desk.ts'
import { advice } from './support/documents.ts'
import { onPlace, type Place, shelves } from './support/shelves.ts'

const integers = fc.array(fc.nat(), { minLength: 20, maxLength: 60, size: 'max' })
const [memory] = shelves as [(typeof shelves)[number]]

/** Some accounts with lives of their own, written in turn, and a remittance. */
const practice = async (desk: Desk, lives: readonly (readonly number[])[]): Promise<readonly StoredEvent[]> => {
  await Promise.all(lives.map((life, at) => live(() => desk, `a${at}`, life, 6)))
  const claims = [{ pcn: 'P1', lines: [{ charge: 10_000, paid: 7_000, cas: [['CO', '45', 3_000]] as const }] }]
  await Effect.runPromise(receiveRemittance(desk, advice({ claims }), { openMissing: true }))
  return readLog(desk)
}

const decoded = (stored: StoredEvent): AccountEvent => {
  const event = accountCodec.decode(stored)
  if (isUnreadable(event)) throw new Error(event.reason)
  return event
}

const receivableOfAccount = async (desk: Desk, account: string): Promise<number> =>
  [...(await Effect.runPromise(loadAccount(desk, account))).ledger.layers.values()].reduce(
    (sum, layer) => sum + receivableOf(layer),
    0,
  )

describe('the books over all accounts', () => {
  it('A2 A5 B8 P6 the trial balance is 0 after every event, the accounts add up to accounts receivable, no event id stands twice', {
    tags: ['A2', 'A5', 'B8', 'P6'],
  }, async () => {
    await fc.assert(
      fc.asyncProperty(integers, integers, (one, two) =>
        onPlace(memory, async (place) => {
          const desk = deskOn(await place.open())
          const log = await practice(desk, [one, two])
          expect(new Set(log.map(({ id }) => id)).size).toBe(log.length)
          const entries = entriesOf(log)
          expect(unbalancedPrefixes(entries)).toEqual([])
          let receivable = 0
          for (const { event } of entries) {
            if (!isPosting(event)) continue
            expect(imbalance(event)).toBe(0)
            for (const { stage, amount } of event.effects) receivable += isReceivable(stage) ? amount : 0
          }
          const accounts = new Set(log.flatMap(({ stream }) => (stream.startsWith('account-') ? stream.slice(8) : [])))
          let sum = 0
          for (const account of accounts) sum += await receivableOfAccount(deskOn(desk.service.store), account)
          expect({ accounts: accounts.size, sum }).toEqual({ accounts: 3, sum: receivable })
        }),
      ),
      { numRuns: 1_000 },
    )
  })

  it('C7 N4 events of different accounts in any order between them: every account as it was', {
    tags: ['C7', 'N4'],
  }, async () => {
    await fc.assert(
      fc.asyncProperty(integers, integers, fc.infiniteStream(fc.boolean()), (one, two, coin) =>
        onPlace(memory, async (place) => {
          const desk = deskOn(await place.open())
          await Promise.all([one, two].map((life, at) => live(() => desk, `a${at}`, life, 8)))
          // What the desk opens is noted in references, beside the accounts.
          const log = (await readLog(desk)).filter(({ stream }) => stream.startsWith('account-'))
          const folded = () =>
            [...Map.groupBy(log, ({ stream }) => stream)]
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([stream, events]) => [stream, comparable(foldAccount(newAccount, events.map(decoded)))])
          const before = folded()
          for (let round = 0; round < 3; round += 1) {
            for (let at = 1; at < log.length; at += 1) {
              const [left, right] = [log[at - 1] as StoredEvent, log[at] as StoredEvent]
              if (left.stream !== right.stream && coin.next().value) log.splice(at - 1, 2, right, left)
            }
          }
          expect(folded()).toEqual(before)
        }),
      ),
      { numRuns: 1_000 },
    )
  })
})

const on = '2026-11-05'
const charge = (line: string, amount: number) =>
  ({ type: 'PostCharge', on, visit: 'v1', line, code: '99213', amount, party: 'patient' }) as const
const pay = (payment: string, amount: number) =>
  ({ type: 'PostPayment', on, payment, amount, tender: 'check' }) as const
/** Pairs that may change places. What is left on a line may differ with the order of payments, its sum may not. */
const commuting = [
  [charge('l1', 7_000), charge('l2', 5_000)],
  [charge('l1', 7_000), { type: 'RegisterPatient', on, patient: 'px', sex: 'F' }],
  [pay('p1', 6_000), pay('p2', 2_500)],
  [pay('p1', 6_000), { type: 'RegisterPatient', on, patient: 'py', sex: 'M' }],
  [{ type: 'AddCoverage', on, coverage: 'cov2', payer: 'medicaid', filingIndicator: 'MC' }, pay('p1', 100)],
] as const

describe.each(shelves)('pairs that commute ($name)', (shelf) => {
  let place: Place
  beforeAll(async () => {
    place = await shelf.place()
  })
  afterAll(() => place.clear())

  it.each(commuting.map((pair, at) => [`${pair[0].type} and ${pair[1].type}`, at] as const))(
    'C8 N9 N17 %s in either order: the same balances',
    { tags: ['C8', 'N9', 'N17'] },
    async (_what, at) => {
      const pair = commuting[at] as (typeof commuting)[number]
      const balances = await Promise.all(
        [pair, [...pair].reverse()].map(async (commands, order) => {
          const account = `c${at}${order}`
          const desk = deskOn(await place.open())
          await opened(desk, account)
          await give(desk, account, charge('l0', 4_000), 'before')
          for (const [index, command] of commands.entries()) {
            expect(await give(desk, account, command, `pair${index}`)).toMatchObject({ ok: true })
          }
          const { ledger, payments } = await Effect.runPromise(loadAccount(desk, account))
          const unapplied = [...payments.payments.values()].reduce(
            (sum, { amount, allocations }) => sum + amount - allocations.reduce((all, part) => all + part.amount, 0),
            0,
          )
          return {
            lines: [...ledger.layers.values()].map((layer) => [layer.lineId, receivableOf(layer)]).sort(),
            control: [...ledger.control].filter(([, amount]) => amount !== 0).sort(),
            unapplied,
          }
        }),
      )
      expect(balances[1]).toEqual(balances[0])
    },
  )
})
