import type { ClaimSubmission } from '@daybook/core/account'
import fc from 'fast-check'
import { advice, type SubmittedOf, submission } from './documents.ts'

// Small 837s in which claims get in each other's way: few numbers, few patients, two payers, numbers used again,
// replacements and voids under other numbers (REF F8), late charges.

const patients = [
  { id: 'M1', last: 'DOE', first: 'JANE' },
  { id: 'M1', last: 'DOE', first: 'JOHN' },
  { id: 'M2', last: 'DOE', first: 'JANE' },
  { last: 'ROE', first: 'RICHARD' },
] as const

const claim: fc.Arbitrary<SubmittedOf> = fc
  .record({
    pcn: fc.constantFrom('V1', 'V2', 'V3', 'V4'),
    patient: fc.constantFrom(...patients),
    payer: fc.constantFrom('ACME', 'BETA'),
    day: fc.constantFrom('2026-01-10', '2026-02-10'),
    charge: fc.constantFrom(10_000, 12_000),
    frequency: fc.oneof(
      { weight: 8, arbitrary: fc.constant('1') },
      { arbitrary: fc.constantFrom('5', '7', '8'), weight: 3 },
    ),
    replaces: fc.constantFrom(undefined, 'ICN-V1'),
  })
  .map(({ pcn, patient, payer, day, charge, frequency, replaces }) => ({
    pcn,
    patient,
    frequency,
    to: { payer, ...('id' in patient ? { member: patient.id } : {}) },
    lines: [{ charge, on: day, code: frequency === '5' ? '81002' : '99213' }],
    ...(replaces && (frequency === '7' || frequency === '8') ? { originalReference: replaces } : {}),
  }))

/** One 837 of such claims. */
export const smallSubmission = (maxLength: number): fc.Arbitrary<ClaimSubmission> =>
  fc.array(claim, { minLength: 1, maxLength }).map((claims) => submission(claims, { created: '2026-03-01' }))

/** What the book holds before: a visit of the first patient, which its payer has paid under the number `ICN-V1`. */
export const onFile = {
  submitted: submission([
    { pcn: 'V1', patient: patients[0], to: { payer: 'ACME', member: 'M1' }, lines: [{ charge: 10_000 }] },
  ]),
  remitted: advice({
    trace: 'FIRST',
    claims: [{ pcn: 'V1', patient: patients[0], lines: [{ charge: 10_000, paid: 8_000, cas: [['PR', '2', 2_000]] }] }],
  }),
}

/** Pays visits whose claims are not here yet: held, and tried again with each claim that comes. */
export const ahead = advice({
  trace: 'AHEAD',
  date: '2026-03-10',
  claims: ['V2', 'V3', 'V4'].map((pcn) => ({
    pcn,
    patient: patients[0],
    lines: [{ charge: 10_000, paid: 9_000, cas: [['PR', '1', 1_000]] }],
  })),
})
