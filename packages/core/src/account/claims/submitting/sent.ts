import type { SubmittedClaim } from '../../../documents/submission.ts'
import { formatCents, sumOf } from '../../../kernel/cents.ts'
import { clearOf } from '../../../kernel/classes.ts'
import type { LineId, VisitId } from '../../../kernel/ids.ts'
import type { Context } from '../../context.ts'
import type { Coverage } from '../../coverage/state.ts'
import type { Line } from '../../ledger/state.ts'
import type { AccountState } from '../../rooms.ts'
import type { RecordSubmittedClaim } from '../commands.ts'
import { daysOfLine, spanOf } from '../identity/asked.ts'
import { serviceOf } from '../identity/services.ts'
import { submissionsOf } from '../state.ts'
import type { ClaimSubmitted } from '../submission-events.ts'
import { type Compared, frequencyOf, sentOf } from './submitted-lines.ts'

// That a claim was sent: the event that says so, and whether it says so already.

/** What is odd about a claim and holds nothing: it stands on the event, and the import tells it. */
export const submissionFindings = (claim: SubmittedClaim): readonly string[] => {
  const lineTotal = sumOf(claim.lines, (line) => line.charge)
  const born = clearOf(claim.patient.born)
  const served = [claim.statementFrom, ...claim.lines.map((line) => line.serviceFrom)]
  return [
    ...claim.findings,
    ...(lineTotal === claim.charge
      ? []
      : [`CLM02 is ${formatCents(claim.charge)}, its lines ${formatCents(lineTotal)}`]),
    ...(born !== undefined && served.some((day) => day !== undefined && day < born)
      ? ['the birth day of the patient (DMG02) lies after the service']
      : []),
  ]
}

/** What the lines of a claim say, in any order: the same of a claim that is sent again. */
export const contentOf = (
  claim: SubmittedClaim,
  { keyedHash }: { readonly keyedHash: (kind: string, value: string) => string },
): string => {
  const period = spanOf(claim.statementFrom, claim.statementTo)
  const lines = claim.lines.map(({ code, revenueCode, modifiers, units, charge, serviceFrom, serviceTo }) => {
    const { procedure = '', revenue = '' } = serviceOf(code, revenueCode)
    const days = daysOfLine(spanOf(serviceFrom, serviceTo), period)
    return [procedure, revenue, modifiers.join(' '), Number(units), charge, days?.from ?? '', days?.to ?? ''].join('|')
  })
  return keyedHash('claimLines', lines.sort().join('\n')).slice(0, 16)
}

/** An older book does not keep what lines said: then nothing says that they said something else. */
const mayBeSaid = ({ content }: ClaimSubmitted, said: string | undefined): boolean =>
  content === undefined || said === undefined || content === said

/** The claim went to this payer, for these charges. */
export const submitted = (
  context: Pick<Context, 'keyedHash'>,
  { claim, file, on }: Pick<RecordSubmittedClaim, 'claim' | 'on'> & { readonly file?: string | undefined },
  visit: { readonly visitId: VisitId },
  coverage: Coverage,
  lines: readonly LineId[],
): ClaimSubmitted => {
  const statedPriorPaid = sumOf(claim.otherCoverages, (other) => other.statedPaid ?? 0)
  return {
    type: 'ClaimSubmitted',
    effectiveDate: on,
    visitId: visit.visitId,
    coverageId: coverage.coverageId,
    patientControlNumber: claim.patientControlNumber,
    frequency: claim.frequency.slice(0, 2),
    sequence: claim.destination.sequence,
    charge: claim.charge,
    lines: [...lines],
    content: contentOf(claim, context),
    ...(file === undefined ? {} : { sentIn: { file, place: claim.number } }),
    ...(claim.patientPaid === undefined ? {} : { statedPatientPaid: claim.patientPaid }),
    ...(statedPriorPaid === 0 ? {} : { statedPriorPaid }),
    findings: [...submissionFindings(claim)],
  }
}

