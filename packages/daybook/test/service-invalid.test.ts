import type { Desk } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failure, give, opened, streamOf } from './support/commands.ts'
import { deskOn } from './support/desk.ts'
import { type Place, shelves } from './support/shelves.ts'

const charge = { type: 'PostCharge', on: '2026-11-02', visit: 'v1', line: 'l1', code: '99213', amount: 10_000 }
const writeOff = {
  ...{ type: 'WriteOff', on: '2026-11-20', visit: 'v1', party: 'patient', category: 'administrative', reason: 'x' },
  ...{ lines: [{ line: 'l1', amount: 100 }], approval: { by: 'dora', roles: ['director'] } },
}

/** What is no command, and the place at which that is said. */
const faults: readonly (readonly [what: string, command: unknown, path: string])[] = [
  ['nothing', undefined, ''],
  ['a list', [charge], ''],
  ['a type that is none', { ...charge, type: 'PostCharges' }, 'type'],
  ['an unknown key', { ...charge, amuont: 1 }, 'amuont'],
  ['an unknown key below', { ...writeOff, approval: { by: 'dora', rolls: [] } }, 'approval.rolls'],
  ['__proto__ as JSON brings it', JSON.parse('{"type":"PostCharge","__proto__":{"amount":1}}'), '__proto__'],
  ['constructor', { ...charge, constructor: { name: 'x' } }, 'constructor'],
  ['prototype below', { ...writeOff, approval: { prototype: 'dora' } }, 'approval.prototype'],
  ['a fraction of a cent', { ...charge, amount: 10.5 }, 'amount'],
  ['an amount as text', { ...charge, amount: '10000' }, 'amount'],
  ['2^53', { ...charge, amount: 2 ** 53 }, 'amount'],
  ['no number', { ...charge, amount: Number.NaN }, 'amount'],
  ['nothing to charge', { ...charge, amount: 0 }, 'amount'],
  ['a negative charge', { ...charge, amount: -1 }, 'amount'],
  ['a day that is none', { ...charge, on: '2026-02-29' }, 'on'],
  ['a day of month 13', { ...charge, on: '2026-13-01' }, 'on'],
  ['a day as people write it', { ...charge, on: '11/02/2026' }, 'on'],
  ['a time instead of a day', { ...charge, on: '2026-11-02T00:00:00Z' }, 'on'],
  ['an id with a space', { ...charge, line: 'l 1' }, 'line'],
  ['an id of 81 characters', { ...charge, line: 'l'.repeat(81) }, 'line'],
  ['a fraction below', { ...writeOff, lines: [{ line: 'l1', amount: 0.1 }] }, 'lines.0.amount'],
  ['no lines', { ...writeOff, lines: [] }, 'lines'],
  ['half a character', { ...writeOff, reason: 'a\ud800' }, 'reason'],
]

describe.each(shelves)('what is no command ($name)', (shelf) => {
  let place: Place
  let desk: Desk
  beforeAll(async () => {
    place = await shelf.place()
    desk = deskOn(await place.open())
    await opened(desk, 'a1')
    await give(desk, 'a1', { ...charge, party: 'patient' }, 'charge')
  })
  afterAll(() => place.clear())

  it.each(faults)(
    'A8 B12 %s is an InvalidCommand that names the place, and writes nothing',
    { tags: ['A8', 'B12'] },
    async (_what, command, path) => {
      const before = await streamOf(desk, 'a1')
      const error = await failure(desk, 'a1', command, 'invalid')
      expect(error).toMatchObject({ _tag: 'InvalidCommand', retry: 'never' })
      expect('issues' in error ? error.issues.map((issue) => issue.path) : []).toContain(path)
      expect(await streamOf(desk, 'a1')).toEqual(before)
      expect(await Effect.runPromise(desk.service.store.findCommand('account-a1', 'invalid'))).toBeUndefined()
    },
  )

  it('B3 an id that was spent on no command is free', { tags: ['B3'] }, async () => {
    await failure(desk, 'a1', { ...charge, amount: 0.5, line: 'l2' }, 'spent on nothing')
    expect(await give(desk, 'a1', { ...charge, line: 'l2' }, 'spent on nothing')).toMatchObject({ ok: true })
  })
})

describe.each(shelves.filter(({ name }) => name === 'memory'))('any value whatever', (shelf) => {
  it('A6 is a command or an InvalidCommand, never a defect, and changes no object’s prototype', {
    tags: ['A6'],
    meta: { over: shelf.name },
  }, async () => {
    const place = await shelf.place()
    const desk = deskOn(await place.open())
    await opened(desk, 'a1')
    const key = fc.oneof(fc.constantFrom('type', 'on', 'amount', 'line', '__proto__', 'constructor'), fc.string())
    const anything = fc.oneof(
      fc.anything({ withDate: true, withMap: true, withSet: true, withBigInt: true, key }),
      fc.json().map((text) => JSON.parse(text)),
      fc.anything({ key }).map((value) => ({ ...charge, ...(typeof value === 'object' ? value : { amount: value }) })),
      fc.anything({ key }).map((reason) => ({ ...writeOff, reason })),
    )
    await fc.assert(
      fc.asyncProperty(anything, async (command) => {
        const before = (await streamOf(desk, 'a1')).length
        const answer = await give(desk, 'a1', command, 'any').then(
          () => 'answered',
          (error) => error._tag,
        )
        expect(['answered', 'InvalidCommand', 'CommandMismatch']).toContain(answer)
        if (answer !== 'answered') expect((await streamOf(desk, 'a1')).length).toBe(before)
        expect(Object.keys(Object.prototype)).toEqual([])
        expect(Object.hasOwn(Object.prototype, 'amount')).toBe(false)
      }),
      { numRuns: shelf.runs },
    )
    await place.clear()
  })
})
