import { formatCents } from '@daybook/core/kernel'
import type { BankLine, BankPart } from '../../controls/bank.ts'
import type { Kept } from '../queue.ts'
import type { Work } from '../work.ts'

const queue = 'bankDifferences'

const partWords = ({ says, problem }: BankPart): string =>
  `${says}: ${problem === 'onAnotherLine' ? 'an earlier line of the bank has it' : 'the books do not have it'}`

/** `0.50 less`, of what the bank has beside the books. */
const compared = (difference: number): string =>
  `${formatCents(Math.abs(difference))} ${difference < 0 ? 'less' : 'more'}`

const actionFor = ({ parts, difference, amount, books }: BankLine): string => {
  if (parts.length === 0) return 'find what is in it, withdraw the line and record it with its parts'
  if (amount < 0 && books <= 0) {
    return difference > 0
      ? 'find what of it the bank has not paid out'
      : 'find what else the bank has taken and enter it'
  }
  return difference > 0
    ? 'find what else is in it and enter it, or send it back'
    : 'find what did not arrive: a payment that was none is taken out'
}

/** Cents as the command line takes them. */
const plain = (cents: number): string => formatCents(cents).replace('−', '-').replaceAll(',', '')

const explaining = ({ reference, day, amount, unexplained, difference, explained }: BankLine): string => {
  // The last word counts: what was explained before is said again with the rest.
  const said = explained && Math.sign(explained.difference) === Math.sign(difference) ? difference : unexplained
  return `daybook deposit '${reference}' --on ${day} --amount ${plain(amount)} --explain ${plain(said)} --reason …`
}

const workOf = (line: BankLine): readonly Work<typeof queue>[] => {
  const { reference, day, amount, books, difference, explained, unexplained, parts, deposit } = line
  if (unexplained === 0) return []
  const named = parts.length === 0 ? '; nothing is named that is in it' : ''
  return [
    {
      queue,
      subject: deposit,
      amount: unexplained,
      since: day,
      reasons: [
        `${reference} of ${day}: the bank has ${formatCents(amount)}, ${compared(difference)} than the books have ` +
          `(${formatCents(books)})${named}`,
        ...(explained ? [`${formatCents(difference - unexplained)} of it is explained`] : []),
        ...parts.filter(({ problem }) => problem !== undefined).map(partWords),
      ],
      nextAction: `${actionFor(line)}; or say what it is: ${explaining(line)}`,
    },
  ]
}

/** Lines of the bank's statement that differ from the books, until they agree or somebody has said why (decisions 0031, 0035). */
export const bankQueues = {
  names: [queue],
  version: 1,
  work: workOf,
} as const satisfies Kept & { readonly work: (line: BankLine) => readonly Work<typeof queue>[] }

export type BankQueue = (typeof bankQueues)['names'][number]
