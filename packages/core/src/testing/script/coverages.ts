import type { CoverageCommand } from '../../account/coverage/commands.ts'
import type { PatientId } from '../../kernel/ids.ts'
import type { Ways } from './moment.ts'
import { coverages, type Generate, none, oneOf, recently, slip } from './moment.ts'

// Which payers promise to pay, and in which order.

export const addCoverage: Generate<'AddCoverage'> = (random, { state, today }) => {
  const patients = [...state.registration.patients.keys()]
  return {
    type: 'AddCoverage',
    on: today,
    coverage: random.pick(coverages),
    payer: random.pick(['acme', 'beta', 'medicaid']),
    filingIndicator: random.pick(['12', 'MC', 'MB']),
    ...(patients.length > 1 ? { patient: random.pick(patients) } : {}),
    ...(random.oneIn(3) ? { from: recently(random, today) } : {}),
  }
}

/** Somebody found out what a claim had only hinted at. */
export const completeCoverage: Generate<'CompleteCoverage'> = (random, { state, today, number }) => {
  const stubs = [...state.coverage.coverages.values()].filter(({ stub }) => stub).map(({ coverageId }) => coverageId)
  if (none(random, stubs)) return undefined
  return {
    type: 'CompleteCoverage',
    on: today,
    coverage: oneOf(random, stubs.length > 0 ? stubs : state.coverage.coverages.keys(), 'cov9'),
    payer: random.pick(['acme', 'beta', 'gamma']),
    payerName: 'Found Health',
    filingIndicator: '12',
    ...(random.oneIn(2) ? { memberId: `M${number}` } : {}),
    ...(random.oneIn(4) ? { from: recently(random, today), to: recently(random, today) } : {}),
  }
}

export const terminateCoverage: Generate<'TerminateCoverage'> = (random, { state, today }) => {
  const known = [...state.coverage.coverages.keys()]
  if (none(random, known)) return undefined
  return {
    type: 'TerminateCoverage',
    on: today,
    coverage: oneOf(random, known, 'cov9'),
    lastDay: recently(random, today),
    reason: 'ended',
  }
}

/** The other order of a patient's coverages, seldom with one left out or named twice. */
export const setCobOrder: Generate<'SetCobOrder'> = (random, { state, today }) => {
  const patient = oneOf(random, state.registration.patients.keys(), 'nobody')
  const own = [...state.coverage.coverages.values()].filter(({ patientId }) => patientId === (patient as PatientId))
  if (none(random, own)) return undefined
  const order = own.sort((a, b) => b.order - a.order).map(({ coverageId }) => coverageId)
  return {
    type: 'SetCobOrder',
    on: today,
    patient,
    order: order.length === 0 ? ['cov9'] : slip(random, random.oneIn(12) ? order.slice(0, 1) : order),
    reason: 'birthday rule',
  }
}

/** How its commands come into random lives. */
export const coverageWays: Ways<CoverageCommand> = {
  AddCoverage: { make: addCoverage, often: 3, collecting: 0 },
  CompleteCoverage: { make: completeCoverage, often: 2, collecting: 0, instead: 'RecordSubmittedClaim' },
  TerminateCoverage: { make: terminateCoverage, often: 2, collecting: 0, instead: 'AddCoverage' },
  SetCobOrder: { make: setCobOrder, often: 1, collecting: 0, instead: 'AddCoverage' },
}
