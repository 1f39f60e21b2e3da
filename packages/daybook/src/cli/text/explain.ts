import type { Explanation, LineExplanation, NothingToExplain } from '@daybook/projections/explanation'
import { tableLines, wrapped } from '../table.ts'
import { clean, lineWidth, paint } from '../terminal.ts'
import { beforeTheBooksWords, money } from './words.ts'

/** The rows of one line: what each party's share is made of, and what it comes to. */
const rowsOf = ({ parties }: LineExplanation): readonly (readonly string[])[] =>
  parties.flatMap(({ label, balance, parts, open }) => [
    ...parts.map(({ words, codes, amount, derived, events }, at) => [
      at === 0 ? label : '',
      [words, ...codes, ...(derived ? ['(spread from the claim)'] : [])].join(' '),
      [...new Set(events.map(({ effectiveDate }) => effectiveDate))].join(', '),
      money(amount),
    ]),
    ['', 'owes', '', money(balance)],
    ...open.map(({ words, amount, blockedBy }) => [
      '',
      `  of it ${words}${blockedBy.length > 0 ? ` (${blockedBy.join(', ')})` : ''}`,
      '',
      money(amount),
    ]),
  ])

const columns = [{ title: '' }, { title: '' }, { title: '' }, { title: '', right: true }]

/** Why a balance is what it is, for people: a sentence a line, and the figures that add up to it. */
export const explanationLines = (explanation: Explanation | NothingToExplain): readonly string[] => {
  const { account = '', asOf } = explanation
  if (explanation.beforeTheBooks) {
    return [paint('bold', `Account ${account} as of ${asOf}`), `  ${beforeTheBooksWords(explanation.beforeTheBooks)}`]
  }
  const { net, lines, unapplied } = explanation
  return [
    paint('bold', `Account ${account} as of ${asOf}: net ${money(net)}`),
    ...lines.flatMap((line) => {
      const [, ...rows] = tableLines(columns, rowsOf(line))
      return [
        '',
        ...wrapped(`${line.code} of ${line.from}: ${line.says}`, '  ', '  ', lineWidth),
        ...rows.map((row) => `      ${row}`),
      ]
    }),
    ...(unapplied.length > 0 ? ['', '  money without an item'] : []),
    ...unapplied.map(({ words, amount }) => `      ${clean(words)}  ${money(amount)}`),
    '',
    `  ${[...lines.map(({ balance }) => balance), ...unapplied.map(({ amount }) => amount)].map(money).join(' + ') || money(0)} = ${money(net)}`,
  ]
}
