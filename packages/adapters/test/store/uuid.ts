import { randomBytes } from 'node:crypto'

let last = 0

/** A UUIDv7 (RFC 9562): 48 bits of time in milliseconds, kept increasing, and random bits. */
export const uuidv7 = (): string => {
  last = Math.max(Date.now(), last + 1)
  const hex = `${last.toString(16).padStart(12, '0')}7${randomBytes(2).toString('hex').slice(1)}8${randomBytes(8).toString('hex').slice(1)}`
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
