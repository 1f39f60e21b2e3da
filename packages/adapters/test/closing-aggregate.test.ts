import {
  type Aggregate,
  accept,
  type Day,
  event,
  freeText,
  type Instant,
  localTimes,
  makeCodec,
  precondition,
  reject,
} from '@daybook/core/kernel'
import { closesIn } from '@daybook/core/ports'
import { execute, type Service, StateCache } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { memoryBook, memoryEventStore } from '../src/memory/index.ts'
import { sha256 } from './store/sha256.ts'
import { uuidv7 } from './store/uuid.ts'

const said = event('Said', { text: freeText() })
const ended = event('Ended', {})
type Happened = z.infer<typeof said.schema> | z.infer<typeof ended.schema>
const command = z.strictObject({ type: z.enum(['Say', 'End']) })
const on = '2026-11-20' as Day

/** What is said of something until it has ended. */
const saying: Aggregate<{ readonly over: boolean }, z.infer<typeof command>, Happened, Record<never, never>> = {
  name: 'talk',
  codec: makeCodec<Happened>([said, ended]),
  commandSchema: command,
  initial: { over: false },
  fold: (state, events) => ({ over: state.over || events.some(({ type }) => type === 'Ended') }),
  closes: (events) => events.at(-1)?.type === 'Ended',
  decide: ({ over }, { type }) => {
    if (over) return reject([precondition('talk.over', 'it is over')])
    const last: Happened = { type: 'Said', effectiveDate: on, text: 'something' }
    return accept<Happened>(type === 'End' ? [last, { type: 'Ended', effectiveDate: on }] : [last])
  },
}

const bookOf = () => memoryBook()
const deskOn = (book: ReturnType<typeof bookOf>): Service => ({
  store: Effect.runSync(memoryEventStore({ book })),
  cache: new StateCache(),
  policyVersion: () => 1,
  catalogueHash: 'none',
  world: {
    sha256,
    keyedHash: (kind, value) => sha256(`${kind} ${value}`),
    uuid: uuidv7,
    salt: () => uuidv7().replaceAll('-', ''),
    now: () => '2026-11-21T09:00:00.000Z' as Instant,
    localTime: localTimes(() => 0),
    dayOf: () => on,
  },
})

const give = (desk: Service, type: 'Say' | 'End', commandId = uuidv7()) =>
  Effect.runPromise(
    execute(desk, saying, () => ({}), 'talk-1', { type }, { commandId, actor: { id: 'anna', roles: [] } }),
  )

describe('an aggregate that says when it ends', () => {
  it('closes its stream by its last event, and by no other', async () => {
    const desk = deskOn(bookOf())
    await give(desk, 'Say')
    await give(desk, 'End')
    const events = await Effect.runPromise(desk.store.readStream('talk-1', { after: -1, limit: 9 }))
    expect(events.map(({ type, meta }) => [type, closesIn(meta)])).toEqual([
      ['Said', false],
      ['Said', false],
      ['Ended', true],
    ])
    const listed = await Effect.runPromise(desk.store.streams({ prefix: 'talk-', after: '', limit: 9 }))
    expect(listed).toEqual([{ stream: 'talk-1', version: 2, closed: true }])
  })

  it('whoever has not seen its end is told by its rules why not, not by the store', async () => {
    const book = bookOf()
    const [one, other] = [deskOn(book), deskOn(book)]
    await give(one, 'Say')
    await give(other, 'Say')
    await give(one, 'End')
    expect(await give(other, 'Say')).toMatchObject({ ok: false, hits: [{ rule: 'talk.over' }] })
  })

  it('B3 the command that ended it gets its first receipt when it is sent again', { tags: ['B3'] }, async () => {
    const desk = deskOn(bookOf())
    const first = await give(desk, 'End', 'command-end')
    expect(first).toMatchObject({ ok: true, repeated: false, lastVersion: 1 })
    expect(await give(desk, 'End', 'command-end')).toMatchObject({ ok: true, repeated: true, lastVersion: 1 })
  })
})
