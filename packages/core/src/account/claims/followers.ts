import type { LineId } from '../../kernel/ids.ts'
import type { ResponsibilityHeld } from '../ledger/events.ts'
import type { DenialRecorded } from './events.ts'
import type { LinePlan } from './lines.ts'
import { emit, type Posting, type Unit } from './unit.ts'

/** What a decision of a payer left waiting: a denial, an amount that a rule holds. */
type Follower = DenialRecorded | ResponsibilityHeld

/** Closes the open denials and holdings meant: the payer's word that they stood on is of the past. */
export const closeFollowers = (unit: Unit, meant: (event: Follower) => boolean, reason: string): void => {
  const { effectiveDate, visitId } = { effectiveDate: unit.on, visitId: unit.visitId }
  for (const { event, resolved } of unit.state.claims.denials.values()) {
    if (resolved || !meant(event)) continue
    const outcome = { kind: 'superseded' } as const
    emit(unit, { type: 'DenialResolved', effectiveDate, visitId, denialId: event.denialId, outcome, reason })
  }
  for (const { event, open } of unit.state.ledger.holdings.values()) {
    if (!open || !meant(event)) continue
    const { holdingId } = event
    emit(unit, { type: 'ResponsibilityReleased', effectiveDate, visitId, holdingId, outcome: 'reversed', reason })
  }
}

/**
 * An advice explains all that is open at its payer on a line, what that payer had denied or what was held before too:
 * whatever waited there waits no more, under whichever number the payer decided first. `but` is closed already.
 */
export const supersede = (unit: Unit, { coverage }: Posting, plans: readonly LinePlan[], but?: string): void => {
  const decided = new Set<LineId>(plans.map((plan) => plan.lineId))
  closeFollowers(
    unit,
    (event) =>
      event.visitId === unit.visitId &&
      event.coverageId === coverage.coverageId &&
      event.adjudicationId !== but &&
      event.lines.every((line) => decided.has(line.lineId)),
    'the payer decided the claim again',
  )
}
