import type { EventStoreShape } from '@daybook/core/ports'
import { type Desk, executeOnPerson, loadPerson, type Outcome } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { give, openAccount } from './support/commands.ts'
import { deskOn } from './support/desk.ts'
import { onPlace, shelves } from './support/shelves.ts'

// One human being with two files and two accounts: what is free for them is free once, whoever asks, of whichever file.

const on = '2026-11-01'
const reason = 'the same birth day and address'
const [one, two] = ['p1', 'p2'] as const

const tell = (desk: Desk, person: string, command: object, commandId: string): Promise<Outcome> =>
  Effect.runPromise(executeOnPerson(desk, person as never, command, commandId))

/** Two files of one human being, each with an account and a phone in Minneapolis; `calls` were made to the first. */
const begun = async (desk: Desk, calls: number): Promise<void> => {
  for (const [person, account] of [
    [one, 'a1'],
    [two, 'a2'],
  ] as const) {
    await give(desk, account, openAccount(account), 'open')
    const phone = { kind: 'phone', value: '612-555-0101', place: 'mobile', source: 'person' }
    const does = async (command: object, id: string) =>
      expect(await tell(desk, person, command, id)).toMatchObject({ ok: true })
    await does({ type: 'OpenPerson', on, personId: person, name: 'Jo Roe' }, 'open')
    await does({ type: 'NameAccount', on, account, role: 'guarantor' }, 'name')
    await does({ type: 'RecordDatum', on, datum: 'mobile', ...phone }, 'phone')
    const home = { kind: 'address', value: '1 Main St', state: 'MN', place: 'home', source: 'person' }
    await does({ type: 'RecordDatum', on, datum: 'home', ...home }, 'home')
  }
  for (let n = 0; n < calls; n++) {
    const at = `2026-11-${15 + n}T18:00:00.000Z`
    const call = { type: 'RecordCallAttempt', account: 'a1', datum: 'mobile', outcome: 'noAnswer', at }
    await tell(desk, one, call, `call${n}`)
  }
}
const joined = (desk: Desk, from: string = one, other: string = two, id = 'same') =>
  tell(desk, from, { type: 'JudgeLikePerson', on, other, same: true, reason }, id)
const begin = (desk: Desk, person: string, id: string) =>
  tell(
    desk,
    person,
    { type: 'BeginContact', account: person === one ? 'a1' : 'a2', datum: 'mobile', medium: 'call' },
    id,
  )

/** A store whose every answer comes when the scheduler lets it. */
const scheduled = (store: EventStoreShape, scheduler: fc.Scheduler): EventStoreShape => {
  const late = <A, E>(effect: Effect.Effect<A, E>): Effect.Effect<A, E> =>
    Effect.andThen(
      Effect.promise(() => scheduler.schedule(Promise.resolve())),
      effect,
    )
  return {
    ...store,
    append: (request) => late(store.append(request)),
    readStream: (stream, page) => late(store.readStream(stream, page)),
    findCommand: (stream, id) => late(store.findCommand(stream, id)),
  }
}
const passed = (outcomes: readonly Outcome[]): number => outcomes.filter(({ ok }) => ok).length
const rulesOf = (outcome: Outcome): readonly string[] => (outcome.ok ? [] : outcome.hits.map(({ rule }) => rule))
const contacts = async (desk: Desk, person: string): Promise<number> =>
  (await Effect.runPromise(loadPerson(desk, person))).contacts.size

