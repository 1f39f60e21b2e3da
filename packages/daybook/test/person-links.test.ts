import { memoryEventStore } from '@daybook/adapters/memory'
import type { Day } from '@daybook/core/kernel'
import type { EventStoreShape } from '@daybook/core/ports'
import {
  type Desk,
  executeOnAccount,
  executeOnPerson,
  issueToAccount,
  loadAccount,
  loadPerson,
} from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deskOn } from './support/desk.ts'
import { dyingAfter } from './support/dying-store.ts'
import { openTestBook, uuid } from './support/folder.ts'

// Who stands behind an account is said on the account and on the person: on both, or on neither.

const run = Effect.runPromise
const on = '2026-11-01' as Day
const [account, person] = [uuid(1), uuid(2)]
const reason = 'a namesake'

type Word = 'name' | 'nameAsHelper' | 'end' | 'link' | 'linkAsHelper' | 'unlink'
const words: readonly Word[] = ['name', 'nameAsHelper', 'end', 'link', 'linkAsHelper', 'unlink']

const give = (desk: Desk, word: Word, id: string) => {
  switch (word) {
    case 'name':
    case 'nameAsHelper':
      return executeOnPerson(
        desk,
        person as never,
        { type: 'NameAccount', on, account, role: word === 'name' ? 'guarantor' : 'representative' },
        id,
      )
    case 'end':
      return executeOnPerson(desk, person as never, { type: 'EndAccount', on, account, reason }, id)
    case 'link':
    case 'linkAsHelper':
      return executeOnAccount(
        desk,
        account,
        { type: 'LinkPerson', on, person, role: word === 'link' ? 'guarantor' : 'representative' },
        id,
      )
    case 'unlink':
      return executeOnAccount(desk, account, { type: 'UnlinkPerson', on, person, reason }, id)
  }
}

/** What each of the two says: a role, or nothing. */
const sides = async (desk: Desk): Promise<readonly [account: string, person: string]> => {
  const said = (await run(loadAccount(desk, account))).registration.persons.get(person as never)?.role
  const says = (await run(loadPerson(desk, person as never))).accounts.get(account as never)?.role
  return [said ?? 'nothing', says ?? 'nothing']
}

const opened = async (store?: EventStoreShape): Promise<{ readonly desk: Desk; readonly store: EventStoreShape }> => {
  const under = store ?? (await run(memoryEventStore()))
  const desk = deskOn(under)
  await run(
    executeOnAccount(
      desk,
      account,
      { type: 'OpenAccount', accountId: account, on, guarantor: { name: 'Jo Roe' } },
      'open',
    ),
  )
  await run(
    executeOnPerson(desk, person as never, { type: 'OpenPerson', personId: person, on, name: 'Jo Roe' }, 'person'),
  )
  return { desk, store: under }
}

const withGuarantor = async () => {
  const book = await openTestBook()
  await book.open({ account, on, guarantor: { name: 'Jo Roe' } })
  await book.openPerson({ person, name: 'Jo Roe', on })
  return book
}

describe('who stands behind an account is said on both, whichever is told', () => {
  it('told to the account, the person knows of it; taken back there, neither says it', async () => {
    await using book = await withGuarantor()
    expect(await book.execute(account, { type: 'LinkPerson', on, person, role: 'guarantor' })).toMatchObject({
      ok: true,
    })
    expect((await book.person(person)).accounts).toMatchObject([{ account, role: 'guarantor' }])
    expect((await book.check()).findings).toEqual([])
    expect(await book.execute(account, { type: 'UnlinkPerson', on, person, reason })).toMatchObject({ ok: true })
    expect((await book.person(person)).accounts).toEqual([])
    expect((await book.check()).findings).toEqual([])
  })

  it('a person whom nobody has opened stands behind nothing: refused, and nothing is written', async () => {
    await using book = await withGuarantor()
    const before = (await book.cash()).knownAtPosition
    const link = { type: 'LinkPerson', on, person: uuid(9), role: 'guarantor' } as const
    expect(await book.execute(account, link)).toMatchObject({ ok: false, hits: [{ rule: 'person.unknown' }] })
    expect((await book.cash()).knownAtPosition).toBe(before)
  })

  it('said on the account alone, as an older book may have it: the next word of the person completes it', async () => {
    for (const word of words) {
      const { desk } = await opened()
      await run(
        issueToAccount(desk, account, { type: 'LinkPerson', on, person: person as never, role: 'guarantor' }, 'old'),
      )
      expect(await sides(desk)).toEqual(['guarantor', 'nothing'])
      expect(await run(give(desk, word, 'next')), word).toMatchObject({ ok: true })
      const [said, says] = await sides(desk)
      expect(says, word).toBe(said)
      if (word === 'end' || word === 'unlink') expect(said).toBe('nothing')
    }
  })

  it('and so does a contact about the account', async () => {
    const { desk } = await opened()
    await run(
      issueToAccount(desk, account, { type: 'LinkPerson', on, person: person as never, role: 'guarantor' }, 'old'),
    )
    const spoke = { type: 'RecordConversation', account, direction: 'inbound', discussed: false, summary: 'rang' }
    expect(await run(executeOnPerson(desk, person as never, spoke, 'spoke'))).toMatchObject({ ok: true })
    expect(await sides(desk)).toEqual(['guarantor', 'guarantor'])
  })

  it('said by the person alone, it is completed too', async () => {
    for (const word of words) {
      const { desk } = await opened()
      await run(give(desk, 'name', 'name'))
      await run(issueToAccount(desk, account, { type: 'UnlinkPerson', on, person: person as never, reason }, 'old'))
      expect(await sides(desk)).toEqual(['nothing', 'guarantor'])
      expect(await run(give(desk, word, 'next')), word).toMatchObject({ ok: true })
      const [said, says] = await sides(desk)
      expect(says, word).toBe(said)
    }
  })

  it('N12 killed between any two appends, and given again: both say it, or neither', { tags: ['N12'] }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 }),
        fc.nat({ max: 5 }),
        async (said, appends) => {
          const { store } = await opened()
          const dying = deskOn(dyingAfter(store, appends))
          let at = 0
          for (; at < said.length; at += 1) {
            const outcome = await run(give(dying, said[at] ?? 'name', `w${at}`)).catch(() => 'killed')
            if (outcome === 'killed') break
          }
          const desk = deskOn(store)
          for (; at < said.length; at += 1) await run(give(desk, said[at] ?? 'name', `w${at}`))
          const [account, person] = await sides(desk)
          expect(person).toBe(account)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('B10 two words at once: both sides say the same in the end', { tags: ['B10'] }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...words), { minLength: 2, maxLength: 4 }), async (said) => {
        const { store } = await opened()
        await Promise.all(said.map((word, at) => run(give(deskOn(store), word, `w${at}`))))
        const [account, person] = await sides(deskOn(store))
        expect(person).toBe(account)
      }),
      { numRuns: 500 },
    )
  })
})
