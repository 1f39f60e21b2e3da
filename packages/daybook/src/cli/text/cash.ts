import type { CashEntry } from '@daybook/projections/controls'
import type { Cash } from '../../book/answers.ts'
import { tableLines } from '../table.ts'
import { paint } from '../terminal.ts'
import { counted, knownWords, money } from './words.ts'

const NO_BATCH = 'no batch'

const outWords: Readonly<Record<string, string>> = { refund: 'refunded', refundVoided: 'refund that did not arrive' }

const wordsOf = (entry: CashEntry): readonly string[] => {
  switch (entry.kind) {
    case 'patients':
      return ['patients', entry.batch ?? NO_BATCH, `${counted(entry.payments, 'payment')} by ${entry.tender}`]
    case 'payer':
      return [entry.payer, entry.trace, entry.method]
    case 'out':
      return [outWords[entry.how] ?? 'taken back', '', `${entry.count} ${entry.how}`]
    case 'other':
      return [entry.event, '', String(entry.count)]
  }
}

const columns = ['', 'from', 'deposit', 'as', 'amount', 'day'].map((title) => ({
  title,
  right: title === 'amount' || title === 'day',
}))

/** Cash for people: by day, with what was deposited together; then each batch of the desk as a whole. */
export const cashLines = (report: Cash, zone: string): readonly string[] => {
  const { from, to, opening, closing, received, out, days, batches } = report
  const ofDays = days.flatMap(({ day, amount, entries }) =>
    entries.map((entry, at) => [
      at === 0 ? day : '',
      ...wordsOf(entry),
      money(entry.amount),
      at === entries.length - 1 ? money(amount) : '',
    ]),
  )
  const [head = '', ...rows] = tableLines(columns, [
    ['before', '', '', '', '', money(opening)],
    ...ofDays,
    ['after', '', '', '', '', money(closing)],
  ])
  const named = batches.filter(({ batch }) => batch !== undefined)
  return [
    `${paint('bold', `Cash from ${from} to ${to}: received ${money(received)}, out ${money(out)}`)}   ${knownWords(report, zone)}`,
    paint('dim', head),
    ...rows,
    ...named.map(
      ({ batch = '', first, last, payments, amount }) =>
        `batch ${batch}: ${counted(payments, 'payment')} of ${first === last ? first : `${first} to ${last}`}, ${money(amount)}`,
    ),
  ]
}
