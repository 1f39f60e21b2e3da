import type { NextAction, NextStep } from '@daybook/core/account'
import type { AccountId, Instant } from '@daybook/core/kernel'
import { type Desk, nextStepsOf } from '@daybook/core/service'
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

/**
 * The item with the account's next action: in the list's own words where it is what the list wants done. What the list itself is
 * held back by stays: the next action may be allowed where nobody is asked, and the list would have somebody asked.
 */
const withNext = (item: WorkItem, next: NextAction): WorkItemShown => {
  const { step, nextAction, because, allowed, blockedBy: hits, earliest, due, reviewOn } = next
  const isOwn = ownSteps(item)?.includes(step) === true
  return {
    ...item,
    nextAction: isOwn ? item.nextAction : nextAction,
    reasons: isOwn || item.reasons.includes(because) ? item.reasons : [...item.reasons, because],
    allowed: item.allowed && allowed,
    blockedBy: [...new Set([...item.blockedBy, ...hits.map(({ rule }) => rule)])],
    ...(item.due === undefined && due !== undefined ? { due } : {}),
    step,
    hits,
    ...(earliest === undefined ? {} : { earliest }),
    reviewOn,
  }
}

/** The next action of an account, now. */
export const nextFor = (desk: Desk, account: string) =>
  Effect.map(nextStepsOf(desk, [account as AccountId]), (steps) => steps.get(account as AccountId))

/** The items with the next action of each account whose patient would be asked. */
export const decided = (desk: Desk, items: readonly WorkItem[], now: Instant, most = items.length) => {
  const asking = (item: WorkItem, at: number): AccountId | undefined =>
    at < most && ownSteps(item) !== undefined ? (item.account as AccountId | undefined) : undefined
  return Effect.map(
    nextStepsOf(
      desk,
      items.flatMap((item, at) => asking(item, at) ?? []),
      now,
    ),
    (steps) =>
      items.map((item, at): WorkItemShown => {
        const account = asking(item, at)
        const next = account === undefined ? undefined : steps.get(account)
        return next ? withNext(item, next) : item
      }),
  )
}
