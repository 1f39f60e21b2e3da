import { memoryViewStore } from '@daybook/adapters/memory'
import { type ViewStoreCase, type ViewStoreFixture, viewStoreCases } from '@daybook/core/testing/store'
import * as Effect from 'effect/Effect'
import { beforeAll, describe, expect, it } from 'vitest'
import { ofViewReads } from './store/mutants/of-view-reads.ts'
import { brokenViews, ofViews, type ViewMutant } from './store/mutants/of-views.ts'

const fixture: ViewStoreFixture = {
  open: async () => {
    const store = await Effect.runPromise(memoryViewStore())
    return { store, reopen: async () => store, close: async () => {} }
  },
}

const bugs = [...ofViews, ...ofViewReads]

/** By the name of each case, the bugs that it has found. */
const foundBy = new Map<string, string[]>(viewStoreCases.map(({ name }) => [name, []]))

const find = async (one: ViewStoreCase, mutant: ViewMutant): Promise<boolean> => {
  try {
    await one.run(brokenViews(mutant, fixture))
    return false
  } catch {
    foundBy.get(one.name)?.push(mutant.fault)
    return true
  }
}

describe('the contract finds a view store with one bug, by the suite that is about it', () => {
  it.each(bugs)('$suite: a store that $fault', async (mutant) => {
    const cases = viewStoreCases.filter((one) => one.suite === mutant.suite)
    expect(await Promise.all(cases.map((one) => find(one, mutant)))).toContain(true)
  })
})

describe('every case of the contract of a view store finds a bug', () => {
  beforeAll(async () => {
    for (const one of viewStoreCases) {
      if (foundBy.get(one.name)?.length) continue
      for (const mutant of bugs) if (await find(one, mutant)) break
    }
  })

  it('each has a name of its own', () => {
    expect(foundBy.size).toBe(viewStoreCases.length)
  })

  it('none passes whatever the store does', () => {
    expect([...foundBy].filter(([, found]) => found.length === 0).map(([name]) => name)).toEqual([])
  })
})
