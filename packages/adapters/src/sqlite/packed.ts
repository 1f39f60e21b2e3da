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

/** A UUID of 36 letters as its 16 bytes. */
export const packId = (text: string): Packed => (UUID.test(text) ? Buffer.from(text.replaceAll('-', ''), 'hex') : text)

export const unpackId = (packed: Packed): string => {
  if (!(packed instanceof Uint8Array)) return String(packed)
  const hex = hexOf(packed)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/**
 * A column of hashes or ids as a statement gives it: bytes as hex, text behind a mark. An array of bytes for each value would
 * cost more than all else of a row.
 */
export const asText = (column: string): string =>
  `iif(typeof(${column}) = 'blob', lower(hex(${column})), '=' || ${column})`

/** Of what `asText` gives. */
export const hashIn = (text: string): string => (text.startsWith('=') ? text.slice(1) : text)

export const idIn = (text: string): string =>
  text.startsWith('=')
    ? text.slice(1)
    : `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`

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
