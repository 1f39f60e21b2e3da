import type { AdviceClaim, AdviceLine } from '../../../documents/advice.ts'
import { placeOf } from '../../../documents/claim-status.ts'
import { type Cents, ZERO } from '../../../kernel/cents.ts'
import { clearOf } from '../../../kernel/classes.ts'
import type { Day } from '../../../kernel/day.ts'
import { coverageParty, netContra } from '../../../kernel/effects.ts'
import type { AccountId, CoverageId, LayerId, LineId, PatientId, VisitId } from '../../../kernel/ids.ts'
import type { Context } from '../../context.ts'
import type { Coverage } from '../../coverage/state.ts'
import type { Line } from '../../ledger/state.ts'
import type { AccountEvent, AccountState } from '../../rooms.ts'
import { daysOfLine, spanOf } from '../identity/asked.ts'
import type { Opened } from '../unit/draft.ts'

/** Ids for what a claim without an account opens; the process draws them, so that a retry opens the same. */
export interface Opening {
  readonly accountId: AccountId
  readonly patientId: PatientId
  readonly visitId: VisitId
}

/** The account and the patient, where the stream does not know them yet; the guarantor stays unconfirmed. */
export const openPerson = (
  state: AccountState,
  opening: Opening,
  on: Day,
  openedFrom: 'remittance' | 'claim',
  person: {
    readonly last?: string | undefined
    readonly first?: string | undefined
    readonly suffix?: string | undefined
    readonly born?: Day | undefined
    readonly state?: string | undefined
  },
): readonly AccountEvent[] => {
  const { last, first, suffix, born } = person
  return [
    ...(state.registration.account
      ? []
      : [
          {
            type: 'AccountOpened' as const,
            effectiveDate: on,
            accountId: opening.accountId,
            guarantor: { standing: 'unconfirmed' as const, ...(person.state ? { state: person.state } : {}) },
            openedFrom,
            converted: openedFrom === 'remittance',
          },
        ]),
    ...(state.registration.patients.has(opening.patientId)
      ? []
      : [
          {
            type: 'PatientRegistered' as const,
            effectiveDate: on,
            patientId: opening.patientId,
            relationshipToGuarantor: 'unknown' as const,
            ...(last ? { last } : {}),
            ...(first ? { first } : {}),
            ...(suffix ? { suffix } : {}),
            ...(born ? { born } : {}),
          },
        ]),
  ]
}

/** One charge and its first layer, in the coverage's name; it ages from the day of service, the last one of a stay. */
export const chargeEvent = (
  context: Context,
  line: Line,
  coverage: Coverage,
  on: Day,
  extra: { readonly diagnosisPointers?: readonly number[] } = {},
): AccountEvent => {
  const layerId = context.newId('layer') as LayerId
  return {
    type: 'ChargePosted',
    effectiveDate: on,
    visitId: line.visitId,
    lineId: line.lineId,
    code: line.code,
    modifiers: [...line.modifiers],
    units: line.units,
    dosFrom: line.dosFrom,
    dosTo: line.dosTo,
    amount: line.amount,
    party: line.firstParty,
    ...(line.lineControlNumber ? { lineControlNumber: line.lineControlNumber } : {}),
    ...(extra.diagnosisPointers?.length ? { diagnosisPointers: [...extra.diagnosisPointers] } : {}),
    ...(line.revenueCode ? { revenueCode: line.revenueCode } : {}),
    ...(line.echoed ? { echoed: true } : {}),
    ...(line.daysAssumed ? { daysAssumed: true } : {}),
    ...(coverage.filingIndicator ? { financialClass: coverage.filingIndicator } : {}),
    ...(line.provider ? { provider: line.provider } : {}),
    ...(line.location ? { location: line.location } : {}),
    effects: [{ lineId: line.lineId, layerId, party: line.firstParty, stage: 'active', amount: line.amount }],
    opens: [{ layerId, lineId: line.lineId, party: line.firstParty, agingFrom: line.dosTo }],
    contra: netContra([{ account: 'revenue', amount: -line.amount }]),
  }
}

