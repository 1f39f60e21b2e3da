import type { AccountState, Assignment, Snooze } from '@daybook/core/account'
import type { Day } from '@daybook/core/kernel'
import { facetQueues } from '../queue.ts'

/** What people have said of the work that the lists find. It is no work itself, so it stands in no queue. */
export interface WorkMatters {
  readonly assigned: readonly Assignment[]
  readonly snoozed: readonly Snooze[]
}

const none: readonly never[] = []

export const queues = facetQueues({
  names: none,
  version: 1,
  matters: ({ work }: AccountState): WorkMatters => ({
    assigned: [...work.assigned.values()],
    snoozed: [...work.snoozed.values()],
  }),
  work: () => none,
})

/** A piece of work as the lists name it. */
interface About {
  readonly queue: string
  readonly subject: string
}

const nameOf = ({ queue }: About): string => queue.split(':', 1)[0] ?? queue

/** What was said of the piece itself, else of its queue, else of the account. */
const saidOf = <Said extends { readonly queue?: string | undefined; readonly subject?: string | undefined }>(
  said: readonly Said[],
  about: About,
): Said | undefined =>
  said.find(({ queue, subject }) => queue === nameOf(about) && subject === about.subject) ??
  said.find(({ queue, subject }) => queue === nameOf(about) && subject === undefined) ??
  said.find(({ queue }) => queue === undefined)

/** Who has this work; absent: nobody in particular. */
export const assignedTo = ({ assigned }: WorkMatters, about: About): string | undefined => saidOf(assigned, about)?.to

/**
 * Until when a piece of work is put off, as of a day. What has a day by law is never: nobody puts the law off
 * (reference §11.2).
 */
export const snoozeOf = (
  { snoozed }: WorkMatters,
  item: About & { readonly legalDeadline: boolean },
  asOf: Day,
): Snooze | undefined =>
  item.legalDeadline
    ? undefined
    : saidOf(
        snoozed.filter(({ until }) => asOf < until),
        item,
      )
