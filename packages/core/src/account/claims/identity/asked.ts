import type { AdviceClaim } from '../../../documents/advice.ts'
import { correctedOfAdvice, patientOfAdvice } from '../../../documents/advice-patient.ts'
import { isReversal } from '../../../documents/claim-status.ts'
import { normaliseName, payerIdFrom } from '../../../documents/identity.ts'
import { identifierOf, type NamedPatient } from '../../../documents/patients.ts'
import type { SubmittedClaim, SubmittedCoverage } from '../../../documents/submission.ts'
import { clearOf } from '../../../kernel/classes.ts'
import { type Day, maxDay } from '../../../kernel/day.ts'
import type { PatientId, PayerId } from '../../../kernel/ids.ts'
import { type Service, serviceOf } from './services.ts'

/** Civil days, both included. */
export interface Span {
  readonly from: Day
  readonly to: Day
}

export const meet = (a: Span, b: Span): boolean => a.from <= b.to && b.from <= a.to

/** One of a pair alone is both. */
export const spanOf = (from: Day | undefined, to: Day | undefined): Span | undefined => {
  const first = from ?? to
  return first === undefined ? undefined : { from: first, to: maxDay(first, to ?? first) }
}

/** A payer as it is compared: by id, else by name. */
export interface PayerNamed {
  readonly payerId: PayerId
  readonly payerName: string
}

export const isSamePayer = (a: PayerNamed, b: PayerNamed): boolean => {
  const name = normaliseName(a.payerName)
  return a.payerId === b.payerId || (name !== '' && name === normaliseName(b.payerName))
}

/** What a claim's line asks for. */
export interface AskedLine {
  readonly service: Service
  /** Its own days, else the claim's; undefined where neither says. */
  readonly days: Span | undefined
  /** Cents, absolute: a reversal's are negative. */
  readonly charge: number
}

/** What a claim of an 835 or 837 says of whose it is (postings.md, clarifications 25–33). */
export interface Asked {
  readonly paper: 'claim' | 'advice'
  /** CLP01 or CLM01. */
  readonly controlNumber: string
  /** CLP07; empty on an 837. */
  readonly payerControlNumber: string
  /** REF F8. */
  readonly originalReference: string | undefined
  readonly patient: NamedPatient
  /** The patient as the payer has them, where it says that the claim named them otherwise (NM1 74). */
  readonly corrected?: NamedPatient
  readonly payer: PayerNamed
  /** The member's ids by payer: an 837 names those of its other payers too. */
  readonly members: readonly { readonly payer: PayerNamed; readonly id: string }[]
  /** CLP03 or CLM02, absolute cents. */
  readonly charge: number | undefined
  /** The claim's own days. */
  readonly period: Span | undefined
  readonly lines: readonly AskedLine[]
  readonly reversal: boolean
  /** Patients who are noted under the claim's member id: of one whom a name told, no coverage has it (decision 0022). */
  readonly notedAs?: ReadonlySet<PatientId>
  /** Findings of the reading: days that yield to the claim's. */
  readonly findings: readonly string[]
}

/** A line's days beside the claim's: a day outside the claim's own period yields to it. */
export const daysOfLine = (own: Span | undefined, period: Span | undefined): Span | undefined =>
  own === undefined || (period !== undefined && !meet(own, period)) ? period : own

const yields = (number: number): string => `the day of line ${number} lies outside the claim's own days, which count`

const findingsOf = (
  lines: readonly { readonly number: number; readonly own: Span | undefined }[],
  period: Span | undefined,
): readonly string[] =>
  lines.flatMap(({ number, own }) => (own && period && !meet(own, period) ? [yields(number)] : []))

export const askedByAdvice = (claim: AdviceClaim, payer: PayerNamed): Asked => {
  const period = spanOf(claim.statementFrom, claim.statementTo)
  const lines = claim.lines.map((line) => ({ line, own: spanOf(line.serviceFrom, line.serviceTo) }))
  const patient = patientOfAdvice(claim)
  const corrected = correctedOfAdvice(claim)
  const ids = [...new Set([patient, ...(corrected ? [corrected] : [])].map(identifierOf))].filter((id) => id !== '')
  return {
    paper: 'advice',
    controlNumber: claim.patientControlNumber,
    payerControlNumber: claim.payerControlNumber.trim(),
    originalReference: claim.originalReference,
    patient,
    payer,
    ...(corrected ? { corrected } : {}),
    members: ids.map((id) => ({ payer, id })),
    charge: claim.charge === undefined ? undefined : Math.abs(claim.charge),
    period,
    lines: lines.map(({ line, own }) => {
      const { code, qualifier } = line.submitted ?? line.adjudicated
      return {
        service: serviceOf(code, line.revenueCode, qualifier),
        days: daysOfLine(own, period),
        charge: Math.abs(line.charge),
      }
    }),
    reversal: isReversal(claim),
    findings: findingsOf(
      lines.map(({ line: { number }, own }) => ({ number, own })),
      period,
    ),
  }
}

const payerOf = ({ payerId, payerName }: SubmittedCoverage): PayerNamed => ({
  payerId: payerIdFrom(payerId, payerName),
  payerName,
})

/** The patient as payers will echo it: the patient's own identifier, else the subscriber's member id. */
export const patientOfSubmission = ({ patient, destination }: SubmittedClaim): NamedPatient => ({
  id: clearOf(patient.id) ?? clearOf(destination.memberId),
  last: clearOf(patient.last),
  first: clearOf(patient.first),
  suffix: clearOf(patient.suffix),
  born: clearOf(patient.born) as Day | undefined,
})

export const askedBySubmission = (claim: SubmittedClaim): Asked => {
  const period = spanOf(claim.statementFrom, claim.statementTo)
  const lines = claim.lines.map((line) => ({ line, own: spanOf(line.serviceFrom, line.serviceTo) }))
  const patient = patientOfSubmission(claim)
  const payer = payerOf(claim.destination)
  const others = claim.otherCoverages.map((coverage) => ({ payer: payerOf(coverage), id: clearOf(coverage.memberId) }))
  return {
    paper: 'claim',
    controlNumber: claim.patientControlNumber,
    payerControlNumber: '',
    originalReference: claim.originalReference,
    patient,
    payer,
    members: [{ payer, id: patient.id }, ...others].flatMap((member) => {
      const id = identifierOf({ id: member.id })
      return id === '' ? [] : [{ payer: member.payer, id }]
    }),
    charge: Math.abs(claim.charge),
    period,
    lines: lines.map(({ line, own }) => ({
      service: serviceOf(line.code, line.revenueCode),
      days: daysOfLine(own, period),
      charge: Math.abs(line.charge),
    })),
    reversal: false,
    findings: findingsOf(
      lines.map(({ line: { number }, own }) => ({ number, own })),
      period,
    ),
  }
}
