import { join } from 'node:path'
import { memoryEventStore } from '@daybook/adapters/memory'
import { sqliteEventStore } from '@daybook/adapters/sqlite'
import { receiveRemittance, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { describe, expect, it } from 'vitest'
import { deskOn } from './support/desk.ts'
import { advice, type SubmittedOf, submission } from './support/documents.ts'
import { testFolder } from './support/folder.ts'
import { recording } from './support/recording-store.ts'

// What an import asks of its store, trip by trip: one more is a change of its speed, and fails here.

const folder = testFolder()

/** A desk that notes its round trips, and what each import cost. */
const counted = async () => {
  const { store, trips } = recording(await Effect.runPromise(memoryEventStore()))
  const desk = deskOn(store)
  return {
    submit: async (of: SubmittedOf) => {
      await Effect.runPromise(submitClaims(desk, submission([of])))
      return trips.splice(0)
    },
    receive: async (pcn: string, options: { readonly trace?: string; readonly openMissing?: boolean } = {}) => {
      const { trace = 'TRACE1', openMissing = false } = options
      const claim = { pcn, lines: [{ charge: 10_000, paid: 8_000, cas: [['CO', '45', 2_000]] as const }] }
      await Effect.runPromise(receiveRemittance(desk, advice({ trace, claims: [claim] }), { openMissing }))
      return trips.splice(0)
    },
  }
}

const claim = (of: Partial<SubmittedOf> = {}): SubmittedOf => ({ pcn: 'A', lines: [{ charge: 10_000 }], ...of })

/** What its number and its patient name is read ahead, with the other claims of its batch, and once. */
const located = ['read together 2 ref']
/** The accounts that these name, likewise. */
const withAccounts = [...located, 'read together 1 account']
/** A payer is noted under its name when it is met first, and asked for no more. */
const met = ['read ref', 'append ref payer']
/** Others who are called so, where nothing says whose it is: a visit of the same services is not opened beside theirs. */
const namesakes = ['read ref']
/** A person, by the member id and by the name. */
const noted = ['append ref person', 'append ref person']
/** What a claim releases: advices that waited for its number, and those of its patient that have none. */
const released = ['read ref', 'read ref']

describe('round trips of an 837, a claim', () => {
  it('that opens an account: its references in one commit, then the account, which is not read', async () => {
    const { submit } = await counted()
    expect(await submit(claim())).toEqual([
      ...met,
      ...located,
      ...namesakes,
      'append ref visit',
      ...noted,
      'append account claim',
      ...released,
    ])
  })

  it('that opens another visit of a person on file: the person is not noted again, the account says who its patients are', async () => {
    const { submit } = await counted()
    const to = { payer: 'ACME', member: 'M1' }
    await submit(claim({ to }))
    expect(await submit(claim({ pcn: 'B', to }))).toEqual([
      ...withAccounts,
      ...namesakes,
      'append ref visit',
      'append account claim',
      ...released,
    ])
  })

  it('to the next payer of a visit on file: its member is noted, then one append', async () => {
    const { submit } = await counted()
    await submit(claim())
    expect(await submit(claim({ to: { payer: 'BETA', sequence: 'S', member: 'M-A' } }))).toEqual([
      ...met,
      ...withAccounts,
      'append ref person',
      'append account claim',
      ...released,
    ])
  })

  it('that is on file: no append at all', async () => {
    const { submit } = await counted()
    await submit(claim())
    expect(await submit(claim())).toEqual([...withAccounts, 'read account', 'find account', ...released])
  })
})

describe('round trips of an 835 of one claim', () => {
  /** Its number, and what waits under it, with those of the other units of its batch. */
  const ahead = ['read together 2 ref']
  /** What waited for any of its claims; then what waited for its patients. */
  const waited = ['read together 1 ref', 'read ref']
  /** Loaded once; then each step goes on with what the one before it has left. */
  const stored = [
    'read remittance',
    'read ref',
    'append ref remittance',
    'append remittance receive',
    'append remittance chunks',
    'append remittance open',
  ]

  it('whose account is known: the remittance is loaded once', async () => {
    const { submit, receive } = await counted()
    await submit(claim())
    expect(await receive('A')).toEqual([
      ...stored,
      ...ahead,
      'read together 1 account',
      'append ref visit',
      'append account remit',
      'append remittance outcomes',
      ...waited,
    ])
  })

  it('that opens its account: the references in one commit, then the account, which is not read', async () => {
    const { receive } = await counted()
    expect(await receive('A', { openMissing: true })).toEqual([
      ...stored,
      ...met,
      'read together 3 ref',
      ...namesakes,
      'append ref visit',
      ...noted,
      'append ref visit',
      'append account remit',
      'append remittance outcomes',
      ...waited,
    ])
  })

  it('that is held for want of its claim, and posted when that comes: the remittance is loaded once more', async () => {
    const { submit, receive } = await counted()
    expect(await receive('A')).toEqual([
      ...stored,
      ...ahead,
      // The person, by the payer that nobody has met: a visit without a number may be it.
      'read ref',
      'read ref',
      // Nothing that is written confirms a hold: before it is one, all of it is asked again.
      'read ref',
      'read ref',
      'read ref',
      'append ref held',
      'append remittance outcomes',
    ])
    expect(await submit(claim())).toEqual([
      ...met,
      ...located,
      ...namesakes,
      'append ref visit',
      ...noted,
      'append account claim',
      'read ref',
      'read remittance',
      'read ref',
      'read account',
      'read ref',
      'read account',
      'append remittance retry',
      'append ref visit',
      'append account remit',
      'append remittance outcomes',
      'read ref',
    ])
  })

  it('that is there already: nothing is written', async () => {
    const { receive } = await counted()
    await receive('A', { openMissing: true })
    expect(await receive('A', { openMissing: true })).toEqual(['read remittance', 'read ref', ...waited])
  })
})

describe('commits of an 837', () => {
  it('are one of their payer, and two for each sixty-four claims of as many patients: of references, and of accounts', async () => {
    const claims = Array.from({ length: 128 }, (_, at) => claim({ pcn: `V${at}`, patient: { last: `DOE${at}` } }))
    const commits = await Effect.runPromise(
      Effect.scoped(
        Effect.gen(function* () {
          const store = yield* sqliteEventStore({ path: join(folder, 'commits.db') })
          yield* submitClaims(deskOn(store), submission(claims))
          return store.commits()
        }),
      ),
    )
    expect(commits).toBe(5)
  })
})

describe('round trips of many claims', () => {
  const pcns = Array.from({ length: 40 }, (_, at) => `V${at}`)
  const payment = (trace: string) =>
    advice({
      trace,
      claims: pcns.map((pcn) => ({
        pcn,
        patient: { last: `DOE${pcn}` },
        lines: [{ charge: 10_000, paid: 8_000, cas: [['CO', '45', 2_000]] as const }],
      })),
    })
  const billed = submission(pcns.map((pcn) => claim({ pcn, patient: { last: `DOE${pcn}` } })))
  const readsOf = (trips: readonly string[]) => trips.filter((trip) => trip.startsWith('read'))

  it('an 837 reads its references together, and asks of each claim only what it releases', async () => {
    const { store, trips } = recording(await Effect.runPromise(memoryEventStore()))
    await Effect.runPromise(submitClaims(deskOn(store), billed))
    const [payer, ahead, ...after] = readsOf(trips)
    expect([payer, ahead]).toEqual(['read ref', 'read together 80 ref'])
    expect(after).toEqual(pcns.flatMap(() => [...namesakes, ...released]))
  })

  it('an 835 reads references and accounts together, whatever the number of its claims', async () => {
    const { store, trips } = recording(await Effect.runPromise(memoryEventStore()))
    await Effect.runPromise(submitClaims(deskOn(store), billed))
    trips.splice(0)
    // Another process, which knows nothing of the accounts.
    await Effect.runPromise(receiveRemittance(deskOn(store), payment('FIRST'), { openMissing: false }))
    expect(readsOf(trips)).toEqual([
      'read remittance',
      'read ref',
      'read together 80 ref',
      'read together 40 account',
      'read together 40 ref',
      'read ref',
    ])
  })
})
