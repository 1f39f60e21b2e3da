import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { VersionedMap } from '../../src/kernel/versioned-map.ts'

const keys = ['a', 'b', 'c', 'd', 'e', 'f'] as const
type Key = (typeof keys)[number]

/** What happens to a map: a write or a removal in the version being written, or a version begun after any that there is. */
type Step =
  | { readonly kind: 'put'; readonly key: Key; readonly value: number }
  | { readonly kind: 'take'; readonly key: Key }
  | { readonly kind: 'next'; readonly after: number }

const key = fc.constantFrom(...keys)
const step: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: fc.record({ kind: fc.constant('put' as const), key, value: fc.nat(99) }), weight: 5 },
  { arbitrary: fc.record({ kind: fc.constant('take' as const), key }), weight: 2 },
  { arbitrary: fc.record({ kind: fc.constant('next' as const), after: fc.nat(1_000) }), weight: 3 },
)

/** A version and the Map that it has to be like. */
interface Beside {
  readonly version: VersionedMap<Key, number>
  readonly like: ReadonlyMap<Key, number>
}

const seen = (map: ReadonlyMap<Key, number>) => ({
  entries: [...map.entries()],
  values: [...map.values()],
  keys: [...map.keys()],
  spread: [...map],
  size: map.size,
  got: keys.map((each) => [map.get(each), map.has(each)]),
})

/** Lives through the steps; `look` is shown all versions after each. */
const live = (steps: readonly Step[], look: (all: readonly Beside[]) => void): void => {
  let version = new VersionedMap<Key, number>()
  let like = new Map<Key, number>()
  const all: Beside[] = [{ version, like }]
  for (const each of steps) {
    if (each.kind === 'put') {
      expect(version.put(each.key, each.value)).toBe(like.get(each.key))
      like.set(each.key, each.value)
    } else if (each.kind === 'take') {
      expect(version.take(each.key)).toBe(like.get(each.key))
      like.delete(each.key)
    } else {
      const after = all[each.after % all.length] as Beside
      version = after.version.next()
      like = new Map(after.like)
      all.push({ version, like })
    }
    look(all)
  }
}

describe('a map in versions', () => {
  it('each version is a Map of its own, in its own order, whatever was written to others and whichever went on', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        live(steps, (all) => {
          for (const { version, like } of all) expect(seen(version)).toEqual(seen(like))
        })
      }),
      { numRuns: 500 },
    )
  })

  it('a version that nobody looked at in between is as it was, too', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        let last: readonly Beside[] = []
        live(steps, (all) => {
          last = all
        })
        for (const { version, like } of last) expect(seen(version)).toEqual(seen(like))
      }),
      { numRuns: 500 },
    )
  })

  it('values of keys come in the order of the map, each once', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.array(key), (steps, wanted) => {
        live(steps, (all) => {
          for (const { version, like } of all) {
            const given = [...like].flatMap(([each, value]) => (wanted.includes(each) ? [value] : []))
            expect(version.inOrder(wanted)).toEqual(given)
            expect(version.some((each) => wanted.includes(each))).toBe(given.length > 0)
          }
        })
      }),
    )
  })

  it('only the newest is written to', () => {
    const first = new VersionedMap<Key, number>().set('a', 1)
    first.next()
    expect(() => first.set('b', 2)).toThrow(RangeError)
    expect(() => first.take('a')).toThrow(RangeError)
    expect([...first]).toEqual([['a', 1]])
  })
})
