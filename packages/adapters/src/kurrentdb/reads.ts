import { Integrity, type LogPage, type StoredEvent } from '@daybook/core/ports'
import { prefixOf } from './address.ts'
import type { Connection } from './connection.ts'
import type { Recorded } from './driver.ts'
import type { IndexedEvent } from './index-reader.ts'
import { EVENTS_AT_ONCE, mustBeWhole, type PositionIndex } from './position-index.ts'
import { storedOf } from './record.ts'

/** Events that are further apart than this are fetched by reads of their own. */
const APART = 64

/** Parts of a page whose events stand close together in the log. */
const runsOf = (rows: readonly IndexedEvent[]): readonly (readonly IndexedEvent[])[] => {
  const runs: IndexedEvent[][] = []
  for (const row of rows) {
    const run = runs.at(-1)
    const before = run?.at(-1)
    if (run && before && row.position - before.position <= APART) run.push(row)
    else runs.push([row])
  }
  return runs
}

/** Reads of events. What is given is what stands in the server's log; the index only says where. */
export const logReads = (connection: Connection, index: PositionIndex, tenant: string) => {
  const prefix = prefixOf(tenant)
  const { label } = connection

  const matched = (row: IndexedEvent, recorded: Recorded | undefined): StoredEvent => {
    const where = `${row.stream} version ${row.version} (@${row.position})`
    if (!recorded) {
      throw new Integrity({ message: `${label}: ${where} is gone from the log: restore the log from a backup` })
    }
    const fits =
      recorded.streamId === prefix + row.stream &&
      recorded.id === row.id &&
      Number(recorded.revision) === row.version &&
      recorded.type === row.type
    if (fits) return storedOf(recorded, row)
    const message = `${label}: the index of positions has another event at ${where} than the log: throw the views away`
    throw new Integrity({ message })
  }

  const fetchRun = async (rows: readonly IndexedEvent[]): Promise<readonly StoredEvent[]> => {
    const wanted = new Set(rows.map(({ place }) => place))
    const found = new Map<bigint, Recorded>()
    const last = rows.at(-1)?.place ?? 0n
    const apart = (rows.at(-1)?.position ?? 0) - (rows[0]?.position ?? 0) + 2
    for (let from = rows[0]?.place ?? 0n; ; ) {
      const limit = Math.min(EVENTS_AT_ONCE, Math.max(apart, 2))
      const page = await connection.readAll({ commit: from, prepare: from }, limit)
      for (const recorded of page) {
        const place = recorded.position?.commit ?? -1n
        if (wanted.has(place)) found.set(place, recorded)
      }
      const end = page.at(-1)?.position?.commit ?? last
      if (end >= last || end === from || page.length < limit) break
      from = end
    }
    return rows.map((row) => matched(row, found.get(row.place)))
  }

  const readAll = async (page: LogPage): Promise<readonly StoredEvent[]> => {
    if ((page.upTo ?? Number.POSITIVE_INFINITY) > index.head().position) await index.freshen()
    const events: StoredEvent[] = []
    for (const run of runsOf(index.page(page))) events.push(...(await fetchRun(run)))
    return events
  }

  const readStream = async (
    stream: string,
    { after, limit }: { readonly after: number; readonly limit: number },
  ): Promise<readonly StoredEvent[]> => {
    mustBeWhole(stream, index.stream(stream), label)
    const records = (await connection.readStream(prefix + stream, after + 1, limit)) ?? []
    const seen = Number(records.at(-1)?.revision ?? -1)
    if (index.stream(stream).version < seen) {
      const { fault } = index.stream(stream)
      const holds = (): boolean => index.stream(stream).version >= seen || index.stream(stream).fault !== fault
      await index.until(holds, `version ${seen} of ${stream}`)
    }
    mustBeWhole(stream, index.stream(stream), label)
    const rows = index.pageOfStream(stream, after, Math.max(records.length, 1))
    if (rows.length !== records.length || rows.some(({ id }, at) => id !== records[at]?.id)) {
      // What hides events of a stream stands in the log as well: then that is said.
      await index.freshen()
      mustBeWhole(stream, index.stream(stream), label)
    }
    return rows.map((row, at) => matched(row, records[at]))
  }

  return { readAll, readStream }
}
