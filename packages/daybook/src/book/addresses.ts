import { statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { ReadError } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { type DriverMissing, MissingDirectory, type StoreNotHereYet, UnknownUrl } from './errors.ts'
import { postgresAdapter } from './stores.ts'
import { type Address, addressOf, withoutPassword } from './url.ts'

const isEmptyFile = (path: string): boolean => (statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0

/**
 * Whether there is no book yet: no file, or one without a byte, which SQLite takes for a new database; no tenant of that
 * name in the database. Nothing is made by asking.
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
  }
}

type AddressFault = UnknownUrl | StoreNotHereYet | MissingDirectory | DriverMissing

/** Daybook makes files, no directories. */
const inDirectory = (
  address: Address & { readonly kind: 'sqlite' },
  url: string,
): Effect.Effect<Address, AddressFault> =>
  Effect.suspend(() => {
    const path = dirname(resolve(address.path))
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return Effect.succeed(address)
    return Effect.fail(new MissingDirectory({ path, message: `${url}: there is no directory ${path}: make it first` }))
  })

const ofServer = (address: Address & { readonly kind: 'postgres' }): Effect.Effect<Address, AddressFault> =>
  Effect.flatMap(postgresAdapter, ({ faultOfPostgresUrl }): Effect.Effect<Address, AddressFault> => {
    const fault = faultOfPostgresUrl(address.url)
    if (fault === undefined) return Effect.succeed(address)
    const named = withoutPassword(address.url)
    return Effect.fail(new UnknownUrl({ url: named, message: `${named} is no URL of a PostgreSQL book: ${fault}` }))
  })

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
        return ofServer(address)
    }
  })
