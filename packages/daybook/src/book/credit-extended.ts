import type { CreditExtended } from '@daybook/core/account'
import { type Day, toDay } from '@daybook/core/kernel'
import { isLong, REGULARLY } from '@daybook/core/rules'
import { listPlans } from '@daybook/projections/lists'
import * as Effect from 'effect/Effect'
import { todayOf } from './moments.ts'
import type { OpenBook } from './open-book.ts'
import { inBook } from './questions.ts'

/** Rows of the list at once. */
const PAGE = 200

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
      for (const { agreement } of rows) {
        if (!agreement || !isLong(true, agreement.instalments)) continue
        const agreed = Number(agreement.on.slice(0, 4))
        if (agreed === year) counts.thisYear += 1
        else if (agreed === year - 1) counts.lastYear += 1
      }
      const counted: CreditExtended = counts
      if (next === undefined || (counts.lastYear > REGULARLY && counts.thisYear > REGULARLY)) return counted
      after = next
    }
  })
