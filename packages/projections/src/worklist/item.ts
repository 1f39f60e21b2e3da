import { type Day, daysBetween } from '@daybook/core/kernel'
import type { Queue } from './names.ts'
import { ageOn, type ScoreInputs, type ScoreTerm, scoreOf } from './score.ts'
import type { Deadline, Work, WorkContext } from './work.ts'

/** A piece of the day's work in its place: where it stands in the order and why, what to do, and what stands in the way. */
export interface WorkItem {
  /** Absent for work on a remittance, and on a person who stands behind none. */
  readonly account?: string
  readonly remittance?: string
  /** The practice's own file of claims, where it is work on one of its claims. */
  readonly submission?: string
  /** The line of the bank's statement, where it is work on one. */
  readonly deposit?: string
  /** Whom it is about, where it is work on a person. */
  readonly person?: string
  /** Whose it is: the guarantor's name, or payer and trace; absent where the book has no readable name. */
  readonly whose?: string
  /** The queue, with its part after a colon where it has parts: `denials:auth`, `selfPay:61-90`. */
  readonly queue: Queue | `${Queue}:${string}`
  /** What it is about within the account or remittance: a denial, a credit, a claim. */
  readonly subject: string
  /** Cents. */
  readonly amount: number
  /** The day from which it counts. */
  readonly since: Day
  readonly priority: number
  readonly score: readonly ScoreTerm[]
  readonly reasons: readonly string[]
  readonly nextAction: string
  /** Whether the next action may be taken now. */
  readonly allowed: boolean
  /** What stands in the way: rule ids, or facts in words. */
  readonly blockedBy: readonly string[]
  readonly due?: Day
  /** Days since the due day has passed; absent until then. */
  readonly daysLate?: number
  /** Who has it; absent: nobody in particular. */
  readonly assignedTo?: string
  /** Whose work it is, where who asks does it for them. */
  readonly onBehalfOf?: string
  /** True where law sets the due day: such items come first. */
  readonly legalDeadline: boolean
}

const dueWords = ({ due, source }: Deadline, late: number): string =>
  late > 0 ? `was due ${due}, ${late} ${late === 1 ? 'day' : 'days'} late (${source})` : `due ${due} (${source})`

/** Whose work it is. */
export type Owner =
  | Pick<WorkItem, 'account'>
  | Pick<WorkItem, 'remittance'>
  | Pick<WorkItem, 'submission'>
  | Pick<WorkItem, 'deposit'>
  | Pick<WorkItem, 'account' | 'person'>

/** Scores a piece of work and gives it its place. `patient`: what is known of how the patient pays. */
export const itemOf = (
  owner: Owner,
  work: Work<Queue>,
  { asOf, policy }: WorkContext,
  patient: Partial<ScoreInputs> = {},
): WorkItem => {
  const { deadline, blockedBy = [], allowed = blockedBy.length === 0 } = work
  const daysToDeadline = deadline && daysBetween(asOf, deadline.due)
  const late = Math.max(0, -(daysToDeadline ?? 0))
  const score = scoreOf(
    {
      balance: work.amount,
      ageDays: ageOn(work.since, asOf),
      ...(daysToDeadline === undefined ? {} : { daysToDeadline }),
      ...(work.asksPatient ? patient : {}),
    },
    policy.worklist,
  )
  return {
    ...owner,
    queue: work.queue,
    subject: work.subject,
    amount: work.amount,
    since: work.since,
    priority: score.priority,
    score: score.terms,
    reasons: deadline ? [...work.reasons, dueWords(deadline, late)] : work.reasons,
    nextAction: work.nextAction,
    allowed,
    blockedBy,
    ...(deadline ? { due: deadline.due } : {}),
    ...(late > 0 ? { daysLate: late } : {}),
    legalDeadline: deadline?.legal ?? false,
  }
}

const ownerOf = (item: WorkItem): string =>
  item.account ?? item.remittance ?? item.person ?? item.submission ?? item.deposit ?? ''
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * The order of the day (reference §11.2): legal deadlines first, then priority, then the older responsibility, then the
 * account; queue and subject make it total, so that equal books give equal lists (F43).
 */
export const inOrder = (a: WorkItem, b: WorkItem): number =>
  Number(b.legalDeadline) - Number(a.legalDeadline) ||
  b.priority - a.priority ||
  compare(a.since, b.since) ||
  compare(ownerOf(a), ownerOf(b)) ||
  compare(a.queue, b.queue) ||
  compare(a.subject, b.subject)
