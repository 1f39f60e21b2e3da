import { shown, submissionStream } from '@daybook/core/kernel'
import { dismissHeldClaim, firstReceipt } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { deskFor } from './desk.ts'
import { NotFound, orFault, rejected } from './errors.ts'
import { commandGiven, dismissOptions, nameAsked } from './given.ts'
import { todayOf } from './moments.ts'
import type { OpenBook } from './open-book.ts'
import type { DaybookShape } from './shape.ts'

/** A person decides that a claim of one of the practice's own files is not to be taken. */
export const dismissIn = (book: OpenBook): DaybookShape['dismiss'] =>
  Effect.fn('Daybook.dismiss')(function* (id, options) {
    yield* commandGiven(dismissOptions, options)
    yield* commandGiven(nameAsked, id, 'submission')
    yield* book.refreshPolicy
    yield* book.beforeWriting
    const [first] = yield* book.events.readStream(submissionStream(id), { after: -1, limit: 1 })
    if (!first) {
      const message = `of no file ${shown(id)} a claim is held in this book`
      return yield* new NotFound({ kind: 'submission', id, message })
    }
    const { claim, reason, commandId } = options
    const dismissal = { on: todayOf(book), claim, reason }
    const outcome = yield* orFault(dismissHeldClaim(yield* deskFor(book, options), id, dismissal, commandId))
    if (!outcome.ok) return yield* rejected(outcome)
    return 'nothingToDo' in outcome ? outcome : yield* firstReceipt(book.events, outcome)
  })
