import { canonicalJson } from '../kernel/canonical.ts'
import type { ControlAccount } from '../kernel/effects.ts'
import type { PayerId, RemittanceId } from '../kernel/ids.ts'
import type { Sha256 } from '../kernel/leaf.ts'
import type { AdviceClaim, RemittanceAdvice } from './advice.ts'

/** A name as an identifier: capitals, one space, nothing that a payer spells one way today and another tomorrow. */
export const normaliseName = (name: string): string =>
  name
    .toUpperCase()
    .normalize('NFKD')
    .replace(/[^A-Z0-9]+/g, ' ')
    .trim()

const asId = (text: string): PayerId =>
  (text
    .replace(/[^A-Za-z0-9._:-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 80) || 'unknown') as PayerId

/**
 * The payer as the house knows it (clarification 18): N1 PR 04 if qualified XV, else TRN03 without its leading 1, else
 * REF 2U, else the normalised name.
 */
export const payerIdOf = (advice: RemittanceAdvice): PayerId => {
  const { payer, payment } = advice
  if (payer.idQualifier === 'XV' && payer.id) return asId(payer.id)
  const originator = payment?.originator.trim() ?? ''
  if (originator !== '')
    return asId(originator.startsWith('1') && originator.length > 1 ? originator.slice(1) : originator)
  return asId(payer.additionalId || normaliseName(payer.name))
}

/** A payer named elsewhere (837 NM1 PR): its identifier, else the normalised name. */
export const payerIdFrom = (id: string | undefined, name: string): PayerId => asId(id || normaliseName(name))

/** The patient of a claim as a comparable text: NM1 QC 09, else the name (clarification 10). Never stored clear. */
export const patientOf = (claim: AdviceClaim): string => {
  const { id, last, first } = claim.patient
  if (typeof id === 'string' && id.trim() !== '') return `id:${id.trim().toUpperCase()}`
  return `name:${normaliseName(`${typeof last === 'string' ? last : ''} ${typeof first === 'string' ? first : ''}`)}`
}

/**
 * What makes two advices the same content: the typed document without what a re-sending changes (control numbers,
 * places of segments, how a reader fared).
 */
export const contentHash = (advice: RemittanceAdvice, sha256: Sha256): string => {
  const { controlNumber: _control, version: _version, claims, dateSource: _source, ...rest } = advice
  const content = {
    ...rest,
    // A suffix (NM1 07) and a correction (NM1 74) were not read when older books took their files: a copy is a copy still.
    claims: claims.map(
      ({ segment: _segment, findings: _findings, defects: _defects, corrected: _corrected, ...claim }) => {
        const { suffix: _suffix, ...patient } = claim.patient
        return { ...claim, patient }
      },
    ),
  }
  return sha256(canonicalJson(content))
}

/**
 * Identity of a payment (errata 8): payer, trace, payment date, amount, payee; the content hash too where no money
 * moves, because filler traces collide there. Same identity with other content is a conflict, never a second posting.
 */
export const identityOf = (advice: RemittanceAdvice, hash: string): string => {
  const payment = advice.payment
  const parts = [
    payerIdOf(advice),
    payment?.trace.trim() ?? '',
    advice.date ?? payment?.dateWritten ?? '',
    String(payment?.amount ?? 0),
    advice.payee.id ?? normaliseName(advice.payee.name),
  ]
  return (payment?.amount === 0 ? [...parts, hash] : parts).join('|')
}

/** payerClearing of one remittance: Cr at opening, Dr by each account that posts a claim. */
export const clearingOf = (id: RemittanceId): ControlAccount => `payerClearing:${id}`
