import { type RemittanceId, shown, type VisitId } from '@daybook/core/kernel'
import {
  type Desk,
  giveUpWithhold,
  type Released,
  type RemittanceReport,
  refundPayer,
  rejectHeldClaim,
  rejectRemittance,
  releaseRemittance,
  remittanceStream,
  reportOf,
  retryHeldClaims,
  returnWithhold,
} from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import type { Decided } from './answers.ts'
import { deskFor } from './desk.ts'
import { invalidCommand, NotFound, orFault, type Rejected, rejected } from './errors.ts'
import { commandGiven, nameAsked, refundOptions, rejectOptions, releaseOptions } from './given.ts'
import { dayAsked, todayOf } from './moments.ts'
import type { OpenBook } from './open-book.ts'
import type { ReleaseOptions } from './requests.ts'
import type { CommandError, DaybookShape } from './shape.ts'

const notThere = (id: string, message: string): NotFound => new NotFound({ kind: 'remittance', id, message })

/** A remittance that nobody has received is no rejection: it is not there. */
const received = (book: OpenBook, id: string): Effect.Effect<RemittanceId, NotFound | CommandError> =>
  Effect.gen(function* () {
    yield* commandGiven(nameAsked, id, 'remittance')
    yield* book.refreshPolicy
    yield* book.beforeRecognising
    const [first] = yield* book.events.readStream(remittanceStream(id), { after: -1, limit: 1 })
    return first ? (id as RemittanceId) : yield* notThere(id, `there is no remittance ${shown(id)} in this book`)
  })

const decided = (report: RemittanceReport): Decided => ({ ok: true, ...report })

const reportOr = ({ outcome, report }: Released): Effect.Effect<Decided, Rejected> =>
  outcome.ok ? Effect.succeed(decided(report)) : Effect.fail(rejected(outcome))

/** Tries what is held of a remittance again, for the sake of one claim, which must be held. */
const retry = (desk: Desk, id: RemittanceId, claim: number, { openMissing = false, visit }: ReleaseOptions) =>
  Effect.gen(function* () {
    // Claims are not held because of who tries them: they would be held as before, and nobody told why.
    const hits = desk.actor.onBehalfOf?.hits ?? []
    if (hits.length > 0) return yield* rejected({ hits, required: hits.flatMap((hit) => hit.requiredAction ?? []) })
    const { held } = yield* reportOf(desk, id)
    if (!held.some(({ claims }) => claims.includes(claim))) {
      return yield* notThere(id, `claim ${claim} of remittance ${id} is not held`)
    }
    const named = visit === undefined ? [] : [[claim, visit as VisitId] as const]
    return decided(yield* orFault(retryHeldClaims(desk, id, { openMissing, visits: new Map(named) })))
  })

/** A day as a command names it. */
const dayOr = <Else>(book: OpenBook, name: string, given: string | undefined, otherwise: Else) =>
  given === undefined
    ? Effect.succeed(otherwise)
    : Effect.mapError(dayAsked(book, name, given), ({ message }) =>
        invalidCommand(name, message.replace(`${name}: `, '')),
      )

export const releaseIn = (book: OpenBook): DaybookShape['release'] =>
  Effect.fn('Daybook.release')(function* (given, options) {
    yield* commandGiven(releaseOptions, options)
    const { reason, claim, account, openMissing = false, commandId } = options
    const id = yield* received(book, given)
    const desk = yield* deskFor(book, options)
    if (options.withheld !== undefined) {
      const others = [claim, account, options.visit, options.paymentDate, options.anotherPayment, options.openMissing]
      if (others.some((each) => each !== undefined)) {
        return yield* invalidCommand('withheld', 'what is withheld beside the claims is of no claim: name nothing else')
      }
      const { on, ...came } = options.withheld
      const day = yield* dayOr(book, 'withheld.on', on, todayOf(book))
      return yield* reportOr(yield* returnWithhold(desk, id, { on: day, reason, ...came }, commandId))
    }
    if (options.visit !== undefined && claim === undefined) {
      return yield* invalidCommand('visit', 'names the visit of a held claim: say which claim')
    }
    if (claim !== undefined) return yield* retry(desk, id, claim, options)
    const paymentDate = yield* dayOr(book, 'paymentDate', options.paymentDate, undefined)
    const release = {
      on: todayOf(book),
      reason,
      ...(account === undefined ? {} : { differenceAccount: account }),
      ...(paymentDate === undefined ? {} : { paymentDate }),
      ...(options.anotherPayment ? { anotherPayment: true } : {}),
    }
    return yield* reportOr(yield* orFault(releaseRemittance(desk, id, release, { openMissing }, commandId)))
  })

export const rejectIn = (book: OpenBook): DaybookShape['reject'] =>
  Effect.fn('Daybook.reject')(function* (given, options) {
    yield* commandGiven(rejectOptions, options)
    const { reason, claim, account, withheld, commandId } = options
    const id = yield* received(book, given)
    const on = todayOf(book)
    const desk = yield* deskFor(book, options)
    if (withheld !== undefined) {
      if (claim !== undefined || account !== undefined) {
        return yield* invalidCommand(
          'withheld',
          'what is withheld beside the claims is of no claim: name neither one nor an account',
        )
      }
      const amount = withheld === true ? {} : { amount: withheld.amount }
      return yield* reportOr(yield* giveUpWithhold(desk, id, { on, reason, ...amount }, commandId))
    }
    if (claim === undefined) {
      return yield* reportOr(yield* rejectRemittance(desk, id, { on, reason }, commandId))
    }
    if (account === undefined) {
      return yield* invalidCommand('account', 'name the control account that takes the claim’s money out of clearing')
    }
    const rejection = { on, reason, claim, differenceAccount: account }
    return yield* reportOr(yield* rejectHeldClaim(desk, id, rejection, commandId))
  })

export const refundIn = (book: OpenBook): DaybookShape['refund'] =>
  Effect.fn('Daybook.refund')(function* (given, options) {
    yield* commandGiven(refundOptions, options)
    const { reason, amount, method, reference, commandId } = options
    const id = yield* received(book, given)
    const on = yield* dayOr(book, 'on', options.on, todayOf(book))
    const desk = yield* deskFor(book, options)
    if (options.void !== undefined) {
      const both = [amount, method, reference].some((each) => each !== undefined)
      if (both) return yield* invalidCommand('void', 'a void names the refund and why, nothing else of it')
      return yield* reportOr(yield* refundPayer(desk, id, { on, refund: options.void, reason }, commandId))
    }
    if (method === undefined) return yield* invalidCommand('method', 'say how it went: check, ach or other')
    const sent = { ...(amount === undefined ? {} : { amount }), ...(reference === undefined ? {} : { reference }) }
    return yield* reportOr(yield* refundPayer(desk, id, { on, method, reason, ...sent }, commandId))
  })
