import type { AccountState, FailedClaim, Finding } from '@daybook/core/account'
import { discrepancyWords } from '../../history/words/reviews.ts'
import { payerOf } from '../payer.ts'
import { facetQueues } from '../queue.ts'
import type { Matter, Work } from '../work.ts'

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

/** What the data of a claim has wrong. Amount: its charge. */
export interface FailedMatter extends Matter {
  readonly finding: string
  readonly visit: string
  readonly claim: string
  readonly payer: string
  readonly problems: readonly string[]
}

const failedMatter = (state: AccountState, { event, foundOn }: FailedClaim): FailedMatter => ({
  finding: event.findingId,
  visit: event.visitId,
  claim: event.patientControlNumber,
  payer: payerOf(state, event.coverageId),
  problems: event.problems.map(({ words }) => words),
  amount: event.charge,
  since: foundOn,
})

const findingWork = ({ finding, kind, amount, since, of }: FindingMatter): Work<'reviewFindings'> => ({
  queue: 'reviewFindings',
  subject: finding,
  amount,
  since,
  reasons: [`a review of ${since} found: ${discrepancyWords[kind]}${of === undefined ? '' : ` (${of})`}`],
  nextAction: `${nextFor[kind]}; say how it ended (ResolveFinding)`,
})

const failedWork = ({ finding, claim, payer, problems, amount, since }: FailedMatter): Work<'dataQuality'> => ({
  queue: 'dataQuality',
  subject: finding,
  amount,
  since,
  reasons: [`claim ${claim} went to ${payer} on ${since} with data that is wrong`, ...problems],
  nextAction: 'correct it where it was made and send a replacement (frequency 7), or say why not (ResolveFinding)',
})

/**
 * Discrepancies that a review found and nobody has resolved, and claims whose data is wrong and that no replacement has
 * answered. What a person said of a finding stays in the log.
 */
export const queues = facetQueues({
  names: ['dataQuality', 'reviewFindings'],
  version: 1,
  matters: (state) => ({
    findings: state.reviews.findings.where('open').map(matterOf),
    failed: state.reviews.failed.where('open').map((failed) => failedMatter(state, failed)),
  }),
  work: ({ findings, failed }) => [...failed.map(failedWork), ...findings.map(findingWork)],
})
