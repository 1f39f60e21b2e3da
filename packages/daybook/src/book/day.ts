import type { AccountCommand, PromiseId } from '@daybook/core/account'
import type { AccountId, Day, PlanId } from '@daybook/core/kernel'
import { type Desk, executeOnAccount, firstReceipt, previewOnAccount } from '@daybook/core/service'
import { listPlans, ownerLabels, type PlanRow } from '@daybook/projections/lists'
import { worklist } from '@daybook/projections/worklist'
import * as Effect from 'effect/Effect'
import type { DayReport, DayStep } from './answers.ts'
import { deskOf } from './desk.ts'
import { invalidQuery, orFault } from './errors.ts'
import { dayOptions, questionGiven } from './given.ts'
import { askedOn, dayAsked, todayOf } from './moments.ts'
import type { OpenBook } from './open-book.ts'
import { inBook } from './questions.ts'
import type { DaybookShape } from './shape.ts'

// What nobody asks for and time brings about: a plan that is not paid is missed, offered a cure, in default, or too old to
// be accepted; a promise whose time has passed is broken. The list of plans and the worklist say which accounts have one,
// so no other account is read.

/** Rows of the list at once. */
const PAGE = 200

/** Plans for which a day may bring something; completed and cancelled ones have ended. */
const goesOn: ReadonlySet<string> = new Set(['proposed', 'active', 'suspended', 'defaulted'])

/** Something to look at: whose it is, and what it is called in the report. */
interface Matter extends Pick<DayStep, 'account' | 'guarantor' | 'plan' | 'promise'> {
  readonly command: AccountCommand
  /** One id for one account, matter and day: run again, what was written is found and not written twice. */
  readonly commandId: string
}

const ofPlan = ({ account, guarantor, plan }: PlanRow, on: Day): Matter => ({
  account,
  ...(guarantor === undefined ? {} : { guarantor }),
  plan,
  command: { type: 'EvaluatePlan', on, plan: plan as PlanId },
  commandId: `day:${on}:${account}:plan:${plan}`,
})

const plansOn = (book: OpenBook, day: Day) =>
  Effect.gen(function* () {
    const plans: Matter[] = []
    for (let after: string | undefined; ; ) {
      const page = { asOf: todayOf(book), limit: PAGE, ...(after === undefined ? {} : { after }) }
      const { rows, next } = yield* inBook(book, listPlans(page))
      plans.push(...rows.filter(({ status }) => goesOn.has(status)).map((row) => ofPlan(row, day)))
      if (next === undefined) return plans
      after = next
    }
  })

/** Promises whose time has passed, as the worklist has them: those that wait for the next business day too. */
const promisesOn = (book: OpenBook, day: Day) =>
  Effect.gen(function* () {
    const { localTime } = book.desk.service.world
    const { policy } = yield* book.refreshPolicy
    const { now } = yield* askedOn(book, { asOf: day })
    const { items, waiting } = yield* inBook(
      book,
      worklist({ asOf: day, now, localTime, policy, queue: 'promises:broken' }),
    )
    const found = [...items, ...waiting].flatMap(({ account, subject }) => (account ? [{ account, subject }] : []))
    const owners = yield* inBook(book, ownerLabels({ accounts: found.map(({ account }) => account), remittances: [] }))
    return found.map(({ account, subject }): Matter => {
      const guarantor = owners.get(account)
      return {
        account,
        ...(guarantor === undefined ? {} : { guarantor }),
        promise: subject,
        command: { type: 'EvaluatePromise', on: day, promise: subject as PromiseId },
        commandId: `day:${day}:${account}:promise:${subject}`,
      }
    })
  })

/** What the day brings to a matter; undefined where it brings nothing. */
const evaluated = (book: OpenBook, desk: Desk, matter: Matter, by: string, dryRun: boolean) =>
  Effect.gen(function* () {
    const { command, commandId, ...of } = matter
    const step = (more: Omit<DayStep, 'account' | 'guarantor' | 'plan' | 'promise'>): DayStep => ({ ...of, ...more })
    if (dryRun) {
      const decision = yield* orFault(previewOnAccount(desk, of.account, command, commandId))
      if (!decision.ok) return step({ outcome: 'refused', events: [], hits: decision.hits })
      const events = decision.events.map(({ type }) => type)
      return events.length === 0 ? undefined : step({ outcome: 'would', events })
    }
    const outcome = yield* orFault(executeOnAccount(desk, of.account as AccountId, command, commandId, { by }))
    if (!outcome.ok) return step({ outcome: 'refused', events: [], hits: outcome.hits })
    if ('nothingToDo' in outcome) return undefined
    const { events, repeated } = yield* firstReceipt(book.events, outcome)
    return step({ outcome: repeated ? 'before' : 'done', events: [...events] })
  })

export const dayIn = (book: OpenBook): DaybookShape['day'] =>
  Effect.fn('Daybook.day')(function* (options = {}) {
    yield* questionGiven(dayOptions, options)
    const { dryRun = false, onProgress } = options
    const day = yield* dayAsked(book, 'date', options.date)
    const today = todayOf(book)
    if (day > today) return yield* invalidQuery('date', `${day} has not come yet: today is ${today}`)
    yield* book.refreshPolicy
    if (!dryRun) yield* book.beforeWriting
    const asking = deskOf(book, options)
    const desk: Desk = { ...asking, actor: { id: 'system', roles: ['system'] } }
    const plans = yield* plansOn(book, day)
    const promises = yield* promisesOn(book, day)
    const matters = [...plans, ...promises]
    const steps: DayStep[] = []
    for (const [at, matter] of matters.entries()) {
      const step = yield* evaluated(book, desk, matter, asking.actor.id, dryRun)
      if (step) steps.push(step)
      onProgress?.(at + 1, matters.length)
      yield* Effect.yieldNow
    }
    const report: DayReport = { date: day, dryRun, plans: plans.length, promises: promises.length, steps }
    return report
  })
