import type { BankLine, BankPart, CashEntry } from '@daybook/projections/controls'
import type { Cash } from '../../book/answers.ts'
import { tableLines } from '../table.ts'
import { clean, paint } from '../terminal.ts'
import { counted, knownWords, money } from './words.ts'

const NO_BATCH = 'no batch'

const outWords: Readonly<Record<string, string>> = { refund: 'refunded', refundVoided: 'refund that did not arrive' }

const otherWords: Readonly<Record<string, string>> = {
  WithholdReturned: 'withheld before, settled',
  WithholdSettled: 'withheld before, settled',
}

const wordsOf = (entry: CashEntry): readonly string[] => {
  switch (entry.kind) {
    case 'patients':
      return ['patients', entry.batch ?? NO_BATCH, `${counted(entry.payments, 'payment')} by ${entry.tender}`]
    case 'payer':
      return [entry.payer, entry.trace, entry.method]
    case 'out':
      return [outWords[entry.how] ?? 'taken back', '', `${entry.count} ${entry.how}`]
    case 'other':
      return [otherWords[entry.event] ?? entry.event, '', String(entry.count)]
  }
}

const columns = ['', 'from', 'deposit', 'as', 'amount', 'day'].map((title) => ({
  title,
  right: title === 'amount' || title === 'day',
}))

/** What a part of a line is, and why nothing of it counts. */
const partWords = ({ says, payments, problem }: BankPart): string => {
  const what = payments === undefined ? says : `${says}, ${counted(payments, 'payment')}`
  if (problem === undefined) return what
  return `${what}: ${problem === 'notInBooks' ? 'not in the books' : 'an earlier line has it'}`
}

const differenceWords = ({ difference, explained, unexplained }: BankLine): string => {
  if (difference === 0) return ''
  const why = explained && unexplained !== difference ? `: ${money(difference - unexplained)} ${explained.reason}` : ''
  return unexplained === 0 ? why.slice(2) : `unexplained ${money(unexplained)}${why}`
}

const bankColumns = ['bank', 'reference', 'in it', 'books', 'bank has', 'difference', ''].map((title) => ({
  title,
  right: ['books', 'bank has', 'difference'].includes(title),
}))

const lineRows = (line: BankLine): readonly (readonly string[])[] => {
  const { day, reference, amount, difference, parts } = line
  const one = { says: 'nothing is named', amount: 0 }
  return (parts.length === 0 ? [undefined] : parts).map((part, at, all) => [
    at === 0 ? day : '',
    at === 0 ? clean(reference) : '',
    part ? clean(partWords(part)) : one.says,
    money(part?.amount ?? one.amount),
    at === all.length - 1 ? money(amount) : '',
    at === all.length - 1 ? money(difference) : '',
    at === all.length - 1 ? clean(differenceWords(line)) : '',
  ])
}

/** The bank's statement beside the books, and what no line of it has. */
const bankLines = ({ bank, closing, to }: Cash): readonly string[] => {
  const { since, lines, total, differences, inTransit } = bank
  if (since === undefined) return ["no line of the bank's statement is on record: deposit records one"]
  const [head = '', ...rows] = tableLines(bankColumns, lines.flatMap(lineRows))
  const rest = inTransit.days.flatMap(({ day, entries }) =>
    entries.map(
      (entry) =>
        `  ${day}  ${wordsOf(entry)
          .filter((word) => word !== '')
          .join(', ')}  ${money(entry.amount)}`,
    ),
  )
  return [
    '',
    paint('bold', "The bank's statement beside the books"),
    paint('dim', head),
    ...rows,
    `on no line of the bank: ${money(inTransit.amount)}, of which ${money(inTransit.before)} from before ${since}`,
    ...rest.map(clean),
    `bank ${money(total)} less differences ${money(differences)} and on no line ${money(inTransit.amount)}: ${money(closing)} in the books at the end of ${to}`,
  ]
}

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
    ...bankLines(report),
  ]
}
