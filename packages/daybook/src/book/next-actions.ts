import { account as aggregate, type NextAction, type NextStep } from '@daybook/core/account'
import type { AccountId, Instant } from '@daybook/core/kernel'
import { accountStream, type Desk, load, nextStepOf } from '@daybook/core/service'
import type { WorkItem } from '@daybook/projections/worklist'
import * as Effect from 'effect/Effect'
import type { WorkItemShown } from './answers.ts'

// The next best action on the lists of the day: what a list says of asking the patient has passed the gates, or says what
// it waits for (reference §11.3).

/** Lists on which the patient is asked, and the rows of the table that are what the list itself wants done. */
const asks: Readonly<Record<string, readonly NextStep[]>> = {
  selfPay: [],
  promises: ['followUpPromise', 'remindOfPromise'],
  planMisses: ['cureNotice'],
  'statementFollowUp:call': ['call'],
  'statementFollowUp:reminder': ['remind'],
}

const ownSteps = ({ queue }: WorkItem): readonly NextStep[] | undefined =>
  asks[queue] ?? asks[queue.split(':', 1)[0] ?? '']

/** The item with the account's next action: in the list's own words where it is what the list wants done. */
const withNext = (item: WorkItem, next: NextAction): WorkItemShown => {
  const { step, nextAction, because, allowed, blockedBy: hits, earliest, due, reviewOn } = next
  const isOwn = ownSteps(item)?.includes(step) === true
  return {
    ...item,
    nextAction: isOwn ? item.nextAction : nextAction,
    reasons: isOwn || item.reasons.includes(because) ? item.reasons : [...item.reasons, because],
    allowed,
    blockedBy: [...new Set(hits.map(({ rule }) => rule))],
    ...(item.due === undefined && due !== undefined ? { due } : {}),
    step,
    hits,
    ...(earliest === undefined ? {} : { earliest }),
    reviewOn,
  }
}

/** The next action of an account, now. */
export const nextFor = (desk: Desk, account: string, now?: Instant) =>
  Effect.flatMap(load(desk.service, aggregate, accountStream(account)), ({ state }) =>
    nextStepOf(desk, account as AccountId, state, now),
  )

/** The items with the next action of each account whose patient would be asked; each account is asked once. */
export const decided = (desk: Desk, items: readonly WorkItem[], now: Instant, most = items.length) =>
  Effect.gen(function* () {
    const known = new Map<string, NextAction>()
    const shown: WorkItemShown[] = []
    for (const [at, item] of items.entries()) {
      if (at >= most || item.account === undefined || ownSteps(item) === undefined) {
        shown.push(item)
        continue
      }
      const next = known.get(item.account) ?? (yield* nextFor(desk, item.account, now))
      known.set(item.account, next)
      shown.push(withNext(item, next))
    }
    return shown
  })
