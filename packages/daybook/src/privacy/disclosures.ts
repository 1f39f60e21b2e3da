import { isAccountedFor } from '@daybook/core/account'
import { clearText } from '@daybook/core/kernel'
import * as Effect from 'effect/Effect'
import { z } from 'zod'
import { accountRecords } from '../book/accounts.ts'
import { asked, questionGiven } from '../book/given.ts'
import { momentsOf, todayOf } from '../book/moments.ts'
import type { OpenBook } from '../book/open-book.ts'
import type { DaybookShape } from '../book/shape.ts'
import type { Disclosure, DisclosuresRequest } from './disclosure-answers.ts'

const disclosuresAsked = asked.extend({
  account: z.string().min(1),
  patient: z.string().min(1).optional(),
  all: z.boolean().optional(),
})

/** The same day so many years before; of a leap day the day before it. */
const yearsBefore = (day: string, years: number): string =>
  `${Number(day.slice(0, 4)) - years}${day.slice(4) === '-02-29' ? '-02-28' : day.slice(4)}`

/** To whom health information of an account was given (45 CFR 164.528), oldest first. */
export const disclosuresIn = (book: OpenBook): DaybookShape['disclosures'] =>
  Effect.fn('Daybook.disclosures')(function* (request: DisclosuresRequest) {
    yield* questionGiven(disclosuresAsked, request)
    const { account, patient, all = false } = request
    const { policy } = yield* book.refreshPolicy
    const to = todayOf(book)
    const from = yearsBefore(to, policy.access.lookBackYears)
    const recorded = yield* accountRecords(book, account, yield* momentsOf(book, {}))
    const found = recorded.flatMap(({ stored, event }): readonly Disclosure[] => {
      if (event?.type !== 'DisclosureLogged' || event.effectiveDate < from) return []
      if (patient !== undefined && event.patientId !== undefined && event.patientId !== patient) return []
      const { disclosureId, effectiveDate, patientId, address, purpose } = event
      return [
        {
          disclosure: disclosureId,
          on: effectiveDate,
          ...(patientId === undefined ? {} : { patient: patientId }),
          to: clearText(event.to),
          ...(address === undefined ? {} : { address: clearText(address) }),
          purpose,
          summary: clearText(event.summary),
          reason: clearText(event.reason),
          accounted: isAccountedFor(purpose),
          by: stored.actor,
        },
      ]
    })
    const ordered = found.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
    const items = all ? ordered : ordered.filter(({ accounted }) => accounted)
    return { account, from, to, items, untold: ordered.length - items.length }
  })
