import { Table } from '../kernel/table.ts'
import type { AccountState } from './rooms.ts'

// What an account keeps besides its rows: the answers to the questions that decisions ask (decision 0010).

type SomeTable = Pick<Table<string, unknown, object>, 'keepAll' | 'faults'>

const tablesOf = (state: AccountState): readonly (readonly [name: string, table: SomeTable])[] =>
  Object.entries(state).flatMap(([facet, slice]) =>
    Object.entries(slice).flatMap(([name, rows]): (readonly [string, SomeTable])[] =>
      rows instanceof Table ? [[`${facet}.${name}`, rows]] : [],
    ),
  )

/** The account with every answer kept from here on, asked or not. */
export const keepingAll = (state: AccountState): AccountState => {
  for (const [, table] of tablesOf(state)) table.keepAll()
  return state
}

/** Kept answers that are not what the rows give, in words (law Q11). A defect of Daybook: empty when all is well. */
export const keptFaults = (state: AccountState): readonly string[] =>
  tablesOf(state).flatMap(([name, table]) => table.faults().map((fault) => `${name} ${fault}`))
