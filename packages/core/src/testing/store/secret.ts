import { mustEqual, run } from './expectation.ts'
import type { StoreCase } from './fixture.ts'
import { withWorkbook } from './workbook.ts'

const keptForGood: StoreCase = {
  suite: 'the secret',
  name: 'the check value of the secret is none at first, and the first one that is kept stays, also when opened again',
  run: (fixture) =>
    withWorkbook(fixture, async ({ store, book }) => {
      mustEqual(await run(store.secretCheck), undefined, 'the check value of a new log')
      mustEqual(await run(store.keepSecretCheck('first')), 'first', 'what is kept first')
      mustEqual(await run(store.keepSecretCheck('second')), 'first', 'what is kept where there is one')
      mustEqual(await run(store.secretCheck), 'first', 'the check value')
      mustEqual(await run((await book.reopen()).secretCheck), 'first', 'the check value when opened again')
    }),
}

export const secretCases: readonly StoreCase[] = [keptForGood]
