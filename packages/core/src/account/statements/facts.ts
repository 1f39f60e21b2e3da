import type { Day } from '../../kernel/day.ts'
import { maxDay } from '../../kernel/day.ts'
import type { VisitId } from '../../kernel/ids.ts'
import { type Fact, known, unknown } from '../../rules/facts.ts'
import type { Asked, Supply } from '../facts.ts'
import { FINAL_NOTICE, type Step } from './state.ts'

// What the book itself knows of notices that were sent. Of an account that comes from an older book, and of one to which
// nothing was sent from here, the desk vouches for it.

const stepsBy = ({ state, on }: Asked): readonly Step[] =>
  state.statements.documents
    .where('step')
    .flatMap(({ event }) => ('visits' in event && event.effectiveDate <= on ? [event] : []))

const told = (steps: readonly Step[], visit: VisitId): readonly Step[] =>
  steps.filter(({ visits }) => visits.some(({ visitId }) => visitId === visit))

const ofVisits = <T>(
  asked: Asked,
  of: (steps: readonly Step[], visit: VisitId) => T | undefined,
): Fact<readonly T[]> => {
  const steps = stepsBy(asked)
  if (asked.state.ledger.booksBegin !== undefined) return unknown('the account comes from an older book')
  if (steps.length === 0) return unknown('nothing was sent from here')
  const each = asked.scope.visits.map((visit) => of(told(steps, visit), visit))
  const all = each.flatMap((one) => (one === undefined ? [] : [one]))
  return each.length > 0 && all.length === each.length ? known(all) : unknown('not all visits have had one')
}

const latest = (fact: Fact<readonly Day[]>): Fact<Day> => (fact.known ? known(fact.value.reduce(maxDay)) : fact)

export const facts: Supply = {
  'billing.firstBillOn': (asked) => latest(ofVisits(asked, ([first]) => first?.effectiveDate)),
  'billing.finalNoticeOn': (asked) =>
    latest(
      ofVisits(
        asked,
        (steps, visit) =>
          steps.findLast(({ visits }) =>
            visits.some((each) => each.visitId === visit && each.told && each.level === FINAL_NOTICE),
          )?.effectiveDate,
      ),
    ),
  'billing.noticesSent': (asked) => {
    const counts = ofVisits(asked, (steps) => steps.length)
    return counts.known ? known(Math.min(...counts.value)) : counts
  },
}
