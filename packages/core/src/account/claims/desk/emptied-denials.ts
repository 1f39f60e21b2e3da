import { type Day, maxDay } from '../../../kernel/day.ts'
import type { LineId, VisitId } from '../../../kernel/ids.ts'
import type { AccountEvent, AccountState } from '../../rooms.ts'

/** True of lines that are all void now, by these voids and earlier ones. */
export type AllVoid = (lines: readonly { readonly lineId: LineId }[]) => boolean

/** Denials of these visits whose every line is void now: nobody has to work them. `on`: from when the lines are. */
export const emptiedDenials = (
  state: AccountState,
  visits: readonly VisitId[],
  allVoid: AllVoid,
  on: (lines: readonly { readonly lineId: LineId }[]) => Day,
  reason: string,
): readonly AccountEvent[] =>
  state.claims.denials
    .by('visit', ...visits)
    .filter(({ event, resolved }) => resolved === undefined && allVoid(event.lines))
    .map(({ event }) => ({
      type: 'DenialResolved',
      effectiveDate: maxDay(on(event.lines), event.effectiveDate),
      visitId: event.visitId,
      denialId: event.denialId,
      outcome: { kind: 'voided' },
      reason,
    }))
