import type { Cents } from '../../../kernel/cents.ts'
import { coverageParty } from '../../../kernel/effects.ts'
import type { CoverageId, DenialId, LineId } from '../../../kernel/ids.ts'
import { stillWaiting, type WaitingLine } from '../../../kernel/waiting-lines.ts'
import type { ResponsibilityHeld } from '../../ledger/events.ts'
import type { LinePlan } from '../advice/lines.ts'
import { emit, type Posting, type Unit } from '../advice/unit.ts'
import type { DenialRecorded } from '../denial-events.ts'
import { openDenials } from '../state.ts'

/** What a decision of a payer left waiting: a denial, an amount that a rule holds. */
type Follower = DenialRecorded | ResponsibilityHeld

/** Open denials and holdings of a visit, as they stood before the unit. */
const openFollowers = ({ state, visitId }: Unit): readonly Follower[] => [
  ...openDenials(state.claims, visitId).map(({ event }) => event),
  ...state.ledger.holdings.by('visit', visitId).flatMap(({ event, open }) => (open ? [event] : [])),
]

/** Ends parts of a denial or a holding: all of it where nothing else of it waits. */
const end = (unit: Unit, event: Follower, ended: readonly WaitingLine[], reason: string): void => {
  if (ended.length === 0) return
  const lines = stillWaiting(event.lines, ended).length === 0 ? {} : { lines: [...ended] }
  const common = { effectiveDate: unit.on, visitId: unit.visitId, reason, ...lines }
  if (event.type === 'DenialRecorded') {
    emit(unit, { type: 'DenialResolved', ...common, denialId: event.denialId, outcome: { kind: 'superseded' } })
  } else {
    emit(unit, { type: 'ResponsibilityReleased', ...common, holdingId: event.holdingId, outcome: 'reversed' })
  }
}

const partsOf = (event: Follower, on: (line: LineId) => boolean): readonly WaitingLine[] =>
  event.lines.filter(({ lineId }) => on(lineId)).map(({ lineId, amount }) => ({ lineId, amount }))

/** Closes the open denials and holdings meant: the payer's word that they stood on is of the past. */
export const closeFollowers = (unit: Unit, meant: (event: Follower) => boolean, reason: string): void => {
  for (const event of openFollowers(unit)) {
    if (meant(event))
      end(
        unit,
        event,
        partsOf(event, () => true),
        reason,
      )
  }
}

/**
 * An advice explains all that is open at its payer on a line, what that payer had denied or what was held before too:
 * whatever waited on that line waits no more, under whichever number the payer decided first. `but` is closed already.
 */
export const supersede = (unit: Unit, { coverage }: Posting, plans: readonly LinePlan[], but?: string): void => {
  const decided = new Set<LineId>(plans.map((plan) => plan.lineId))
  for (const event of openFollowers(unit)) {
    if (event.coverageId !== coverage.coverageId || event.adjudicationId === but) continue
    const ended = partsOf(event, (line) => decided.has(line))
    end(unit, event, ended, 'the payer decided the claim again')
  }
}

/**
 * What waits at another payer can not be more than it still owes: where an earlier payer has left it less than it had
 * denied, or nothing, the rest has ended. The oldest keep what there is.
 */
export const endBeyondOpen = (unit: Unit, coverageId: CoverageId, lines: readonly LineId[]): void =>
  endBeyond(unit, openFollowers(unit), coverageId, lines, 'an earlier payer decided the line: this payer owes no more')

/** The same of what this unit itself left waiting, where a later payer has explained a part of it ahead. */
export const endOwnBeyondOpen = (unit: Unit, coverageId: CoverageId, lines: readonly LineId[]): void => {
  const ended = new Set<string>()
  for (const event of unit.events) {
    if (event.type === 'DenialResolved') ended.add(event.denialId)
    if (event.type === 'ResponsibilityReleased') ended.add(event.holdingId)
  }
  const own = unit.events.flatMap((event): readonly Follower[] => {
    if (event.type === 'ResponsibilityHeld') return ended.has(event.holdingId) ? [] : [event]
    return event.type === 'DenialRecorded' && !ended.has(event.denialId) ? [event] : []
  })
  endBeyond(unit, own, coverageId, lines, 'a later payer has explained the rest of the line already')
}

const endBeyond = (
  unit: Unit,
  among: readonly Follower[],
  coverageId: CoverageId,
  lines: readonly LineId[],
  reason: string,
): void => {
  const left = new Map(lines.map((line) => [line, Math.max(0, unit.working.owed(line, coverageParty(coverageId)))]))
  const held = new Map<DenialId, readonly WaitingLine[]>()
  const followers = among.filter((event) => event.coverageId === coverageId)
  const beside = (event: Follower) => event.type === 'DenialRecorded' && event.amountHeld
  for (const event of followers) {
    if (beside(event)) continue
    const ended = partsOf(event, (line) => left.has(line)).flatMap(({ lineId, amount }): readonly WaitingLine[] => {
      const keeps = Math.min(amount, left.get(lineId) ?? 0)
      left.set(lineId, (left.get(lineId) ?? 0) - keeps)
      return keeps === amount ? [] : [{ lineId, amount: (amount - keeps) as Cents }]
    })
    if (event.denialId !== undefined) held.set(event.denialId, ended)
    end(unit, event, ended, reason)
  }
  // A denial that stands beside its holding for the queue alone ends with it (clarification 8).
  for (const event of followers) {
    if (beside(event) && event.denialId !== undefined) end(unit, event, held.get(event.denialId) ?? [], reason)
  }
}
