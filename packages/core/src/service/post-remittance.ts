import * as Effect from 'effect/Effect'
import type { Day } from '../kernel/day.ts'
import type { RemittanceId } from '../kernel/ids.ts'
import { paysCapitation } from '../remittance/provider-adjustments.ts'
import { remittance } from '../remittance/remittance.ts'
import type { RemittanceState } from '../remittance/state.ts'
import { postingUnits, type Unit } from '../remittance/units.ts'
import { type Desk, loadReference, remittanceStream } from './desk.ts'
import type { ExecuteError } from './execute.ts'
import { load } from './load.ts'
import { type Posting, type PostingOptions, postUnits } from './unit-posting.ts'

export const loadRemittance = (desk: Desk, id: string): Effect.Effect<RemittanceState, ExecuteError> =>
  Effect.map(load(desk.service, remittance, remittanceStream(id)), (loaded) => loaded.state)

const postingOf = (
  desk: Desk,
  id: RemittanceId,
  state: RemittanceState,
  options: PostingOptions,
): Posting | undefined => {
  const { received } = state
  const on = (received?.paymentDate ?? state.released?.paymentDate) as Day | undefined
  if (!received || on === undefined) return undefined
  return {
    desk,
    remittanceId: id,
    payer: { payerId: received.payerId, payerName: received.payerName },
    on,
    capitation: paysCapitation(received.providerAdjustments),
    options,
  }
}

/** Units of which nothing was recorded yet, or that are held when `again` asks for them; of one control number if named. */
const openUnits = (state: RemittanceState, again: boolean, controlNumber?: string): readonly Unit[] => {
  const claims = [...state.claims.values()].filter(
    (claim) => controlNumber === undefined || claim.patientControlNumber === controlNumber,
  )
  return postingUnits(claims.sort((a, b) => a.number - b.number)).filter((unit) => {
    const outcome = state.outcomes.get(unit.claims[0]?.number ?? 0)
    return outcome === undefined || (again && outcome.kind === 'held')
  })
}

/** True when nothing is left to be posted of it: every claim has its outcome, or a person has rejected the whole. */
export const isPosted = (state: RemittanceState): boolean =>
  state.standing === 'rejected' ||
  (state.received !== undefined && state.standing !== 'receiving' && openUnits(state, false).length === 0)

/** What is tried again, and for which control number alone. */
interface Again {
  readonly held: boolean
  readonly controlNumber?: string
}

const postOpen = (desk: Desk, id: RemittanceId, options: PostingOptions, again: Again) =>
  Effect.gen(function* () {
    const state = yield* loadRemittance(desk, id)
    const posting = postingOf(desk, id, state, options)
    if (!posting || state.standing !== 'open') return []
    return yield* postUnits(posting, openUnits(state, again.held, again.controlNumber))
  })

/**
 * Posts what is open of a remittance, and what is held when `again` asks for it; after a crash it goes on where it
 * stopped. Then what had waited for it.
 */
export const postRemittance = (
  desk: Desk,
  id: RemittanceId,
  options: PostingOptions,
  again = false,
): Effect.Effect<void, ExecuteError> =>
  Effect.andThen(postOpen(desk, id, options, { held: again }), retryWaitingFor(desk, id))

/** Tries again what waited for any claim that this remittance has posted, in this run or in one that was killed. */
export const retryWaitingFor = (desk: Desk, id: RemittanceId): Effect.Effect<void, ExecuteError> =>
  Effect.gen(function* () {
    const state = yield* loadRemittance(desk, id)
    const posted = [...state.claims.values()].filter(({ number }) => state.outcomes.get(number)?.kind === 'posted')
    for (const controlNumber of new Set(posted.map((claim) => claim.patientControlNumber))) {
      yield* retryWaiting(desk, controlNumber)
    }
  })

/**
 * A reversal before its original, an advice before its claim: tried again now that the other has arrived, and as long
 * as one that is posted may have been what the next one waits for (law L2).
 */
export const retryWaiting = (desk: Desk, controlNumber: string): Effect.Effect<void, ExecuteError> =>
  Effect.gen(function* () {
    const waiting = yield* loadReference(desk, 'heldClaim', controlNumber)
    const ids = new Set(waiting.flatMap(({ target }) => target.remittanceId ?? []))
    for (let posted = ids.size > 0; posted; ) {
      posted = false
      for (const id of ids) {
        const results = yield* postOpen(desk, id, { openMissing: false }, { held: true, controlNumber })
        posted ||= results.some((result) => result.kind !== 'held')
      }
    }
  })
