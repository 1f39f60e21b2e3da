import type { Address } from '../book/url.ts'

/** Where the access log of a book is, beside it. */
export const BESIDE = 'access'

/** The same server and database under the name of another tenant: `main-access` beside `main`. */
const otherTenant = (url: string): string => {
  const named = /([?&]tenant=)([^&]*)/
  if (named.test(url)) return url.replace(named, `$1$2-${BESIDE}`)
  return `${url}${url.includes('?') ? '&' : '?'}tenant=main-${BESIDE}`
}

/**
 * The log of what was looked at in a book: `clinic.db.access` beside `clinic.db`, the tenant `main-access` beside `main`.
 * A log of its own: looking at a book changes neither its positions nor its head (decision 0029).
 */
export const accessAddress = (book: Address): Address => {
  switch (book.kind) {
    case 'memory':
      return book
    case 'sqlite':
      return { ...book, path: `${book.path}.${BESIDE}` }
    case 'postgres':
    case 'kurrentdb':
      return { kind: book.kind, url: otherTenant(book.url) }
  }
}
