import { canonicalJson } from '@daybook/core/kernel'
import type { StoredEvent } from '@daybook/core/ports'

const without = (text: string): string => {
  const { salt: _salt, ...data } = JSON.parse(text) as Record<string, unknown>
  return canonicalJson(data)
}

/**
 * What a book holds, stream by stream, without what is random or of the clock: two imports of the same files, with one
 * secret, end with the same. Ids of lines, layers, coverages and work items are among what must be the same.
 */
export const byStream = (log: readonly StoredEvent[]): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    [...Map.groupBy(log, ({ stream }) => stream)]
      .map(([stream, events]) => [stream, events.map(({ type, data }) => `${type} ${without(data)}`)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
