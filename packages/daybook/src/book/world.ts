import { createHmac, createSecretKey, hash, type KeyObject, randomFillSync } from 'node:crypto'
import { type Instant, isUnknownZone } from '@daybook/core/kernel'
import type { World } from '@daybook/core/service'
import { v7 } from 'uuid'
import { systemZones } from './zones.ts'

/** Tells a book the time: the system's clock, or a fixed one where results must not move. */
export type Clock = () => Date

export const systemClock: Clock = () => new Date()
export const instantOf = (clock: Clock): Instant => clock().toISOString() as Instant
export const sha256 = (text: string): string => hash('sha256', text, 'hex')

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
    localTime: systemZones,
    dayOf: (instant) => {
      const local = systemZones.at(instant, zone())
      // The book was opened, and its policy published, on machines that know the zone.
      if (isUnknownZone(local)) throw new RangeError(`this machine has no data of the time zone ${local.unknownZone}`)
      return local.day
    },
  }
}
