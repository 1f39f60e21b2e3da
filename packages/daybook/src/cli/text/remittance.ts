import type { RemittanceReport } from '@daybook/core/service'
import type { Refused } from '../../promise-api.ts'
import { wrapped } from '../table.ts'
import { counted, money } from './words.ts'

const WIDTH = 116

/** How a remittance stands after somebody decided on it, for people. */
export const remittanceLines = (report: RemittanceReport): readonly string[] => [
  `Remittance ${report.remittanceId}: ${report.outcome}, posted ${counted(report.postedClaims, 'claim')}`,
  ...report.held.flatMap(({ claims, patientControlNumber, amount, hits }) =>
    wrapped(
      `claim ${claims.join(', ')} (${patientControlNumber}) ${money(amount)}: ${hits.map(({ reason }) => reason).join('; ')}`,
      '  held  ',
      '        ',
      WIDTH,
    ),
  ),
]

/** Every rule and precondition that refused a command, and what can be done about it. */
export const refusalLines = ({ hits, earliest }: Refused): readonly string[] => [
  `Refused${earliest === undefined ? '' : `, possible from ${earliest}`}:`,
  ...hits.flatMap(({ rule, reason, citation, earliest: day, requiredAction }) => [
    ...wrapped(`${rule}: ${reason}`, '  ', '    ', WIDTH),
    ...wrapped(citation, '    ', '    ', WIDTH),
    ...(day === undefined ? [] : [`    possible from ${day}`]),
    ...(requiredAction === undefined ? [] : wrapped(requiredAction, '    → ', '      ', WIDTH)),
  ]),
]
