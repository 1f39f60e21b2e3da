import { type EventStoreShape, limits, type Receipt } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import fc from 'fast-check'
import { describe, expect, inject, it } from 'vitest'
import { leaveNoFault } from '../../../../scripts/testing/figures.ts'
import { plans } from './plans.ts'
import { simulate } from './simulate.ts'

const kills = inject('kills')
/** 100,000 where torture is meant. */
const schedules = kills < 200 ? kills * 20 : kills * 500

type Bug = (right: EventStoreShape) => Partial<EventStoreShape>

/** Bugs that lose, double or alter what was acknowledged; each is built over a right store. */
const bugs: Readonly<Record<string, Bug>> = {
  'forgets the command id': (right) => ({
    append: (request) => right.append({ ...request, commandId: `${request.commandId}-${request.events[0]?.id}` }),
    findCommand: () => Effect.succeed(undefined),
  }),
  'acknowledges every fourth append without writing it': (right) => {
    let asked = 0
    return {
      append: (request) =>
        asked++ % 4 === 3
          ? Effect.succeed<Receipt>({
              stream: request.stream,
              commandId: request.commandId,
              firstVersion: request.expected.version + 1,
              lastVersion: request.expected.version + request.events.length,
              firstPosition: 1,
              lastPosition: request.events.length,
              headHash: request.events.at(-1)?.leaf ?? '-',
              committedAt: '2026-11-21T09:00:00.000Z' as Receipt['committedAt'],
              repeated: false,
            })
          : right.append(request),
    }
  },
  'writes on whatever state the stream has': (right) => ({
    append: (request) =>
      Effect.flatMap(Effect.orDie(right.readStream(request.stream, { after: -1, limit: limits.page })), (events) => {
        const last = events.at(-1)
        const expected = last ? { version: last.version, headHash: last.leaf } : request.expected
        const chained = request.events.map((event, at) => (at === 0 ? { ...event, prev: expected.headHash } : event))
        return right.append({ ...request, expected, events: chained })
      }),
  }),
  'writes the first event of a command only': (right) => ({
    append: (request) => right.append({ ...request, events: request.events.slice(0, 1) }),
  }),
  'hides the newest event from a reader who follows': (right) => ({
    readAll: (page) => Effect.map(right.readAll(page), (events) => events.filter(({ position }) => position % 3 !== 0)),
  }),
}

describe('a simulation of processes, wires and clocks over the store in memory', () => {
  it('B3 B9 B10 nothing acknowledged is lost, doubled or altered, in any order, with any faults', {
    tags: ['B3', 'B9', 'B10', 'torture'],
  }, ({ task }) => {
    const sums = { schedules: 0, acknowledged: 0, unknown: 0 }
    fc.assert(
      fc.property(plans, (plan) => {
        const { faults, tried } = simulate(plan)
        sums.schedules += 1
        sums.acknowledged += tried.filter(({ outcome }) => outcome === 'written').length
        sums.unknown += tried.filter(({ outcome }) => outcome === 'unknown').length
        expect(faults).toEqual([])
      }),
      { numRuns: schedules },
    )
    // Faults that nobody met would show nothing.
    expect(sums.unknown).toBeGreaterThan(sums.schedules / 2)
    expect(sums.acknowledged).toBeGreaterThan(sums.schedules)
    const { schedules: tried, acknowledged, unknown } = sums
    const of = { programme: 'simulated processes, wires and clocks', store: 'memory', of: 'schedules' }
    leaveNoFault({ task }, { ...of, tried, acknowledged, unknown })
  })

  it('one tape gives one history, byte for byte', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        expect(simulate(plan)).toEqual(simulate(plan))
      }),
      { numRuns: 20 },
    )
  })

  it.each(Object.entries(bugs))('finds a store that %s', (_, bug) => {
    const found = fc.check(
      fc.property(plans, (plan) => simulate(plan, (right) => ({ ...right, ...bug(right) })).faults.length === 0),
      { numRuns: 200, endOnFailure: true },
    )
    expect(found.failed).toBe(true)
  })
})
