import type { AccountCommand } from '@daybook/core/account'
import type { AccountId, Day, PlanId } from '@daybook/core/kernel'
import { type Desk, executeOnAccount, firstReceipt, previewOnAccount } from '@daybook/core/service'
import { listPlans, type PlanRow } from '@daybook/projections/lists'
import * as Effect from 'effect/Effect'
import type { DayReport, DayStep } from './answers.ts'
import { deskOf } from './desk.ts'
import { invalidQuery, orFault } from './errors.ts'
import { dayOptions, questionGiven } from './given.ts'
import { dayAsked, todayOf } from './moments.ts'
import type { OpenBook } from './open-book.ts'
import { inBook } from './questions.ts'
import type { DaybookShape } from './shape.ts'

// What nobody asks for and time brings about: a plan that is not paid is missed, offered a cure, in default, or too old to
// be accepted. The list of plans says which accounts have one, so no other account is read.

/** Rows of the list at once. */
const PAGE = 200

/** Plans for which a day may bring something; completed and cancelled ones have ended. */
const goesOn: ReadonlySet<string> = new Set(['proposed', 'active', 'suspended', 'defaulted'])

const allPlans = (book: OpenBook) =>
  Effect.gen(function* () {
    const plans: PlanRow[] = []
    for (let after: string | undefined; ; ) {
      const page = { asOf: todayOf(book), limit: PAGE, ...(after === undefined ? {} : { after }) }
      const { rows, next } = yield* inBook(book, listPlans(page))
      plans.push(...rows.filter(({ status }) => goesOn.has(status)))
      if (next === undefined) return plans
      after = next
    }
  })

/** One id for one account, plan and day: run again, what was written is found and not written twice. */
const commandIdOf = (day: Day, { account, plan }: PlanRow): string => `day:${day}:${account}:plan:${plan}`

const stepOf = (
  { account, guarantor, plan }: PlanRow,
  more: Omit<DayStep, 'account' | 'guarantor' | 'plan'>,
): DayStep => ({
  account,
  ...(guarantor === undefined ? {} : { guarantor }),
  plan,
  ...more,
})

/** What the day brings to a plan; undefined where it brings nothing. */
const evaluated = (book: OpenBook, desk: Desk, row: PlanRow, day: Day, by: string, dryRun: boolean) =>
  Effect.gen(function* () {
    const command = { type: 'EvaluatePlan', on: day, plan: row.plan as PlanId } as const satisfies AccountCommand
    const commandId = commandIdOf(day, row)
    if (dryRun) {
      const decision = yield* orFault(previewOnAccount(desk, row.account, command, commandId))
      if (!decision.ok) return stepOf(row, { outcome: 'refused', events: [], hits: decision.hits })
      const events = decision.events.map(({ type }) => type)
      return events.length === 0 ? undefined : stepOf(row, { outcome: 'would', events })
    }
    const outcome = yield* orFault(executeOnAccount(desk, row.account as AccountId, command, commandId, { by }))
    if (!outcome.ok) return stepOf(row, { outcome: 'refused', events: [], hits: outcome.hits })
    if ('nothingToDo' in outcome) return undefined
    const { events, repeated } = yield* firstReceipt(book.events, outcome)
    return stepOf(row, { outcome: repeated ? 'before' : 'done', events: [...events] })
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
    const plans = yield* allPlans(book)
    const steps: DayStep[] = []
    for (const [at, row] of plans.entries()) {
      const step = yield* evaluated(book, desk, row, day, asking.actor.id, dryRun)
      if (step) steps.push(step)
      onProgress?.(at + 1, plans.length)
      yield* Effect.yieldNow
    }
    const report: DayReport = { date: day, dryRun, plans: plans.length, steps }
    return report
  })
