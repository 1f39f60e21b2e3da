import type { Receipt } from '@daybook/core/ports'
import type { Tried } from '@daybook/core/testing/store'

/** What `crash-writer.ts` is to do. */
export interface WriterTask {
  /** A SQLite file, or a PostgreSQL URL. */
  readonly path: string
  /** Of each handler. */
  readonly commands: number | 'endless'
  /** After so long no handler begins another command; absent: time does not matter. */
  readonly milliseconds?: number
  readonly handlers: number
  /** How often the store is opened, written to and closed. */
  readonly lives: number
  /** After so many commands of a handler another connection empties SQLite's log into the database; 0: never. */
  readonly checkpoints: number
  /** Acknowledges what SQLite has not synced, as with `synchronous = NORMAL`. */
  readonly careless: boolean
}

interface OfCommand {
  readonly stream: string
  readonly commandId: string
}

/** A line of it; the whole line has `at`, the machine's clock in nanoseconds, which never goes back. */
export type Said =
  | (OfCommand & { readonly is: 'sent'; readonly events: number })
  | (OfCommand & { readonly is: 'written'; readonly receipt: Receipt })
  | (OfCommand & { readonly is: 'refused' | 'unknown'; readonly error: string })
  /** A life ended early, by a typed error of the store. */
  | { readonly is: 'ended'; readonly error: string }

export type Line = Said & { readonly at: number }

/** Lines that were written whole: a killed process may leave half a line. */
export const linesOf = (output: string): readonly Line[] =>
  output
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line))

/** What a writer tried and heard: what it had no answer to, when it died, is unknown. */
export const triedIn = (lines: readonly Line[]): readonly Tried[] => {
  const tried: Tried[] = []
  const open = new Map<string, number>()
  for (const line of lines) {
    if (line.is === 'ended') continue
    const { stream, commandId, at } = line
    const key = `${stream} ${commandId}`
    if (line.is === 'sent') {
      const { events } = line
      open.set(key, tried.length)
      tried.push({ stream, commandId, outcome: 'unknown', events, began: at, ended: Number.POSITIVE_INFINITY })
      continue
    }
    const place = open.get(key) ?? -1
    const sent = tried[place]
    if (!sent) throw new Error(`${key} was answered, and never sent`)
    tried[place] = { ...sent, outcome: line.is, ended: at, ...(line.is === 'written' ? { receipt: line.receipt } : {}) }
  }
  return tried
}
