import type { AgingFigures, AgingReport, AgingRowOfReport, BeforeTheBooks } from '@daybook/projections/aging'
import type { Aging } from '../../book/answers.ts'
import { tableLines, wrapped } from '../table.ts'
import { lineWidth, paint } from '../terminal.ts'
import { counted, knownWords, money, shortId } from './words.ts'

const basisWords = {
  responsibility: 'by responsibility date',
  dos: 'by date of service',
  billDate: 'by date of the first claim',
  firstStatement: 'by date of the first statement',
} as const

const figures = ({ buckets, credits, unapplied, net }: AgingFigures): readonly string[] => [
  ...buckets.map(({ amount }) => money(amount)),
  money(credits),
  money(unapplied),
  money(net),
]

const partyWords = { insurance: 'Insurance', patient: 'Patient' } as const

/** Of a cut report, rows in which nothing stands are left out. */
const isSomething = ({ buckets, credits, unapplied }: AgingFigures): boolean =>
  credits !== 0 || unapplied !== 0 || buckets.some(({ amount }) => amount !== 0)

/** What a row is about; a patient has no payer and no coverage, and nobody is missing there. */
const valueWords = ({ party, value, label }: AgingRowOfReport, by: AgingReport['by']): string => {
  if (value) return label ?? value
  const ofPayers = by === 'payer' || by === 'coverage' || by === 'financialClass'
  return party === 'patient' && ofPayers ? '' : '(not known)'
}

const rowsOf = (report: AgingReport): readonly (readonly string[])[] => {
  const lead = (party: string, value: string): readonly string[] => (report.by ? [party, value] : [party])
  const { buckets } = report
  const counts = buckets.some(({ accounts }) => accounts !== undefined)
  return [
    ...report.rows
      .filter((row) => report.by === undefined || isSomething(row))
      .map((row) => [...lead(partyWords[row.party], valueWords(row, report.by)), ...figures(row)]),
    [...lead('Total', ''), ...figures(report)],
    ...(counts
      ? [[...lead('Accounts', ''), ...buckets.map(({ accounts = 0 }) => accounts.toLocaleString('en-US'))]]
      : []),
  ]
}

/** Accounts that the figures say nothing of, because their balances were brought forward later than the day. */
const withoutAnswer = ({ accounts, last, named }: BeforeTheBooks, asOf: string): readonly string[] => {
  const rest = accounts - named.length
  const which = named.map(({ account, booksBegin }) => `${shortId(account)} (${booksBegin})`).join(', ')
  const more = rest > 0 ? ` and ${rest.toLocaleString('en-US')} more, the last on ${last}` : ''
  return wrapped(
    `${asOf} is before the books of ${counted(accounts, 'account')}: they have no figures here. Their books begin later: ${which}${more}`,
    '  ',
    '  ',
    lineWidth,
  )
}

/** The aging report for people: rows by who owes, columns by age, credits and unapplied money apart. */
export const agingLines = (aging: Aging, zone: string): readonly string[] => {
  const known = knownWords(aging, zone)
  const title = `Aging as of ${aging.asOf}, ${basisWords[aging.basis]}`
  const columns = [
    { title: '' },
    ...(aging.by ? [{ title: aging.by }] : []),
    ...aging.buckets.map(({ name }) => ({ title: name.replace('-', '–'), right: true })),
    ...['credits', 'unapplied', 'net'].map((name) => ({ title: name, right: true })),
  ]
  const [head = '', ...rows] = tableLines(columns, rowsOf(aging))
  const width = Math.max(...[head, ...rows].map((line) => line.length), title.length + known.length + 3)
  return [
    `${paint('bold', title)}${known.padStart(width - title.length)}`,
    paint('dim', head),
    ...rows,
    ...(aging.beforeTheBooks ? withoutAnswer(aging.beforeTheBooks, aging.asOf) : []),
  ]
}
