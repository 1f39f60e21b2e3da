import type { ReadError, ViewName, ViewStoreShape } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { documentIn } from './rows.ts'
import type { Known, Needs } from './view.ts'

/** Documents kept from commit to commit in one run. Above this many they are read again: memory stays flat. */
const KEPT = 20_000
const DOCUMENTS_AT_ONCE = 1_000

/** The documents of a view as one run sees them: those of the store under those that wait for the next commit. */
export interface Documents<Doc> extends Known<Doc> {
  /** Reads what a page needs, where it is not there yet. */
  readonly load: (needs: Needs) => Effect.Effect<void, ReadError>
  /** Puts a document that waits for the next commit; `kept` after it too. */
  readonly put: (key: string, doc: Doc, kept: boolean) => void
  readonly drop: (key: string) => void
  /** The text of what waits. */
  readonly texts: () => ReadonlyMap<string, string>
  /** After a commit: what waited is what stands. */
  readonly committed: () => void
  /** Somebody else wrote: nothing that is kept can be relied on. */
  readonly forget: () => void
}

export const documentsOf = <Doc>(views: ViewStoreShape, name: ViewName): Documents<Doc> => {
  /** `undefined`: known not to exist. */
  let kept = new Map<string, Doc | undefined>()
  /** What the next commit writes. */
  let waiting = new Map<string, Doc>()
  let prefixed = new Map<string, readonly Doc[]>()

  const withPrefix = (prefix: string): Effect.Effect<readonly Doc[], ReadError> =>
    Effect.gen(function* () {
      const found = new Map<string, Doc>()
      let after = ''
      for (;;) {
        const page = yield* views.docs(name, { prefix, after, limit: DOCUMENTS_AT_ONCE })
        for (const { key, body } of page) found.set(key, yield* documentIn<Doc>(name, key, body))
        const last = page.at(-1)
        if (!last || page.length < DOCUMENTS_AT_ONCE) break
        after = last.key
      }
      for (const [key, doc] of kept) {
        if (!key.startsWith(prefix)) continue
        if (doc === undefined) found.delete(key)
        else found.set(key, doc)
      }
      for (const [key, doc] of waiting) if (key.startsWith(prefix)) found.set(key, doc)
      return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, doc]) => doc)
    })

  const read = (keys: readonly string[]): Effect.Effect<void, ReadError> =>
    Effect.gen(function* () {
      const bodies = yield* views.docsOf(name, keys)
      for (const key of keys) {
        const body = bodies.get(key)
        kept.set(key, body === undefined ? undefined : yield* documentIn<Doc>(name, key, body))
      }
    })

  return {
    get: (key) => kept.get(key) ?? waiting.get(key),
    under: (prefix) => prefixed.get(prefix) ?? [],
    load: (needs) =>
      Effect.gen(function* () {
        const missing: string[] = []
        for (const key of needs.keys) if (!kept.has(key) && !waiting.has(key)) missing.push(key)
        if (missing.length > 0) yield* read(missing)
        prefixed = new Map()
        for (const prefix of needs.prefixes ?? []) prefixed.set(prefix, yield* withPrefix(prefix))
      }),
    put: (key, doc, isKept) => {
      waiting.set(key, doc)
      if (isKept) kept.set(key, doc)
      else kept.delete(key)
    },
    drop: (key) => {
      waiting.delete(key)
      kept.set(key, undefined)
    },
    texts: () => {
      const bodies = new Map<string, string>()
      for (const [key, doc] of waiting) bodies.set(key, JSON.stringify(doc))
      return bodies
    },
    committed: () => {
      waiting = new Map()
      if (kept.size > KEPT) kept = new Map()
    },
    forget: () => {
      waiting = new Map()
      kept = new Map()
    },
  }
}
