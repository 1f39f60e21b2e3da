import { addDays, addMonths, type Day, type Instant, type LocalTimes } from '@daybook/core/kernel'
import type { PracticePolicy } from '@daybook/core/policy'
import type { LegalWait } from '@daybook/core/rules'

/** What the day's work is computed for. */
export interface WorkContext {
  readonly asOf: Day
  /** An instant of that day at the practice: for work that waits for a time of day. */
  readonly now: Instant
  /** What it is at an instant in any zone. */
  readonly localTime: LocalTimes
  readonly policy: PracticePolicy
}

/** Something that stands open, as a document keeps it. */
export interface Matter {
  /** Cents. */
  readonly amount: number
  /** The day from which it counts: on an earlier day it is not there yet. */
  readonly since: Day
}

/** By when something must be done, and who says so. */
export interface Deadline {
  readonly due: Day
  /** Set by law: such work comes first (reference §11.2). */
  readonly legal: boolean
  readonly source: string
}

/** A dated reason why something that stands open is on no list of the day. */
export interface Wait {
  readonly says: string
  /** The first day on which it is on a list. */
  readonly until?: Day
}

/** Work that a queue finds, before it has a score and a place. `Name`: the queues that it may stand in. */
export interface Work<Name extends string = string> extends Matter {
  /** The queue, with its part after a colon where it has parts: `denials:auth`. */
  readonly queue: Name | `${Name}:${string}`
  /** What it is about within the account or remittance: a denial, a credit, a claim. */
  readonly subject: string
  readonly reasons: readonly string[]
  readonly nextAction: string
  /** What stands in the way: rule ids, or facts in words. */
  readonly blockedBy?: readonly string[]
  /** Defaults to: allowed when nothing blocks. */
  readonly allowed?: boolean
  readonly deadline?: Deadline | undefined
  /** Why it is on no list yet, and until when; without a day, as long as it stands so (law Q6). */
  readonly waits?: Wait | undefined
  /** It is the patient who is asked: what the facets know of the patient's paying counts for its score. */
  readonly asksPatient?: boolean
  /** Work already before `since`: an amount may be owed now and age from a later day; its age is 0 until then. */
  readonly atOnce?: boolean
}

/** A deadline of law: so many days from a day, or from the day on which a notice of that day counts as received. None where the rule was no law then. */
export const dueByLaw = (since: Day, wait: LegalWait): Deadline | undefined => {
  const { id, citation, days, effective, presumedReceipt = 0 } = wait
  if (since < effective.from || (effective.to !== undefined && since > effective.to)) return undefined
  const from = addDays(since, presumedReceipt)
  const presumed = presumedReceipt > 0 ? `, when the notice of ${since} counts as received` : ''
  return { due: addDays(from, days), legal: true, source: `${id}: ${days} days from ${from}${presumed} (${citation})` }
}

/** The day from which what nobody has claimed since a day is dormant, to be reported as unclaimed property (reference §8.12). */
export const unclaimedOn = (since: Day, { policy }: Pick<WorkContext, 'policy'>): Day =>
  addMonths(since, policy.posting.unclaimedMonths)

/** That it is dormant by the day that is asked for; nothing before. */
export const unclaimedReasons = (since: Day, context: WorkContext): readonly string[] => {
  const from = unclaimedOn(since, context)
  return from <= context.asOf ? [`unclaimed since ${since}: to be reported as unclaimed property from ${from}`] : []
}

/**
 * The sooner of two deadlines of one step, of law where either is: an earlier day of the practice's own must not let anybody put
 * the work off past the day of law.
 */
export const sooner = (one: Deadline | undefined, other: Deadline | undefined): Deadline | undefined => {
  if (!one || !other) return one ?? other
  const first = other.due < one.due ? other : one
  const law = [one, other].find(({ legal }) => legal)
  if (!law || law === first) return first
  return { ...first, legal: true, source: `${first.source}; by ${law.due} at the latest: ${law.source}` }
}

/** A deadline of the practice's own: `what` says what it wants done within so many days. */
export const dueByPolicy = (since: Day, days: number, what: string): Deadline => ({
  due: addDays(since, days),
  legal: false,
  source: `policy: ${what} within ${days} days`,
})
