import * as Effect from 'effect/Effect'
import { account } from '../account/account.ts'
import type { Asked } from '../account/claims/identity/asked.ts'
import type { Company } from '../account/claims/identity/judge.ts'
import { submissionFindings } from '../account/claims/submitting/sent.ts'
import { frequencyOf } from '../account/claims/submitting/submitted-lines.ts'
import type { ClaimSubmission, SubmittedClaim } from '../documents/submission.ts'
import { canonicalJson } from '../kernel/canonical.ts'
import type { Day } from '../kernel/day.ts'
import type { RuleHit } from '../kernel/decision.ts'
import { type Desk, issueToAccount, presumeNew } from './desk.ts'
import { FAULT, guarded } from './guarded.ts'
import { type Came, holdClaim, type NotTakenFor, settleHeld, shortNameOf } from './held-submissions.ts'
import { Overtaken } from './identity/noting.ts'
import { isOpenedMeanwhile, noteBefore, openedOnce } from './identity/opening.ts'
import { visitOfClaim } from './identity/persons.ts'
import { whoWaits } from './identity/place.ts'
import { noteOpening, personOf } from './identity/references.ts'
import { hintNamesakes } from './identity/same-person.ts'
import type { Candidate } from './identity/search.ts'
import { type Located, locate } from './identity/submitted.ts'
import type { Coming, VisitOfClaim } from './identity/visit-of-claim.ts'
import { parseCommand } from './parse-command.ts'
import { retryWaiting } from './retry-waiting.ts'
import type { ExecuteError, Outcome } from './service.ts'

/** What became of one claim of an 837. Amounts in cents. */
export interface SubmittedClaimReport {
  readonly controlNumber: string
  readonly outcome: 'posted' | 'submitted' | 'replaced' | 'voided' | 'duplicate' | 'held' | 'rejected' | 'skipped'
  readonly accountId?: string
  readonly charge: number
  readonly lines: number
  readonly problems: readonly string[]
  /** The rule by which it is held. */
  readonly heldBy?: string
  /** The claim may be right: Daybook could not take it. */
  readonly fault?: true
}

/**
 * What makes a claim this very claim: its content without its place in the file, and the submission it came with. An
 * import that was killed opens the same visit again; a claim that was voided and is filed anew opens another.
 */
const contentOf = (claim: SubmittedClaim, { created, reference }: ClaimSubmission): string => {
  const { segment: _segment, number: _number, findings: _findings, defects: _defects, ...content } = claim
  return canonicalJson({ content, reference, ...(created ? { created } : {}) })
}

const outcomeOf = (claim: SubmittedClaim, opened: boolean): SubmittedClaimReport['outcome'] => {
  if (opened) return 'posted'
  const frequency = frequencyOf(claim)
  return frequency === '7' ? 'replaced' : frequency === '8' ? 'voided' : 'submitted'
}

type Placed = Exclude<VisitOfClaim, { readonly kind: 'held' }>

const issueClaim = (
  desk: Desk,
  { claim, on, file }: Coming,
  located: Located,
  visit: Placed,
): Effect.Effect<Outcome, ExecuteError | Overtaken> => {
  const { place, findings } = visit
  const said = findings.length > 0 ? { ...claim, findings: [...new Set([...claim.findings, ...findings])] } : claim
  const ofVisit = visit.kind === 'known' ? { known: place.visitId } : { open: { ...place } }
  const voids = frequencyOf(claim) === '8' ? { file } : {}
  const command = { type: 'RecordSubmittedClaim', on, claim: said, ...voids, visit: ofVisit }
  if (visit.kind === 'opens' && visit.isNewAccount) presumeNew(desk, place.accountId)
  // Where the claim stands in its file names nothing: of two that say the same, a second import may come to the other one.
  const { segment: _segment, number: _number, ...unplaced } = said
  const given = { ...command, claim: unplaced }
  const hash = desk.service.world.keyedHash('command', canonicalJson(given))
  const isThere = visit.kind === 'known'
  const person = personOf(located.person, isThere, visit.kind === 'known' && visit.learns)
  const noting = noteOpening(desk, { ...located, person, place, on, isThere })
  return guarded(
    Effect.flatMap(parseCommand(account, command), (parsed) =>
      issueToAccount(desk, place.accountId, parsed, `claim:${hash.slice(0, 40)}`, {
        given,
        cause: { claim: claim.patientControlNumber },
        aggregate: openedOnce({ place, isThere, visits: visit.kind === 'opens' ? visit.visits : undefined }),
        before: noteBefore(desk, {
          accountId: place.accountId,
          asked: located.asked,
          noting,
          notesMember: person.ids.length > 0,
        }),
      }),
    ),
  )
}

const baseOf = (claim: SubmittedClaim) => ({
  controlNumber: claim.patientControlNumber,
  charge: claim.charge,
  lines: claim.lines.length,
})

/** Held: it says something else of services that are on file, or its visit can not be told. Nothing of it is written. */
const holding: ReadonlySet<string> = new Set(['claim.changed', 'ambiguousVisit', 'originalUnknown', 'match'])

/** What became of a claim; where it was not taken, why. */
interface Submitted {
  readonly report: SubmittedClaimReport
  readonly asked: Asked
  readonly notTaken?: NotTakenFor
  /** Not taken, and there is nothing for a person to decide. */
  readonly isAnswered?: true
}

