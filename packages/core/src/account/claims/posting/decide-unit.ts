import type { AdviceClaim } from '../../../documents/advice.ts'
import { isPredetermination, isReversal } from '../../../documents/claim-status.ts'
import type { AdjudicationId, LineId } from '../../../kernel/ids.ts'
import type { Context } from '../../context.ts'
import type { Coverage } from '../../coverage/state.ts'
import type { AccountState } from '../../rooms.ts'
import type { ClaimKey } from '../adjudication-events.ts'
import { type ClaimReading, readClaim } from '../advice/reading.ts'
import { Draft, type Opened } from '../unit/draft.ts'
import { claimKeyOf, ofPayer, type RemittedClaim } from '../unit/remitted-claim.ts'
import type { UnitOf, UnitSoFar } from '../unit/so-far.ts'
import { adjudicationOf } from './adjudication.ts'
import { claimFindings } from './claim-hits.ts'
import { decidedAlready, recordDuplicate, saysDuplicate } from './duplicate.ts'
import { postClaim } from './post-claim.ts'
import { noOriginal, originalOf, reverse } from './reversal.ts'

/** The claims of a unit and the coverage that decided them. */
interface Decided {
  readonly claims: readonly AdviceClaim[]
  readonly coverage: Coverage
}

/**
 * Decides a unit, counting from the day of the remittance. What it touches shows only when it is decided; where that was
 * not there yet on the day, the unit counts from when it was (law C4) and is decided anew for that day, since the age of
 * what it opens and what its gates say go by the day. Each turn is of a later day, and none is later than the last layer
 * of the visit.
 */
export const decideUnit = (
  state: AccountState,
  context: Context,
  of: UnitOf,
  opened: Opened,
  decided: Decided,
): Draft => {
  let { on } = of
  for (;;) {
    const draft = new Draft(state, context, { ...of, on }, opened)
    postAll(draft, decided)
    if (draft.held || draft.countsFrom === on) return draft
    on = draft.countsFrom
  }
}

/** Reversals first, then the decisions, which take the place of what was reversed (rule R). */
const postAll = (draft: Draft, { claims, coverage }: Decided): void => {
  const decisions = claims.filter((claim) => !isReversal(claim))
  const reversals = claims.filter(isReversal)
  const reversed = reverseAll(draft, reversals, decisions.length === 0)
  if (reversed) decideAll(draft, decisions, coverage, reversed.at(-1))
}

/** What the reversals took back, in their order; undefined, and the unit held, where an original is not on file. */
const reverseAll = (
  draft: Draft,
  reversals: readonly AdviceClaim[],
  pending: boolean,
): readonly AdjudicationId[] | undefined => {
  const reversed: AdjudicationId[] = []
  for (const claim of reversals) {
    const original = originalOf(draft, claim)
    if (!original || reversed.includes(original.event.adjudicationId)) {
      draft.hold(noOriginal)
      return undefined
    }
    reverse(draft, claim, original, pending)
    reversed.push(original.event.adjudicationId)
  }
  return reversed
}

/** A claim that can not be posted does not end it: every reason is listed, up to the first whose lines can not be told. */
const decideAll = (
  draft: Draft,
  decisions: readonly AdviceClaim[],
  coverage: Coverage,
  reversed: AdjudicationId | undefined,
): void => {
  const decided: Read[] = []
  for (const claim of decisions) {
    const claimKey = claimKeyOf(draft, claim)
    const reading = readClaim(draft, claim, coverage)
    const read = { claimKey, lines: new Set(reading.lines.map(({ lineId }) => lineId)) }
    if (decided.some((other) => repeats(other, read))) {
      holdRepeated(draft, claim, 'the unit decides this claim twice')
      return
    }
    decided.push(read)
    if (!isSecond(claim, reversed) && isPosted(draft, read, reversed)) {
      holdRepeated(draft, claim, 'this claim of the payer is posted already, and no reversal came with it')
      continue
    }
    if (draft.held) return
    const adjudicationId = draft.context.newId('adjudication') as AdjudicationId
    decideClaim(draft, { claim, claimKey, coverage, adjudicationId }, reading, reversed)
  }
}

/** A claim of the payer as it was read: its number there and the lines that it decides. */
interface Read {
  readonly claimKey: ClaimKey
  readonly lines: ReadonlySet<LineId>
}

/** One claim decided twice: the payer's number and a line in common. Of other lines it is a part (clarification 30). */
const repeats = (a: Read, b: Read): boolean =>
  a.claimKey.payerControlNumber === b.claimKey.payerControlNumber && [...a.lines].some((line) => b.lines.has(line))

/** The payer says that it got the claim twice; beside a reversal it speaks of the claim that is decided anew. */
const isSecond = (claim: AdviceClaim, reversed: AdjudicationId | undefined): boolean =>
  reversed === undefined && saysDuplicate(claim)

/** A duplicate and an estimate before the service (CLP02 25) are facts alone; all else posts. */
const decideClaim = (
  draft: Draft,
  remitted: RemittedClaim,
  reading: ClaimReading,
  reversed: AdjudicationId | undefined,
): void => {
  const { claim } = remitted
  const findings = claimFindings(draft, claim)
  const first = isSecond(claim, reversed) ? decidedAlready(draft, remitted, reading) : undefined
  const circumstances = { findings, supersedes: reversed ?? pendingOriginal(draft) }
  if (first) recordDuplicate(draft, remitted, reading, first, findings)
  else if (isPredetermination(claim)) draft.emit(adjudicationOf(draft, remitted, reading, circumstances))
  else postClaim(draft, remitted, reading, circumstances)
}

const holdRepeated = (draft: Draft, { paid }: AdviceClaim, reason: string): void =>
  draft.hold({
    rule: 'repeatedClaim',
    reason,
    requiredAction: 'ask the payer whether this replaces the first decision; reject the claim or post the reversal',
    amount: paid,
  })

/**
 * The same claim of the payer adjudicated once more without a reversal (clarification 10). One that had posted nothing
 * (a denial) may be decided again (`supersede`); one that had posted money may not.
 */
const isPosted = (unit: UnitSoFar, read: Read, reversed: AdjudicationId | undefined): boolean =>
  ofPayer(unit).some(
    ({ event, postings, reversed: isReversed }) =>
      !isReversed &&
      !event.predetermination &&
      event.adjudicationId !== reversed &&
      repeats({ claimKey: event.claimKey, lines: new Set(event.lines.map(({ lineId }) => lineId)) }, read) &&
      postings.some(({ effects }) => effects.length > 0),
  )

/** A correction that comes after its reversal was posted alone (clarification 4). */
const pendingOriginal = (unit: UnitSoFar): AdjudicationId | undefined =>
  ofPayer(unit).findLast(({ pending }) => pending)?.event.adjudicationId
