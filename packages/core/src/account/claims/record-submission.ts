import { type Cents, sumOf, toCents } from '../../kernel/cents.ts'
import { clearOf } from '../../kernel/classes.ts'
import type { Day } from '../../kernel/day.ts'
import { accept, type Decision, precondition, reject, rejectIfAny } from '../../kernel/decision.ts'
import { coverageParty, PATIENT, partyKey } from '../../kernel/effects.ts'
import type { LineId, PatientId, VisitId, WorkItemId } from '../../kernel/ids.ts'
import type { Context } from '../context.ts'
import type { Coverage } from '../coverage/state.ts'
import type { AccountEvent } from '../events.ts'
import { aheadHits } from '../ledger/dating.ts'
import type { Line } from '../ledger/state.ts'
import { voidCharge } from '../ledger/void.ts'
import type { AccountState } from '../state.ts'
import type { RecordSubmittedClaim } from './commands.ts'
import { chargeEvent, openPerson } from './open-missing.ts'
import type { SubmittedClaim, SubmittedLine } from './submission.ts'
import { coveragesOf } from './submitted-coverages.ts'
import { codeOf, compareLines, serviceDays } from './submitted-lines.ts'
import { dollars } from './unit.ts'

const chargesOf = (state: AccountState, visit: VisitId): readonly Line[] =>
  (state.ledger.linesByVisit.get(visit) ?? []).flatMap((id) => state.ledger.lines.get(id) ?? [])

interface Visit {
  readonly visitId: VisitId
  readonly patientId: PatientId
}

const postLines = (
  context: Context,
  claim: SubmittedClaim,
  visit: Visit,
  first: Coverage,
  lines: readonly SubmittedLine[],
  on: Day,
): { readonly events: readonly AccountEvent[]; readonly ids: readonly LineId[] } => {
  const posted = lines
    .filter((line) => line.charge > 0)
    .map((line) => {
      const charge: Line = {
        lineId: context.newId('line') as LineId,
        visitId: visit.visitId,
        code: codeOf(line),
        modifiers: line.modifiers,
        units: line.units,
        amount: line.charge,
        firstParty: coverageParty(first.coverageId),
        voided: false,
        broughtForward: false,
        lineControlNumber: line.lineControlNumber,
        provider: clearOf(claim.renderingProvider?.id) ?? clearOf(claim.billingProvider.id),
        location: claim.placeOfService,
        ...serviceDays(claim, line, on),
      }
      const extra = { diagnosisPointers: line.diagnosisPointers, revenueCode: line.revenueCode }
      return { id: charge.lineId, event: chargeEvent(context, charge, first, charge.dosTo, extra) }
    })
  return { events: posted.map(({ event }) => event), ids: posted.map(({ id }) => id) }
}

const submitted = (
  claim: SubmittedClaim,
  visit: Visit,
  coverage: Coverage,
  lines: readonly LineId[],
  on: Day,
): AccountEvent => {
  const statedPriorPaid = sumOf(claim.otherCoverages, (other) => other.statedPaid ?? 0)
  const lineTotal = sumOf(claim.lines, (line) => line.charge)
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
    ...(claim.patientPaid === undefined ? {} : { statedPatientPaid: claim.patientPaid }),
    ...(statedPriorPaid === 0 ? {} : { statedPriorPaid }),
    findings: [
      ...claim.findings,
      ...(lineTotal === claim.charge ? [] : [`CLM02 is ${dollars(claim.charge)}, its lines ${dollars(lineTotal)}`]),
    ],
  }
}

/** AMT*F5 is a statement, not cash: a work item where the book holds less from the patient on this visit. */
const statedPayment = (
  state: AccountState,
  context: Context,
  claim: SubmittedClaim,
  visit: Visit,
  on: Day,
): readonly AccountEvent[] => {
  if (claim.patientPaid === undefined || claim.patientPaid <= 0) return []
  const booked = sumOf(state.payments.payments.values(), (payment) =>
    payment.event.designation?.visitId === visit.visitId ? payment.amount - payment.reversed : 0,
  )
  const missing = toCents(claim.patientPaid - booked) as Cents
  if (missing <= 0) return []
  return [
    {
      type: 'ClaimWorkItemRaised',
      effectiveDate: on,
      visitId: visit.visitId,
      workItemId: context.newId('workItem') as WorkItemId,
      code: 'statedPatientPayment',
      amount: missing,
      message: `the claim says that the patient paid ${dollars(claim.patientPaid)}; the book has ${dollars(booked)}`,
    },
  ]
}

