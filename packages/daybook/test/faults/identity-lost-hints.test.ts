import { memoryEventStore } from '@daybook/adapters/memory'
import type { EventStoreShape } from '@daybook/core/ports'
import { executeOnAccount, receiveRemittance, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { describe, expect, it } from 'vitest'
import { readLog } from '../support/books.ts'
import { deskOn } from '../support/desk.ts'
import { advice, submission } from '../support/documents.ts'
import { dyingAfter } from '../support/dying-store.ts'
import { uuid } from '../support/folder.ts'

// Fault identity-13: the hint at one person with two accounts, where the process dies between an account and its hint
// (decision 0022). Whoever meets the person next tells it, once.

const on = '2026-01-05'
const jane = { last: 'Doe', first: 'Jane', born: '1980-02-01' } as const
const card = { payer: 'BETA', payerName: 'BETA HEALTH', memberId: 'Q9' } as const
const opening = (account: string, name: string) => ({
  type: 'OpenAccount',
  accountId: account,
  on,
  guarantor: { name, born: '1980-02-01' },
})
const registering = { type: 'RegisterPatient', on, patient: 'p1', ...jane } as const
const paying = { type: 'PostPayment', on, payment: 'p1', amount: 100, tender: 'cash' } as const
const charging = { type: 'PostCharge', on, visit: 'v1', line: 'l1', code: '99213', amount: 100 } as const

/** What the desk gives, in order: to the account that was first, and to the one that gets the hint. */
const ofFirst = [[uuid(1), opening(uuid(1), 'Al Poe')] as const, [uuid(1), registering] as const]
const ofSecond = [
  [uuid(2), opening(uuid(2), 'Ann Roe')] as const,
  [uuid(2), registering] as const,
  [uuid(2), { type: 'AddCoverage', on, patient: 'p1', coverage: 'c1', ...card }] as const,
]

const run = <A, E>(effect: Effect.Effect<A, E>): Promise<A> => Effect.runPromise(effect)
const emptyStore = (): Promise<EventStoreShape> => run(memoryEventStore())
const give = async (
  store: EventStoreShape,
  commands: readonly (readonly [string, { readonly type: string }])[],
): Promise<void> => {
  for (const [at, [account, command]] of commands.entries()) {
    const outcome = await run(executeOnAccount(deskOn(store), account, command, `${command.type}:${at}`))
    expect(outcome).toMatchObject({ ok: true })
  }
}
/** A store whose process dies before every hint. */
const beforeHints = (store: EventStoreShape): EventStoreShape => ({
  ...store,
  append: (request) =>
    request.commandId.startsWith('samePerson:') ? Effect.die(new Error('killed')) : store.append(request),
})
const hintsIn = async (store: EventStoreShape): Promise<readonly string[]> =>
  (await readLog(deskOn(store)))
    .filter(({ type }) => type === 'SamePersonHinted')
    .map(({ stream }) => stream.replace('account-', ''))

/** Two accounts of one person, of which no hint tells. */
const untold = async (): Promise<EventStoreShape> => {
  const store = await emptyStore()
  await give(store, ofFirst)
  for (const [at, [account, command]] of ofSecond.entries()) {
    const desk = deskOn(beforeHints(store))
    await run(executeOnAccount(desk, account, command, `${command.type}:${at}`)).catch(() => undefined)
  }
  expect(await hintsIn(store)).toEqual([])
  return store
}

const jane837 = { last: 'DOE', first: 'JANE', born: '1980-02-01', id: 'Q9' }
const claim = submission([
  { pcn: 'N1', patient: jane837, to: { payer: 'BETA', member: 'Q9' }, lines: [{ charge: 200 }] },
])
const { born: _born, ...jane835 } = jane837
const paid = advice({
  payer: 'BETA',
  claims: [{ pcn: 'N2', patient: jane835, lines: [{ charge: 300, paid: 300 }] }],
})

describe('identity-13 a hint that was lost', () => {
  it.each([
    ['a patient', ofSecond.slice(0, 2), 4],
    ['a patient and a coverage', ofSecond, 6],
  ])(
    'identity-13 a desk that gives %s, is killed, gives it again and charges ends with one hint, wherever the kill came',
    async (_what, second, least) => {
      let deaths = 0
      for (let commits = 0; commits < 14; commits += 1) {
        const store = await emptyStore()
        const all = [...ofFirst, ...second]
        const dying = give(dyingAfter(store, commits), all)
        if ((await dying.catch(() => 'killed')) === 'killed') deaths += 1
        await give(store, all)
        // On the second account, or on the first where that is met again before.
        expect(await hintsIn(store), `killed after ${commits}`).toHaveLength(1)
      }
      expect(deaths).toBeGreaterThan(least)
    },
  )

  it('identity-13 is told by the desk’s own commands, given again', async () => {
    const store = await untold()
    await give(store, ofSecond)
    expect(await hintsIn(store)).toEqual([uuid(2)])
  })

  it('identity-13 is told by the desk’s own commands, given again, also where others have come since', async () => {
    const store = await untold()
    await give(store, [[uuid(2), paying]])
    await give(store, ofSecond)
    expect(await hintsIn(store)).toEqual([uuid(2)])
  })

  it.each([
    ['the desk opens for them', (store: EventStoreShape) => give(store, [[uuid(2), charging]])],
    ['an 837 opens for them', (store: EventStoreShape) => run(submitClaims(deskOn(store), claim))],
    [
      'an 835 opens for them',
      (store: EventStoreShape) => run(receiveRemittance(deskOn(store), paid, { openMissing: true })),
    ],
  ])('identity-13 is told by the next visit that %s, once', async (_by, meet) => {
    const store = await untold()
    await meet(store)
    expect(await hintsIn(store)).toEqual([uuid(2)])
    await meet(store)
    expect(await hintsIn(store)).toEqual([uuid(2)])
  })

  it.each([
    [
      '837',
      submission([
        {
          pcn: 'N1',
          patient: { ...jane837, id: 'Z1' },
          to: { payer: 'GAMMA', member: 'Z1' },
          lines: [{ charge: 200 }],
        },
      ]),
    ],
  ])(
    'identity-13 an %s of somebody who is a guarantor elsewhere, killed and taken again: one hint',
    async (_kind, file) => {
      for (let commits = 0; commits < 8; commits += 1) {
        const store = await emptyStore()
        await give(store, [
          [uuid(1), opening(uuid(1), 'Jane Doe')],
          [uuid(1), charging],
        ])
        await run(submitClaims(deskOn(dyingAfter(store, commits)), file)).catch(() => undefined)
        await run(submitClaims(deskOn(store), file))
        expect(await hintsIn(store), `killed after ${commits}`).toHaveLength(1)
      }
    },
  )

  it('identity-13 an 835 that opens a visit, killed anywhere and taken again, ends with one hint', async () => {
    let deaths = 0
    for (let commits = 0; commits < 12; commits += 1) {
      const store = await untold()
      const take = (on: EventStoreShape) => run(receiveRemittance(deskOn(on), paid, { openMissing: true }))
      if ((await take(dyingAfter(store, commits)).catch(() => 'killed')) === 'killed') deaths += 1
      await take(store)
      expect(await hintsIn(store), `killed after ${commits}`).toEqual([uuid(2)])
    }
    expect(deaths).toBeGreaterThan(3)
  })
})
