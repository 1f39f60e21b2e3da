import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { receivableOf } from '@daybook/core/account'
import type { EventStoreShape } from '@daybook/core/ports'
import { type Desk, loadAccount, receiveRemittance } from '@daybook/core/service'
import { comparable } from '@daybook/core/testing'
import * as Effect from 'effect/Effect'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLog } from './support/books.ts'
import { give, live, opened, said, saidIn, today } from './support/commands.ts'
import { deskOn } from './support/desk.ts'
import { advice, type ClaimOf } from './support/documents.ts'
import { onPlace, shelves } from './support/shelves.ts'

const now = `${today}T15:00:00.000Z`
const integers = fc.array(fc.nat(), { minLength: 20, maxLength: 60, size: 'max' })
const [memory, sqlite] = shelves as [(typeof shelves)[number], (typeof shelves)[number]]

/** A life on one desk, and what its account then says. */
const ordinary = (lifeOf: readonly number[]) =>
  onPlace(memory, async (place) => {
    const desk = deskOn(await place.open(), { now })
    const given = await live(() => desk, 'a1', lifeOf, 10)
    return { given, said: await saidIn(desk, 'a1'), money: await moneyOf(desk, 'a1') }
  })

/** What is left of money: layers, unapplied, control accounts. */
const moneyOf = async (desk: Desk, account: string): Promise<string> => {
  const { ledger, payments } = await Effect.runPromise(loadAccount(desk, account))
  return comparable({
    layers: [...ledger.layers.values()].filter((layer) => receivableOf(layer) !== 0),
    payments: [...payments.payments.values()].map(({ event: _event, ...payment }) => payment),
    control: [...ledger.control].filter(([, amount]) => amount !== 0).sort(),
  })
}

/** What concerns no money. */
const registrations = [
  { type: 'RegisterPatient', on: today, patient: 'px', relationshipToGuarantor: 'child' },
  { type: 'RegisterPatient', on: today, patient: 'py', sex: 'F' },
  { type: 'OpenVisit', on: today, visit: 'vx', patient: 'px' },
  { type: 'OpenVisit', on: today, visit: 'vy', patient: 'py', kind: 'professional' },
] as const

describe('the same commands', () => {
  it('N8 with registrations in between, anywhere: the same money', { tags: ['N8'] }, async () => {
    const inserts = fc.array(fc.tuple(fc.nat({ max: 6 }), fc.constantFrom(...registrations)), { maxLength: 6 })
    let tried = 0
    let inserted = 0
    await fc.assert(
      fc.asyncProperty(integers, inserts, async (lifeOf, extra) => {
        tried += 1
        const plain = await ordinary(lifeOf)
        await onPlace(memory, async (place) => {
          const desk = deskOn(await place.open(), { now })
          await opened(desk, 'a1')
          for (const [at, { command, commandId }] of plain.given.entries()) {
            for (const [index, [where, registration]] of extra.entries()) {
              if (where !== at) continue
              const outcome = await give(desk, 'a1', registration, `extra${index}`)
              inserted += outcome.ok ? 1 : 0
            }
            await give(desk, 'a1', command, commandId)
          }
          expect(await moneyOf(desk, 'a1')).toBe(plain.money)
        })
      }),
      { numRuns: 1_000 },
    )
    expect(inserted).toBeGreaterThan(tried / 2)
  })

  for (const [what, shelf, keeps] of [
    ['nothing kept in memory from one command to the next', memory, false],
    ['SQLite', sqlite, true],
  ] as const) {
    it(`N10 C10 with ${what}: the same events`, { tags: ['N10', 'C10'], meta: { over: shelf.name } }, async () => {
      await fc.assert(
        fc.asyncProperty(integers, async (lifeOf) => {
          const plain = await ordinary(lifeOf)
          await onPlace(shelf, async (place) => {
            const store = await place.open()
            const desk = deskOn(store, { now })
            await live(() => (keeps ? desk : deskOn(store, { now })), 'a1', lifeOf, 10)
            expect(await saidIn(desk, 'a1')).toEqual(plain.said)
          })
        }),
        { numRuns: shelf.runs },
      )
    })
  }

  it('N12 B3 B9 with a process that dies before or after any commit, its commands sent again: the same events', {
    tags: ['N12', 'B3', 'B9'],
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        integers,
        fc.infiniteStream(fc.constantFrom('well', 'before', 'after')),
        async (lifeOf, fates) => {
          const plain = await ordinary(lifeOf)
          await onPlace(memory, async (place) => {
            const store = await place.open()
            const killed = Effect.die(new Error('killed'))
            const dying = (fate: string): EventStoreShape => ({
              ...store,
              append: (request) =>
                fate === 'before'
                  ? killed
                  : fate === 'after'
                    ? Effect.andThen(store.append(request), killed)
                    : store.append(request),
            })
            const commands = [...plain.given]
            await opened(deskOn(store, { now }), 'a1')
            for (const { command, commandId } of commands) {
              for (;;) {
                const fate = fates.next().value ?? 'well'
                const desk = deskOn(dying(fate), { now })
                const outcome = await give(desk, 'a1', command, commandId).catch((error: Error) => error.message)
                if (outcome !== 'killed') break
              }
            }
            expect(await saidIn(deskOn(store), 'a1')).toEqual(plain.said)
          })
        },
      ),
      { numRuns: 1_000 },
    )
  })
})

