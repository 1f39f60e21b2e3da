import type { AccountRow } from '@daybook/projections/lists'
import type { Listed } from '../../book/answers.ts'
import { tableLines } from '../table.ts'
import { paint } from '../terminal.ts'
import { counted, money, shortId } from './words.ts'

/** Numbers of one account that are shown. */
const SHOWN = 3

const some = (all: readonly string[]): string =>
  `${all.slice(0, SHOWN).join(', ')}${all.length > SHOWN ? ` and ${all.length - SHOWN} more` : ''}`

const rowOf = ({ account, guarantor, patients, memberIds, claims, totals, standing }: AccountRow) => [
  shortId(account),
  guarantor.name ?? 'no name',
  guarantor.born ?? '',
  some(patients.map(({ name = '(no name)', born }) => `${name}${born === undefined ? '' : ` ${born}`}`)),
  some(memberIds),
  some(claims),
  totals ? money(totals.net) : 'before its books',
  standing ? [standing.phase, ...standing.flags].join(', ') : '',
]

const columns = ['account', 'guarantor', 'born', 'patients', 'member ids', 'claims', 'net', ''].map((title) => ({
  title,
  right: title === 'net',
}))

/** Accounts for people: who they are, by what they are known, and how they stand. */
export const accountsLines = ({ items, next }: Listed<AccountRow>, search: string): readonly string[] => {
  const which = search === '' ? '' : ` with ${search}`
  if (items.length === 0 && next === undefined) return [`No account${which}`]
  const [head = '', ...rows] = tableLines(columns, items.map(rowOf))
  return [
    paint('bold', `${counted(items.length, 'account')}${which}`),
    paint('dim', `  ${head}`),
    ...rows.map((row) => `  ${row}`),
    ...(next === undefined ? [] : [`  and more   → --after "${next}"`]),
  ]
}
