import { eventStoreCases, leftOut, type StoreCase, type StoreFixture } from '@daybook/core/testing/store'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { memoryFixture, sqliteFixture } from './store/fixtures.ts'
import { broken, type Mutant } from './store/mutants/mutant.ts'
import { ofAdoption } from './store/mutants/of-adoption.ts'
import { ofBatches } from './store/mutants/of-batches.ts'
import { ofBooks, ofGuards } from './store/mutants/of-books.ts'
import { ofBytes } from './store/mutants/of-bytes.ts'
import { ofCommands } from './store/mutants/of-commands.ts'
import { ofTails } from './store/mutants/of-heads.ts'
import { ofReads } from './store/mutants/of-reads.ts'
import { ofWrites } from './store/mutants/of-writes.ts'

/** Bugs over the store in memory, and those of guards over a store that has some. */
const shelves: readonly (readonly [StoreFixture, readonly Mutant[]])[] = [
  [
    memoryFixture,
    [...ofCommands, ...ofBatches, ...ofWrites, ...ofReads, ...ofTails, ...ofBytes, ...ofBooks, ...ofAdoption],
  ],
  [sqliteFixture, ofGuards],
]
const bugs = shelves.flatMap(([fixture, mutants]) => mutants.map((mutant) => ({ fixture, mutant })))

/** By the name of each case, the bugs that it has found. */
const foundBy = new Map<string, string[]>(eventStoreCases.map(({ name }) => [name, []]))

const find = async (one: StoreCase, { fixture, mutant }: (typeof bugs)[number]): Promise<boolean> => {
  if (leftOut(one, fixture.capabilities) !== undefined) return false
  try {
    await one.run(broken(mutant, fixture))
    return false
  } catch {
    foundBy.get(one.name)?.push(mutant.fault)
    return true
  }
}

describe('the contract finds a store with one bug, by the suite that is about it', () => {
  it('the bugs have names of their own', () => {
    const names = bugs.map(({ mutant }) => `${mutant.suite}: ${mutant.fault}`)
    expect(new Set(names).size).toBe(names.length)
  })

  it.each(bugs.map((bug) => ({ ...bug.mutant, bug })))('$suite: a store that $fault', async ({ suite, bug }) => {
    const cases = eventStoreCases.filter((one) => one.suite === suite)
    const found = await Promise.all(cases.map((one) => find(one, bug)))
    expect(found).toContain(true)
  })
})

describe('every case of the contract finds a bug', () => {
  // Those of other suites are asked of the few cases that no bug of their own suite has failed.
  beforeAll(async () => {
    for (const one of eventStoreCases) {
      if (foundBy.get(one.name)?.length) continue
      for (const bug of bugs) if (await find(one, bug)) break
    }
  })
  afterAll(() => foundBy.clear())

  it('there are at least 330, each with a name of its own', () => {
    expect(foundBy.size).toBe(eventStoreCases.length)
    expect(eventStoreCases.length).toBeGreaterThanOrEqual(330)
  })

  it('none passes whatever the store does', () => {
    expect([...foundBy].filter(([, found]) => found.length === 0).map(([name]) => name)).toEqual([])
  })
})
