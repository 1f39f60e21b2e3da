import { account as aggregate, type CreditExtended } from '@daybook/core/account'
import { type Day, toDay } from '@daybook/core/kernel'
import { isLong, REGULARLY } from '@daybook/core/rules'
import { accountStream, load } from '@daybook/core/service'
import { listPlans } from '@daybook/projections/lists'
import * as Effect from 'effect/Effect'
import { todayOf } from './moments.ts'
import type { OpenBook } from './open-book.ts'
import { inBook } from './questions.ts'

/** Rows of the list at once. */
const PAGE = 200

/** The calendar year in which a written plan of more than four instalments was agreed; undefined for any other. */
const agreedIn = (book: OpenBook, account: string, id: string) =>
  Effect.map(load(book.desk.service, aggregate, accountStream(account)), ({ state }) => {
    const plan = [...state.plans.plans.values()].find(({ planId }) => planId === id)
    if (plan?.activatedOn === undefined) return undefined
    const { writtenAgreement, schedule, downPayment } = plan.proposed
    const instalments = schedule.length - (downPayment === undefined ? 0 : 1)
    return isLong(writtenAgreement, instalments) ? Number(plan.activatedOn.slice(0, 4)) : undefined
  })

/**
 * How often the practice has extended credit in the calendar year of a day and in the one before: written plans of more than four
 * instalments, by the day on which they were agreed (12 CFR 1026.2(a)(17)). A proposal may have been made in the year before those. It
 * stops counting where both years are regular already.
 */
export const creditExtendedBy = (book: OpenBook, on: Day) =>
  Effect.gen(function* () {
    const year = Number(on.slice(0, 4))
    const from = toDay(`${year - 2}-01-01`)
    const counts = { lastYear: 0, thisYear: 0 }
    for (let after: string | undefined; ; ) {
      const page = { asOf: todayOf(book), from, limit: PAGE, ...(after === undefined ? {} : { after }) }
      const { rows, next } = yield* inBook(book, listPlans(page))
      for (const { account, plan, schedule } of rows) {
        // What has so few promises is no credit, whatever was signed: its account is not read. A down payment is one of them.
        if (!isLong(true, schedule.length)) continue
        const agreed = yield* agreedIn(book, account, plan)
        if (agreed === year) counts.thisYear += 1
        else if (agreed === year - 1) counts.lastYear += 1
      }
      const counted: CreditExtended = counts
      if (next === undefined || (counts.lastYear > REGULARLY && counts.thisYear > REGULARLY)) return counted
      after = next
    }
  })
