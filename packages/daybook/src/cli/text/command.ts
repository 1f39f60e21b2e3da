import { printable, shown } from '@daybook/core/kernel'
import type { CommandMismatch, InvalidCommand, LimitExceeded } from '@daybook/core/ports'
import type { Accepted, Posted, Refused } from '../../book/answers.ts'
import type { NotFound } from '../../book/errors.ts'
import { wrapped } from '../table.ts'
import { clean, lineWidth, paint } from '../terminal.ts'
import { faultLines } from './faults.ts'
import { hitLines } from './remittance.ts'
import { fromWhen } from './words.ts'

/** A command that can not be given as it is: not well formed, with each place that is wrong; under a used id; to nobody. */
export interface Malformed {
  readonly ok: false
  readonly error: (InvalidCommand | CommandMismatch | LimitExceeded | NotFound)['_tag']
  readonly message: string
  readonly issues: InvalidCommand['issues']
}

export interface Given {
  readonly file: string
  /** Place in the file, from 1. */
  readonly number: number
  /** Empty where it is given to a person. */
  readonly account: string
  readonly person?: string
  readonly type: string
}

/** What became of a command. */
export type Answer = Given & (Accepted | Refused | Malformed)

/** What it has made, by the names under which other commands take it. */
const madeLines = ({ ids }: Posted): readonly string[] =>
  Object.entries(ids).map(([kind, id]) => `  ${kind} ${clean(id)}`)

/** What somebody should look at, though it was done. */
const warningLines = ({ warnings }: Accepted, zone: string): readonly string[] =>
  warnings.length === 0 ? [] : [`  ${paint('yellow', 'warning')}`, ...hitLines({ hits: warnings }, zone)]

/** What became of a command that is called `what`, for people. */
export const outcomeLines = (what: string, answer: Accepted | Refused | Malformed, zone: string): readonly string[] => {
  if (answer.ok) {
    if (answer.nothingToDo) return [`${paint('green', 'nothing to do')}  ${what}`, ...warningLines(answer, zone)]
    const written = `${answer.repeated ? 'given before, the same receipt: ' : ''}${answer.events.join(', ')}`
    return [
      `${paint('green', 'done')}  ${what}: @${answer.lastPosition}  ${clean(written)}`,
      ...madeLines(answer),
      ...warningLines(answer, zone),
    ]
  }
  if ('error' in answer) {
    const faults = answer.issues.length > 0 ? faultLines(answer.issues) : [answer.message]
    return [
      `${paint('red', 'invalid')}  ${what}`,
      ...faults.flatMap((fault) => wrapped(fault, '  ', '    ', lineWidth)),
    ]
  }
  return [`${paint('red', 'refused')}  ${what}${fromWhen(answer, zone)}`, ...hitLines(answer, zone)]
}

/** What became of a command of a file, for people. */
export const answerLines = (answer: Answer, zone: string): readonly string[] => {
  const { file, number, account, person, type } = answer
  const whose = account === '' ? (person ? ` on person ${shown(person)}` : '') : ` on account ${shown(account)}`
  return outcomeLines(`${printable(file)} ${number}: ${type ? shown(type) : 'a command'}${whose}`, answer, zone)
}