describe.each(shelves)('Q8 one human being asked for at once by two handlers ($name)', { tags: ['Q8'] }, (shelf) => {
  it.each([1, 2, 4])(
    'Q8 CT-01.person sixteen at once by %i processes, on two accounts: as many begin as are free',
    async (processes) => {
      await onPlace(shelf, async (place) => {
        const desks = await Promise.all(Array.from({ length: processes }, async () => deskOn(await place.open())))
        const [desk] = desks as [Desk]
        await begun(desk, 4)
        expect(await joined(desk)).toMatchObject({ ok: true })
        const outcomes = await Promise.all(
          Array.from({ length: 16 }, (_, n) => begin(desks[n % processes] as Desk, n % 3 === 0 ? one : two, `b${n}`)),
        )
        expect(passed(outcomes)).toBe(3)
        for (const outcome of outcomes) if (!outcome.ok) expect(rulesOf(outcome)).toContain('CT-01.person')
        const fresh = deskOn(await place.open())
        expect((await contacts(fresh, one)) + (await contacts(fresh, two))).toBe(7)
      })
    },
  )

  it('Q8 a process that has not heard that they are one, and asks for the second, is told', async () => {
    await onPlace(shelf, async (place) => {
      const [knows, behind] = [deskOn(await place.open()), deskOn(await place.open())]
      await begun(knows, 6)
      // It has seen the file before anybody said so.
      await Effect.runPromise(loadPerson(behind, two))
      await joined(knows)
      expect(await begin(knows, one, 'seventh')).toMatchObject({ ok: true })
      expect(rulesOf(await begin(behind, two, 'eighth'))).toEqual(['CT-01.person'])
    })
  })
})

describe.each(shelves.filter(({ name }) => name === 'memory'))('in any order of answers', (shelf) => {
  const raced = fc.asyncProperty(
    fc.scheduler(),
    fc.constantFrom('before', 'meanwhile'),
    fc.boolean(),
    async (scheduler, said, turned) => {
      await onPlace(shelf, async (place) => {
        const plain = deskOn(await place.open())
        await begun(plain, 6)
        if (said === 'before') await joined(plain)
        const desks = await Promise.all(
          Array.from({ length: 3 }, async () => deskOn(scheduled(await place.open(), scheduler))),
        )
        const [left, right, third] = desks as [Desk, Desk, Desk]
        const answers: Promise<Outcome>[] = [
          begin(left, turned ? two : one, 'left'),
          begin(right, turned ? one : two, 'right'),
        ]
        if (said === 'meanwhile') answers.push(joined(third))
        await scheduler.waitFor(Promise.all(answers))
        const outcomes = await Promise.all(answers)
        if (said === 'before') {
          expect(passed(outcomes)).toBe(1)
          expect(outcomes.flatMap(rulesOf)).toEqual(['CT-01.person'])
        } else {
          expect(passed(outcomes.slice(2))).toBe(1)
        }
        // Whatever was let before they were one: nothing is let afterwards.
        const late = await begin(plain, two, 'late')
        expect(rulesOf(late)).toContain('CT-01.person')
        // Each answer is given again as it was.
        expect(await begin(plain, turned ? two : one, 'left')).toMatchObject({ ok: outcomes[0]?.ok })
        expect(await begin(plain, turned ? one : two, 'right')).toMatchObject({ ok: outcomes[1]?.ok })
      })
    },
  )
  it('Q8 of two simultaneous eighth calls on two accounts one is refused; said to be one meanwhile, it counts from then on', {
    tags: ['Q8'],
    timeout: 600_000,
  }, async () => {
    await fc.assert(raced, { numRuns: 1_000 })
  })

  it('Q8 a process that dies between the two streams: the same command goes on where it was, and counts once', {
    tags: ['Q8'],
  }, async () => {
    for (let dies = 1; dies <= 8; dies++) {
      await onPlace(shelf, async (place) => {
        const plain = deskOn(await place.open())
        await begun(plain, 5)
        const store = await place.open()
        let appends = 0
        const dying: EventStoreShape = {
          ...store,
          append: (request) => {
            appends += 1
            return appends >= dies ? Effect.die('the process is gone') : store.append(request)
          },
        }
        const desk = deskOn(dying)
        await Promise.allSettled([joined(desk)])
        await Promise.allSettled([begin(desk, one, 'sixth')])
        expect(await joined(plain)).toMatchObject({ ok: true })
        expect(await begin(plain, one, 'sixth')).toMatchObject({ ok: true })
        expect(await begin(plain, two, 'seventh')).toMatchObject({ ok: true })
        expect(rulesOf(await begin(plain, one, 'eighth'))).toContain('CT-01.person')
        expect((await contacts(plain, one)) + (await contacts(plain, two))).toBe(7)
      })
    }
  })
})
