import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openTestBook, testFolder } from '../support/folder.ts'

const folder = testFolder()
const practice = join(import.meta.dirname, '..', '..', '..', '..', 'examples', 'practice')
const files = readdirSync(practice)
  .filter((name) => /\.8\d\d$/.test(name))
  .sort()
  .map((name) => join(practice, name))

/** How often others had their turn. How long a turn takes is measured by hand: a timed test tells of the machine. */
const turnsOf = async (work: () => Promise<unknown>): Promise<number> => {
  let turns = 0
  let goesOn = true
  const turn = () => {
    turns += 1
    if (goesOn) setImmediate(turn)
  }
  setImmediate(turn)
  await work()
  goesOn = false
  return turns
}

it('facade-13 an import lets others have their turn, claim by claim', async () => {
  await using book = await openTestBook(`sqlite:${join(folder, 'loop.db')}`)
  const claims = 375
  expect(await turnsOf(() => book.importPaths(files, { openMissing: true }))).toBeGreaterThan(claims)
})
