import { precondition, type RuleHit } from '../../kernel/decision.ts'
import type { Candidate } from './search.ts'

// Why a claim is held whose visit can not be told: always with the visits in question, and why each may be or is not it.

const NAMED = 4

/** Visits as a person finds them, each with what tells it from the others. */
const told = (candidates: readonly Candidate[]): string => {
  const named = candidates
    .slice(0, NAMED)
    .map(({ place: { accountId, visitId }, why }) => `visit ${visitId} of account ${accountId}: ${why}`)
  const more = candidates.length > NAMED ? [`${candidates.length - NAMED} more`] : []
  return [...named, ...more].join('; ')
}

/** Several visits could be it, or a letter of the name keeps one from being it. */
export const ambiguousVisit = (number: string, candidates: readonly Candidate[]): RuleHit =>
  precondition(
    'ambiguousVisit',
    `the claim (${number}) could be of ${candidates.length === 1 ? 'one visit, or of none' : `${candidates.length} visits`}: ${told(candidates)}`,
    'name the visit: release the claim with it; or correct what tells the visits apart',
  )

/** Another number has a visit of this patient, these services and days, and no claim of that number has come, or its payer has refused them. */
export const otherNumber = (number: string, candidates: readonly Candidate[]): RuleHit =>
  precondition(
    'ambiguousVisit',
    `the claim (${number}) may be of a visit that came under another number: ${told(candidates)}`,
    'send it as a replacement (frequency 7) where it is the claim of that visit; else import the claim of that visit first',
  )

/** An advice opened a visit of these services for somebody of this name: nothing says that it is this patient, nor that not. */
export const namesakes = (number: string, candidates: readonly Candidate[]): RuleHit =>
  precondition(
    'ambiguousVisit',
    `the claim (${number}) may be of a visit that an advice opened for somebody of this name: ${told(candidates)}`,
    'where it is the patient, add the member id of the claim to that account and send it as a replacement (frequency 7); else open its visit by hand, with its number',
  )

/** No visit is it, of those that had the number. */
export const unmatched = (number: string, candidates: readonly Candidate[]): RuleHit => ({
  rule: 'match',
  reason:
    candidates.length === 0
      ? `no visit carries the control number ${number} for this patient`
      : `none of the visits that carry the control number ${number} is of this claim: ${told(candidates)}`,
  citation: 'postings.md, clarification 27',
  jurisdiction: 'daybook',
  requiredAction: 'import the claim (837) or open the account, then release the claim; or import with --open-missing',
})

/** The day and the charges are those of lines that the payer has not decided, the code is not: coded anew, or bundled. */
export const recoded = (number: string, candidates: readonly Candidate[]): RuleHit =>
  precondition(
    'match',
    `the claim ${number} has other codes than the visit of its day, and its charges are those of lines that wait for the payer: ${told(candidates)}`,
    'correct the charge, or name the visit that the claim is of, then release the claim',
  )

/** A replacement or a void (frequency 7, 8) whose original can not be told. */
export const originalUnknown = (number: string, voids: boolean, candidates: readonly Candidate[]): RuleHit =>
  precondition(
    'originalUnknown',
    candidates.length === 0
      ? `it ${voids ? 'voids' : 'replaces'} a claim that is not on file: there is nothing to ${voids ? 'void' : 'replace'}`
      : `${number} ${voids ? 'voids' : 'replaces'} ${candidates.length === 1 ? 'a claim, and nothing tells that it is this one' : `one of ${candidates.length} claims, and nothing tells which`}: ${told(candidates)}`,
    'send it with the number of the claim that it replaces (REF F8), or import that claim first',
  )

/** The desk, an advice or a claim to another payer has other codes for the day and the charge of a line: one service, or two. */
export const recodedClaim = (number: string, candidates: readonly Candidate[]): RuleHit =>
  precondition(
    'claim.changed',
    `sent as an original, but other codes are on file for the day and the charges of ${number}: ${told(candidates)}`,
    'send it as a replacement (frequency 7) where it is the claim of that visit, else under a number of its own',
  )

/** The claim was sent before its void (frequency 8), which came first: what it charged is taken back already. */
export const voidedSince = (number: string, candidates: readonly Candidate[]): RuleHit =>
  precondition(
    'claim.changed',
    `the claim (${number}) was voided by a later one (frequency 8), which is on file: ${told(candidates)}`,
    'leave it, where the void is of this claim; where the services are billed anew, send it with the day of its sending',
  )
