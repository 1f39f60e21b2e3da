import {
  type AccountState,
  activePlansOn,
  firstUnmet,
  lastDayOf,
  owedOn,
  type PaymentPromise,
} from '@daybook/core/account'
import { addBusinessDays, addDays, type Day, formatCents, PATIENT, sumOf } from '@daybook/core/kernel'
import { facetQueues } from '../queue.ts'
import type { Work } from '../work.ts'

export interface PromiseMatter {
  readonly promise: string
  readonly made: Day
  /** The part that is waited for, or was not met. */
  readonly due: Day
  /** The last day on which the money is in time. */
  readonly lastDay: Day
  /** What was promised by then, and what of it is missing, cents. */
  readonly asked: number
  readonly missing: number
  /** Whether it was recorded that its time has passed. */
  readonly recorded: boolean
}

/** The first day of work on a promise whose time has passed: the business day after the one on which it is broken (§5.5). */
export const followUpFrom = (lastDay: Day): Day => addBusinessDays('FED_OBSERVED', addDays(lastDay, 1), 1)

/** What a promise leaves to do: nothing where it is kept or closed, nothing is owed, or a plan has taken its place. */
export const promiseMatter = (state: AccountState, promise: PaymentPromise): PromiseMatter | undefined => {
  const { status, made, promiseId } = promise
  const unmet = firstUnmet(promise)
  if (status === 'closed' || status === 'kept' || !unmet) return undefined
  const lines = made.lines.map(({ lineId }) => lineId)
  const owed = sumOf(lines, (line) => Math.max(0, owedOn(state.ledger, line, PATIENT)))
  if (owed === 0 || activePlansOn(state.plans, lines).length > 0) return undefined
  return {
    promise: promiseId,
    made: made.effectiveDate,
    due: unmet.part.due,
    lastDay: lastDayOf(promise, unmet.part),
    asked: unmet.asked,
    missing: Math.min(owed, unmet.asked - unmet.paid),
    recorded: status !== 'open',
  }
}

const isBroken = ({ lastDay }: PromiseMatter, asOf: Day): boolean => asOf > lastDay

const words = ({ made, due, asked, missing }: PromiseMatter): string =>
  `promised on ${made}: ${formatCents(asked)} by ${due}, ${formatCents(missing)} of it missing`

const broken = (matter: PromiseMatter): Work<'promises'> => {
  const from = followUpFrom(matter.lastDay)
  return {
    queue: 'promises:broken',
    subject: matter.promise,
    amount: matter.missing,
    since: addDays(matter.lastDay, 1),
    waits: { says: `a promise is broken: worked the next business day`, until: from },
    reasons: [`${words(matter)}: broken`],
    nextAction: matter.recorded
      ? 'call, offer a plan; then close the promise (ClosePromise)'
      : 'record it (EvaluatePromise), call, offer a plan; then close the promise (ClosePromise)',
    asksPatient: true,
  }
}

/** Reminded the day before (reference §11.3); then the money is looked for, and nobody is asked. */
const due = (matter: PromiseMatter, asOf: Day): Work<'promises'> => {
  const { promise: subject, missing: amount, due: day, lastDay } = matter
  const reminder = addDays(day, -1)
  const when = asOf < day ? 'due tomorrow' : asOf === day ? 'due today' : `in its grace until ${lastDay}`
  return {
    queue: 'promises:due',
    subject,
    amount,
    since: reminder < matter.made ? matter.made : reminder,
    atOnce: true,
    waits: { says: `promised by ${day}`, until: reminder },
    reasons: [`${words(matter)}: ${when}`],
    nextAction: asOf < day ? 'remind of it' : 'look for the payment',
    asksPatient: true,
  }
}

/** Promises that are due, or broken. */
export const queues = facetQueues({
  names: ['promises'],
  version: 1,
  matters: (state) =>
    state.promises.promises.where('watched').flatMap((promise) => promiseMatter(state, promise) ?? []),
  work: (matters, { asOf }) => matters.map((matter) => (isBroken(matter, asOf) ? broken(matter) : due(matter, asOf))),
  // Where nobody has promised anything there is nothing to say of it.
  patientInputs: (matters, { asOf }) =>
    matters.length === 0
      ? {}
      : {
          brokenPromise: matters.some((matter) => isBroken(matter, asOf)),
          promiseDueToday: matters.some((matter) => !isBroken(matter, asOf) && matter.due === asOf),
        },
})
