import { type Day, maxDay } from '../../kernel/day.ts'
import { PATIENT } from '../../kernel/effects.ts'
import type { LineId } from '../../kernel/ids.ts'
import type { Context } from '../context.ts'
import { type Moved, together, type WorkingLedger, workingOn } from '../ledger/working.ts'
import { takenOff } from '../payments/reverse.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import type { SelfPayEnded } from './events.ts'
import type { Election } from './state.ts'

/** Why an election ends, and from when. */
interface Ending {
  readonly on: Day
  readonly because: SelfPayEnded['because']
  readonly reason?: string
}

/** What it had made the patient's of a line goes back to the plan's layers that it had left, age and all. */
const givenBack = (working: WorkingLedger, { held }: Election, line: LineId): readonly Moved[] => {
  const taken = (held?.effects ?? []).filter(({ lineId, party }) => lineId === line && party !== PATIENT)
  const whole = taken.reduce((sum, { amount }) => sum - amount, 0)
  const back = working.take(line, PATIENT, whole)
  let left: number = back.taken
  const restored = taken.map(({ layerId, stage, amount }) => {
    const part = Math.min(left, -amount)
    left -= part
    return working.restore(layerId, stage, part)
  })
  return [back, ...restored]
}

/**
 * An election ends: patient money comes off its lines and has no item again, and the lines are the plan's. On a line that
 * was voided meanwhile there is nothing left to give back.
 */
export const endEvents = (
  state: AccountState,
  election: Election,
  { on, because, reason }: Ending,
  context: Context,
): readonly AccountEvent[] => {
  const { electionId, visitId, effectiveDate } = election.event
  const lines = election.held
    ? election.event.lines.filter((line) => state.ledger.lines.get(line)?.voided === false)
    : []
  const off = takenOff(state, workingOn(state, context), lines, 'the election of the patient to pay in full has ended')
  const working = workingOn(state, context)
  for (const event of off) working.record(event)
  const moved = together(lines.flatMap((line) => givenBack(working, election, line)))
  const from = off.map((event) => event.effectiveDate).reduce(maxDay, maxDay(on, effectiveDate))
  return [
    ...off,
    {
      type: 'SelfPayEnded',
      effectiveDate: working.openFrom(from, moved.effects),
      visitId,
      electionId,
      because,
      ...(reason === undefined ? {} : { reason }),
      ...moved,
      contra: [],
    },
  ]
}
