import * as Effect from 'effect/Effect'
import type { Day } from '../kernel/day.ts'
import type { RemittanceId } from '../kernel/ids.ts'
import { paysCapitation } from '../remittance/provider-adjustments.ts'
import { remittance } from '../remittance/remittance.ts'
import type { RemittanceState } from '../remittance/state.ts'
import { postingUnits, type Unit } from '../remittance/units.ts'
import { type Desk, loadReference, remittanceStream } from './desk.ts'
import { type ExecuteError, load } from './execute.ts'
import { lead, type Posting, type PostingOptions, postUnits, type UnitResult } from './unit-posting.ts'

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

/** Units of which nothing was recorded yet, or that are held when `again` asks for them. */
export const openUnits = (state: RemittanceState, again: boolean): readonly Unit[] =>
  postingUnits([...state.claims.values()].sort((a, b) => a.number - b.number)).filter((unit) => {
    const outcome = state.outcomes.get(unit.claims[0]?.number ?? 0)
    return outcome === undefined || (again && outcome.kind === 'held')
  })

/** Posts what is open of a remittance; after a crash it goes on where it stopped. Then what had waited for it. */
export const postRemittance = (
  desk: Desk,
  id: RemittanceId,
  options: PostingOptions,
  again = false,
): Effect.Effect<readonly UnitResult[], ExecuteError> =>
  Effect.gen(function* () {
    const state = yield* loadRemittance(desk, id)
    const posting = postingOf(desk, id, state, options)
    if (!posting || state.standing !== 'open') return []
    const results = yield* postUnits(posting, openUnits(state, again))
    for (const result of results) {
      if (result.kind === 'posted' && !again) yield* retryWaiting(desk, lead(result.unit).patientControlNumber, id)
    }
    return results
  })

/** A reversal before its original, an advice before its claim: tried again now that the other has arrived (law L2). */
export const retryWaiting = (desk: Desk, controlNumber: string, except?: string): Effect.Effect<void, ExecuteError> =>
  Effect.gen(function* () {
    const waiting = yield* loadReference(desk, 'heldClaim', controlNumber)
    const ids = new Set(waiting.flatMap(({ target }) => target.remittanceId ?? []))
    for (const id of ids) {
      if (id !== except) yield* postRemittance(desk, id, { openMissing: false }, true)
    }
  })
