import { NO_SUCH_VISIT } from '../account/claims/posting/post-remitted.ts'
import type { RuleHit } from '../kernel/decision.ts'
import { unmatched } from './identity/holds.ts'

// Why a unit is held before its account is asked: what the advice says alone, or that its visit can not be told.

/** Two decisions of one claim, and no reversal between them. */
export const repeated: RuleHit = {
  rule: 'repeatedClaim',
  reason: 'the advice holds this claim twice, and neither is a reversal',
  citation: 'postings.md, clarification 10',
  jurisdiction: 'daybook',
  requiredAction: 'ask the payer which one counts; reject the claim or post it by hand',
}

/** A predetermination says what a service would be paid; one that carries money is something else. */
export const paidInAdvance: RuleHit = {
  rule: 'predetermination',
  reason: 'the claim is a predetermination (status 25) and is paid',
  citation: 'X12 835 CLP02 25, CLP04',
  jurisdiction: 'daybook',
  requiredAction: 'ask the payer what it paid; reject the claim to a named account, or post it by hand',
}

/** Another import was faster with a visit of this number, after this claim was marked for another place. */
export const overtaken = (controlNumber: string): RuleHit => ({
  rule: 'match',
  reason: `another visit was noted under the control number ${controlNumber} while this claim was tried again`,
  citation: 'postings.md, claim and charge identity',
  jurisdiction: 'daybook',
  requiredAction: 'retry the held claims: the claim is matched anew',
})

/** The visit is noted, and nobody has opened it yet: whoever noted it is on the way, or was killed there. */
export const isUnopened = ({ reason }: RuleHit): boolean => reason === NO_SUCH_VISIT

/** A visit that nobody has opened counts as none. */
export const asUnmatched = (hits: readonly RuleHit[], controlNumber: string): readonly RuleHit[] =>
  hits.map((hit) => (isUnopened(hit) ? unmatched(controlNumber, []) : hit))
