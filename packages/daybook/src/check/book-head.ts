import { type Sha256, shown } from '@daybook/core/kernel'
import type { CommandRecord, StoredEvent } from '@daybook/core/ports'
import { type InvalidQuery, invalidQuery } from '../book/errors.ts'

/**
 * The whole of a book up to a position in one line, `@position:hash`: to be written down where nobody who can write the
 * book can reach it, and held against the book later. The hash runs through the log in order of positions and covers
 * what the leaves leave out too: positions, committed times, command ids and fingerprints, and whole streams.
 */
export interface BookHead {
  readonly position: number
  /** 64 hex digits. */
  readonly hash: string
}

/** Before the first event: two logs have another one. */
export const headOfEmpty = (origin: string, sha256: Sha256): BookHead => ({
  position: 0,
  hash: sha256(`daybook-head/v1\n${origin}`),
})

/** The head after one more event. */
export const headAfter = (
  { hash }: BookHead,
  { position, stream, version, leaf, committedAt, commandId }: StoredEvent,
  command: Pick<CommandRecord, 'fingerprint'> | undefined,
  sha256: Sha256,
): BookHead => {
  const fields = [hash, position, stream, version, leaf, committedAt, commandId, command?.fingerprint ?? '-']
  return { position, hash: sha256(JSON.stringify(fields)) }
}

export const headText = ({ position, hash }: BookHead): string => `@${position}:${hash}`

/** The head that somebody has written down. */
export const headGiven = (text: string): BookHead | InvalidQuery => {
  const match = /^@(\d{1,15}):([0-9a-f]{64})$/.exec(text.trim())
  if (!match) return invalidQuery('expectHead', `${shown(text)} is no head of a book: @position:hash, as check gave it`)
  return { position: Number(match[1]), hash: match[2] ?? '' }
}
