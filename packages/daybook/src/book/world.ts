import { createHmac, createSecretKey, hash, type KeyObject, randomFillSync } from 'node:crypto'
import { types } from 'node:util'
import { firstDay, type Instant, isUnknownZone } from '@daybook/core/kernel'
import type { World } from '@daybook/core/service'
import { v7 } from 'uuid'
import { invalidOptionsAt } from './errors.ts'
import { systemZones } from './zones.ts'

/** Tells a book the time: the system's clock, or a fixed one where results must not move. */
export type Clock = () => Date

export const systemClock: Clock = () => new Date()

/** The years that days and instants of a book have: an instant of another one is written otherwise, and sorts elsewhere. */
const [earliest, latest] = [Date.parse(`${firstDay}T00:00:00.000Z`), Date.parse('9999-12-31T23:59:59.999Z')]

/** What a clock tells. @throws InvalidOptions where that is no time: nothing may be dated by it. */
export const instantOf = (clock: Clock): Instant => {
  const time: unknown = clock()
  if (types.isDate(time) && time.getTime() >= earliest && time.getTime() <= latest) return time.toISOString() as Instant
  throw invalidOptionsAt([{ path: 'clock', message: 'gave no Date of the years 1800 to 9999' }])
}
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
