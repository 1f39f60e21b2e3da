import * as Effect from 'effect/Effect'
import type { Day } from '../kernel/day.ts'
import type { RemittanceId } from '../kernel/ids.ts'
import { earlierUnder, rememberCarried } from './carried.ts'
import { type Desk, executeOnRemittance, loadRemittance } from './desk.ts'
import type { ExecuteError, Outcome } from './execute.ts'
import { finishRetry, postRemittance } from './post-remittance.ts'
import type { PostingOptions } from './posting.ts'
import { type RemittanceReport, reportOf } from './remittance-report.ts'

/** What a person decided about a held remittance, and what came of it. */
export interface Released {
  readonly outcome: Outcome
  readonly report: RemittanceReport
}

const decided = (desk: Desk, id: RemittanceId, command: object, commandId: string | undefined, post?: PostingOptions) =>
  Effect.gen(function* () {
    const { received } = yield* loadRemittance(desk, id)
    const earlier = received && post ? yield* earlierUnder(desk, received) : []
    const given = earlier.length > 0 ? { ...command, earlier } : command
    const outcome = yield* executeOnRemittance(desk, id, given, commandId ?? desk.service.world.uuid())
    if (outcome.ok && post) {
      if (received) yield* rememberCarried(desk, received, received.effectiveDate)
      yield* postRemittance(desk, id, post)
    }
    return { outcome, report: yield* reportOf(desk, id) }
  })

/** Lets a held transaction through and posts it; a difference goes to the control account that the person names. */
export const releaseRemittance = (
  desk: Desk,
  id: RemittanceId,
  release: {
    readonly on: Day
    readonly reason: string
    readonly differenceAccount?: string
    readonly paymentDate?: string
  },
  options: PostingOptions,
  commandId?: string,
): Effect.Effect<Released, ExecuteError> =>
  decided(desk, id, { type: 'ReleaseRemittance', ...release }, commandId, options)

/** Refuses a held transaction: it never reaches the ledger. */
export const rejectRemittance = (
  desk: Desk,
  id: RemittanceId,
  rejection: { readonly on: Day; readonly reason: string },
  commandId?: string,
): Effect.Effect<Released, ExecuteError> => decided(desk, id, { type: 'RejectRemittance', ...rejection }, commandId)

/** Tries the held claims of an opened remittance again, after somebody mended what held them. */
export const retryHeldClaims = (
  desk: Desk,
  id: RemittanceId,
  options: PostingOptions,
): Effect.Effect<RemittanceReport, ExecuteError> =>
  Effect.andThen(postRemittance(desk, id, options, true), reportOf(desk, id))

/**
 * Gives up on a held claim: its money leaves clearing for the named control account. A claim that a killed process had
 * begun to post is finished first, and then stands as posted or as held.
 */
export const rejectHeldClaim = (
  desk: Desk,
  id: RemittanceId,
  rejection: { readonly on: Day; readonly claim: number; readonly differenceAccount: string; readonly reason: string },
  commandId?: string,
): Effect.Effect<Released, ExecuteError> =>
  Effect.andThen(
    finishRetry(desk, id, rejection.claim),
    decided(desk, id, { type: 'RejectRemittanceClaim', ...rejection }, commandId),
  )
