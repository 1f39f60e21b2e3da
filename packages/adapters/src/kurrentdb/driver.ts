import { Unavailable } from '@daybook/core/ports'

/**
 * What is used of `@eventstore/db-client`, in types of our own: those of the driver appear nowhere else, and a program
 * that uses another store need not have it.
 */
export interface Position {
  readonly commit: bigint
  readonly prepare: bigint
}

/** An event as the driver gives it. */
export interface Recorded {
  readonly streamId: string
  readonly id: string
  readonly revision: bigint
  readonly type: string
  readonly isJson: boolean
  readonly data: unknown
  readonly metadata: unknown
  readonly created: Date
  readonly position?: Position
}

/** An event as the driver is given it: its bytes are sent as they are. */
export interface Proposed {
  readonly id: string
  readonly type: string
  readonly contentType: 'application/octet-stream'
  readonly data: Uint8Array
  readonly metadata: object
}

/** A stream of events of the driver. It ends, or fails, or does neither. */
export interface Events {
  on(event: 'data', listener: (resolved: { readonly event?: Recorded }) => void): this
  on(event: 'end' | 'close' | 'caughtUp' | 'confirmation', listener: () => void): this
  on(event: 'error', listener: (error: unknown) => void): this
  readonly destroy: () => void
  readonly cancel?: () => Promise<void>
  readonly unsubscribe?: () => Promise<void>
}

interface Call {
  readonly requiresLeader: boolean
}

export interface Driver {
  readonly appendToStream: (
    stream: string,
    events: readonly Proposed[],
    options: Call & { readonly expectedRevision: bigint | 'no_stream'; readonly deadline: number },
  ) => Promise<{ readonly success: boolean; readonly nextExpectedRevision: bigint }>
  readonly readStream: (
    stream: string,
    options: Call & { readonly fromRevision: bigint; readonly maxCount: number },
  ) => Events
  readonly readAll: (options: Call & { readonly fromPosition: Position | 'start'; readonly maxCount: number }) => Events
  readonly subscribeToAll: (
    options: Call & { readonly fromPosition: Position | 'start' | 'end'; readonly filter: unknown },
  ) => Events
  readonly dispose: () => Promise<void>
}

interface DriverModule {
  readonly EventStoreDBClient: { readonly connectionString: (text: string) => Driver }
  readonly streamNameFilter: (options: {
    readonly prefixes: readonly string[]
    readonly checkpointInterval?: number
  }) => unknown
}

const absent = 'this store needs the package @eventstore/db-client: npm i @eventstore/db-client@6'

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'

/** By what is used of it: its own types say more, and other things of what a stream gives. */
const isDriver = (found: object): found is DriverModule => 'EventStoreDBClient' in found && 'streamNameFilter' in found

/** Loads the driver, when a store first needs it. @throws Unavailable when it is not installed. */
export const loadDriver = async (): Promise<DriverModule> => {
  try {
    const found: object = await import('@eventstore/db-client')
    if (isDriver(found)) return found
  } catch (error) {
    if (isMissing(error)) throw new Unavailable({ message: absent, cause: error })
    throw error
  }
  throw new Unavailable({ message: absent })
}

/** What is to be done where the driver is not installed; undefined where it is. */
export const missingKurrentDriver = async (): Promise<string | undefined> => {
  try {
    await loadDriver()
    return undefined
  } catch (error) {
    if (error instanceof Unavailable) return error.message
    throw error
  }
}

/**
 * Makes the driver append by one call an append. Its other way, many appends over one long call, loses the process: an
 * answer that comes twice, and a call that breaks while others wait to write, are exceptions that nobody can catch
 * (6.2.1). Which way it takes it asks itself by this method.
 */
const onePerCall = (driver: Driver): Driver => {
  if (!('supports' in driver))
    throw new Error('this is not the @eventstore/db-client that the store was made for: 6.2.1')
  return Object.assign(driver, { supports: () => Promise.resolve(false) })
}

/** @throws Unavailable, without the connection string, when the driver can not read it. */
export const makeDriver = ({ EventStoreDBClient }: DriverModule, connection: string): Driver => {
  let driver: Driver
  try {
    driver = EventStoreDBClient.connectionString(connection)
  } catch (error) {
    // What the driver says repeats the text, and with it a password.
    const isFile = error instanceof Error && /^Failed to load/.test(error.message)
    const why = isFile
      ? 'a file that it names can not be read (tlsCAFile, userCertFile, userKeyFile)'
      : 'it can not be read'
    throw new Unavailable({ message: `the URL of a KurrentDB store: ${why}` })
  }
  return onePerCall(driver)
}
