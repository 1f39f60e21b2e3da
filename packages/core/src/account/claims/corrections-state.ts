import type { Day } from '../../kernel/day.ts'
import type { VisitId } from '../../kernel/ids.ts'
import { adjudicationsOf, type ClaimState } from './state.ts'

/** True while a reversal of this visit waits for its correction: credits are provisional (clarification 4). */
export const correctionPending = (state: ClaimState, visit: VisitId): boolean =>
  adjudicationsOf(state, visit).some(({ pending }) => pending)

/** True where a reversal of this visit waited on a day for its correction: credits were provisional (clarification 4). */
export const correctionPendingAsOf = (state: ClaimState, visit: VisitId, on: Day): boolean =>
  adjudicationsOf(state, visit).some(
    ({ pending, reversedOn, correctedOn }) =>
      (pending || correctedOn !== undefined) &&
      reversedOn !== undefined &&
      reversedOn <= on &&
      (correctedOn === undefined || on < correctedOn),
  )
