import { realpathSync } from 'node:fs'
import { shown } from '@daybook/core/kernel'
import * as Effect from 'effect/Effect'
import type { Scope } from 'effect/Scope'
import type { Address } from './url.ts'

/** Books that this process has open to be written: where each lies, by the name of its log. */
const live = new Map<string, string[]>()

const placeOf = (address: Address, url: string): string | undefined => {
  if (address.kind === 'memory') return undefined
  if (address.kind !== 'sqlite') return url
  return address.readOnly ? undefined : realpathSync(address.path)
}

/**
 * Notes a book that is open to be written, until its scope closes. Gives, in words, that another one of the same log is open
 * elsewhere: a copy that goes on, or a book that has moved and is still used. Only within one process can that be seen.
 */
export const noteLive = (
  origin: string,
  address: Address,
  url: string,
): Effect.Effect<readonly string[], never, Scope> =>
  Effect.map(
    Effect.acquireRelease(
      Effect.sync(() => {
        const place = placeOf(address, url)
        const others = place === undefined ? [] : (live.get(origin) ?? []).filter((other) => other !== place)
        if (place !== undefined) live.set(origin, [...(live.get(origin) ?? []), place])
        return { place, others }
      }),
      ({ place }) =>
        Effect.sync(() => {
          const places = live.get(origin) ?? []
          const at = place === undefined ? -1 : places.indexOf(place)
          if (at >= 0) live.set(origin, places.toSpliced(at, 1))
          if (live.get(origin)?.length === 0) live.delete(origin)
        }),
    ),
    ({ others }) =>
      [...new Set(others)].map(
        (other) =>
          `${shown(url, 200)} and ${shown(other, 200)} are one log in two places, and both are open to be written: write in one only`,
      ),
  )
