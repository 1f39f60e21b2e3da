import { Integrity, Unavailable } from '@daybook/core/ports'
import { newOrigin } from '../store-contract.ts'
import { bookStreamOf } from './address.ts'
import type { Connection } from './connection.ts'
import type { Proposed, Recorded } from './driver.ts'

/** Of what the stream of a book says. A newer one is not read. */
const FORMAT = 1
const OPENED = 'DaybookOpened'
const SECRET = 'SecretCheckKept'
const BEGUN = 'TakingOverBegun'
const ENDED = 'TakingOverEnded'

/** More events no stream of a book has: two, and two more where it took another log over. */
const MOST = 100

export interface BookIdentity {
  /** The name that the log was made with. It has another one where it took another log over. */
  readonly born: string
  readonly secretCheck: string | undefined
  /** Its first event: no event of the tenant stands before it in the server's log. */
  readonly first: Recorded
  /** Of its last event: whoever writes next expects it. */
  readonly revision: number
}

const bytes = new TextEncoder()

const proposed = (type: string, data: object): Proposed => ({
  id: crypto.randomUUID(),
  type,
  contentType: 'application/octet-stream',
  data: bytes.encode(JSON.stringify(data)),
  metadata: { daybook: FORMAT },
})

const fieldsOf = (recorded: Recorded | undefined): Readonly<Record<string, unknown>> => {
  try {
    const fields: unknown = JSON.parse(new TextDecoder().decode(recorded?.data as Uint8Array))
    return typeof fields === 'object' && fields !== null ? (fields as Readonly<Record<string, unknown>>) : {}
  } catch {
    return {}
  }
}

const textIn = (recorded: Recorded, field: string): string | undefined => {
  const found = fieldsOf(recorded)[field]
  return typeof found === 'string' ? found : undefined
}

/** What an event of the stream of a book says of a log that is taken over. */
export const takingOverIn = (recorded: Recorded): { readonly begins: string } | 'ends' | undefined => {
  if (recorded.type === ENDED) return 'ends'
  const begins = recorded.type === BEGUN ? textIn(recorded, 'origin') : undefined
  return begins === undefined ? undefined : { begins }
}

const secretCheckIn = (records: readonly Recorded[]): string | undefined => {
  for (const record of records) {
    if (record.type === SECRET) return textIn(record, 'value')
    const taken = record.type === ENDED ? textIn(record, 'secretCheck') : undefined
    if (taken !== undefined) return taken
  }
  return undefined
}

/** The stream that says which log a tenant's is, and by what it knows the book's secret again. */
export const bookStream = (connection: Connection, tenant: string) => {
  const { label } = connection
  const stream = bookStreamOf(tenant)

  const read = async (): Promise<BookIdentity | undefined> => {
    const records = await connection.readStream(stream, 0, MOST)
    if (!records) return undefined
    const [first] = records
    const { format, origin, tenant: of } = fieldsOf(first)
    if (first?.type !== OPENED || first.revision !== 0n || typeof origin !== 'string' || of !== tenant) {
      throw new Integrity({ message: `${label}: ${stream} does not begin as Daybook made it: it was changed` })
    }
    if (format !== FORMAT) {
      const message = `${label} was written by a newer Daybook (format ${String(format)}; this one reads format ${FORMAT})`
      throw new Integrity({ message })
    }
    const revision = Number(records.at(-1)?.revision ?? 0)
    return { born: origin, first, secretCheck: secretCheckIn(records), revision }
  }

  /** What stands there now. @throws Integrity when it is gone. */
  const there = async (): Promise<BookIdentity> => {
    const found = await read()
    if (!found) throw new Integrity({ message: `${label}: ${stream} was written and is not there` })
    return found
  }

  /** Writes behind a revision; false where another was first. */
  const write = async (expected: number, event: Proposed): Promise<boolean> => {
    const outcome = await connection.append(stream, expected, [event])
    if (typeof outcome === 'object') throw outcome
    if (outcome === 'unknown') throw new Unavailable({ message: `${label} did not say whether ${stream} was written` })
    return outcome === 'written'
  }

  return {
    read,
    there,
    /** The identity of the log, made now where there is none. */
    open: async (): Promise<BookIdentity> => {
      const found = await read()
      if (found) return found
      // With another name no event that is there would verify.
      if (await connection.readStream(`$$${stream}`, 0, 1)) {
        throw new Integrity({ message: `${label}: the stream that names this log was deleted: restore it` })
      }
      await write(-1, proposed(OPENED, { format: FORMAT, tenant, origin: newOrigin() }))
      return there()
    },
    /** Keeps a check value where there is none; gives the one that is kept. */
    keepSecretCheck: async (value: string): Promise<string> => {
      for (;;) {
        const { secretCheck, revision } = await there()
        if (secretCheck !== undefined) return secretCheck
        if (await write(revision, proposed(SECRET, { value }))) return value
      }
    },
    /** Says that the log takes another one over; false where another has written to the stream since the revision. */
    begin: (origin: string, revision: number): Promise<boolean> => write(revision, proposed(BEGUN, { origin })),
    /** Says that all of it is taken, with the check value of its secret. */
    end: (secretCheck: string | undefined, revision: number): Promise<boolean> =>
      write(revision, proposed(ENDED, secretCheck === undefined ? {} : { secretCheck })),
  }
}
export type BookStream = ReturnType<typeof bookStream>
