import { randomBytes } from 'node:crypto'
import { type Append, type EventStoreShape, NO_STREAM, type Token } from '@daybook/core/ports'
import type { Tried } from '@daybook/core/testing/store'
import * as Effect from 'effect/Effect'
import { expect } from 'vitest'
import { judged, Tally } from '../store/judged.ts'
import { noteAppend } from '../store/samples.ts'
import { uuidv7 } from '../store/uuid.ts'

const SIZE = 40
/** Texts that no server makes smaller, as long as they may be. */
const longTexts = (): readonly string[] => Array.from({ length: SIZE }, () => randomBytes(1_000).toString('hex'))

/**
 * Writes to a store until its disk is full, looks at it then, makes room and goes on; `says` is what it must say of itself.
 * Gives what all that came to.
 */
export const fillAndGoOn = async (store: EventStoreShape, says: string, makeRoom: () => void): Promise<Tally> => {
  const tried: Tried[] = []
  let token: Token = NO_STREAM
  const append = async (request: Append): Promise<string> => {
    const began = Number(process.hrtime.bigint())
    const answer = await Effect.runPromise(Effect.result(store.append(request)))
    const { stream, commandId, events } = request
    const one = { stream, commandId, events: events.length, began, ended: Number(process.hrtime.bigint()) }
    if (answer._tag === 'Failure') {
      tried.push({ ...one, outcome: answer.failure._tag === 'Indeterminate' ? 'unknown' : 'refused' })
      expect(answer.failure).toMatchObject({ _tag: 'Unavailable', retry: 'safe' })
      return answer.failure.message
    }
    const { success: receipt } = answer
    tried.push({ ...one, outcome: 'written', receipt })
    token = { version: receipt.lastVersion, headHash: receipt.headHash }
    return 'written'
  }
  const next = () => noteAppend(store, 'account-full', token, longTexts(), `${uuidv7()}-of-${SIZE}`)

  let request = next()
  let said = await append(request)
  for (let n = 0; said === 'written' && n < 1_000; n++) {
    request = next()
    said = await append(request)
  }
  expect(said).toContain(says)
  const written = tried.length - 1
  expect(written).toBeGreaterThan(5)
  // As long as it is full: the same answer, and what stands there can be read.
  expect(await append(request)).toBe(said)
  expect(await Effect.runPromise(store.findCommand(request.stream, request.commandId))).toBeUndefined()
  expect(await Effect.runPromise(store.head)).toMatchObject({ position: written * SIZE })
  makeRoom()
  expect(await append(request)).toBe('written')
  const tally = new Tally()
  tally.tried = 1
  tally.add(await judged(store, tried), 'full')
  return tally
}
