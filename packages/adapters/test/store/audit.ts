import { type EventStoreShape, limits, type StoredEvent } from '@daybook/core/ports'
import { verifyChain } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { sha256 } from './sha256.ts'

/** The whole log, page by page. */
export const readLog = async (store: EventStoreShape): Promise<readonly StoredEvent[]> => {
  const events: StoredEvent[] = []
  for (;;) {
    const page = await Effect.runPromise(store.readAll({ after: events.length, limit: limits.page }))
    events.push(...page)
    if (page.length < limits.page) return events
  }
}

const groupBy = <K>(events: readonly StoredEvent[], key: (event: StoredEvent) => K): Map<K, StoredEvent[]> => {
  const groups = new Map<K, StoredEvent[]>()
  for (const event of events) {
    const group = groups.get(key(event)) ?? []
    group.push(event)
    groups.set(key(event), group)
  }
  return groups
}

/**
 * What is wrong with a book that `crash-writer.ts` has written, in words; empty when all is well: positions and
 * versions dense, committedAt never decreasing, chains intact, every command whole and on record.
 */
export const findings = async (store: EventStoreShape): Promise<readonly string[]> => {
  const log = await readLog(store)
  const wrong: string[] = []
  for (const [index, event] of log.entries()) {
    if (event.position !== index + 1) wrong.push(`position ${event.position} stands at ${index + 1}`)
    const before = log[index - 1]
    if (before && before.committedAt > event.committedAt) wrong.push(`committedAt decreases at ${event.position}`)
  }
  for (const events of groupBy(log, ({ stream }) => stream).values()) {
    const check = verifyChain(events, sha256, store.origin)
    if (!check.ok) wrong.push(check.fault.message)
  }
  for (const events of groupBy(log, ({ stream, commandId }) => `${stream} ${commandId}`).values()) {
    const [first, last] = [events[0] as StoredEvent, events.at(-1) as StoredEvent]
    const size = Number(first.commandId.split('-of-')[1])
    if (events.length !== size) wrong.push(`command ${first.commandId} has ${events.length} events`)
    const record = await Effect.runPromise(store.findCommand(first.stream, first.commandId))
    const { firstPosition, lastPosition, firstVersion, lastVersion } = record?.receipt ?? {}
    const found = JSON.stringify([firstPosition, lastPosition, firstVersion, lastVersion])
    const wanted = JSON.stringify([first.position, last.position, first.version, last.version])
    if (found !== wanted) wrong.push(`command ${first.commandId} is on record with ${found}, not ${wanted}`)
  }
  return wrong
}
