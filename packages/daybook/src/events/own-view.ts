import { UnreadableEvent, ViewStore } from '@daybook/core/ports'
import { catchUp, documentIn, rebuild, type View } from '@daybook/projections/runner'
import * as Effect from 'effect/Effect'
import { type InvalidQuery, invalidQuery, invalidQueryAt } from '../book/errors.ts'
import { listAsked, questionGiven } from '../book/given.ts'
import { keptOwn, OWN_VIEWS } from '../book/kept-views.ts'
import type { OpenBook } from '../book/open-book.ts'
import { inBook } from '../book/questions.ts'
import type { Keyed, ViewDefinition, ViewShape } from './contract.ts'
import { isJson } from './json-value.ts'
import { type EventType, eventTypes, type ViewedEvent, viewedOf } from './recorded.ts'

const faultsOf = (given: ViewDefinition<EventType, unknown>): InvalidQuery['issues'] =>
  typeof given === 'object' && given !== null
    ? partsOf(given)
    : [{ path: '', message: 'a view is an object: { name, version, types, key, apply }' }]

const partsOf = ({ name, version, types, key, apply }: ViewDefinition<EventType, unknown>): InvalidQuery['issues'] => [
  ...(/^[A-Za-z][A-Za-z0-9-]{0,39}$/.test(name)
    ? []
    : [{ path: 'name', message: 'up to 40 letters, digits and -, beginning with a letter' }]),
  ...(Number.isSafeInteger(version) && version > 0 ? [] : [{ path: 'version', message: 'a whole number from 1' }]),
  ...(Array.isArray(types) && types.length > 0
    ? types.flatMap((type, at) =>
        eventTypes.has(type) ? [] : [{ path: `types.${at}`, message: `${type} is not the name of an event` }],
      )
    : [{ path: 'types', message: 'name the events that it needs' }]),
  ...(typeof key === 'function' ? [] : [{ path: 'key', message: 'must be a function' }]),
  ...(typeof apply === 'function' ? [] : [{ path: 'apply', message: 'must be a function' }]),
]

/** What a function of the product has given is not what it must: said with the event, and without what was given. */
const gave = (path: 'key' | 'apply', what: string, { type, position }: ViewedEvent, given: unknown): InvalidQuery => {
  // What comes later is not waited for; that it fails then must not end the process.
  if (given instanceof Promise) given.catch(() => undefined)
  return invalidQuery(path, `gave ${what} for ${type} @${position}`)
}

/** @throws InvalidQuery where the view's own function gives no key. */
const keysOf = <Type extends EventType, Doc>(
  { key }: ViewDefinition<Type, Doc>,
  event: ViewedEvent<Type>,
): readonly string[] => {
  const given: unknown = key(event)
  const keys: unknown = given === undefined ? [] : typeof given === 'string' ? [given] : given
  if (Array.isArray(keys) && keys.every((one) => typeof one === 'string')) return keys
  throw gave('key', 'no text and no list of texts', event, given)
}

/** @throws InvalidQuery where the view's own function gives what would not be read as it was given. */
const documentOf = <Type extends EventType, Doc>(
  { apply }: ViewDefinition<Type, Doc>,
  before: Doc | undefined,
  event: ViewedEvent<Type>,
  key: string,
): Doc | undefined => {
  const given = apply(before, event, key)
  if (given === undefined || isJson(given)) return given
  throw gave(
    'apply',
    'what JSON does not have (texts, finite numbers, flags, null, lists, plain objects)',
    event,
    given,
  )
}

const viewOf = <Type extends EventType, Doc>(definition: ViewDefinition<Type, Doc>): View<ViewedEvent<Type>, Doc> => ({
  view: `${OWN_VIEWS}${definition.name}`,
  version: definition.version,
  types: definition.types,
  isForeign: true,
  decode: (stored) => {
    const event = viewedOf(stored)
    return event instanceof UnreadableEvent ? { reason: 'unknownType' } : (event as ViewedEvent<Type>)
  },
  needs: ({ events }) => ({ keys: new Set(events.flatMap(({ event }) => keysOf(definition, event))) }),
  project: ({ events }, documents) => {
    const now = new Map<string, Doc | undefined>()
    for (const { event } of events) {
      for (const key of keysOf(definition, event)) {
        const before = now.has(key) ? now.get(key) : documents.get(key)
        now.set(key, documentOf(definition, before, event, key))
      }
    }
    const put = new Map<string, Doc>()
    const drop: string[] = []
    for (const [key, doc] of now) {
      if (doc === undefined) drop.push(key)
      else put.set(key, doc)
    }
    return { put, drop }
  },
})

const USUAL = 50

/** @throws InvalidQuery for a definition that is none, with each place. */
export const ownViewIn =
  (book: OpenBook) =>
  <Type extends EventType, Doc>(definition: ViewDefinition<Type, Doc>): ViewShape<Doc> => {
    const faults = faultsOf(definition as unknown as ViewDefinition<EventType, unknown>)
    if (faults.length > 0) throw invalidQueryAt(faults)
    const view = viewOf(definition)
    // What was defined last under a name and version is what its rows are compared with.
    book.ownViews.set(`${view.view} ${view.version}`, keptOwn(definition.name, view))
    return {
      get: (key) =>
        inBook(
          book,
          Effect.gen(function* () {
            if (typeof key !== 'string') return yield* invalidQuery('key', 'the key of a document is a text')
            yield* catchUp(view)
            const body = yield* (yield* ViewStore).doc(view, key)
            return body === undefined ? undefined : yield* documentIn<Doc>(view, key, body)
          }),
        ),
      list: (request = {}) =>
        Effect.gen(function* () {
          yield* questionGiven(listAsked, request)
          const { prefix = '', after = '', limit = USUAL } = request
          return yield* inBook(
            book,
            Effect.gen(function* () {
              const position = yield* catchUp(view)
              const rows = yield* (yield* ViewStore).docs(view, { prefix, after, limit: limit + 1 })
              const items: Keyed<Doc>[] = []
              for (const { key, body } of rows.slice(0, limit)) {
                items.push({ key, doc: yield* documentIn<Doc>(view, key, body) })
              }
              const next = rows.length > limit ? items.at(-1)?.key : undefined
              return { position, items, ...(next === undefined ? {} : { next }) }
            }),
          )
        }),
      rebuild: ({ onProgress } = {}) =>
        inBook(
          book,
          Effect.asVoid(
            rebuild(view, {
              fromZero: true,
              ...(onProgress ? { progress: ({ position, head }) => onProgress(position, head) } : {}),
            }),
          ),
        ),
    }
  }
