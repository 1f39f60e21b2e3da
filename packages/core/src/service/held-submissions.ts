import * as Effect from 'effect/Effect'
import type { Asked } from '../account/claims/identity/asked.ts'
import { contentOf } from '../account/claims/submitting/sent.ts'
import { frequencyOf } from '../account/claims/submitting/submitted-lines.ts'
import { isNumber } from '../documents/control-number.ts'
import type { ClaimSubmission, SubmittedClaim } from '../documents/submission.ts'
import { canonicalJson } from '../kernel/canonical.ts'
import type { Day } from '../kernel/day.ts'
import type { RuleHit } from '../kernel/decision.ts'
import type { SubmissionId } from '../kernel/ids.ts'
import { submissionStream } from '../kernel/streams.ts'
import type { ReferenceAssigned } from '../registry/events.ts'
import type { AssignReference, RegistryState } from '../registry/registry.ts'
import type { HoldSubmittedClaim, SubmissionCommand } from '../submission/commands.ts'
import type { SubmittedClaimHeld } from '../submission/events.ts'
import { heldClaims, type SubmissionState } from '../submission/state.ts'
import { submission } from '../submission/submission.ts'
import { assignReference, type Desk, loadReference, seenReference, uuidOf } from './desk.ts'
import { issue } from './execute.ts'
import { type Place, waitingFor, waitingUnder, whoWaits } from './identity/place.ts'
import { type Candidate, toldOf } from './identity/search.ts'
import { load } from './load.ts'
import type { ExecuteError, Outcome } from './service.ts'

// Claims of an 837 that were not taken stand on a list until they are, or until a person says that they are not to be
// (decision 0033): the import's answer alone would be forgotten with its process.

/** What names the file of a claim. */
const fileOf = ({ created, reference, controlNumber }: ClaimSubmission): string =>
  canonicalJson({ reference, controlNumber, ...(created ? { created } : {}) })

/** Each claim has a stream of its own: what is taken side by side leaves the same as what is taken in turn (law P4). */
const idOf = (desk: Desk, { key }: Came): SubmissionId =>
  uuidOf(desk.service.world.keyedHash('heldSubmission', key)) as SubmissionId

/** A short name of a file, the same whenever it comes. */
export const shortNameOf = ({ service: { world } }: Desk, file: ClaimSubmission): string =>
  world.keyedHash('file', fileOf(file)).slice(0, 16)

export const loadSubmission = (desk: Desk, id: string): Effect.Effect<SubmissionState, ExecuteError> =>
  Effect.map(load(desk.service, submission, submissionStream(id)), ({ state }) => state)

/** `given`: what names the command for good, whatever else it says. */
const issueTo = (
  desk: Desk,
  id: string,
  command: SubmissionCommand,
  commandId: string,
  given: object = command,
): Effect.Effect<Outcome, ExecuteError> =>
  issue(
    desk.service,
    submission,
    () => undefined,
    submissionStream(id),
    command,
    { commandId, actor: desk.actor },
    { given },
  )

/** A claim of an 837 as it came. */
export interface Came {
  readonly file: ClaimSubmission
  readonly claim: SubmittedClaim
  readonly on: Day
  readonly asked: Asked
  /** Names the claim for good. */
  readonly key: string
}

/** Why a claim was not taken. */
export interface NotTakenFor {
  readonly outcome: SubmittedClaimHeld['outcome']
  readonly hits: readonly RuleHit[]
  readonly candidates: readonly Candidate[]
}

const MOST_CANDIDATES = 20

const holdingOf = (
  desk: Desk,
  submissionId: SubmissionId,
  { file, claim, on, asked, key }: Came,
  { outcome, hits, candidates }: NotTakenFor,
): HoldSubmittedClaim => {
  const today = desk.service.world.dayOf(desk.service.world.now())
  return {
    type: 'HoldSubmittedClaim',
    // A file that says that it is of a later day waits no less today.
    on: on < today ? on : today,
    submissionId,
    reference: file.reference,
    ...(file.created ? { created: file.created } : {}),
    key,
    claim: claim.number,
    patientControlNumber: claim.patientControlNumber,
    frequency: frequencyOf(claim),
    sequence: claim.destination.sequence,
    payerName: claim.destination.payerName,
    amount: claim.charge,
    content: contentOf(claim, desk.service.world),
    patientKeys: [...whoWaits(desk, asked)],
    outcome,
    reasons: hits.map(({ rule, reason, requiredAction }) => ({
      rule,
      reason: reason.slice(0, 400),
      ...(requiredAction ? { requiredAction: requiredAction.slice(0, 200) } : {}),
    })),
    ...(candidates.length > 0 ? { candidates: candidates.slice(0, MOST_CANDIDATES).map(toldOf) } : {}),
  }
}

/** Notes where a held claim is found again. */
const noteHeld = (
  desk: Desk,
  value: string,
  { on, claim, key }: Came,
  target: AssignReference['target'],
  name: string,
): Effect.Effect<Outcome, ExecuteError> =>
  assignReference(
    desk,
    'heldClaim',
    value,
    { type: 'AssignReference', on, kind: 'heldClaim', target, patientKeys: [], expectNone: false },
    `held:${name}:${key.slice(0, 40)}${isNumber(claim.patientControlNumber) ? '' : ':patient'}`,
  )

