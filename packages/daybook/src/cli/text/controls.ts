import type { ControlAccountRow, Explained } from '@daybook/projections/controls'
import type { ControlAccounts } from '../../book/answers.ts'
import { tableLines } from '../table.ts'
import { paint } from '../terminal.ts'
import { knownWords, money, shortId } from './words.ts'

/** Parts of a balance that are shown where all accounts are. */
const SHOWN = 6

const idIn = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** An account's amount stands in the column that its sign says; `receivable` below zero is a credit. */
const sides = ({ balance, side }: ControlAccountRow): { readonly debit: number; readonly credit: number } => {
  const amount = side === 'debit' ? balance : -balance
  return amount < 0 ? { debit: 0, credit: -amount } : { debit: amount, credit: 0 }
}

const figure = (amount: number): string => (amount === 0 ? '' : money(amount))

/** What stands open has a day since when, and what to look it up by; a flow has neither. */
const openedRow = (part: Explained): readonly string[] => {
  const { says, since, amount, kind } = part
  const words = `  ${says.replace(idIn, shortId)}`
  const isOpen = kind !== 'event' && kind !== 'party' && kind !== 'payer'
  const id = 'remittance' in part ? part.remittance : 'account' in part ? part.account : undefined
  const next = id === undefined ? '' : `   → history ${shortId(id)}`
  return [`${words}${next}`, isOpen ? since : '', money(amount), '', '']
}

const rowsOf = (row: ControlAccountRow, shown: number): readonly (readonly string[])[] => {
  const { debit, credit } = sides(row)
  const { account, label, explanation, balance } = row
  const name = label === undefined ? account : `${account} (${label})`
  const rest = explanation.slice(shown)
  const sum = rest.reduce((total, { amount }) => total + amount, 0)
  return [
    [name, '', '', balance === 0 ? money(0) : figure(debit), figure(credit)],
    ...explanation.slice(0, shown).map(openedRow),
    ...(rest.length > 0
      ? [[`  and ${rest.length.toLocaleString('en-US')} more   → --account ${account}`, '', money(sum), '', '']]
      : []),
  ]
}

const columns = [
  { title: '' },
  { title: 'since' },
  ...['of which', 'debit', 'credit'].map((title) => ({ title, right: true })),
]

/**
 * The trial balance for people: each account, what its balance is made of, and both sides added up. `all`: of some accounts,
 * everything.
 */
export const controlAccountsLines = (
  report: ControlAccounts,
  zone: string,
  shown: 'largest' | 'all',
): readonly string[] => {
  const { accounts, asOf, outOfBalance } = report
  const title = `Control accounts as of ${asOf}`
  const total = { debit: 0, credit: 0 }
  for (const row of accounts) {
    const { debit, credit } = sides(row)
    total.debit += debit
    total.credit += credit
  }
  const limit = shown === 'all' ? Number.POSITIVE_INFINITY : SHOWN
  const [head = '', ...rows] = tableLines(columns, [
    ...accounts.flatMap((row) => rowsOf(row, limit)),
    ...(shown === 'all' ? [] : [['Total', '', '', money(total.debit), money(total.credit)]]),
  ])
  return [
    `${paint('bold', title)}   ${knownWords(report, zone)}`,
    paint('dim', head),
    ...rows,
    ...(outOfBalance === 0
      ? []
      : [paint('red', `the books are ${money(outOfBalance)} out of balance → daybook check`)]),
  ]
}