/** Place in the order of benefits that CLP02 says the payer took. */
export const orderOf = (claim: AdviceClaim): number => placeOf(claim.status) ?? 1

export const newCoverage = (
  context: Context,
  patientId: PatientId,
  payer: { readonly payerId: Coverage['payerId']; readonly payerName: string },
  claim: AdviceClaim,
  order: number,
): Coverage => ({
  coverageId: context.newId('coverage') as CoverageId,
  patientId,
  payerId: payer.payerId,
  payerName: payer.payerName,
  order,
  capitated: false,
  stub: false,
  ...(claim.filingIndicator ? { filingIndicator: claim.filingIndicator } : {}),
  ...(claim.patient.id ? { memberId: claim.patient.id } : {}),
})

/** Days of a line: its own, else the claim's, else the day of the advice, which is then assumed. */
const serviceDays = (claim: AdviceClaim, line: AdviceLine | undefined, fallback: Day) => {
  const period = spanOf(claim.statementFrom, claim.statementTo)
  const days = daysOfLine(line && spanOf(line.serviceFrom, line.serviceTo), period)
  return days
    ? { dosFrom: days.from, dosTo: days.to }
    : { dosFrom: fallback, dosTo: fallback, daysAssumed: true as const }
}

/**
 * One charge line an SVC with a charge, under the submitted code, or one line of CLP03 where there is no SVC. First party
 * is the adjudicating coverage.
 */
export const chargesOf = (
  context: Context,
  visitId: VisitId,
  claim: AdviceClaim,
  { coverageId }: Coverage,
  on: Day,
): readonly Line[] => {
  const party = coverageParty(coverageId)
  const base = { visitId, firstParty: party, voided: false, broughtForward: false, echoed: true } as const
  if (claim.lines.length === 0) {
    return [
      {
        ...base,
        lineId: context.newId('line') as LineId,
        code: 'CLAIM',
        modifiers: [],
        units: '1',
        amount: (claim.charge ?? ZERO) as Cents,
        ...serviceDays(claim, undefined, on),
      },
    ]
  }
  return claim.lines
    .filter((line) => line.charge > 0)
    .map((line) => {
      const procedure = line.submitted ?? line.adjudicated
      return {
        ...base,
        lineId: context.newId('line') as LineId,
        code: procedure.code,
        modifiers: procedure.modifiers,
        units: line.unitsSubmitted ?? line.unitsPaid ?? '1',
        revenueCode: line.revenueCode,
        lineControlNumber: line.lineControlNumber,
        amount: line.charge,
        ...serviceDays(claim, line, on),
      }
    })
}

export const chargeEvents = (context: Context, charges: readonly Line[], coverage: Coverage): readonly AccountEvent[] =>
  charges.filter((charge) => charge.amount > 0).map((charge) => chargeEvent(context, charge, coverage, charge.dosTo))

/** Clarification 13: what a claim never seen opens inside the posting unit: person, coverage, visit, charges. */
export const openMissing = (
  state: AccountState,
  context: Context,
  opening: Opening,
  claim: AdviceClaim,
  { coverage, added }: { readonly coverage: Coverage; readonly added: boolean },
  on: Day,
): Opened => {
  const charges = chargesOf(context, opening.visitId, claim, coverage, on)
  const { last, first, suffix } = claim.patient
  return {
    charges,
    coverages: added ? [coverage] : [],
    events: [
      ...openPerson(state, opening, on, 'remittance', {
        last: clearOf(last),
        first: clearOf(first),
        suffix: clearOf(suffix),
      }),
      ...(added ? [{ type: 'CoverageAdded' as const, effectiveDate: on, ...coverage }] : []),
      {
        type: 'VisitOpened',
        effectiveDate: on,
        visitId: opening.visitId,
        patientId: opening.patientId,
        ...(claim.patientControlNumber === '' ? {} : { patientControlNumber: claim.patientControlNumber }),
        kind: 'unknown',
        openedFrom: 'remittance',
      },
      ...chargeEvents(context, charges, coverage),
    ],
  }
}
