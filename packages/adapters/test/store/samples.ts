import { type Day, event, freeText, type Instant, makeCodec } from '@daybook/core/kernel'
import type { Append, EventStoreShape, SealedEvent, StoredEvent, Token } from '@daybook/core/ports'
import { NO_STREAM } from '@daybook/core/ports'
import { seal } from '@daybook/core/service'
import { sha256 } from './sha256.ts'
import { uuidv7 } from './uuid.ts'

interface Note {
  readonly type: 'NoteTaken'
  readonly effectiveDate: Day
  readonly text: string
}
const codec = makeCodec<Note>([event('NoteTaken', { text: freeText() })])

export const tokenOf = (events: readonly StoredEvent[]): Token => {
  const last = events.at(-1)
  return last ? { version: last.version, headHash: last.leaf } : NO_STREAM
}

/** Sealed notes that follow what a token has seen, recorded now. */
export const notes = (origin: string, stream: string, token: Token, texts: readonly string[]): readonly SealedEvent[] =>
  seal(
    codec,
    texts.map((text) => ({ type: 'NoteTaken', effectiveDate: '2026-11-20' as Day, text })),
    texts.map(() => ({ id: uuidv7(), salt: uuidv7().replaceAll('-', ''), meta: {} })),
    { stream, token, origin, recordedAt: '2026-11-21T09:00:00.000Z' as Instant, actor: 'anna', sha256 },
  )

/** An append of notes as a new command, or as the one that `command` names. */
export const noteAppend = (
  { origin }: EventStoreShape,
  stream: string,
  expected: Token,
  texts: readonly string[],
  command = uuidv7(),
): Append => ({
  stream,
  expected,
  commandId: command,
  fingerprint: sha256(command),
  events: notes(origin, stream, expected, texts),
})
