import type { RemittanceId } from '@daybook/core/kernel'
import {
  type Released,
  type RemittanceReport,
  rejectHeldClaim,
  rejectRemittance,
  releaseRemittance,
  remittanceStream,
  reportOf,
  retryHeldClaims,
} from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { orFault } from './commands.ts'
import type { CommandError, DaybookShape } from './contract.ts'
import { invalidCommand, NotFound, type Rejected, rejected } from './errors.ts'
import { commandGiven, rejectOptions, releaseOptions } from './given.ts'
import { dayAsked, todayOf } from './moments.ts'
import type { OpenBook } from './open-book.ts'

const notThere = (id: string, message: string): NotFound => new NotFound({ kind: 'remittance', id, message })

/** A remittance that nobody has received is no rejection: it is not there. */
const received = (book: OpenBook, id: string): Effect.Effect<RemittanceId, NotFound | CommandError> =>
  Effect.gen(function* () {
    yield* book.refreshPolicy
    const [first] = yield* book.events.readStream(remittanceStream(id), { after: -1, limit: 1 })
    return first ? (id as RemittanceId) : yield* notThere(id, `there is no remittance ${id} in this book`)
  })

const reportOr = ({ outcome, report }: Released): Effect.Effect<RemittanceReport, Rejected> =>
  outcome.ok ? Effect.succeed(report) : Effect.fail(rejected(outcome))

/** Tries what is held of a remittance again, for the sake of one claim, which must be held. */
const retry = (book: OpenBook, id: RemittanceId, claim: number, openMissing: boolean) =>
  Effect.gen(function* () {
    const { held } = yield* reportOf(book.desk, id)
    if (!held.some(({ claims }) => claims.includes(claim))) {
      return yield* notThere(id, `claim ${claim} of remittance ${id} is not held`)
    }
    return yield* orFault(retryHeldClaims(book.desk, id, { openMissing }))
  })

export const releaseIn = (book: OpenBook): DaybookShape['release'] =>
  Effect.fn('Daybook.release')(function* (given, options) {
    yield* commandGiven(releaseOptions, options)
    const { reason, claim, account, openMissing = false, commandId } = options
    const id = yield* received(book, given)
    if (claim !== undefined) return yield* retry(book, id, claim, openMissing)
    const paymentDate =
      options.paymentDate === undefined
        ? undefined
        : yield* Effect.mapError(dayAsked(book, 'paymentDate', options.paymentDate), ({ message }) =>
            invalidCommand('paymentDate', message.replace(/^paymentDate: /, '')),
          )
    const release = {
      on: todayOf(book),
      reason,
      ...(account === undefined ? {} : { differenceAccount: account }),
      ...(paymentDate === undefined ? {} : { paymentDate }),
    }
    return yield* reportOr(yield* orFault(releaseRemittance(book.desk, id, release, { openMissing }, commandId)))
  })

export const rejectIn = (book: OpenBook): DaybookShape['reject'] =>
  Effect.fn('Daybook.reject')(function* (given, options) {
    yield* commandGiven(rejectOptions, options)
    const { reason, claim, account, commandId } = options
    const id = yield* received(book, given)
    const on = todayOf(book)
    if (claim === undefined) {
      return yield* reportOr(yield* rejectRemittance(book.desk, id, { on, reason }, commandId))
    }
    if (account === undefined) {
      return yield* invalidCommand('account', 'name the control account that takes the claim’s money out of clearing')
    }
    const rejection = { on, reason, claim, differenceAccount: account }
    return yield* reportOr(yield* rejectHeldClaim(book.desk, id, rejection, commandId))
  })
