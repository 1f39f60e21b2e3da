import * as Effect from 'effect/Effect'
import type { RemittanceId } from '../kernel/ids.ts'
import { countsFrom, type RemittanceState } from '../remittance/state.ts'
import { type Desk, loadReference, loadRemittance } from './desk.ts'
import { waitingUnder } from './identity/place.ts'
import { postOpen } from './open-units.ts'
import type { ExecuteError } from './service.ts'

/** Remittances as this process last saw them: loaded once, and after each run as it has left them. */
type Seen = Map<RemittanceId, RemittanceState>

const byPaymentDate = (a: RemittanceState, b: RemittanceState): number => {
  const [one, other] = [countsFrom(a) ?? '', countsFrom(b) ?? '']
  return one === other ? 0 : one < other ? -1 : 1
}

const retryNumber = (desk: Desk, controlNumber: string, seen: Seen): Effect.Effect<void, ExecuteError> =>
  Effect.gen(function* () {
    const waiting = yield* loadReference(desk, 'heldClaim', waitingUnder(controlNumber))
    const found: { readonly id: RemittanceId; readonly first: RemittanceState }[] = []
    for (const id of new Set(waiting.flatMap(({ target }) => target.remittanceId ?? []))) {
      const first = seen.get(id) ?? (yield* loadRemittance(desk, id))
      seen.set(id, first)
      found.push({ id, first })
    }
    found.sort((a, b) => byPaymentDate(a.first, b.first))
    for (let posted = found.length > 0; posted; ) {
      posted = false
      for (const { id, first } of found) {
        const before = seen.get(id) ?? first
        const { results, state } = yield* postOpen(desk, before, { openMissing: false }, { held: true, controlNumber })
        seen.set(id, state)
        posted ||= results.some((result) => result.kind === 'posted' || result.kind === 'recorded')
      }
    }
  })

/**
 * A reversal before its original, an advice before its claim: tried again now that the other has arrived, the oldest
 * payment first, and as long as one that is posted may have been what the next one waits for (law L2).
 */
export const retryWaiting = (desk: Desk, controlNumber: string): Effect.Effect<void, ExecuteError> =>
  retryNumber(desk, controlNumber, new Map())

/**
 * Tries again what waited for any claim that this remittance has posted, in this run or in one that was killed. Gives
 * the remittance as it is left: claims of its own may have waited.
 */
export const retryWaitingFor = (desk: Desk, state: RemittanceState): Effect.Effect<RemittanceState, ExecuteError> =>
  Effect.gen(function* () {
    const id = state.received?.remittanceId
    if (!id) return state
    const seen: Seen = new Map([[id, state]])
    const posted = [...state.claims.values()].filter(({ number }) => state.outcomes.get(number)?.kind === 'posted')
    for (const controlNumber of new Set(posted.map((claim) => claim.patientControlNumber))) {
      yield* retryNumber(desk, controlNumber, seen)
    }
    return seen.get(id) ?? state
  })
