import type { Unavailable, ViewName, ViewStoreShape } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import type { Needs } from './view.ts'

/** Documents kept from page to page in one run. Above this many they are read again: memory stays flat. */
const KEPT = 20_000
const DOCUMENTS_AT_ONCE = 1_000

/** The documents of a view as one run sees them. */
export interface Documents<Doc> {
  readonly load: (needs: Needs) => Effect.Effect<ReadonlyMap<string, Doc>, Unavailable>
  /** After a commit: what was written is what stands. */
  readonly keep: (put: ReadonlyMap<string, Doc>, dropped: Iterable<string>) => void
  /** Somebody else wrote: nothing that is kept can be relied on. */
  readonly forget: () => void
}

export const documentsOf = <Doc>(views: ViewStoreShape, name: ViewName): Documents<Doc> => {
  /** `undefined`: known not to exist. */
  let kept = new Map<string, Doc | undefined>()

  const withPrefix = (prefix: string, found: Map<string, Doc>): Effect.Effect<void, Unavailable> =>
    Effect.gen(function* () {
      let after = ''
      for (;;) {
        const page = yield* views.docs(name, { prefix, after, limit: DOCUMENTS_AT_ONCE })
        for (const { key, body } of page) found.set(key, JSON.parse(body) as Doc)
        const last = page.at(-1)
        if (!last || page.length < DOCUMENTS_AT_ONCE) return
        after = last.key
      }
    })

  return {
    load: (needs) =>
      Effect.gen(function* () {
        const found = new Map<string, Doc>()
        const missing: string[] = []
        const wanted = new Set(needs.keys)
        for (const key of wanted) {
          const known = kept.get(key)
          if (known !== undefined) found.set(key, known)
          else if (!kept.has(key)) missing.push(key)
        }
        if (missing.length > 0) {
          const bodies = yield* views.docsOf(name, missing)
          for (const key of missing) {
            const body = bodies.get(key)
            const doc = body === undefined ? undefined : (JSON.parse(body) as Doc)
            kept.set(key, doc)
            if (doc !== undefined) found.set(key, doc)
          }
        }
        for (const prefix of needs.prefixes ?? []) yield* withPrefix(prefix, found)
        return found
      }),
    keep: (put, dropped) => {
      for (const key of dropped) kept.set(key, undefined)
      for (const [key, doc] of put) kept.set(key, doc)
      if (kept.size > KEPT) kept = new Map()
    },
    forget: () => {
      kept = new Map()
    },
  }
}
