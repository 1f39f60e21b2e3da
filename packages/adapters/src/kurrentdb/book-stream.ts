import { Integrity, Unavailable } from '@daybook/core/ports'
import { newOrigin } from '../store-contract.ts'
import { bookStreamOf } from './address.ts'
import type { Connection } from './connection.ts'
import type { Proposed, Recorded } from './driver.ts'

/** Of what the stream of a book says. A newer one is not read. */
const FORMAT = 1
const OPENED = 'DaybookOpened'
const SECRET = 'SecretCheckKept'

/** More than these two events no stream of a book has. */
const MOST = 16

export interface BookIdentity {
  readonly origin: string
  readonly secretCheck: string | undefined
  /** Its first event: no event of the tenant stands before it in the server's log. */
  readonly first: Recorded
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
    const kept = fieldsOf(records.find(({ type }) => type === SECRET))['value']
    return { origin, first, secretCheck: typeof kept === 'string' ? kept : undefined }
  }

  /** Writes behind what stands there; who was first is read afterwards. */
  const write = async (expected: number, event: Proposed): Promise<void> => {
    const outcome = await connection.append(stream, expected, [event])
    if (typeof outcome === 'object') throw outcome
    if (outcome === 'unknown') throw new Unavailable({ message: `${label} did not say whether ${stream} was written` })
  }

  return {
    read,
    /** The identity of the log, made now where there is none. `origin` is that of a log that is taken over. */
    open: async (origin: string = newOrigin()): Promise<BookIdentity> => {
      const found = await read()
      if (found) return found
      // With another name no event that is there would verify.
      if (await connection.readStream(`$$${stream}`, 0, 1)) {
        throw new Integrity({ message: `${label}: the stream that names this log was deleted: restore it` })
      }
      await write(-1, proposed(OPENED, { format: FORMAT, tenant, origin }))
      const made = await read()
      if (!made) throw new Integrity({ message: `${label}: ${stream} was written and is not there` })
      return made
    },
    /** Keeps a check value where there is none; gives the one that is kept. */
    keepSecretCheck: async (value: string): Promise<string> => {
      const { secretCheck } = (await read()) ?? {}
      if (secretCheck !== undefined) return secretCheck
      await write(0, proposed(SECRET, { value }))
      const kept = (await read())?.secretCheck
      if (kept === undefined) throw new Integrity({ message: `${label}: the check value was written and is not there` })
      return kept
    },
  }
}
