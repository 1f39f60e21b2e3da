import {
  type Aggregate,
  accept,
  classified,
  count,
  type Day,
  event,
  type Instant,
  localTimes,
  makeCodec,
  precondition,
  reject,
} from '@daybook/core/kernel'
import type { EventStoreShape, StoredEvent } from '@daybook/core/ports'
import { execute, nextPage, type Service, StateCache } from '@daybook/core/service'
import { historyFaults, type Seen, type Tried } from '@daybook/core/testing/store'
import * as Effect from 'effect/Effect'
import { z } from 'zod'
import { memoryBook, memoryEventStore } from '../../src/memory/index.ts'
import { sha256 } from '../store/sha256.ts'
import { Simulator, type Tape, wired } from './tape.ts'

const added = event('Added', { amount: count(), after: count() })
const noted = event('SumNoted', { sum: count() })
type Sum = z.infer<typeof added.schema> | z.infer<typeof noted.schema>
const add = z.strictObject({ type: z.literal('Add'), amount: classified(z.int(), 'count') })
type Add = z.infer<typeof add>

const LIMIT = 9
const on = '2026-11-20' as Day

/** Adds up, and says with each event what it came to: an event that was decided on another state says so. */
const adding: Aggregate<{ readonly sum: number }, Add, Sum, Record<never, never>> = {
  name: 'account',
  codec: makeCodec<Sum>([added, noted]),
  commandSchema: add,
  initial: { sum: 0 },
  fold: (state, events) => events.reduce((now, one) => (one.type === 'Added' ? { sum: one.after } : now), state),
  decide: ({ sum }, { amount }) => {
    if (sum + amount > LIMIT) return reject([precondition('full', 'it is full')])
    const after = sum + amount
    return accept<Sum>([
      { type: 'Added', effectiveDate: on, amount, after },
      ...(amount > 1 ? [{ type: 'SumNoted' as const, effectiveDate: on, sum: after }] : []),
    ])
  },
}

/** What the processes are to do: each its commands one after the other. */
export interface Plan {
  readonly processes: readonly (readonly {
    readonly stream: number
    readonly command: number
    readonly amount: number
  }[])[]
  readonly tape: Tape
}

export interface Simulated {
  readonly faults: readonly string[]
  readonly log: readonly StoredEvent[]
  readonly tried: readonly Tried[]
}

const instantAfter = (milliseconds: number): Instant =>
  new Date(Date.UTC(2026, 10, 21, 9) + milliseconds).toISOString() as Instant

/** Events that say another sum than theirs. */
const sumFaults = (log: readonly StoredEvent[]): readonly string[] => {
  const sums = new Map<string, number>()
  return log.flatMap(({ stream, type, data, version }) => {
    const { amount = 0, after, sum } = JSON.parse(data)
    const now = (sums.get(stream) ?? 0) + amount
    sums.set(stream, now)
    return (type === 'Added' ? after : sum) === now && now <= LIMIT
      ? []
      : [`${stream} version ${version} was decided on another state`]
  })
}

