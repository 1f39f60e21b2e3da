import type { ServiceLine } from '../../documents/statement/content.ts'
import { sumOf, toCents } from '../../kernel/cents.ts'
import { clearText } from '../../kernel/classes.ts'
import { amountOn } from '../../kernel/dated.ts'
import type { Day } from '../../kernel/day.ts'
import { PATIENT } from '../../kernel/effects.ts'
import type { LineId, PatientId } from '../../kernel/ids.ts'
import { type AdjudicationPosting, adjudicationsOf } from '../claims/state.ts'
import { activeAsOf, allOwedThrough } from '../ledger/owed-by-day.ts'
import type { Line } from '../ledger/state.ts'
import type { AccountState } from '../rooms.ts'

// A service as a bill tells it: from the charge to what is owed on it, as of a day.

const adjusting: ReadonlySet<AdjudicationPosting['type']> = new Set([
  'ContractualAdjustmentPosted',
  'PriorPayerSettled',
  'PriorPayerSettlementUndone',
])

/** What payers did to a line: what they paid, and what they took off; adjudications that were taken back left out. */
const byPayers = (state: AccountState, { lineId, visitId }: Line, on: Day) => {
  let insurance = 0
  let adjustments = 0
  for (const { postings, reversed } of adjudicationsOf(state.claims, visitId)) {
    if (reversed) continue
    for (const { type, effectiveDate, effects } of postings) {
      if (effectiveDate > on) continue
      const amount = sumOf(
        effects.filter((effect) => effect.lineId === lineId),
        (effect) => effect.amount,
      )
      if (type === 'InsurancePaymentPosted') insurance += amount
      else if (adjusting.has(type)) adjustments += amount
    }
  }
  return { insurance, adjustments }
}

const writtenOff = (state: AccountState, line: LineId, on: Day): number =>
  sumOf(state.ledger.adjustments.by('line', line), ({ effectiveDate, parts }) =>
    effectiveDate > on
      ? 0
      : -sumOf(
          parts.filter(({ lineId, stage }) => lineId === line && stage !== 'badDebt'),
          ({ amount, reversed }) => amount - reversed,
        ),
  )

const paidOn = (state: AccountState, line: LineId, on: Day): number =>
  -sumOf(state.payments.payments.by('line', line), ({ allocations }) =>
    sumOf(
      allocations.filter((part) => part.lineId === line && part.on <= on),
      ({ amount }) => amount,
    ),
  )

/** A service, from its charge to what the patient owes on it. What is nothing of these stands as other, so that it adds up. */
export const serviceOf = (state: AccountState, line: Line, on: Day): ServiceLine => {
  const { lineId, visitId, dosFrom, dosTo, code, amount: charge } = line
  const balance = activeAsOf(state.ledger, lineId, PATIENT, on)
  const elsewhere = amountOn(allOwedThrough(state.ledger, lineId), on) - balance
  const { insurance, adjustments: taken } = byPayers(state, line, on)
  const adjustments = taken + writtenOff(state, lineId, on)
  const paid = paidOn(state, lineId, on)
  return {
    visitId,
    lineId,
    from: dosFrom,
    to: dosTo,
    code,
    charge,
    insurance: toCents(insurance),
    adjustments: toCents(adjustments),
    paid: toCents(paid),
    other: toCents(balance + elsewhere - charge - insurance - adjustments - paid),
    elsewhere: toCents(elsewhere),
    balance: toCents(balance),
  }
}

const initialsOf = (name: string): string =>
  name
    .split(/\s+/)
    .filter((part) => part !== '')
    .map((part) => `${[...part][0] ?? ''}.`)
    .join(' ')

/** The names of patients, as a document prints them: their initials where the person asked to be reached in confidence. */
export const namesOf = (
  { registration }: AccountState,
  patients: Iterable<PatientId>,
  confidential: boolean,
): { patientId: PatientId; name: string }[] =>
  [...new Set(patients)].map((patientId) => {
    const patient = registration.patients.get(patientId)
    const parts = [patient?.first, patient?.last, patient?.suffix].map((part) => clearText(part))
    const known = parts.filter((part) => part !== '').join(' ')
    // Who is their own guarantor may be on file by the guarantor's name alone.
    const name = known === '' ? clearText(registration.guarantor?.name) : known
    return { patientId, name: (confidential ? initialsOf(name) : name).slice(0, 120) }
  })
