import type { AccountEvent } from '@daybook/core/account'
import type { Of } from '@daybook/core/kernel'
import { because, type Words } from '../tell.ts'

export const discrepancyWords: Record<Of<AccountEvent, 'DiscrepancyFound'>['kind'], string> = {
  unposted: 'not posted',
  unmatched: 'not matched with its item',
  negative: 'below zero',
  missingDiagnosis: 'a charge without a diagnosis',
  qmb: 'patient responsibility of a QMB (AR-05)',
  other: 'something else',
}

const resolutionWords: Record<Of<AccountEvent, 'DiscrepancyResolved'>['how'], string> = {
  corrected: 'corrected',
  noError: 'right as it is',
  handedOn: 'handed on',
}

/** How many discrepancies a review found, in words. */
const foundWords = (found: number): string =>
  found === 0 ? 'nothing found' : `${found} ${found === 1 ? 'discrepancy' : 'discrepancies'} found`

export const reviewWords = {
  AccountReviewed: ({ found, says }, tell) => `Account reviewed, ${foundWords(found)}${because(tell.text(says))}`,
  DiscrepancyFound: ({ findingId, kind, amount, lineId, visitId, says }, tell) =>
    [
      `Discrepancy ${findingId}: ${discrepancyWords[kind]}`,
      amount === undefined ? '' : `, ${tell.money(amount)}`,
      lineId !== undefined ? ` on ${tell.line(lineId)}` : visitId !== undefined ? ` on ${tell.visit(visitId)}` : '',
      because(tell.text(says)),
    ].join(''),
  DiscrepancyResolved: ({ findingId, how, reason }, tell) =>
    `Discrepancy ${findingId} resolved, ${resolutionWords[how]}${because(tell.text(reason))}`,
  ValidationFailed: ({ findingId, patientControlNumber, problems }) =>
    `Data of claim ${patientControlNumber} is wrong (${findingId}): ${problems.map(({ words }) => words).join('; ')}`,
} satisfies Partial<Words<AccountEvent>>
