import { accessCodec } from '@daybook/core/access'
import { isUnreadable } from '@daybook/core/kernel'
import { Integrity, type StoredEvent } from '@daybook/core/ports'
import { provenEach } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { z } from 'zod'
import type { Listed } from '../book/answers.ts'
import { dayText, questionGiven } from '../book/given.ts'
import type { OpenBook } from '../book/open-book.ts'
import type { DaybookShape } from '../book/shape.ts'
import { sha256 } from '../book/world.ts'
import type { Access, AccessesRequest } from './access-answers.ts'

const USUAL = 1_000
const AT_ONCE = 500

const accessesAsked = z.strictObject({
  actor: z.unknown().optional(),
  account: z.string().min(1).optional(),
  person: z.string().min(1).optional(),
  by: z.string().min(1).optional(),
  from: dayText.optional(),
  to: dayText.optional(),
  limit: z.int().positive().max(10_000).optional(),
  after: z
    .string()
    .regex(/^\d{1,15}$/, 'is no `next` of a list')
    .optional(),
})

/** What no record of whom is asked can lack, looked for before it is parsed. */
const mayBe = (
  { data, actor, effectiveDate }: StoredEvent,
  { account, person, by, from, to }: AccessesRequest,
): boolean =>
  (account === undefined || data.includes(JSON.stringify(account))) &&
  (person === undefined || data.includes(JSON.stringify(person))) &&
  (by === undefined || actor === by) &&
  (from === undefined || effectiveDate >= from) &&
  (to === undefined || effectiveDate <= to)

const read = (stored: StoredEvent): Effect.Effect<Access, Integrity> => {
  const event = accessCodec.decode(stored)
  if (isUnreadable(event)) {
    const message = `@${stored.position} of the access log can not be read (${event.reason}): check says more`
    return Effect.fail(new Integrity({ message }))
  }
  const { question, roles, purpose, outcome, shown, withheld, accounts = [], persons = [], remittances = [] } = event
  return Effect.succeed({
    position: stored.position,
    at: stored.recordedAt,
    on: stored.effectiveDate,
    by: stored.actor,
    question,
    roles,
    purpose,
    outcome,
    shown,
    withheld,
    accounts,
    persons,
    remittances,
  })
}

const isMeant = ({ accounts, persons }: Access, { account, person }: AccessesRequest): boolean =>
  (account === undefined || accounts.includes(account)) && (person === undefined || persons.includes(person))

/** Who looked at what, oldest first. It reads the access log: it costs by looks. That it is asked is no look at anybody. */
export const accessesIn = (book: OpenBook): DaybookShape['accesses'] =>
  Effect.fn('Daybook.accesses')(function* (request = {}) {
    yield* questionGiven(accessesAsked, request)
    const { limit = USUAL } = request
    const items: Access[] = []
    const none: Listed<Access> = { position: 0, items }
    return yield* Effect.scoped(
      Effect.gen(function* () {
        const log = yield* book.accessLog.reading
        if (!log) return none
        const { position } = yield* log.head
        for (let after = Number(request.after ?? 0); ; ) {
          const page = yield* log.readAll({ after, upTo: position, limit: AT_ONCE })
          yield* provenEach(page, { sha256, origin: log.origin })
          for (const stored of page) {
            if (!mayBe(stored, request)) continue
            const access = yield* read(stored)
            if (!isMeant(access, request)) continue
            items.push(access)
            if (items.length === limit) return { position, items, next: String(stored.position) } as Listed<Access>
          }
          const last = page.at(-1)
          if (!last || page.length < AT_ONCE) return { position, items } as Listed<Access>
          after = last.position
          yield* Effect.yieldNow
        }
      }),
    )
  })
