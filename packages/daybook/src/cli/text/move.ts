import { shown } from '@daybook/core/kernel'
import type { MoveReport } from '../../book/answers.ts'

const counted = (events: number): string => events.toLocaleString('en-US')

/** What became of a log: how many events, where to, and the head to hold it against. */
export const movedLines = (
  what: 'exported' | 'taken over' | 'whole',
  { to, events, before, head, accesses }: MoveReport,
): readonly string[] => [
  `${what.padEnd(10)}  ${shown(to, 200)}  ${counted(events)} events${before > 0 ? `, ${counted(before)} of them earlier` : ''}`,
  `${'head'.padEnd(10)}  ${head}`,
  ...(accesses ? [`${'accesses'.padEnd(10)}  ${counted(accesses.events)} looks, head ${accesses.head}`] : []),
]

/** Nothing in either of two books of one log can tell which of them is meant to go on. */
export const oneOfTheTwo =
  'this log now stands in two places: write in one of them only, and put the other away; two that go on are two histories of ' +
  'one name, which only their heads tell apart. The key moves apart'