describe('one remittance', () => {
  const claim = (n: number, paid: number): ClaimOf => ({
    pcn: `N${n % 9}`,
    patient: { id: `M${n % 5}`, last: 'DOE', first: 'JANE' },
    icn: `ICN${n}`,
    lines: [
      {
        charge: 10_000 + n,
        paid,
        cas: [
          ['CO', '45', 1_000],
          ['PR', '1', 9_000 + n - paid],
        ],
      },
    ],
  })

  it('N15 P4 posted in batches of any size, any number at once: the same events on every account', {
    tags: ['N15', 'P4'],
  }, async () => {
    const posted = (claims: readonly ClaimOf[], batch: number, concurrency: number) =>
      onPlace(memory, async (place) => {
        const desk = deskOn(await place.open(), { now })
        const report = await Effect.runPromise(
          receiveRemittance(desk, advice({ claims }), { openMissing: true, batch, concurrency }),
        )
        const log = await readLog(desk)
        const accounts = Map.groupBy(
          log.filter(({ stream }) => stream.startsWith('account-')),
          ({ stream }) => stream,
        )
        return {
          outcome: report.outcome,
          posted: report.postedClaims,
          held: report.held.length,
          accounts: [...accounts].map(([stream, events]) => [stream, events.map(said)]).sort(),
        }
      })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: 9_000 }), { minLength: 1, maxLength: 14 }),
        fc.integer({ min: 1, max: 15 }),
        fc.integer({ min: 1, max: 8 }),
        async (payments, batch, concurrency) => {
          const claims = payments.map((paid, n) => claim(n, paid))
          expect(await posted(claims, batch, concurrency)).toEqual(await posted(claims, 256, 256))
        },
      ),
      // The same law over a thousand small days: remittances/import-laws.
      { numRuns: 150 },
    )
  })
})

describe('a fixed day at the desk', () => {
  const program = fileURLToPath(new URL('./support/fixed-script.ts', import.meta.url))
  const worlds = [
    { TZ: 'UTC', LANG: 'C', LC_ALL: 'C' },
    { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
    { TZ: 'America/St_Johns', LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' },
  ]
  const run = async (kind: string, world: Readonly<Record<string, string>>): Promise<string> => {
    const args = ['--conditions=@daybook/source', program, kind]
    const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...process.env, ...world } })
    return stdout
  }

  it('C10 N20 in other zones and locales, in other processes, on either store: the same bytes but for salts and ids', {
    tags: ['C10', 'N20'],
  }, async () => {
    const [first, ...others] = await Promise.all(worlds.flatMap((world) => shelves.map(({ name }) => run(name, world))))
    expect(first?.split('\n').length).toBeGreaterThan(60)
    expect(others).toEqual(others.map(() => first))
  })
})
