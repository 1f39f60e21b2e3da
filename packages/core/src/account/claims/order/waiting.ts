import type { Cents } from '../../../kernel/cents.ts'
import { coverageParty } from '../../../kernel/effects.ts'
import type { CoverageId, DenialId, LineId } from '../../../kernel/ids.ts'
import { stillWaiting, type WaitingLine } from '../../../kernel/waiting-lines.ts'
import type { ResponsibilityHeld } from '../../ledger/events.ts'
import { isLive } from '../../ledger/state.ts'
import type { LineReading } from '../advice/reading.ts'
import type { DenialRecorded } from '../denial-events.ts'
import { openDenials } from '../state.ts'
import type { Draft } from '../unit/draft.ts'
import type { RemittedClaim } from '../unit/remitted-claim.ts'
import type { UnitSoFar } from '../unit/so-far.ts'

/** What a decision of a payer left waiting: a denial, an amount that a rule holds. */
type Waiting = DenialRecorded | ResponsibilityHeld

/** What waits on a visit, as it stood before the unit: denials first, each kind the oldest first. */
const waitingBefore = ({ state, visitId }: UnitSoFar): readonly Waiting[] => [
  ...openDenials(state.claims, visitId).map(({ event }) => event),
  ...state.ledger.holdings.by('visit', visitId).flatMap(({ event, open }) => (open ? [event] : [])),
]

/** What this unit itself has left waiting, as far as it has not ended it again. */
const waitingSince = ({ events }: UnitSoFar): readonly Waiting[] => {
  const ended = new Set<string>()
  for (const event of events) {
    if (event.type === 'DenialResolved') ended.add(event.denialId)
    if (event.type === 'ResponsibilityReleased') ended.add(event.holdingId)
  }
  return events.flatMap((event): readonly Waiting[] => {
    if (event.type === 'ResponsibilityHeld') return ended.has(event.holdingId) ? [] : [event]
    return event.type === 'DenialRecorded' && !ended.has(event.denialId) ? [event] : []
  })
}

const partsOf = (event: Waiting, on: (line: LineId) => boolean): readonly WaitingLine[] =>
  event.lines.filter(({ lineId }) => on(lineId)).map(({ lineId, amount }) => ({ lineId, amount }))

/** Ends parts of a denial or a holding: all of it where nothing else of it waits; nothing waits on a line that is void. */
const end = (draft: Draft, event: Waiting, ended: readonly WaitingLine[], reason: string): void => {
  if (ended.length === 0) return
  const left = stillWaiting(event.lines, ended).filter(({ lineId }) => isLive(draft.state.ledger, lineId))
  const lines = left.length === 0 ? {} : { lines: [...ended] }
  const common = { visitId: draft.visitId, reason, ...lines }
  if (event.type === 'DenialRecorded') {
    draft.emit({ type: 'DenialResolved', ...common, denialId: event.denialId, outcome: { kind: 'superseded' } })
  } else {
    draft.emit({ type: 'ResponsibilityReleased', ...common, holdingId: event.holdingId, outcome: 'reversed' })
  }
}

/** Ends the denials and holdings meant: the payer's word that they stood on is of the past. */
export const endWaiting = (draft: Draft, meant: (event: Waiting) => boolean, reason: string): void => {
  for (const event of waitingBefore(draft).filter(meant)) {
    const all = partsOf(event, () => true)
    end(draft, event, all, reason)
  }
}

/**
 * An advice explains all that is open at its payer on a line, what that payer had denied or what was held before too:
 * whatever waited on that line waits no more, under whichever number the payer decided first. What waited on `but` has
 * ended already.
 */
export const supersede = (
  draft: Draft,
  { coverage }: RemittedClaim,
  lines: readonly LineReading[],
  but?: string,
): void => {
  const decided = new Set<LineId>(lines.map(({ lineId }) => lineId))
  for (const event of waitingBefore(draft)) {
    if (event.coverageId !== coverage.coverageId || event.adjudicationId === but) continue
    const ended = partsOf(event, (line) => decided.has(line))
    end(draft, event, ended, 'the payer decided the claim again')
  }
}

/**
 * What waits at another payer can not be more than it still owes: where an earlier payer has left it less than it had
 * denied, or nothing, the rest has ended.
 */
export const endBeyondOwed = (draft: Draft, coverageId: CoverageId, lines: readonly LineId[]): void => {
  const reason = 'an earlier payer decided the line: this payer owes no more'
  endBeyond(draft, waitingBefore(draft), coverageId, lines, reason)
}

/** The same of what this unit itself left waiting, where a later payer has explained a part of it ahead. */
export const endOwnBeyondOwed = (draft: Draft, coverageId: CoverageId, lines: readonly LineId[]): void => {
  const reason = 'a later payer has explained the rest of the line already'
  endBeyond(draft, waitingSince(draft), coverageId, lines, reason)
}

/** A denial that stands beside its holding for the queue alone: the holding carries the amount (clarification 8). */
const isBesideHolding = (event: Waiting): boolean => event.type === 'DenialRecorded' && event.amountHeld

/** Ends what waits at a payer beyond what it owes on these lines; the oldest keep what there is. */
const endBeyond = (
  draft: Draft,
  among: readonly Waiting[],
  coverageId: CoverageId,
  lines: readonly LineId[],
  reason: string,
): void => {
  const waiting = among.filter((event) => event.coverageId === coverageId)
  const left = new Map(lines.map((line) => [line, Math.max(0, draft.owed(line, coverageParty(coverageId)))]))
  const beyond = ({ lineId, amount }: WaitingLine): readonly WaitingLine[] => {
    const keeps = Math.min(amount, left.get(lineId) ?? 0)
    left.set(lineId, (left.get(lineId) ?? 0) - keeps)
    return keeps === amount ? [] : [{ lineId, amount: (amount - keeps) as Cents }]
  }
  const endedBy = new Map<DenialId, readonly WaitingLine[]>()
  for (const event of waiting) {
    if (isBesideHolding(event)) continue
    const ended = partsOf(event, (line) => left.has(line)).flatMap(beyond)
    if (event.denialId !== undefined) endedBy.set(event.denialId, ended)
    end(draft, event, ended, reason)
  }
  // A denial beside its holding ends as the holding does, whose denial id it has.
  for (const event of waiting) {
    if (!isBesideHolding(event) || event.denialId === undefined) continue
    end(draft, event, endedBy.get(event.denialId) ?? [], reason)
  }
}
