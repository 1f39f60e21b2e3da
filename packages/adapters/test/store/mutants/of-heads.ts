import { type EventStoreShape, limits, type StoredEvent } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { type Mutant, mutant, reading } from './mutant.ts'

const heads = 'the head'
const times = 'times'
const known = 'known at'
const health = 'health'
const following = 'following the log'
const waking = 'waking those who wait'

const whole = (right: EventStoreShape) => right.readAll({ after: 0, limit: limits.page })

const ofTime: readonly Mutant[] = [
  reading(times, 'stamps by the clock of each writer', (event) =>
    event.position % 2 === 0 && 'committedAt' in event && 'recordedAt' in event
      ? { ...event, committedAt: event.recordedAt }
      : event,
  ),
  reading(times, 'stamps every event for itself', (event) =>
    'committedAt' in event
      ? {
          ...event,
          committedAt: `${String(event.committedAt).slice(0, 20)}${String(event.position % 1_000).padStart(3, '0')}Z`,
        }
      : event,
  ),
  reading(times, 'records when it commits', (event) =>
    'recordedAt' in event && 'committedAt' in event ? { ...event, recordedAt: event.committedAt } : event,
  ),
  mutant(times, 'goes back with its clock when it is opened again', (right, { nth }) => ({
    append: (request) =>
      Effect.map(right.append(request), (receipt) =>
        nth > 0 ? { ...receipt, committedAt: '2026-11-21T09:00:01.000Z' as typeof receipt.committedAt } : receipt,
      ),
  })),
  mutant(known, 'answers a time with the position after it', (right) => ({
    positionAt: (t) => Effect.map(right.positionAt(t), (position) => position + 1),
  })),
  mutant(known, 'answers every time with the head', (right) => ({
    positionAt: () => Effect.map(right.head, ({ position }) => position),
  })),
  mutant(known, 'leaves out the instant itself', (right) => ({
    positionAt: (t) => Effect.map(whole(right), (events) => events.filter(({ committedAt }) => committedAt < t).length),
  })),
  mutant(known, 'gives the first of those at one instant', (right) => ({
    positionAt: (t) =>
      Effect.map(whole(right), (events) => {
        const last = events.findLast(({ committedAt }) => committedAt <= t)
        return last ? (events.find(({ committedAt }) => committedAt === last.committedAt)?.position ?? 0) : 0
      }),
  })),
  mutant(known, 'knows nothing before today', (right) => ({
    positionAt: (t) => (t < '2026-11-21T09:00:02' || t > '2100' ? Effect.succeed(1) : right.positionAt(t)),
  })),
  mutant(known, 'counts anew when it is opened again', (right, { nth }) => ({
    positionAt: (t) => Effect.map(right.positionAt(t), (position) => (nth > 0 ? Math.max(0, position - 1) : position)),
  })),
]

const stale = (suite: string, fault: string): Mutant =>
  mutant(suite, fault, (right) => {
    let kept: Effect.Success<EventStoreShape['head']> | undefined
    return { head: Effect.map(right.head, (head) => (kept ??= head)) }
  })

