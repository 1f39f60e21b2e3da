import type { ClaimSubmission } from '@daybook/core/account'
import { type SubmittedOf, submission } from './documents.ts'

// 837s of an invented practice, the same in every process: what is imported while processes are killed, or two at once.

const CREATED = '2026-03-01'

/** What comes of a visit besides its claim, by turns. */
const furtherOf = (first: SubmittedOf, turn: number): readonly SubmittedOf[] => {
  const member = first.patient?.id ?? ''
  const beta = { payer: 'BETA', member }
  switch (turn % 5) {
    // The number is used again under another payer; then a claim of that payer for the same person.
    case 0:
      return [
        { ...first, to: beta, lines: [{ charge: 7_000, on: '2026-02-10' }] },
        { ...first, to: beta, pcn: `${first.pcn}-N`, lines: [{ charge: 5_000, on: '2026-02-20' }] },
      ]
    case 1:
      return [{ ...first, to: { ...beta, sequence: 'S' }, others: [first.to ?? { payer: 'ACME' }] }]
    case 2:
      return [{ ...first, frequency: '7', lines: [{ charge: 12_500 }] }]
    case 3:
      return [{ ...first, frequency: '8' }]
    default:
      return []
  }
}

const visitOf = (number: number): SubmittedOf => ({
  pcn: `BILL-${String(number).padStart(3, '0')}`,
  // Two visits in a row are one family's: they meet on one account.
  patient: { id: `W${Math.floor(number / 2)}`, last: 'DOE', first: `P${number}` },
  to: { payer: 'ACME', member: `W${Math.floor(number / 2)}` },
  lines: [{ charge: 10_000 + number }],
})

const visits = (count: number): readonly SubmittedOf[] => Array.from({ length: count }, (_, at) => visitOf(at))

/** One 837 of so many visits, with all that comes of them. */
export const bills = (count: number): ClaimSubmission =>
  submission(
    visits(count).flatMap((first, at) => [first, ...furtherOf(first, at)]),
    { created: CREATED },
  )

/** The claims of the same visits to their first payer, and to their second. */
export const billsTo = (payer: 'ACME' | 'BETA', count: number): ClaimSubmission =>
  submission(
    visits(count).map((first) => ({
      ...first,
      to: { payer, member: first.patient?.id ?? '', sequence: payer === 'ACME' ? 'P' : 'S' },
    })),
    { created: CREATED },
  )
