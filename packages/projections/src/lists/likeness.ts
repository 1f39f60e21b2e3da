import type { PersonEvent } from '@daybook/core/person'
import { type PersonListing, textOf } from './documents.ts'

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

/** What every key of a sign begins with. */
export const SIGNS = 'sign '
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
