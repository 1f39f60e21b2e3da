import type { Cents } from '../../../kernel/cents.ts'
import { type Day, maxDay } from '../../../kernel/day.ts'
import type { CoverageId, DenialId, LineId, VisitId } from '../../../kernel/ids.ts'
import { stillWaiting, type WaitingLine } from '../../../kernel/waiting-lines.ts'
import type { ResponsibilityHeld, ResponsibilityReleased } from '../../ledger/events.ts'
import { isLive } from '../../ledger/state.ts'
import type { AccountEvent, AccountState } from '../../rooms.ts'
import type { DenialRecorded, DenialResolved } from '../denial-events.ts'
import { openDenials } from '../state.ts'

// A person moved or gave up what a denial or a holding stood on: it waits no more, as far as its money is gone.

/** How what waited ends. */
export interface Ended {
  readonly on: Day
  readonly denial: DenialResolved['outcome']
  readonly holding: ResponsibilityReleased['outcome']
  readonly reason: string
}

type Waiting = DenialRecorded | ResponsibilityHeld

const waitingAt = ({ claims, ledger }: AccountState, visit: VisitId, coverage: CoverageId): readonly Waiting[] => [
  ...openDenials(claims, visit, coverage).map(({ event }) => event),
  ...ledger.holdings
    .by('visit', visit)
    .flatMap(({ event, open }) => (open && event.coverageId === coverage ? [event] : [])),
]

/** Of what waits, by line, more than is left: the oldest keep what there is. */
const beyond = (event: Waiting, left: Map<LineId, number>): readonly WaitingLine[] =>
  event.lines.flatMap(({ lineId, amount }) => {
    const there = left.get(lineId)
    if (there === undefined) return []
    const keeps = Math.min(amount, there)
    left.set(lineId, there - keeps)
    return keeps === amount ? [] : [{ lineId, amount: (amount - keeps) as Cents }]
  })

/** All of it where nothing else of it waits; nothing waits on a line that is void. */
const endOf = (
  { ledger }: AccountState,
  event: Waiting,
  ended: readonly WaitingLine[],
  how: Ended,
): readonly AccountEvent[] => {
  if (ended.length === 0) return []
  const left = stillWaiting(event.lines, ended).filter(({ lineId }) => isLive(ledger, lineId))
  const lines = left.length === 0 ? {} : { lines: [...ended] }
  const common = {
    effectiveDate: maxDay(how.on, event.effectiveDate),
    visitId: event.visitId,
    reason: how.reason,
    ...lines,
  }
  return event.type === 'DenialRecorded'
    ? [{ type: 'DenialResolved', ...common, denialId: event.denialId, outcome: how.denial }]
    : [{ type: 'ResponsibilityReleased', ...common, holdingId: event.holdingId, outcome: how.holding }]
}

/**
 * Ends what waits at a coverage on some lines of a visit beyond what it will owe there. A denial that stands beside its
 * holding for the queue alone ends as the holding does (clarification 8).
 */
export const endedWaiting = (
  state: AccountState,
  visit: VisitId,
  coverage: CoverageId,
  owedAfter: ReadonlyMap<LineId, number>,
  how: Ended,
): readonly AccountEvent[] => {
  const waiting = waitingAt(state, visit, coverage)
  const left = new Map([...owedAfter].map(([line, owed]) => [line, Math.max(0, owed)]))
  const beside = (event: Waiting): event is DenialRecorded => event.type === 'DenialRecorded' && event.amountHeld
  const endedBy = new Map<DenialId, readonly WaitingLine[]>()
  const ends = waiting
    .filter((event) => !beside(event))
    .flatMap((event) => {
      const ended = beyond(event, left)
      if (event.denialId !== undefined) endedBy.set(event.denialId, ended)
      return endOf(state, event, ended, how)
    })
  return [
    ...ends,
    ...waiting.filter(beside).flatMap((event) => endOf(state, event, endedBy.get(event.denialId) ?? [], how)),
  ]
}