const refused = (
  claim: SubmittedClaim,
  asked: Asked,
  hits: readonly RuleHit[],
  candidates: readonly Candidate[] = [],
): Submitted => {
  const problems = hits.map(({ reason }) => reason)
  const [first] = hits
  if (first && hits.every(({ rule }) => holding.has(rule))) {
    const report = { ...baseOf(claim), outcome: 'held', heldBy: first.rule, problems } as const
    return { report, asked, notTaken: { outcome: 'held', hits, candidates } }
  }
  const fault = hits.some(({ rule }) => rule === FAULT) ? { fault: true as const } : {}
  const report = { ...baseOf(claim), outcome: 'rejected', problems, ...fault } as const
  return { report, asked, notTaken: { outcome: 'rejected', hits, candidates } }
}

/**
 * Whether the account of a claim may have to be told of another one of its patient: of one whom the claim has registered,
 * or had, in a process that was killed; and of one whom another account is noted for, whose hint may have been lost.
 */
const meetsOthers = (
  outcome: Extract<Outcome, { readonly ok: true }>,
  { person }: Located,
  { place: { accountId } }: Placed,
): boolean =>
  person.byName.some(({ target }) => target.accountId !== accountId) ||
  'nothingToDo' in outcome ||
  outcome.repeated ||
  outcome.events.includes('PatientRegistered')

const submit = (
  desk: Desk,
  submission: ClaimSubmission,
  coming: Coming,
  glance = desk,
): Effect.Effect<Submitted, ExecuteError | Overtaken> =>
  Effect.gen(function* () {
    const { claim } = coming
    const located = yield* locate(glance, coming)
    const { visit, asked } = located
    if (visit.kind === 'held') {
      const held = refused(claim, asked, [visit.hit], visit.candidates)
      return visit.isAnswered ? { ...held, isAnswered: true } : held
    }
    const { accountId, patientId, visitId } = visit.place
    const outcome = yield* issueClaim(glance, coming, located, visit)
    // The claim may be of what was opened meanwhile: it looks again where it belongs.
    if (!outcome.ok && outcome.hits.some(isOpenedMeanwhile)) return yield* new Overtaken()
    if (!outcome.ok) {
      const { report, ...why } = refused(claim, asked, outcome.hits)
      return { report: { ...report, accountId }, ...why }
    }
    const repeated = 'nothingToDo' in outcome || outcome.repeated
    // What follows is asked of the store: nothing that is written confirms it.
    // An import that was killed before its references came first may have left the visit of this claim without them;
    // and a claim that is there already brings its number to its visit, as any other.
    if (repeated) {
      const isOther = visitId !== visitOfClaim(desk, coming.content)
      // Names are noted with the visit; an older book, which has none of them, gets them all at once.
      const {
        name: _name,
        called: _called,
        ...person
      } = personOf(located.person, isOther, visit.kind === 'known' && visit.learns)
      yield* noteOpening(desk, { ...located, person, place: visit.place, on: coming.on, isThere: true })
    }
    if (meetsOthers(outcome, located, visit)) {
      yield* hintNamesakes(desk, located.person, { accountId, patientId, on: coming.on })
    }
    // A replacement or late charges may be what an advice waits for, as the first claim is. Also where the claim was
    // taken before: its process may have been killed before it came here.
    const numbers = [...(visit.kind === 'known' ? visit.numbers : []), claim.patientControlNumber]
    yield* retryWaiting(desk, numbers, whoWaits(desk, asked))
    yield* settleHeld(desk, numbers, cameAs(submission, coming, asked), visit.place)
    const report = {
      ...baseOf(claim),
      outcome: repeated ? 'duplicate' : outcomeOf(claim, visit.kind === 'opens'),
      accountId,
      problems: [
        ...new Set([...submissionFindings(claim), ...visit.findings, ...outcome.warnings.map(({ reason }) => reason)]),
      ],
    }
    return { report, asked }
  })

const cameAs = (file: ClaimSubmission, { claim, on, content }: Coming, asked: Asked): Came => ({
  file,
  claim,
  on,
  asked,
  key: content,
})

/** What became of a claim, and whether another import came in its way, or had taken it. */
export interface TakenIn {
  readonly report: SubmittedClaimReport
  readonly metAnother: boolean
}

/**
 * Takes in one claim of an 837; where others come in its way, again on what they have left. What is not taken is put on the list.
 * `glance`: the desk of its batch, which has read ahead; nothing that was written confirms why a claim was not taken at a
 * glance: it is looked at again.
 */
export const submitClaim = (
  desk: Desk,
  glance: Desk,
  submission: ClaimSubmission,
  claim: SubmittedClaim,
  on: Day,
  company: Company,
): Effect.Effect<TakenIn, ExecuteError> => {
  const content = desk.service.world.keyedHash('submission', contentOf(claim, submission))
  const coming = { claim, on, company, content, file: shortNameOf(desk, submission) }
  const attempt: Effect.Effect<Submitted, ExecuteError> = Effect.suspend(() =>
    Effect.catchTag(submit(desk, submission, coming), 'Overtaken', () => attempt),
  )
  const glanced = Effect.catchTag(submit(desk, submission, coming, glance), 'Overtaken', () =>
    Effect.succeed(undefined),
  )
  return Effect.gen(function* () {
    const first = yield* glanced
    const { report, asked, notTaken: why, isAnswered } = first && !first.notTaken ? first : yield* attempt
    // Before the next claim is looked at: a void after this one, and a kill between them, leave it on the list.
    if (why && !isAnswered) yield* holdClaim(desk, cameAs(submission, coming, asked), why)
    return { report, metAnother: !first || report.outcome === 'duplicate' }
  })
}
