import * as Effect from 'effect/Effect'
import type { Day } from '../kernel/day.ts'
import type { RemittanceReceived } from '../remittance/events.ts'
import { carriedUnder } from '../remittance/provider-adjustments.ts'
import type { RemittanceState } from '../remittance/state.ts'
import { assignReference, type Desk, executeOnRemittance, loadReference } from './desk.ts'
import type { ExecuteError } from './service.ts'

/** Those of one tick share a commit. */
const PAIRS_AT_ONCE = 12

type Carrying = Pick<RemittanceReceived, 'remittanceId' | 'payerId' | 'providerAdjustments'>

/** What other remittances have left under the references of this one's PLB pairs, one entry a reference. */
export const earlierUnder = (
  desk: Desk,
  received: Carrying,
): Effect.Effect<
  readonly { readonly code: string; readonly reference: string; readonly amount: number }[],
  ExecuteError
> => {
  const names = new Map(
    received.providerAdjustments.flatMap((pair) => {
      const carried = carriedUnder(pair, received.payerId)
      return carried ? [[`${carried.kind} ${carried.value}`, { pair, ...carried }] as const] : []
    }),
  )
  return Effect.map(
    Effect.forEach([...names.values()], ({ pair, kind, value }) =>
      Effect.map(loadReference(desk, kind, value), (assigned) => ({
        code: pair.code,
        reference: pair.reference,
        amount: assigned
          .filter(({ target }) => target.remittanceId !== received.remittanceId)
          .reduce((sum, { charge }) => sum + (charge ?? 0), 0),
      })),
    ),
    (entries) => entries.filter(({ amount }) => amount !== 0),
  )
}

/** Records the PLB pairs that the opening of a remittance has left, or a process that was killed. Gives it as it is left. */
export const recordPairs = (
  desk: Desk,
  opened: RemittanceState,
  on: Day,
): Effect.Effect<RemittanceState, ExecuteError> =>
  Effect.gen(function* () {
    const { received, standing } = opened
    let state = opened
    if (!received || (standing !== 'open' && standing !== 'closed')) return state
    const count = received.providerAdjustments.length
    if (state.pairs >= count) return state
    const earlier = yield* earlierUnder(desk, received)
    while (state.pairs < count) {
      const from = state.pairs
      const recorded = yield* executeOnRemittance(
        desk,
        received.remittanceId,
        { type: 'RecordProviderAdjustments', on, from, ...(earlier.length > 0 ? { earlier } : {}) },
        `pairs:${received.remittanceId}:${from}`,
      )
      state = recorded.state
      if (state.pairs === from) return state
    }
    return state
  })

/** Notes what an opened remittance took or left under each reference, for the payer's later ones. */
export const rememberCarried = (desk: Desk, received: Carrying, on: Day): Effect.Effect<void, ExecuteError> =>
  Effect.forEach(
    received.providerAdjustments,
    (pair, at) => {
      const carried = carriedUnder(pair, received.payerId)
      if (!carried) return Effect.void
      return assignReference(
        desk,
        carried.kind,
        carried.value,
        {
          type: 'AssignReference',
          on,
          kind: carried.kind,
          target: { remittanceId: received.remittanceId },
          patientKeys: [],
          charge: pair.amount,
          expectNone: false,
        },
        `plb:${received.remittanceId}:${at + 1}`,
      )
    },
    { concurrency: PAIRS_AT_ONCE, discard: true },
  )
