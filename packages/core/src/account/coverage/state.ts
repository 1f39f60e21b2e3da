import type { Day } from '../../kernel/day.ts'
import type { CoverageId, PatientId, PayerId } from '../../kernel/ids.ts'
import { type Questions, type ReadonlyTable, Table } from '../../kernel/table.ts'
import type { CobOrderSet, CoverageAdded, CoverageTerminated } from './events.ts'

/**
 * A payer's promise for a patient, as it stands. `from` and `to` are its first and last day, both covered; absent:
 * open. `stub`: known from a payer's paper alone, a person has to complete it.
 */
export interface Coverage {
  readonly coverageId: CoverageId
  readonly patientId: PatientId
  readonly payerId: PayerId
  readonly payerName: string
  readonly filingIndicator?: string | undefined
  readonly memberId?: CoverageAdded['memberId']
  /** Place in the coordination of benefits, from 1. */
  readonly order: number
  readonly capitated: boolean
  readonly from?: Day | undefined
  readonly to?: Day | undefined
  readonly stub: boolean
}

const ofCoverages = { by: { patient: (coverage: Coverage) => coverage.patientId } } satisfies Questions<Coverage>

/** All coverages of the account's patients, ended ones too. */
export interface CoverageState {
  readonly coverages: ReadonlyTable<CoverageId, Coverage, typeof ofCoverages>
}
export interface CoverageBuilder {
  coverages: Table<CoverageId, Coverage, typeof ofCoverages>
}

export const initial = (): CoverageBuilder => ({ coverages: new Table(ofCoverages) })
export const builderOf = (state: CoverageState): CoverageBuilder => ({ coverages: state.coverages.next() })

export const evolve = {
  CoverageAdded: (slice: CoverageBuilder, event: CoverageAdded) => {
    const { type: _type, effectiveDate: _date, ...coverage } = event
    slice.coverages.set(event.coverageId, coverage)
  },
  CoverageTerminated: (slice: CoverageBuilder, event: CoverageTerminated) => {
    const coverage = slice.coverages.get(event.coverageId)
    if (coverage) slice.coverages.set(event.coverageId, { ...coverage, to: event.lastDay })
  },
  CobOrderSet: (slice: CoverageBuilder, event: CobOrderSet) => {
    for (const [index, id] of event.order.entries()) {
      const coverage = slice.coverages.get(id)
      if (coverage) slice.coverages.set(id, { ...coverage, order: index + 1 })
    }
  },
}

const covers = (coverage: Coverage, on: Day): boolean =>
  (coverage.from === undefined || coverage.from <= on) && (coverage.to === undefined || on <= coverage.to)

const byOrder = (a: Coverage, b: Coverage): number => a.order - b.order

/** A patient's coverages that cover a day of service, first payer first; of one place, the one added first (law N3). */
export const coveragesOn = (state: CoverageState, patient: PatientId, on: Day): readonly Coverage[] =>
  state.coverages
    .by('patient', patient)
    .filter((coverage) => covers(coverage, on))
    .sort(byOrder)

/** Of these, the one that pays after one of them, on a day of service; undefined when the patient is next. */
export const nextAmong = (coverages: Iterable<Coverage>, current: Coverage, on: Day): Coverage | undefined =>
  [...coverages]
    .filter((coverage) => coverage.patientId === current.patientId && covers(coverage, on))
    .sort(byOrder)
    .find((coverage) => coverage.order > current.order)

/** The coverage that pays after one, on a day of service; undefined when the patient is next. */
export const coverageAfter = (state: CoverageState, id: CoverageId, on: Day): Coverage | undefined => {
  const current = state.coverages.get(id)
  return current && nextAmong(state.coverages.by('patient', current.patientId), current, on)
}
