import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { facets } from '../../src/account/account.ts'
import type { ChargePosted } from '../../src/account/ledger/events.ts'
import { type AccountEvent, accountEventDefinitions } from '../../src/account/rooms.ts'
import type { Posting } from '../../src/kernel/effects.ts'
import type { Of } from '../../src/kernel/index.ts'

type Facets = (typeof facets)[keyof typeof facets]
type Folded = Facets extends infer F ? (F extends { readonly evolve: infer E } ? keyof E : never) : never
type MovesMoney = Extract<AccountEvent, Posting>['type']

/** Recorded for people and views to read: no decision depends on them, so no slice keeps them. */
const readOnly = ['PhiWithheld', 'PrePlacementReviewed'] as const
type ReadOnly = (typeof readOnly)[number]
type Defined = (typeof accountEventDefinitions)[number]['type']

describe('the events of an account', () => {
  it('each is folded by a facet, moves money, or is only to be read: as types say', () => {
    expectTypeOf<Exclude<AccountEvent['type'], Folded | MovesMoney>>().toEqualTypeOf<ReadOnly>()
  })

  it('no facet waits for an event that does not exist', () => {
    expectTypeOf<Exclude<Folded, AccountEvent['type']>>().toEqualTypeOf<never>()
    const types = new Set<string>(accountEventDefinitions.map((definition) => definition.type))
    for (const [name, { evolve }] of Object.entries(facets)) {
      expect(
        Object.keys(evolve).filter((type) => !types.has(type)),
        name,
      ).toEqual([])
    }
  })

  it('each is folded by a facet, moves money, or is only to be read: as the code runs', () => {
    const folded = new Set(Object.values(facets).flatMap(({ evolve }) => Object.keys(evolve)))
    const idle = accountEventDefinitions.filter(
      ({ type, schema }) => !folded.has(type) && !('effects' in schema.shape && 'contra' in schema.shape),
    )
    expect(idle.map(({ type }) => type)).toEqual(readOnly)
  })

  it('the union and the list of definitions name the same events', () => {
    expectTypeOf<Defined>().toEqualTypeOf<AccountEvent['type']>()
  })

  it('a member of the union is the named interface, so that hovers and errors print its name', () => {
    expectTypeOf<Of<AccountEvent, 'ChargePosted'>>().toEqualTypeOf<ChargePosted>()
  })

  it('every event has an interface of its own name', () => {
    const source = new URL('../../src/account/', import.meta.url)
    const text = readdirSync(source, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('events.ts'))
      .map((file) => readFileSync(new URL(file, source), 'utf8'))
      .join('\n')
    const nameless = accountEventDefinitions.filter(({ type }) => {
      const variable = `${type.charAt(0).toLowerCase()}${type.slice(1)}`
      return !text.includes(`export interface ${type} extends z.infer<typeof ${variable}.schema> {}`)
    })
    expect(nameless.map(({ type }) => type)).toEqual([])
  })
})