/** That some claim of an 837 without a number is held: from then on each that is taken looks for those of its patient. */
const isNoted = ({ target: { remittanceId, submissionId } }: ReferenceAssigned): boolean =>
  submissionId === undefined && remittanceId === undefined

/**
 * Notes where a claim without a number is found: under each name of its patient, so that who comes later looks at those of
 * one patient and not at all. Under none where it names nobody: it is found by itself when its file comes again.
 */
const noteUnnumbered = (desk: Desk, came: Came, submissionId: SubmissionId, who: readonly string[]) =>
  Effect.gen(function* () {
    const all = waitingUnder(came.claim.patientControlNumber)
    const some = yield* loadReference(desk, 'heldClaim', all)
    if (!some.some(isNoted)) yield* noteHeld(desk, all, came, {}, 'some')
    for (const key of who) yield* noteHeld(desk, waitingFor(key), came, { submissionId }, submissionId)
  })

/**
 * Puts a claim that was not taken on the list; found again by its number, or by its patient where it has none, so that whoever
 * brings what answers it takes it off. Again is safe: what was held once is not held anew.
 */
export const holdClaim = (desk: Desk, came: Came, why: NotTakenFor): Effect.Effect<void, ExecuteError> =>
  Effect.gen(function* () {
    const { claim, key } = came
    const id = idOf(desk, came)
    const command = holdingOf(desk, id, came, why)
    if (isNumber(claim.patientControlNumber))
      yield* noteHeld(desk, waitingUnder(claim.patientControlNumber), came, { submissionId: id }, id)
    else yield* noteUnnumbered(desk, came, id, command.patientKeys)
    yield* issueTo(desk, id, command, `hold:${key.slice(0, 40)}`, { type: command.type, key })
  })

/** What a claim that is taken says to one that is held: a replacement stands for an original, and not the other way. */
const answers: Readonly<Record<string, readonly string[]>> = {
  '1': ['1', '7'],
  '5': ['5', '7'],
  '7': ['7'],
  '8': ['8'],
}

/** The claim itself, or the same claim of the same patient to the same payer, sent once more. */
const isAnsweredBy = (desk: Desk, held: SubmittedClaimHeld, { claim, asked, key }: Came): boolean => {
  if (held.key === key) return true
  const keys = whoWaits(desk, asked)
  const shares = (kind: string) => keys.some((one) => one.startsWith(kind) && held.patientKeys.includes(one))
  return (
    held.content === contentOf(claim, desk.service.world) &&
    held.sequence === claim.destination.sequence &&
    (answers[held.frequency]?.includes(frequencyOf(claim)) ?? false) &&
    // A replacement that names its original may have mended the name.
    (shares('name:') || (claim.originalReference !== undefined && shares('member:')))
  )
}

/** Held claims without a number that a claim may answer: those of its patient, and itself. */
const unnumbered = (desk: Desk, came: Came): Effect.Effect<readonly ReferenceAssigned['target'][], ExecuteError> =>
  Effect.gen(function* () {
    const all = seenReference(desk, 'heldClaim', waitingUnder(''))
    const who = whoWaits(desk, came.asked)
    // Before each had a reference of its own they were noted together, with the keys of their patients.
    const older = all.filter(({ patientKeys }) => patientKeys.some((key) => who.includes(key)))
    if (!all.some(isNoted)) return older.map(({ target }) => target)
    const found: RegistryState[] = []
    for (const key of who) found.push(yield* loadReference(desk, 'heldClaim', waitingFor(key)))
    return [...older, ...found.flat()].map(({ target }) => target).concat({ submissionId: idOf(desk, came) })
  })

/** Takes off the list what a claim answers that is in the books now. What waits under its numbers was looked up before. */
export const settleHeld = (
  desk: Desk,
  numbers: readonly string[],
  came: Came,
  { accountId, visitId }: Place,
): Effect.Effect<void, ExecuteError> =>
  Effect.gen(function* () {
    const numbered = [...new Set(numbers.filter(isNumber).map(waitingUnder))].flatMap((value) =>
      seenReference(desk, 'heldClaim', value).map(({ target }) => target),
    )
    const targets = [...numbered, ...(yield* unnumbered(desk, came))]
    const files = new Set(targets.flatMap(({ submissionId }) => submissionId ?? []))
    for (const id of files) {
      const held = heldClaims(yield* loadSubmission(desk, id)).filter((one) => isAnsweredBy(desk, one, came))
      for (const { key } of held) {
        const command = { type: 'TakeSubmittedClaim', on: came.on, key, accountId, visitId } as const
        yield* issueTo(desk, id, command, `take:${key.slice(0, 40)}`, { type: command.type, key })
      }
    }
  })

/** A person decides that a held claim is not to be taken. */
export const dismissHeldClaim = (
  desk: Desk,
  id: string,
  dismissal: { readonly on: Day; readonly claim: number; readonly reason: string },
  commandId?: string,
): Effect.Effect<Outcome, ExecuteError> =>
  issueTo(desk, id, { type: 'DismissSubmittedClaim', ...dismissal }, commandId ?? desk.service.world.uuid())
