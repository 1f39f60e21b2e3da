import type { PersonEvent } from '@daybook/core/person'
import { type EventStore, ViewStore } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { catchUp, type ProjectionError } from '../runner/index.ts'
import { type PersonListing, textOf } from './documents.ts'
import { listsView } from './view.ts'

// Which persons have a sign in common that alone says little: a name, a phone, an e-mail. Whether they look like one human
// being is judged on their files (`likePersons`).

/** The document of a person after one more event. */
export const personAfter = (before: PersonListing | undefined, event: PersonEvent): PersonListing | undefined => {
  if (event.type === 'PersonOpened') {
    const name = textOf(event.name)
    return { kind: 'person', person: event.personId, ...(name === undefined ? {} : { name }), reach: [] }
  }
  if (!before) return undefined
  if (event.type === 'ContactDatumRetired') {
    return { ...before, reach: before.reach.filter(({ datum }) => datum !== event.datumId) }
  }
  if (event.type !== 'ContactDatumAdded' || event.kind === 'address') return before
  const value = textOf(event.value)
  return value === undefined
    ? before
    : { ...before, reach: [...before.reach, { datum: event.datumId, kind: event.kind, value }] }
}

const SIGNS = 'sign '
const signKey = (sign: string, value: string, person: string): string =>
  `${SIGNS}${sign} ${value.toLowerCase().replace(/\s+/g, '_')} ${person}`

/** A name whatever order its words stand in: `Roe, Jo` is `Jo Roe`. */
const calledAs = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .toSorted()
    .join('_')

/** `sign phone +12185550104 <person>`: what a person is found by beside others with the same. */
export const signKeysOf = ({ person, name, reach }: PersonListing): readonly string[] => {
  const called = calledAs(name ?? '')
  return [
    ...(called === '' ? [] : [signKey('name', called, person)]),
    ...reach.map(({ kind, value }) => signKey(kind, value, person)),
  ]
}

const KEYS_AT_ONCE = 1_000

/** The persons of each sign that several have, in the order of signs. */
export const personsBySign = (): Effect.Effect<
  readonly (readonly string[])[],
  ProjectionError,
  EventStore | ViewStore
> =>
  Effect.gen(function* () {
    yield* catchUp(listsView)
    const views = yield* ViewStore
    const groups: string[][] = []
    let [sign, group]: [string, string[]] = ['', []]
    for (let after = ''; ; ) {
      const page = yield* views.docs(listsView, { prefix: SIGNS, after, limit: KEYS_AT_ONCE })
      for (const { key } of page) {
        const at = key.lastIndexOf(' ')
        const [of, person] = [key.slice(0, at), key.slice(at + 1)]
        if (of !== sign) {
          if (group.length > 1) groups.push(group)
          ;[sign, group] = [of, []]
        }
        group.push(person)
      }
      const last = page.at(-1)
      if (!last || page.length < KEYS_AT_ONCE) break
      after = last.key
    }
    if (group.length > 1) groups.push(group)
    return groups
  })
