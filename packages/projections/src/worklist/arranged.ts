import type { Day } from '@daybook/core/kernel'
import type { WorkItem } from './item.ts'
import type { OwnDay } from './own-day.ts'
import { assignedTo, snoozeOf, type WorkMatters } from './queues/work.ts'

/** The items of an account as people have shared them: each with who has it, and without what is put off, which waits. */
export const arranged = (items: readonly WorkItem[], matters: WorkMatters, asOf: Day): OwnDay => {
  const days = items.map((item) => {
    const to = assignedTo(matters, item)
    const own = to === undefined ? item : { ...item, assignedTo: to }
    const snooze = snoozeOf(matters, item, asOf)
    if (!snooze) return { items: [own], waiting: [] }
    const { account, queue, subject, amount } = item
    const owner = account === undefined ? {} : { account }
    const wait = { reason: 'put off: the history says why', until: snooze.until }
    return { items: [], waiting: [{ ...owner, queue, subject, amount, ...wait }] }
  })
  return { items: days.flatMap(({ items }) => items), waiting: days.flatMap(({ waiting }) => waiting) }
}
