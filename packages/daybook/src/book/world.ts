import { createHmac, createSecretKey, hash, type KeyObject, randomFillSync } from 'node:crypto'
import type { Day, Instant } from '@daybook/core/kernel'
import type { World } from '@daybook/core/service'
import { v7 } from 'uuid'

/** Tells a book the time: the system's clock, or a fixed one where results must not move. */
export type Clock = () => Date

export const systemClock: Clock = () => new Date()
export const instantOf = (clock: Clock): Instant => clock().toISOString() as Instant
export const sha256 = (text: string): string => hash('sha256', text, 'hex')

/** Civil days of a zone. Days change on a quarter of an hour at the finest: one answer is kept for each. */
const dayReader = () => {
  let zoneRead = ''
  let format: Intl.DateTimeFormat | undefined
  let kept: { readonly quarter: number; readonly day: Day } | undefined
  return (instant: Instant, zone: string): Day => {
    if (zone !== zoneRead || !format) {
      format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
      zoneRead = zone
      kept = undefined
    }
    const milliseconds = Date.parse(instant)
    const quarter = Math.floor(milliseconds / 900_000)
    if (kept?.quarter !== quarter) kept = { quarter, day: format.format(milliseconds) as Day }
    return kept.day
  }
}

const DRAW = 16
/** Sixteen random bytes at a time, from the system's generator in pages: a call for each event costs more than its hash. */
const randomSource = (): (() => Buffer) => {
  const page = Buffer.alloc(512 * DRAW)
  let at = page.length
  return () => {
    if (at === page.length) {
      randomFillSync(page)
      at = 0
    }
    at += DRAW
    return page.subarray(at - DRAW, at)
  }
}

/**
 * What the core can not make, made by Node. `zone` is the practice's, as its policy says now. `secret` may throw a
 * KeyFault: what needs it turns that into its error.
 */
export const worldOf = (secret: () => Uint8Array, clock: Clock, zone: () => string): World => {
  const dayIn = dayReader()
  const draw = randomSource()
  // Node makes a key of raw bytes anew for each hash, which costs six times the hash.
  let key: KeyObject | undefined
  const hmac = () => {
    key ??= createSecretKey(secret())
    return createHmac('sha256', key)
  }
  return {
    sha256,
    keyedHash: (kind, value) => hmac().update(`${kind}\n${value}`).digest('hex'),
    uuid: () => v7({ random: draw() }),
    salt: () => draw().toString('hex'),
    now: () => instantOf(clock),
    dayOf: (instant) => dayIn(instant, zone()),
  }
}
