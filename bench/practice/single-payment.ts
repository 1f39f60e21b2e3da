import type { ClaimSubmission, SubmittedClaim } from '@daybook/core/account'
import { addDays, toCents, toDay } from '@daybook/core/kernel'
import type { RemittanceAdvice } from '@daybook/core/remittance'
import { cyclesBetween } from './calendar.ts'
import { meadow } from './payers.ts'
import { adult, insured, practice } from './people.ts'
import { seeded } from './random.ts'
import { adviceOf } from './ruling.ts'
import { claimOf } from './submission.ts'
import { ruledVisit } from './usual.ts'
import { visitOf } from './visit.ts'

/**
 * One payment of so many ordinary claims, each of a patient of its own or all of one, with the claims that it answers. One
 * patient comes on a day of its own each time: whose services of one day are alike under two numbers could be one visit.
 */
export const singlePayment = (
  seed: number,
  claims: number,
  patients: 'many' | 'one' = 'many',
): { readonly submitted: readonly SubmittedClaim[]; readonly advice: RemittanceAdvice } => {
  const random = seeded(seed)
  const [cycle] = cyclesBetween(toDay('2026-02-16'), toDay('2026-11-20'))
  if (!cycle) throw new RangeError('no cycle')
  const someone = () => insured(random, adult(random), [meadow])
  const one = patients === 'one' ? someone() : undefined
  const pairs = Array.from({ length: claims }, (_, at) => {
    const drawn = visitOf(random, `B${String(at).padStart(7, '0')}`, one ?? someone(), cycle, {})
    const visit = one ? { ...drawn, serviceDay: addDays(cycle.servicesFrom, cycle.serviceDays - 1 - at) } : drawn
    const rulings = ruledVisit(meadow, visit.lines, { copay: meadow.copay, coinsurance: meadow.coinsurance })
    const judgement = { visit, payer: meadow, controlNumber: `M${String(at).padStart(9, '0')}`, rulings }
    return { claim: { ...claimOf(visit), number: at + 1 }, answer: { ...adviceOf(judgement), number: at + 1 } }
  })
  const answers = pairs.map(({ answer }) => answer)
  const date = cycle.answered.replaceAll('-', '')
  return {
    submitted: pairs.map(({ claim }) => claim),
    advice: {
      controlNumber: '0001',
      version: '005010X221A1',
      payer: { name: meadow.name, idQualifier: 'XV', id: meadow.id },
      payee: { name: practice.name, idQualifier: 'XX', id: practice.npi },
      payment: {
        handling: 'I',
        amount: toCents(answers.reduce((sum, answer) => sum + (answer.paid ?? 0), 0)),
        creditOrDebit: 'C',
        method: 'ACH',
        dateWritten: date,
        trace: `B${seed}`,
        originator: meadow.originator,
      },
      date: cycle.answered,
      dateSource: 'BPR16',
      claims: answers,
      providerAdjustments: [],
    },
  }
}

/** The claims as one 837 sends them. */
export const submissionOf = (claims: readonly SubmittedClaim[]): ClaimSubmission => ({
  controlNumber: '0001',
  version: '005010X222A1',
  reference: 'BENCH',
  purpose: '00',
  claims: [...claims],
})
