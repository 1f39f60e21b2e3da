import { memoryEventStore } from '@daybook/adapters/memory'
import type { AccountId, PersonId } from '@daybook/core/kernel'
import { executeOnAccount, executeOnPerson, nextStepsOf } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { expect, it } from 'vitest'
import { deskOn } from './support/desk.ts'
import { uuid } from './support/folder.ts'
import { recording } from './support/recording-store.ts'

it('§11.3 next actions of a list: its accounts are read together, and who answers for several of them once', async () => {
  const { store, trips } = recording(await Effect.runPromise(memoryEventStore()))
  const desk = deskOn(store)
  const on = '2026-06-01'
  const accounts = [1, 2, 3].map((n) => uuid(n) as AccountId)
  const personId = uuid(101) as PersonId
  const ofAccount = async (id: AccountId, command: object) =>
    expect(
      await Effect.runPromise(executeOnAccount(desk, id, command, `${id}:${JSON.stringify(command)}`.slice(0, 80))),
    ).toMatchObject({ ok: true })
  const ofPerson = async (command: object, id: string) =>
    expect(await Effect.runPromise(executeOnPerson(desk, personId, command, id))).toMatchObject({ ok: true })
  await ofPerson({ type: 'OpenPerson', on, personId, name: 'Jo Roe' }, 'open')
  for (const id of accounts) {
    const guarantor = { name: 'Jo Roe', state: 'MN', standing: 'confirmed' }
    await ofAccount(id, { type: 'OpenAccount', accountId: id, on, guarantor })
    await ofAccount(id, { type: 'PostCharge', on, visit: `v-${id}`, line: `l-${id}`, code: '99213', amount: 9_000 })
    await ofPerson({ type: 'NameAccount', on, account: id, role: 'guarantor' }, `name-${id}`)
  }
  trips.length = 0
  const steps = await Effect.runPromise(nextStepsOf(desk, [...accounts, ...accounts]))
  expect([...steps.keys()]).toEqual(accounts)
  expect(trips).toEqual(['read together 3 account', 'read person'])
})
