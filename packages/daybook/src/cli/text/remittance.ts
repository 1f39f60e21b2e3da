import type { RemittanceReport } from '@daybook/core/service'
import type { Refused } from '../../book/answers.ts'
import { wrapped } from '../table.ts'
import { lineWidth } from '../terminal.ts'
import { counted, fromWhen, money, possibleFrom } from './words.ts'

/** How a remittance stands after somebody decided on it, for people. */
export const remittanceLines = (report: RemittanceReport): readonly string[] => [
  `Remittance ${report.remittanceId}: ${report.outcome}${report.postedClaims > 0 ? `, ${counted(report.postedClaims, 'claim')} posted` : ''}`,
  ...report.held.flatMap(({ claims, patientControlNumber, amount, hits }) =>
    wrapped(
      `claim ${claims.join(', ')} (${patientControlNumber}) ${money(amount)}: ${hits.map(({ reason }) => reason).join('; ')}`,
      '  held  ',
      '        ',
      lineWidth,
    ),
  ),
]

/** Every rule and precondition that refused a command, and what can be done about it. */
export const refusalLines = (refused: Refused, zone: string): readonly string[] => [
  `Refused${fromWhen(refused, zone)}:`,
  ...hitLines(refused, zone),
]

export const hitLines = ({ hits }: Pick<Refused, 'hits'>, zone: string): readonly string[] =>
  hits.flatMap(({ rule, reason, citation, earliest, requiredAction }) => [
    ...wrapped(`${rule}: ${reason}`, '  ', '    ', lineWidth),
    ...wrapped(citation, '    ', '    ', lineWidth),
    ...(earliest === undefined ? [] : [`    ${possibleFrom(earliest, zone)}`]),
    ...(requiredAction === undefined ? [] : wrapped(requiredAction, '    → ', '      ', lineWidth)),
  ])
