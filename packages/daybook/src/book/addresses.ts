import { statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { ReadError } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { type DriverMissing, MissingDirectory, UnknownUrl, ViewsNeeded } from './errors.ts'
import { kurrentAdapter, postgresAdapter } from './stores.ts'
import { type Address, addressOf, type ViewsAddress, withoutPassword } from './url.ts'

/** What can not even be looked at is something, and so is a pipe or a device, which have no size: whoever opens it says what. */
const isEmptyFile = (path: string): boolean => {
  try {
    const status = statSync(path, { throwIfNoEntry: false })
    return status === undefined || (status.isFile() && status.size === 0)
  } catch {
    return false
  }
}

const isDirectory = (path: string): boolean => {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
  } catch {
    return false
  }
}

/**
 * Whether there is no book yet: no file, or one without a byte, which SQLite takes for a new database; no tenant of that
 * name on the server. Nothing is made by asking.
 */
export const isNothingYet = (address: Address): Effect.Effect<boolean, ReadError | DriverMissing> => {
  switch (address.kind) {
    case 'memory':
      return Effect.succeed(true)
    case 'sqlite':
      return Effect.sync(() => isEmptyFile(address.path))
    case 'postgres':
      return Effect.flatMap(postgresAdapter, ({ postgresBookIsThere }) =>
        Effect.map(postgresBookIsThere(address.url), (isThere) => !isThere),
      )
    case 'kurrentdb':
      return Effect.flatMap(kurrentAdapter, ({ kurrentBookIsThere }) =>
        Effect.map(kurrentBookIsThere(address.url), (isThere) => !isThere),
      )
  }
}

type AddressFault = UnknownUrl | MissingDirectory | DriverMissing

/** Daybook makes files, no directories. */
const inDirectory = (
  address: Address & { readonly kind: 'sqlite' },
  url: string,
): Effect.Effect<Address, AddressFault> =>
  Effect.suspend(() => {
    const path = dirname(resolve(address.path))
    if (isDirectory(path)) return Effect.succeed(address)
    return Effect.fail(new MissingDirectory({ path, message: `${url}: there is no directory ${path}: make it first` }))
  })

const unlessWrong = (
  address: Extract<Address, { readonly url: string }>,
  kind: string,
  fault: string | undefined,
): Effect.Effect<Address, UnknownUrl> => {
  if (fault === undefined) return Effect.succeed(address)
  const named = withoutPassword(address.url)
  return Effect.fail(new UnknownUrl({ url: named, message: `${named} is no URL of a ${kind} book: ${fault}` }))
}

/** The address that a URL names, where a book can lie. */
export const addressFor = (url: string): Effect.Effect<Address, AddressFault> =>
  Effect.suspend((): Effect.Effect<Address, AddressFault> => {
    const address = addressOf(url)
    if ('_tag' in address) return Effect.fail(address)
    switch (address.kind) {
      case 'memory':
        return Effect.succeed(address)
      case 'sqlite':
        return inDirectory(address, url)
      case 'postgres':
        return Effect.flatMap(postgresAdapter, ({ faultOfPostgresUrl }) =>
          unlessWrong(address, 'PostgreSQL', faultOfPostgresUrl(address.url)),
        )
      case 'kurrentdb':
        return Effect.flatMap(kurrentAdapter, ({ faultOfKurrentUrl }) =>
          unlessWrong(address, 'KurrentDB', faultOfKurrentUrl(address.url)),
        )
    }
  })

const viewStores = 'sqlite:views.db or postgres://user@host/database'

const viewsNeeded = (given: string): ViewsNeeded => {
  const url = withoutPassword(given)
  const message = `a book in KurrentDB keeps its views elsewhere: name where (--views URL, option views), ${viewStores}; they can be thrown away`
  return new ViewsNeeded({ url, message })
}

const noViewStore = (given: string, why: string): UnknownUrl => {
  const url = withoutPassword(given)
  return new UnknownUrl({ url, message: `${url} can not hold views: ${why}: give ${viewStores}` })
}

/** Where the views of a book live: beside its log where nothing is said, and the log's store holds views. */
export const viewsAddressFor = (
  log: Address,
  { url, views }: { readonly url: string; readonly views: string | undefined },
): Effect.Effect<ViewsAddress, AddressFault | ViewsNeeded> =>
  Effect.gen(function* () {
    if (views === undefined) return log.kind === 'kurrentdb' ? yield* viewsNeeded(url) : log
    const address = yield* addressFor(views)
    if (address.kind === 'kurrentdb') return yield* noViewStore(views, 'KurrentDB holds events')
    if (log.kind === 'kurrentdb' && address.kind === 'sqlite' && address.readOnly) {
      return yield* noViewStore(views, 'it is opened for reading only')
    }
    return address
  })
