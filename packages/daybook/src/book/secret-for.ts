import type { EventStoreShape } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { KeyFault } from './errors.ts'
import type { OpenOptions } from './requests.ts'
import { type BookSecret, SECRET_BYTES, secretInFile } from './secret.ts'
import type { Address } from './url.ts'

const ofRightLength = (secret: Uint8Array): Effect.Effect<BookSecret, KeyFault> => {
  if (secret.length === SECRET_BYTES) return Effect.succeed({ path: '', isThere: true, bytes: () => secret })
  const message = `the secret of a book has ${SECRET_BYTES} bytes, not ${secret.length}`
  return Effect.fail(new KeyFault({ path: '', message }))
}

const apart = (): KeyFault =>
  new KeyFault({
    path: '',
    message:
      'a book on a server keeps its secret apart from it: name the file of its key (--key FILE, option key; it is made with the book), or give the secret itself (option secret)',
  })

/** The file that a book's secret is in; undefined where none is named, and the store has no place of its own for one. */
const keyFile = (address: Address, { key }: Pick<OpenOptions, 'key'>): string | undefined => {
  if (key !== undefined) return key
  return address.kind === 'sqlite' ? `${address.path}.key` : undefined
}

/** Asked before a new book is made: whoever makes it must say where its secret will be. */
export const secretHasAPlace = (address: Address, options: OpenOptions): Effect.Effect<void, KeyFault> =>
  options.secret || address.kind === 'memory' || keyFile(address, options) !== undefined
    ? Effect.void
    : Effect.fail(apart())

/** Where no file is named, the book can be read; what needs the secret asks for it. */
const nowhere: BookSecret = {
  path: '',
  isThere: false,
  bytes: () => {
    throw apart()
  },
}

const inFile = (
  path: string,
  origin: string,
  how: { readonly isNew: boolean; readonly readOnly: boolean },
): BookSecret | KeyFault => {
  try {
    return secretInFile(path, origin, how)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
    if (code === undefined) throw error
    return new KeyFault({
      path,
      message: `${path} can not be made (${code}): make its directory, with the right to write`,
    })
  }
}

/** The secret of a book: given, in its file, or drawn for a trial in memory. */
export const secretFor = (
  address: Address,
  options: OpenOptions,
  book: { readonly origin: EventStoreShape['origin']; readonly isNew: boolean },
): Effect.Effect<BookSecret, KeyFault> =>
  Effect.suspend(() => {
    if (options.secret) return ofRightLength(options.secret)
    const file = keyFile(address, options)
    if (file === undefined) {
      if (address.kind !== 'memory') return book.isNew ? Effect.fail(apart()) : Effect.succeed(nowhere)
      return ofRightLength(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)))
    }
    const readOnly = address.kind === 'sqlite' && address.readOnly === true
    const found = inFile(file, book.origin, { isNew: book.isNew, readOnly })
    return found instanceof KeyFault ? Effect.fail(found) : Effect.succeed(found)
  })
