import * as Effect from 'effect/Effect'
import { postingUnits, type Unit } from '../documents/units.ts'
import type { RemittanceId } from '../kernel/ids.ts'
import { paysCapitation } from '../remittance/provider-adjustments.ts'
import { type ClaimOutcome, countsFrom, type RemittanceState } from '../remittance/state.ts'
import { type Desk, loadReference, loadRemittance } from './desk.ts'
import type { ExecuteError } from './execute.ts'
import { postUnits } from './post-units.ts'
import { numbers, type Posting, type PostingOptions } from './posting.ts'

const postingOf = (
  desk: Desk,
  id: RemittanceId,
  state: RemittanceState,
  options: PostingOptions,
): Posting | undefined => {
  const { received } = state
  const on = countsFrom(state)
  if (!received || on === undefined) return undefined
  return {
    desk,
    remittanceId: id,
    payer: { payerId: received.payerId, payerName: received.payerName },
    on,
    capitation: paysCapitation(received.providerAdjustments),
    options,
    outcomes: state.outcomes,
  }
}

/** What is to be posted, besides the units that are unfinished. */
interface Wanted {
  /** Held units too. */
  readonly held: boolean
  /** Of this control number alone. */
  readonly controlNumber?: string
}

/** Nothing was recorded of it yet, or a process that was killed had begun to post it once more. */
const isUnfinished = (outcome: ClaimOutcome | undefined): boolean =>
  outcome === undefined || (outcome.kind === 'held' && outcome.retried !== undefined)

const openUnits = (state: RemittanceState, { held, controlNumber }: Wanted): readonly Unit[] => {
  const claims = [...state.claims.values()].filter(
    (claim) => controlNumber === undefined || claim.patientControlNumber === controlNumber,
  )
  return postingUnits(claims.sort((a, b) => a.number - b.number)).filter((unit) => {
    const outcome = state.outcomes.get(unit.claims[0]?.number ?? 0)
    return isUnfinished(outcome) || (held && outcome?.kind === 'held')
  })
}

/** True when nothing is left to be posted of it: every claim has its outcome, or a person has rejected the whole. */
export const isPosted = (state: RemittanceState): boolean =>
  state.standing === 'rejected' ||
  (state.received !== undefined && state.standing !== 'receiving' && openUnits(state, { held: false }).length === 0)

/** Claims whose posting is recorded. */
export const postedIn = ({ outcomes }: RemittanceState): readonly number[] =>
  [...outcomes].flatMap(([number, { kind }]) => (kind === 'posted' ? [number] : []))

const postOpen = (desk: Desk, id: RemittanceId, options: PostingOptions, wanted: Wanted) =>
  Effect.gen(function* () {
    const state = yield* loadRemittance(desk, id)
    const posting = postingOf(desk, id, state, options)
    if (!posting || state.standing !== 'open') return { results: [], before: postedIn(state) }
    return { results: yield* postUnits(posting, openUnits(state, wanted)), before: postedIn(state) }
  })

/** Finishes what a process that was killed had begun with a held claim: it is posted, or held again. */
export const finishRetry = (desk: Desk, id: RemittanceId, claim: number): Effect.Effect<void, ExecuteError> =>
  Effect.gen(function* () {
    const state = yield* loadRemittance(desk, id)
    const outcome = state.outcomes.get(claim)
    const posting = postingOf(desk, id, state, { openMissing: false })
    if (!posting || outcome?.kind !== 'held' || !outcome.retried) return
    const units = openUnits(state, { held: false })
    yield* postUnits(
      posting,
      units.filter((unit) => unit.claims.some(({ number }) => number === claim)),
    )
  })

/**
 * Posts what is open of a remittance, and what is held when `again` asks for it; after a crash it goes on where it
 * stopped. Then what had waited for it. Gives the claims that it found posted: by another import at the same time, or by
 * one before it.
 */
export const postRemittance = (
  desk: Desk,
  id: RemittanceId,
  options: PostingOptions,
  again = false,
): Effect.Effect<readonly number[], ExecuteError> =>
  Effect.gen(function* () {
    const { results, before } = yield* postOpen(desk, id, options, { held: again })
    yield* retryWaitingFor(desk, id)
    const repeated = results.flatMap((result) =>
      result.kind !== 'held' && result.kind !== 'left' && result.repeated ? numbers(result.unit) : [],
    )
    return [...before, ...repeated]
  })

/** Tries again what waited for any claim that this remittance has posted, in this run or in one that was killed. */
export const retryWaitingFor = (desk: Desk, id: RemittanceId): Effect.Effect<void, ExecuteError> =>
  Effect.gen(function* () {
    const state = yield* loadRemittance(desk, id)
    const posted = [...state.claims.values()].filter(({ number }) => state.outcomes.get(number)?.kind === 'posted')
    for (const controlNumber of new Set(posted.map((claim) => claim.patientControlNumber))) {
      yield* retryWaiting(desk, controlNumber)
    }
  })

/** Remittances in the order of their payment dates. */
const oldestFirst = (desk: Desk, ids: Iterable<RemittanceId>): Effect.Effect<readonly RemittanceId[], ExecuteError> =>
  Effect.map(
    Effect.forEach(ids, (id) => Effect.map(loadRemittance(desk, id), (state) => ({ id, on: countsFrom(state) ?? '' }))),
    (dated) => dated.sort((a, b) => (a.on === b.on ? 0 : a.on < b.on ? -1 : 1)).map(({ id }) => id),
  )

/**
 * A reversal before its original, an advice before its claim: tried again now that the other has arrived, the oldest
 * payment first, and as long as one that is posted may have been what the next one waits for (law L2).
 */
export const retryWaiting = (desk: Desk, controlNumber: string): Effect.Effect<void, ExecuteError> =>
  Effect.gen(function* () {
    const waiting = yield* loadReference(desk, 'heldClaim', controlNumber)
    const ids = yield* oldestFirst(desk, new Set(waiting.flatMap(({ target }) => target.remittanceId ?? [])))
    for (let posted = ids.length > 0; posted; ) {
      posted = false
      for (const id of ids) {
        const { results } = yield* postOpen(desk, id, { openMissing: false }, { held: true, controlNumber })
        posted ||= results.some((result) => result.kind === 'posted' || result.kind === 'recorded')
      }
    }
  })
