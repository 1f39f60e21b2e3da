import * as Effect from 'effect/Effect'
import type { Day } from '../kernel/day.ts'
import type { RemittanceId } from '../kernel/ids.ts'
import type { AssignReference } from '../registry/registry.ts'
import type { RemittanceState } from '../remittance/state.ts'
import { earlierUnder, recordPairs, rememberCarried } from './carried.ts'
import { assignReference, type Desk, executeOnRemittance, loadReference, loadRemittance } from './desk.ts'
import { finishRetry, postRemittance } from './post-remittance.ts'
import { type RemittanceReport, reportOn } from './remittance-report.ts'
import type { RunOptions } from './run.ts'
import type { ExecuteError, Outcome } from './service.ts'

/** What a person decided about a held remittance, and what came of it. */
export interface Released {
  readonly outcome: Outcome
  readonly report: RemittanceReport
}

const decided = (
  desk: Desk,
  before: RemittanceState,
  id: RemittanceId,
  command: object,
  commandId: string | undefined,
  post?: RunOptions,
): Effect.Effect<Released, ExecuteError> =>
  Effect.gen(function* () {
    const { received } = before
    const earlier = received && post ? yield* earlierUnder(desk, before) : []
    const given = earlier.length > 0 ? { ...command, earlier } : command
    const { outcome, state } = yield* executeOnRemittance(desk, id, given, commandId ?? desk.service.world.uuid())
    if (!outcome.ok || !post) return { outcome, report: yield* reportOn(desk, state) }
    if (!received) return { outcome, report: yield* reportOn(desk, state) }
    const recorded = yield* recordPairs(desk, state, received.effectiveDate)
    yield* rememberCarried(desk, recorded, received.effectiveDate)
    const posted = yield* postRemittance(desk, recorded, post)
    return { outcome, report: yield* reportOn(desk, posted.state) }
  })

/**
 * The other advice of a payment that has brought its cash, or is about to: the first of them, or one that somebody began to
 * release before this. Whoever releases one says so first, so that of two at once the second finds the first.
 */
const bookedBy = (desk: Desk, state: RemittanceState, on: Day) =>
  Effect.gen(function* () {
    const id = state.received?.remittanceId
    if (id === undefined || state.standing !== 'held') return undefined
    const first = state.held?.conflictsWith ?? id
    const value = `released|${first}`
    const noted: AssignReference = {
      type: 'AssignReference',
      on,
      kind: 'remittanceIdentity',
      target: { remittanceId: id },
      patientKeys: [],
      expectNone: false,
    }
    yield* assignReference(desk, 'remittanceIdentity', value, noted, `released:${id}`)
    const assigned = yield* loadReference(desk, 'remittanceIdentity', value)
    const before = assigned.flatMap(({ target }) => target.remittanceId ?? [])
    const begun = new Set(before.slice(0, before.indexOf(id)))
    for (const other of new Set([first, ...before])) {
      if (other === id) continue
      const { standing, received } = yield* loadRemittance(desk, other)
      const open = standing === 'open' || standing === 'closed'
      // One that waits says nothing, unless somebody began to release it before this.
      if (!received || !(open || (standing === 'held' && begun.has(other)))) continue
      return { remittanceId: other, amount: received.amount, open }
    }
    return undefined
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
    readonly anotherPayment?: boolean
  },
  options: RunOptions,
  commandId?: string,
): Effect.Effect<Released, ExecuteError> =>
  Effect.gen(function* () {
    const state = yield* loadRemittance(desk, id)
    const booked = yield* bookedBy(desk, state, release.on)
    const command = { type: 'ReleaseRemittance', ...release, ...(booked ? { booked } : {}) }
    return yield* decided(desk, state, id, command, commandId, options)
  })

/** Refuses a held transaction: it never reaches the ledger. */
export const rejectRemittance = (
  desk: Desk,
  id: RemittanceId,
  rejection: { readonly on: Day; readonly reason: string },
  commandId?: string,
): Effect.Effect<Released, ExecuteError> =>
  Effect.flatMap(loadRemittance(desk, id), (state) =>
    decided(desk, state, id, { type: 'RejectRemittance', ...rejection }, commandId),
  )

/** Records that money of the payer that no claim explains went back to it, or that such a refund never reached it. */
export const refundPayer = (
  desk: Desk,
  id: RemittanceId,
  refund:
    | {
        readonly on: Day
        readonly amount?: number
        readonly method: string
        readonly reference?: string
        readonly reason: string
      }
    | { readonly on: Day; readonly refund: number; readonly reason: string },
  commandId?: string,
): Effect.Effect<Released, ExecuteError> =>
  Effect.flatMap(loadRemittance(desk, id), (state) =>
    decided(desk, state, id, { type: 'refund' in refund ? 'VoidPayerRefund' : 'RefundPayer', ...refund }, commandId),
  )

/** Records that what the payer withheld beside the claims (PLB E3) is lost. */
export const giveUpWithhold = (
  desk: Desk,
  id: RemittanceId,
  given: { readonly on: Day; readonly amount?: number; readonly reason: string },
  commandId?: string,
): Effect.Effect<Released, ExecuteError> =>
  Effect.flatMap(loadRemittance(desk, id), (state) =>
    decided(desk, state, id, { type: 'GiveUpWithhold', ...given }, commandId),
  )

/** Records that what the payer withheld beside the claims (PLB E3) came by money of its own, or that this did not stay. */
export const returnWithhold = (
  desk: Desk,
  id: RemittanceId,
  given: {
    readonly on: Day
    readonly amount?: number
    readonly by: string
    readonly reference?: string
    readonly reason: string
  },
  commandId?: string,
): Effect.Effect<Released, ExecuteError> =>
  Effect.flatMap(loadRemittance(desk, id), (state) =>
    decided(desk, state, id, { type: 'ReturnWithhold', ...given }, commandId),
  )

/** Tries the held claims of an opened remittance again, after somebody mended what held them. */
export const retryHeldClaims = (
  desk: Desk,
  id: RemittanceId,
  options: RunOptions,
): Effect.Effect<RemittanceReport, ExecuteError> =>
  Effect.gen(function* () {
    const { state } = yield* postRemittance(desk, yield* loadRemittance(desk, id), options, true)
    return yield* reportOn(desk, state)
  })

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
  Effect.gen(function* () {
    const state = yield* finishRetry(desk, yield* loadRemittance(desk, id), rejection.claim)
    return yield* decided(desk, state, id, { type: 'RejectRemittanceClaim', ...rejection }, commandId)
  })