/** Plays a plan over a store in memory, or over one that is made of it. */
export const simulate = (
  { processes, tape }: Plan,
  made: (right: EventStoreShape) => EventStoreShape = (right) => right,
): Simulated => {
  const simulator = new Simulator(tape)
  const book = memoryBook({ origin: 'log-simulated' })
  const tried: Tried[] = []
  const seen: Seen[] = []
  const followed: StoredEvent[] = []
  let ids = 0
  let writing = processes.length

  const run = (effect: Effect.Effect<void>): void => {
    Effect.runFork(effect, { scheduler: simulator.scheduler })
  }

  const process = (commands: Plan['processes'][number], at: number, faulty: boolean, ended: () => void) => {
    let next = 0
    let drift = 0
    const clock = () => instantAfter(simulator.now * 7 + drift)
    const begin = (): void => {
      const world = {
        crash: begin,
        jump: () => {
          drift += at % 2 === 0 ? 3_600_000 : -7_200_000
        },
      }
      const right = made(Effect.runSync(memoryEventStore({ book, clock })))
      const store = wired(right, simulator, world, () => (faulty ? simulator.fault() : 'ok'))
      const service: Service = {
        store,
        cache: new StateCache(),
        policyVersion: () => 1,
        catalogueHash: 'none',
        world: {
          sha256,
          keyedHash: (kind, value) => sha256(`${kind} ${value}`),
          uuid: () => `01939a00-0000-7000-8000-${String(++ids).padStart(12, '0')}`,
          salt: () => String(++ids).padStart(32, '0'),
          now: clock,
          localTime: localTimes(() => 0),
          dayOf: () => on,
        },
      }
      const once = (): Effect.Effect<boolean> =>
        Effect.gen(function* () {
          const { stream: n, command, amount } = commands[next] as Plan['processes'][number][number]
          const [stream, commandId] = [`account-${n}`, `command-${command}`]
          const began = simulator.now
          const issued = { commandId, actor: { id: 'anna', roles: [] } }
          // Known as unknown until an answer comes: a process that dies has none.
          const record =
            tried.push({ stream, commandId, outcome: 'unknown', began, ended: Number.POSITIVE_INFINITY }) - 1
          const answer = yield* Effect.result(
            execute(service, adding, () => ({}), stream, { type: 'Add', amount }, issued),
          )
          const end = { stream, commandId, began, ended: simulator.now }
          if (answer._tag === 'Failure') {
            const isOpen = answer.failure._tag === 'Indeterminate'
            tried[record] = { ...end, outcome: isOpen ? 'unknown' : 'refused' }
            return 'retry' in answer.failure && answer.failure.retry !== 'never'
          }
          const outcome = answer.success
          const written = outcome.ok && 'headHash' in outcome
          const counted = written && !outcome.repeated ? { events: outcome.events.length } : {}
          tried[record] = {
            ...end,
            outcome: written ? 'written' : 'refused',
            ...(written ? { receipt: outcome } : {}),
            ...counted,
          }
          return false
        })
      run(
        Effect.gen(function* () {
          while (next < commands.length) {
            if (!(yield* once())) next += 1
          }
          ended()
        }),
      )
    }
    begin()
  }

  const reader = (): void => {
    const right = made(Effect.runSync(memoryEventStore({ book })))
    const store = wired(right, simulator, { crash: () => {}, jump: () => {} }, () => 'ok')
    run(
      Effect.gen(function* () {
        let after = 0
        for (let idle = 0; writing > 0 || idle < 1; ) {
          const page = yield* Effect.orDie(nextPage(store, { after, limit: 2, withinMs: 0 }))
          followed.push(...page.events)
          idle = writing === 0 && page.events.length === 0 ? idle + 1 : 0
          after = page.reached
          const began = simulator.now
          const events = yield* Effect.orDie(store.readStream('account-0', { after: -1, limit: 100 }))
          seen.push({ stream: 'account-0', leaves: events.map(({ leaf }) => leaf), began, ended: simulator.now })
        }
      }),
    )
  }

  for (const [at, commands] of processes.entries()) process(commands, at, true, () => (writing -= 1))
  reader()
  simulator.run()
  // Somebody sends everything again at the end: what nobody knew is known then.
  const open = tried.length
  const all = processes.flat()
  process(all, processes.length, false, () => {})
  simulator.run()
  const log = book.events
  const left = tried
    .slice(open)
    .filter(({ outcome }) => outcome === 'unknown')
    .map(({ commandId }) => `${commandId} is still unknown`)
  const follows = followed.map(({ position }) => position).join()
  const behind =
    follows ===
    log
      .slice(0, followed.length)
      .map(({ position }) => position)
      .join()
      ? []
      : [`a reader saw ${follows}`]
  return { log, tried, faults: [...historyFaults(log, tried, seen), ...sumFaults(log), ...left, ...behind] }
}
