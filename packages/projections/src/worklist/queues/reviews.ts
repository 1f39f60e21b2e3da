import type { Finding } from '@daybook/core/account'
import { discrepancyWords } from '../../history/words/reviews.ts'
import { facetQueues } from '../queue.ts'
import type { Matter } from '../work.ts'

export interface FindingMatter extends Matter {
  readonly finding: string
  readonly kind: Finding['kind']
  /** The line, else the visit, that it is of; absent: the whole account. */
  readonly of?: string
}

const matterOf = ({ findingId, kind, amount = 0, visitId, lineId, foundOn }: Finding): FindingMatter => {
  const of = lineId !== undefined ? `line ${lineId}` : visitId !== undefined ? `visit ${visitId}` : undefined
  return { finding: findingId, kind, amount, since: foundOn, ...(of === undefined ? {} : { of }) }
}

const nextFor: Record<Finding['kind'], string> = {
  unposted: 'post it',
  unmatched: 'find its item',
  negative: 'find what was taken twice; move or refund what is left',
  missingDiagnosis: 'ask for the diagnosis and send a replacement claim',
  qmb: 'keep it off the patient: bill Medicaid, or write it off (AR-05)',
  other: 'look at it on the page of the account',
}

/** Discrepancies that a review found and nobody has resolved. What was said of them stays in the log. */
export const queues = facetQueues({
  names: ['reviewFindings'],
  version: 1,
  matters: (state) => state.reviews.findings.where('open').map(matterOf),
  work: (matters) =>
    matters.map(({ finding, kind, amount, since, of }) => ({
      queue: 'reviewFindings',
      subject: finding,
      amount,
      since,
      reasons: [`a review of ${since} found: ${discrepancyWords[kind]}${of === undefined ? '' : ` (${of})`}`],
      nextAction: `${nextFor[kind]}; say how it ended (ResolveFinding)`,
    })),
})
