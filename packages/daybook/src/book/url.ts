import { shown } from '@daybook/core/kernel'
import { UnknownUrl } from './errors.ts'

/** Where the log of a book is kept. */
export type Address = ViewsAddress | { readonly kind: 'kurrentdb'; readonly url: string }

/** Where views are kept, beside their log or apart from it. */
export type ViewsAddress =
  | { readonly kind: 'memory' }
  | SqliteAddress
  | { readonly kind: 'postgres'; readonly url: string }

export interface SqliteAddress {
  readonly kind: 'sqlite'
  readonly path: string
  /** Nothing is written, not even views: for audits (`?mode=ro`). */
  readonly readOnly?: boolean
}

const known = 'sqlite:path/to/clinic.db, postgres://user@host/database, esdb://host:2113, or memory: for a trial'

/** What stands behind a file's name. A name may hold a question mark; what looks like a parameter is one. */
const parameters = /\?([a-z][A-Za-z]*=[^?/]*)$/

const sqliteAddress = (url: string): Address | UnknownUrl => {
  const rest = url.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '')
  const given = parameters.exec(rest)
  const path = given ? rest.slice(0, given.index) : rest
  if (path === '' || path === ':memory:' || path.includes('\0')) {
    return new UnknownUrl({ url, message: `${shown(url)} names no file: give ${known}` })
  }
  if (!given) return { kind: 'sqlite', path }
  if (given[1] === 'mode=ro') return { kind: 'sqlite', path, readOnly: true }
  const message = `${shown(url)}: of SQLite's parameters there is ?mode=ro, which opens a book for reading only`
  return new UnknownUrl({ url, message })
}

/** By scheme, what keeps its books on a server. */
const servers: Readonly<Record<string, 'postgres' | 'kurrentdb'>> = {
  postgres: 'postgres',
  postgresql: 'postgres',
  esdb: 'kurrentdb',
  'esdb+discover': 'kurrentdb',
  kurrentdb: 'kurrentdb',
  'kurrentdb+discover': 'kurrentdb',
}

/**
 * A URL as it may be shown and kept: a password in it is written as `***`. What is no URL at all may hold one too, so it is
 * looked for by its signs: between `//` and the last `@`, and in parameters.
 */
export const withoutPassword = (url: string): string =>
  url.replace(/^([^/?#]*\/\/)([^:/?#@]*):.*@/s, '$1$2:***@').replace(/([?&][^=&#]*password=)[^&#]*/gi, '$1***')

/** What stands where a URL should, and is none: types do not reach every caller. */
export const noUrl = (): UnknownUrl =>
  new UnknownUrl({ url: '', message: `the URL of a store comes first, as a text: give ${known}` })

/**
 * Reads a store's URL: `sqlite:clinic.db`, `sqlite:/var/books/clinic.db?mode=ro`, `postgres://host/clinic`,
 * `esdb://host:2113`, `memory:`.
 */
export const addressOf = (url: string): Address | UnknownUrl => {
  if (url === 'memory:') return { kind: 'memory' }
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(url)?.[1]?.toLowerCase()
  if (scheme === 'sqlite') return sqliteAddress(url)
  const server = scheme === undefined ? undefined : servers[scheme]
  if (server !== undefined) return { kind: server, url }
  // A bare path is what most people write first.
  const named = withoutPassword(url)
  const meant = scheme === undefined && url !== '' && !url.includes('\0') ? `sqlite:${shown(named)}` : known
  return new UnknownUrl({ url: named, message: `${shown(named)} is no URL of a store: give ${meant}` })
}
