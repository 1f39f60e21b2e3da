import * as Effect from 'effect/Effect'
import type { Unit } from '../documents/units.ts'
import type { ExecuteError } from './execute.ts'
import { postUnit } from './post-unit.ts'
import { lead, type Posting, patientOfClaim, type UnitResult } from './posting.ts'
import { finish } from './unit-outcomes.ts'

const BATCH = 256
const CONCURRENCY = 256

/** Posts units: those of one patient in order, others side by side. */
const postBatch = (posting: Posting, units: readonly Unit[]): Effect.Effect<readonly UnitResult[], ExecuteError> => {
  const lanes = new Map<string, Unit[]>()
  for (const unit of units) {
    const patient = patientOfClaim(lead(unit))
    const lane = patient.id ?? `${patient.last ?? ''}|${patient.first ?? ''}`
    const list = lanes.get(lane)
    if (list) list.push(unit)
    else lanes.set(lane, [unit])
  }
  const { concurrency = CONCURRENCY } = posting.options
  return Effect.map(
    Effect.forEach([...lanes.values()], (lane) => Effect.forEach(lane, (unit) => postUnit(posting, unit)), {
      concurrency,
    }),
    (results) => results.flat(),
  )
}

/** Posts units batch by batch; the outcomes of each are recorded beside the next, in the same commits. */
export const postUnits = (
  posting: Posting,
  units: readonly Unit[],
): Effect.Effect<readonly UnitResult[], ExecuteError> =>
  Effect.gen(function* () {
    const { batch: size = BATCH } = posting.options
    const results: UnitResult[] = []
    let before: readonly UnitResult[] = []
    for (let at = 0; at < units.length; at += size) {
      const [posted] = yield* Effect.all([postBatch(posting, units.slice(at, at + size)), finish(posting, before)], {
        concurrency: 2,
      })
      results.push(...posted)
      before = posted
    }
    yield* finish(posting, before)
    return results
  })
