import { shown } from '@daybook/core/kernel'
import { StoreNotHereYet, UnknownUrl } from './errors.ts'

/** Where a book or its views are kept. */
export type Address = { readonly kind: 'memory' } | { readonly kind: 'sqlite'; readonly path: string }

const known = 'sqlite:path/to/clinic.db, or memory: for a trial'
const later: Readonly<Record<string, string>> = {
  postgres: 'PostgreSQL',
  postgresql: 'PostgreSQL',
  esdb: 'EventStoreDB',
  kurrentdb: 'KurrentDB',
}

/** Reads a store's URL: `sqlite:clinic.db`, `sqlite:/var/books/clinic.db`, `memory:`. */
export const addressOf = (url: string): Address | UnknownUrl | StoreNotHereYet => {
  if (url === 'memory:') return { kind: 'memory' }
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(url)?.[1]?.toLowerCase()
  if (scheme === 'sqlite') {
    const path = url.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '')
    if (path !== '' && path !== ':memory:' && !path.includes('\0')) return { kind: 'sqlite', path }
    return new UnknownUrl({ url, message: `${shown(url)} names no file: give ${known}` })
  }
  const store = scheme === undefined ? undefined : later[scheme]
  if (scheme !== undefined && store !== undefined) {
    return new StoreNotHereYet({ scheme, message: `the ${store} store is not there yet: use ${known}` })
  }
  // A bare path is what most people write first.
  const meant = scheme === undefined && url !== '' && !url.includes('\0') ? `sqlite:${shown(url)}` : known
  return new UnknownUrl({ url, message: `${shown(url)} is no URL of a store: give ${meant}` })
}
