import * as Effect from 'effect/Effect'
import type { RemittanceState } from '../remittance/state.ts'
import type { Desk } from './desk.ts'
import { openUnits, postedIn, postOpen, runOf } from './open-units.ts'
import { postUnits } from './post-units.ts'
import { retryWaitingFor } from './retry-waiting.ts'
import { numbers, type RunOptions } from './run.ts'
import type { ExecuteError } from './service.ts'

/** Finishes what a process that was killed had begun with a held claim: it is posted, or held again. */
export const finishRetry = (
  desk: Desk,
  state: RemittanceState,
  claim: number,
): Effect.Effect<RemittanceState, ExecuteError> => {
  const outcome = state.outcomes.get(claim)
  const run = runOf(desk, state, { openMissing: false })
  if (!run || outcome?.kind !== 'held' || !outcome.retried) return Effect.succeed(state)
  const units = openUnits(state, { held: false })
  return Effect.map(
    postUnits(
      run,
      units.filter((unit) => unit.claims.some(({ number }) => number === claim)),
    ),
    (posted) => posted.state,
  )
}

/** A remittance after its run. */
export interface PostedRemittance {
  readonly state: RemittanceState
  /** Claims that the run found posted: by another import at the same time, or by one before it. */
  readonly before: readonly number[]
}

/**
 * Posts what is open of a remittance, and what is held when `again` asks for it; after a crash it goes on where it
 * stopped. Then what had waited for it.
 */
export const postRemittance = (
  desk: Desk,
  remittance: RemittanceState,
  options: RunOptions,
  again = false,
): Effect.Effect<PostedRemittance, ExecuteError> =>
  Effect.gen(function* () {
    const { results, state } = yield* postOpen(desk, remittance, options, { held: again })
    const repeated = results.flatMap((result) =>
      result.kind !== 'held' && result.kind !== 'left' && result.repeated ? numbers(result.unit) : [],
    )
    return { state: yield* retryWaitingFor(desk, state), before: [...postedIn(remittance), ...repeated] }
  })
