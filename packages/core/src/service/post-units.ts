import * as Effect from 'effect/Effect'
import { correctedOfAdvice, patientOfAdvice } from '../documents/advice-patient.ts'
import { normaliseName } from '../documents/identity.ts'
import { identifierOf } from '../documents/patients.ts'
import type { Unit } from '../documents/units.ts'
import type { RemittanceState } from '../remittance/state.ts'
import { glancing, readAheadOfUnits } from './glance.ts'
import { calledValue } from './identity/persons.ts'
import { numberValue } from './identity/place.ts'
import { lanesOf } from './lanes.ts'
import { isTriedAgain, postUnit } from './post-unit.ts'
import { lead, type Run, type UnitResult } from './run.ts'
import type { ExecuteError } from './service.ts'
import { finish } from './unit-outcomes.ts'

const BATCH = 256
const CONCURRENCY = 256

/** What a unit has in common with others that must not be posted beside it: its control number, its patient, the name. */
const sharedBy = (unit: Unit): readonly string[] => {
  const { patientControlNumber } = lead(unit)
  const number = numberValue(patientControlNumber)
  const corrected = correctedOfAdvice(lead(unit))
  const patients = [patientOfAdvice(lead(unit)), ...(corrected ? [corrected] : [])]
  return [
    ...(number === undefined ? [] : [`number:${number}`]),
    ...patients.flatMap((patient) => {
      const id = identifierOf(patient)
      const name = `name:${normaliseName(`${patient.last ?? ''} ${patient.first ?? ''}`)}`
      return [id === '' ? name : `id:${id}`, calledValue(patient) ?? name]
    }),
  ]
}

/** Posts units: those of one patient or one number in order, others side by side. */
const postBatch = (whole: Run, units: readonly Unit[]): Effect.Effect<readonly UnitResult[], ExecuteError> =>
  Effect.gen(function* () {
    const { concurrency = CONCURRENCY } = whole.options
    const glance = glancing(whole.desk)
    const run = { ...whole, glance }
    yield* readAheadOfUnits(
      { ...whole, desk: glance },
      units.filter((unit) => !isTriedAgain(whole, unit)),
    )
    const lanes = lanesOf(units, sharedBy)
    const postInOrder = (lane: readonly Unit[]) =>
      Effect.gen(function* () {
        const results: UnitResult[] = []
        // Where another import is at the same units, what was read ahead of the next is older than what it has left.
        let at: Run = run
        for (const unit of lane) {
          const result = yield* postUnit(at, unit)
          if ('repeated' in result && result.repeated) at = { ...whole, glance: undefined }
          results.push(result)
        }
        return results
      })
    const posted = yield* Effect.forEach(lanes, postInOrder, { concurrency })
    return posted.flat()
  })

/** What became of the units of a run, and of the remittance by it. */
export interface Posted {
  readonly results: readonly UnitResult[]
  readonly state: RemittanceState
}

/** Posts units batch by batch; the outcomes of each are recorded beside the next, in the same commits. */
export const postUnits = (run: Run, units: readonly Unit[]): Effect.Effect<Posted, ExecuteError> =>
  Effect.gen(function* () {
    const { batch: size = BATCH } = run.options
    const results: UnitResult[] = []
    let before: readonly UnitResult[] = []
    for (let at = 0; at < units.length; at += size) {
      const [posted] = yield* Effect.all([postBatch(run, units.slice(at, at + size)), finish(run, before)], {
        concurrency: 2,
      })
      results.push(...posted)
      before = posted
    }
    const state = yield* finish(run, before)
    return { results, state: state ?? run.state }
  })