/** The very same claim to the same payer is on file: an import of the same file, nothing to do. */
export const alreadySubmitted = (state: AccountState, event: ClaimSubmitted): boolean =>
  submissionsOf(state.claims, event.visitId).some(
    (known) =>
      known.coverageId === event.coverageId &&
      known.frequency === event.frequency &&
      known.sequence === event.sequence &&
      known.charge === event.charge &&
      known.effectiveDate === event.effectiveDate &&
      mayBeSaid(known, event.content),
  )

const isOriginal = ({ frequency }: ClaimSubmitted): boolean => !['5', '7', '8'].includes(frequency.slice(0, 1))

/**
 * An original of these services and of that place in the order of payers is on file, and no claim of that place has said what
 * this one says: other lines, modifiers, units or days (clarification 28). A claim that came for the rest of the visit says
 * nothing of a part that an advice or the desk has added.
 */
export const saysOther = (
  { claims }: AccountState,
  context: Pick<Context, 'keyedHash'>,
  claim: SubmittedClaim,
  visitId: VisitId,
  kept: readonly Line[],
): boolean => {
  if (frequencyOf(claim) !== '1') return false
  const sent = sentOf(submissionsOf(claims, visitId), kept).filter(
    ({ sequence }) => sequence === claim.destination.sequence,
  )
  const said = contentOf(claim, context)
  return sent.some(isOriginal) && !sent.some((one) => mayBeSaid(one, said))
}

/** Of an older book, which does not keep what a claim said: the charges for which it was sent are those of its lines now. */
const isSaidByCharges = (claim: SubmittedClaim, sent: ClaimSubmitted, kept: readonly Line[]): boolean =>
  sent.charge === claim.charge &&
  kept.length === claim.lines.length &&
  sent.lines.length === new Set(kept.map(({ lineId }) => lineId)).size &&
  claim.lines.every(
    ({ units, modifiers }, at) => kept[at]?.units === units && kept[at].modifiers.join() === modifiers.join(),
  )

/**
 * An original of that place in the order of payers, with the same lines, is on file: sent again, whenever (clarification
 * 28). One whose lines were voided or replaced since is none.
 */
export const sentAgain = (
  state: AccountState,
  context: Pick<Context, 'keyedHash'>,
  claim: SubmittedClaim,
  { visitId }: { readonly visitId: VisitId },
  { coverageId }: Coverage,
  { kept, fresh }: Pick<Compared, 'kept' | 'fresh'>,
): boolean => {
  if (frequencyOf(claim) !== '1' || fresh.length > 0) return false
  const lines = new Set(kept.map(({ lineId }) => lineId))
  const said = contentOf(claim, context)
  return submissionsOf(state.claims, visitId).some(
    (sent) =>
      sent.coverageId === coverageId &&
      sent.sequence === claim.destination.sequence &&
      isOriginal(sent) &&
      (sent.content === undefined ? isSaidByCharges(claim, sent, kept) : sent.content === said) &&
      sent.lines.every((line) => lines.has(line)),
  )
}

/**
 * Of late charges (5) those that a claim of that place in the order of payers has had: they are no late charges, or were
 * rendered twice. The same late charges sent again are neither.
 */
export const claimedAlready = (
  { claims }: AccountState,
  context: Pick<Context, 'keyedHash'>,
  claim: SubmittedClaim,
  { visitId }: { readonly visitId: VisitId },
  { kept }: Pick<Compared, 'kept'>,
): readonly Line[] => {
  if (frequencyOf(claim) !== '5') return []
  const sent = submissionsOf(claims, visitId).filter(({ sequence }) => sequence === claim.destination.sequence)
  const said = contentOf(claim, context)
  if (sent.some((one) => one.frequency.startsWith('5') && mayBeSaid(one, said))) return []
  const claimed = new Set(sent.flatMap(({ lines }) => lines))
  return kept.filter(({ lineId }) => claimed.has(lineId))
}