const openVisit = (
  state: AccountState,
  command: RecordSubmittedClaim & { readonly visit: { readonly open: Visit & { readonly accountId: string } } },
  context: Context,
): Decision<AccountEvent> => {
  const { claim, on, visit } = command
  const opening = visit.open as Parameters<typeof openPerson>[1]
  if (state.registration.visits.has(opening.visitId)) return accept<AccountEvent>([])
  const { destination, all, added } = coveragesOf(state, context, opening.patientId, claim)
  const posted = postLines(context, claim, opening, all[0] ?? destination, claim.lines, on)
  const born = clearOf(claim.patient.born) as Day | undefined
  return accept<AccountEvent>([
    ...openPerson(state, opening, on, 'claim', {
      last: clearOf(claim.patient.last),
      first: clearOf(claim.patient.first),
      born,
      state: claim.patient.address?.state,
    }),
    ...added.map((coverage): AccountEvent => ({ type: 'CoverageAdded', effectiveDate: on, ...coverage })),
    {
      type: 'VisitOpened',
      effectiveDate: on,
      visitId: opening.visitId,
      patientId: opening.patientId,
      patientControlNumber: claim.patientControlNumber,
      kind: claim.kind,
    },
    ...posted.events,
    submitted(claim, opening, destination, posted.ids, on),
    ...statedPayment(state, context, claim, opening, on),
  ])
}

/** The very same claim to the same payer is on file: an import of the same file, nothing to do. */
const alreadySubmitted = (state: AccountState, event: AccountEvent): boolean =>
  event.type === 'ClaimSubmitted' &&
  state.claims.submissions.some(
    (known) =>
      known.visitId === event.visitId &&
      known.coverageId === event.coverageId &&
      known.frequency === event.frequency &&
      known.sequence === event.sequence &&
      known.charge === event.charge &&
      known.effectiveDate === event.effectiveDate,
  )

/** Replacement (7) and void (8): charges that the claim no longer has are voided, in the same unit. */
const voidGone = (
  state: AccountState,
  context: Context,
  gone: readonly Line[],
  on: Day,
  frequency: string,
): { readonly events: readonly AccountEvent[]; readonly rejection?: Decision<AccountEvent> } => {
  const events: AccountEvent[] = []
  for (const line of gone) {
    const reason = frequency === '8' ? 'the claim was voided (frequency 8)' : 'the claim was replaced (frequency 7)'
    const decision = voidCharge(
      state,
      { type: 'VoidCharge', on, line: line.lineId, mode: 'correction', reason },
      context,
    )
    if (!decision.ok) return { events, rejection: decision }
    events.push(...decision.events)
  }
  return { events }
}

/** A later claim for a visit that is on file: to the next payer, a replacement, a void, or a late charge. */
const onKnownVisit = (
  state: AccountState,
  command: RecordSubmittedClaim,
  visit: Visit,
  context: Context,
): Decision<AccountEvent> => {
  const { claim, on } = command
  const { destination, added } = coveragesOf(state, context, visit.patientId, claim)
  const frequency = claim.frequency.slice(0, 1)
  const charges = chargesOf(state, visit.visitId)
  const { matched, gone } =
    frequency === '8'
      ? { matched: [], gone: charges.filter((charge) => !charge.voided) }
      : compareLines(charges, claim, on)
  const kept = matched.flatMap((line) => (line ? [line.lineId] : []))
  const event = submitted(claim, visit, destination, kept, on)
  if (alreadySubmitted(state, event)) return accept<AccountEvent>([])
  const voided = frequency === '7' || frequency === '8' ? voidGone(state, context, gone, on, frequency) : { events: [] }
  if (voided.rejection) return voided.rejection
  const fresh = frequency === '8' ? [] : claim.lines.filter((_, at) => matched[at] === undefined)
  const first = charges.find((charge) => partyKey(charge.firstParty) !== PATIENT)?.firstParty
  const owner = first && first !== PATIENT ? state.coverage.coverages.get(first.coverageId) : undefined
  const posted = postLines(context, claim, visit, owner ?? destination, fresh, on)
  return accept<AccountEvent>([
    ...added.map((coverage): AccountEvent => ({ type: 'CoverageAdded', effectiveDate: on, ...coverage })),
    ...voided.events,
    ...posted.events,
    event.type === 'ClaimSubmitted' ? { ...event, lines: [...kept, ...posted.ids] } : event,
    ...statedPayment(state, context, claim, visit, on),
  ])
}

/**
 * An 837 claim. Charges post once per (visit, line): a second 837 for the visit is a claim to the next coverage, a
 * replacement (void and repost of what differs) or a void, never the same charges again (postings.md).
 */
export const recordSubmittedClaim = (
  state: AccountState,
  command: RecordSubmittedClaim,
  context: Context,
): Decision<AccountEvent> => {
  const faults = [
    ...command.claim.defects,
    ...command.claim.lines
      .filter((line) => line.charge < 0)
      .map((line) => `line ${line.number}: a charge of ${dollars(line.charge)}`),
  ]
  const [fault, ...more] = faults.map((defect) =>
    precondition('claim.defect', defect, 'correct the claim where it was made and send it again'),
  )
  if (fault) return reject([fault, ...more])
  const served = new Set(command.claim.lines.map((line) => serviceDays(command.claim, line, command.on).dosTo))
  const ahead = rejectIfAny([...served].flatMap((day) => aheadHits(day, context)))
  if (ahead) return ahead
  if ('open' in command.visit) return openVisit(state, { ...command, visit: command.visit }, context)
  const visit = state.registration.visits.get(command.visit.known)
  if (!visit) return reject([precondition('match', 'no such visit on this account')])
  return onKnownVisit(state, command, visit, context)
}
