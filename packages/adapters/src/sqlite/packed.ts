import type { Instant } from '@daybook/core/kernel'

// Hashes, ids and times in fewer bytes than their text. What is not written in the one usual way stays text, letter by
// letter: what is read is always what was given.

/** As a column without a type of its own keeps it: bytes, a number, or the text itself. */
export type Packed = Uint8Array | number | string

const HASH = /^[0-9a-f]{64}$/
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

const hexOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')

/** A SHA-256 in hex, of 64 letters, as its 32 bytes. */
export const packHash = (text: string): Packed => (HASH.test(text) ? Buffer.from(text, 'hex') : text)

export const unpackHash = (packed: Packed): string => (packed instanceof Uint8Array ? hexOf(packed) : String(packed))

/** The bytes of a UUID alone. */
const UUID_BYTES = 16

/** What stands in bytes inside an id, such as `person:UUID:UUID` or `claim:` and forty letters of a hash. */
const SHORTER = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?:[0-9a-f]{2}){8,127}/g
const LETTERS = /^[ -~]*$/

/** Before the 16 bytes of a UUID inside an id. */
const UUID_FOLLOWS = 0
/** With their number added, before bytes that were written in hex. */
const HEX_FOLLOWS = 0x80

const uuidOf = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`

/** The bytes of what is written in hex, a letter each. */
const asBytes = (found: string): string => {
  const bytes = Buffer.from(found.replaceAll('-', ''), 'hex')
  return String.fromCharCode(found.includes('-') ? UUID_FOLLOWS : HEX_FOLLOWS + bytes.length) + bytes.toString('latin1')
}

/** An id of letters in which UUIDs and hex stand as bytes, each behind a mark that is no letter. */
const packMixed = (text: string): Packed => {
  if (!LETTERS.test(text)) return text
  const packed = text.replace(SHORTER, asBytes)
  return packed.length === text.length || packed.length === UUID_BYTES ? text : Buffer.from(packed, 'latin1')
}

const isLetter = (byte: number): boolean => byte > UUID_FOLLOWS && byte < HEX_FOLLOWS

/** What `packMixed` was given, from its bytes in hex. */
const mixedOf = (hex: string): string => {
  const bytes = Buffer.from(hex, 'hex').toString('latin1')
  let text = ''
  for (let at = 0, end = 0; at < bytes.length; at = end) {
    const mark = bytes.charCodeAt(at)
    if (isLetter(mark)) {
      for (end = at + 1; isLetter(bytes.charCodeAt(end)); ) end += 1
      text += bytes.slice(at, end)
    } else {
      end = at + 1 + (mark === UUID_FOLLOWS ? UUID_BYTES : mark - HEX_FOLLOWS)
      const found = hex.slice(2 * at + 2, 2 * end)
      text += mark === UUID_FOLLOWS ? uuidOf(found) : found
    }
  }
  return text
}

/** A UUID of 36 letters as its 16 bytes; within an id of more, UUIDs and hex as their bytes. */
export const packId = (text: string): Packed =>
  UUID.test(text) ? Buffer.from(text.replaceAll('-', ''), 'hex') : packMixed(text)

export const unpackId = (packed: Packed): string => {
  if (!(packed instanceof Uint8Array)) return String(packed)
  return packed.length === UUID_BYTES ? uuidOf(hexOf(packed)) : mixedOf(hexOf(packed))
}

/** How the names of references begin. */
export const REFERENCE = 'ref-'

/** The name of a reference's stream, `ref-` and a hash, as the 32 bytes of the hash. */
export const packName = (name: string): Packed => {
  const hash = name.startsWith(REFERENCE) ? packHash(name.slice(REFERENCE.length)) : name
  return hash instanceof Uint8Array ? hash : name
}

/** Bytes that are no hash give a text that is no stream's. */
export const unpackName = (packed: Packed): string => {
  if (!(packed instanceof Uint8Array)) return String(packed)
  return `${packed.length === 32 ? REFERENCE : '#'}${hexOf(packed)}`
}

/**
 * A column of hashes or ids as a statement gives it: bytes as hex, text behind a mark. An array of bytes for each value would
 * cost more than all else of a row.
 */
export const asText = (column: string): string =>
  `iif(typeof(${column}) = 'blob', lower(hex(${column})), '=' || ${column})`

/** Of what `asText` gives. */
export const hashIn = (text: string): string => (text.startsWith('=') ? text.slice(1) : text)

export const idIn = (text: string): string => {
  if (text.startsWith('=')) return text.slice(1)
  return text.length === UUID_BYTES * 2 ? uuidOf(text) : mixedOf(text)
}

/** The events of a commit, and those of a command, share their times: the last one is at hand. */
const remembered = <From, To>(convert: (from: From) => To): ((from: From) => To) => {
  let last: { readonly from: From; readonly to: To } | undefined
  return (from) => {
    if (last?.from !== from) last = { from, to: convert(from) }
    return last.to
  }
}

/** The widest time that a Date holds, in milliseconds. */
const LAST_TIME = 8.64e15

/** A time of 24 letters as its milliseconds. */
export const packingInstants = (): ((text: string) => Packed) =>
  remembered((text) => {
    const time = Date.parse(text)
    return Number.isNaN(time) || new Date(time).toISOString() !== text ? text : time
  })

export const unpackingInstants = (): ((packed: Packed) => Instant) =>
  remembered((packed) => {
    const isTime = typeof packed === 'number' && Number.isInteger(packed) && Math.abs(packed) <= LAST_TIME
    return (isTime ? new Date(packed).toISOString() : String(packed)) as Instant
  })
