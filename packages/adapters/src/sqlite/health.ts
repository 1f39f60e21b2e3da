import type { DatabaseSync } from 'node:sqlite'
import type { EventStoreShape, StoreHealth } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { isBusy } from './errors.ts'

/** Whether a transaction that writes can begin. Nothing is written, and nobody is waited for. */
const writes = (db: DatabaseSync): { readonly writable: boolean; readonly detail: string } => {
  const waits = Number(db.prepare('PRAGMA busy_timeout').get()?.['timeout'] ?? 0)
  try {
    db.exec('PRAGMA busy_timeout = 0; BEGIN IMMEDIATE; ROLLBACK')
    return { writable: true, detail: 'it can be read and written' }
  } catch (cause) {
    if (isBusy(cause)) return { writable: true, detail: 'it can be read; another writer holds it just now' }
    return {
      writable: false,
      detail: `it can be read, not written: ${cause instanceof Error ? cause.message : 'a fault'}`,
    }
  } finally {
    db.exec(`PRAGMA busy_timeout = ${waits}`)
  }
}

/** How a file stands: its head as the file itself has it, and whether it would take a transaction. */
export const healthOf = (
  { db }: { readonly db: DatabaseSync },
  head: EventStoreShape['head'],
  readOnly: boolean,
): Effect.Effect<StoreHealth> =>
  Effect.suspend(() => {
    const began = performance.now()
    const latency = () => ({ latencyMs: performance.now() - began })
    return Effect.match(head, {
      onFailure: ({ message }) => ({ reachable: false, writable: false, detail: message, ...latency() }),
      onSuccess: (found): StoreHealth => {
        const { writable, detail } = readOnly ? { writable: false, detail: 'it was opened to be read' } : writes(db)
        return { reachable: true, writable, head: found, detail, ...latency() }
      },
    })
  })