const ofHeads: readonly Mutant[] = [
  stale(heads, 'keeps the head that it has seen first'),
  mutant(heads, 'has no time of its head', (right) => ({
    head: Effect.map(right.head, ({ position }) => ({ position })),
  })),
  mutant(heads, 'counts the head from 0', (right) => ({
    head: Effect.map(right.head, (head) => ({ ...head, position: Math.max(0, head.position - 1) })),
  })),
  mutant(heads, 'has a time before the first event', (right) => ({
    head: Effect.map(right.head, (head) => ({
      committedAt: '2026-11-21T09:00:00.000Z' as StoredEvent['committedAt'],
      ...head,
    })),
  })),
  mutant(heads, 'has one origin for all logs', () => ({ origin: 'log-everywhere' })),
  mutant(heads, 'has another origin whenever it is opened', (right, { nth }) => ({ origin: `${right.origin}-${nth}` })),
  mutant(heads, 'reads what was there when it was opened', (right, { nth }) => {
    if (nth === 0) return {}
    const begin = Effect.runSync(right.head).position
    return {
      head: Effect.succeed({ position: begin }),
      readAll: (page) => right.readAll({ ...page, upTo: Math.min(begin, page.upTo ?? begin) }),
      readStream: (stream, page) =>
        Effect.map(right.readStream(stream, page), (events) => events.filter(({ position }) => position <= begin)),
    }
  }),
  mutant(health, 'says that all is well, whatever is', () => ({
    health: Effect.succeed({ reachable: true, writable: true, head: { position: 0 }, detail: 'well', latencyMs: 0 }),
  })),
  mutant(health, 'says that it can not be written', (right) => ({
    health: Effect.map(right.health, (one) => ({ ...one, writable: false })),
  })),
  mutant(health, 'says nothing', (right) => ({ health: Effect.map(right.health, (one) => ({ ...one, detail: '' })) })),
  mutant(health, 'keeps the head that it has seen first', (right) => {
    let kept: Effect.Success<EventStoreShape['health']> | undefined
    return { health: Effect.map(right.health, (one) => (kept ??= one)) }
  }),
  mutant('what a store declares', 'claims to be durable', (right) => ({
    capabilities: { ...right.capabilities, durable: true },
  })),
]

const ofWaits: readonly Mutant[] = [
  mutant(following, 'reads what stands behind the cursor before what is committed', (right) => {
    const seen = new Set<number>()
    return {
      readAll: (page) =>
        Effect.map(right.readAll(page), (events) =>
          events.filter(({ position }, at) => {
            const isLate = position % 3 === 2 && at < events.length - 1 && !seen.has(position)
            seen.add(position)
            return !isLate
          }),
        ),
    }
  }),
  mutant(following, 'hides the newest event for a while', (right) => ({
    head: Effect.map(right.head, (head) => ({ ...head, position: Math.max(0, head.position - 1) })),
    headBeyond: (position, within) =>
      Effect.map(right.headBeyond(position, within), (head) => ({ ...head, position: Math.max(0, head.position - 1) })),
  })),
  mutant(following, 'tells of events before they can be read', (right) => ({
    headBeyond: (position, within) =>
      Effect.map(right.headBeyond(position, within), (head) => ({ ...head, position: head.position + 1 })),
  })),
  mutant(waking, 'loses a wake-up', (right) => ({
    headBeyond: (_position, within) => Effect.andThen(Effect.sleep(within), right.head),
  })),
  mutant(waking, 'answers at once, whatever is', (right) => ({ headBeyond: () => right.head })),
  mutant(waking, 'waits also for what is there', (right) => ({
    headBeyond: (position, within) =>
      Effect.flatMap(right.head, (head) => right.headBeyond(Math.max(position, head.position), within)),
  })),
  mutant(waking, 'is content with anything new', (right) => ({
    headBeyond: (position, within) =>
      Effect.flatMap(right.head, (head) => right.headBeyond(Math.min(position, head.position), within)),
  })),
  mutant(waking, 'wakes one of those who wait', (right) => {
    let isTaken = false
    return {
      headBeyond: (position, within) =>
        Effect.suspend(() => {
          if (isTaken) return Effect.andThen(Effect.sleep(within * 2), right.head)
          isTaken = true
          return Effect.ensuring(
            right.headBeyond(position, within),
            Effect.sync(() => {
              isTaken = false
            }),
          )
        }),
    }
  }),
  mutant(waking, 'can not be interrupted', (right) => ({
    headBeyond: (position, within) => Effect.uninterruptible(right.headBeyond(position, Math.min(within, 1_500))),
  })),
  mutant(waking, 'wakes once', (right) => {
    let woken = 0
    return {
      headBeyond: (position, within) =>
        woken++ > 3 ? Effect.andThen(Effect.sleep(within), right.head) : right.headBeyond(position, within),
    }
  }),
  mutant(waking, 'is woken by what was refused', (right) => ({
    headBeyond: (position, within) => right.headBeyond(position, Math.min(within, 20)),
  })),
]

/** Bugs in times, in the head, and in following the log. */
export const ofTails: readonly Mutant[] = [...ofTime, ...ofHeads, ...ofWaits]
