import type { SubmittedClaim, SubmittedLine } from '../../../documents/submission.ts'
import { formatCents } from '../../../kernel/cents.ts'
import { clearOf } from '../../../kernel/classes.ts'
import type { Day } from '../../../kernel/day.ts'
import { accept, type Decision, precondition, reject, rejectIfAny } from '../../../kernel/decision.ts'
import { coverageParty } from '../../../kernel/effects.ts'
import type { LineId, PatientId, VisitId, WorkItemId } from '../../../kernel/ids.ts'
import { aheadHits } from '../../../policy/dated-ahead.ts'
import type { Context } from '../../context.ts'
import type { Coverage } from '../../coverage/state.ts'
import { linesOfVisit } from '../../ledger/balances.ts'
import type { Line } from '../../ledger/state.ts'
import { voidLines } from '../../ledger/void.ts'
import type { Visit as RegisteredVisit } from '../../registration/state.ts'
import type { AccountEvent, AccountState } from '../../rooms.ts'
import { chargeEvent, openPerson } from '../advice/open-missing.ts'
import type { RecordSubmittedClaim } from '../commands.ts'
import { inForce, submissionsOf } from '../state.ts'
import { statedPayment } from '../stated-payment.ts'
import { firstBilled, turnFromPatient, turnToFirst } from './billed-first.ts'
import { meansCharge } from './claims-meant.ts'
import { keptFromPlan } from './kept-from-plan.ts'
import { turnToNext } from './next-payer.ts'
import { validationOf } from './problems.ts'
import { changed, changedAtNext, lateAgain, oneOfSeveral, said } from './refusals.ts'
import { alreadySubmitted, claimedAlready, saysOther, sentAgain, submitted } from './sent.ts'
import { coveragesOf } from './submitted-coverages.ts'
import { codeOf, frequencyOf, relationTo, serviceDays } from './submitted-lines.ts'

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
        revenueCode: line.revenueCode,
        lineControlNumber: line.lineControlNumber,
        provider: clearOf(claim.renderingProvider?.id) ?? clearOf(claim.billingProvider.id),
        location: claim.placeOfService,
        ...serviceDays(claim, line, on),
      }
      const extra = { diagnosisPointers: line.diagnosisPointers }
      return { id: charge.lineId, event: chargeEvent(context, charge, first, charge.dosTo, extra) }
    })
  return { events: posted.map(({ event }) => event), ids: posted.map(({ id }) => id) }
}

/** That the claim went to this payer, and what its data has wrong. */
const sent = (
  context: Context,
  command: RecordSubmittedClaim,
  visit: Visit,
  coverage: Coverage,
  lines: readonly LineId[],
): readonly AccountEvent[] => {
  const event = submitted(context, command, visit, coverage, lines)
  return [event, ...(event.frequency === '8' ? [] : validationOf(context, event))]
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
      suffix: clearOf(claim.patient.suffix),
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
      openedFrom: 'claim',
    },
    ...posted.events,
    ...sent(context, command, opening, destination, posted.ids),
    ...statedPayment(state, { visit: opening.visitId, stated: claim.patientPaid ?? 0, on }, context),
  ])
}

/** Replacement (7) and void (8): charges that their claim no longer has are voided together, in the same unit. */
const voidGone = (
  state: AccountState,
  context: Context,
  gone: readonly Line[],
  on: Day,
  frequency: string,
): Decision<AccountEvent> => {
  if (gone.length === 0 || (frequency !== '7' && frequency !== '8')) return accept<AccountEvent>([])
  const reason = frequency === '8' ? 'the claim was voided (frequency 8)' : 'the claim was replaced (frequency 7)'
  const lines = gone.map((line) => line.lineId)
  return voidLines(state, lines, { on, mode: 'correction', reason }, context)
}

/** A void to a payer that the charges did not go to first takes back that claim; the services were rendered. */
const claimVoided = (context: Context, visit: Visit, coverage: Coverage, on: Day): AccountEvent => ({
  type: 'ClaimWorkItemRaised',
  effectiveDate: on,
  visitId: visit.visitId,
  workItemId: context.newId('workItem') as WorkItemId,
  code: 'claimVoided',
  coverageId: coverage.coverageId,
  message: `the claim to ${coverage.payerName} was voided (frequency 8): bill it again, or move what waits there`,
})

/** A later claim for a visit that is on file: to the next payer, a replacement, a void, or late charges. */
const onKnownVisit = (
  state: AccountState,
  command: RecordSubmittedClaim,
  visit: RegisteredVisit,
  context: Context,
): Decision<AccountEvent> => {
  const { claim, on } = command
  const { destination, all, added } = coveragesOf(state, context, visit.patientId, claim)
  const frequency = frequencyOf(claim)
  const charges = linesOfVisit(state.ledger, visit.visitId)
  const owner = firstBilled(state, visit.visitId, charges)
  const toNext = owner !== undefined && owner.coverageId !== destination.coverageId && owner.order < destination.order
  const relation = relationTo(state, visit, claim, { toNext })
  if (alreadySubmitted(state, submitted(context, command, visit, destination, []))) return accept<AccountEvent>([])
  if (relation.kind === 'another') {
    return reject([precondition('match', 'the visit has none of the services of this claim, and none of its days')])
  }
  if (relation.kind === 'changed') return reject([frequency === '7' ? changedAtNext(relation) : changed(relation)])
  if (saysOther(state, context, claim, visit.visitId, relation.kept)) return reject([said(claim)])
  const again = claimedAlready(state, context, claim, visit, relation)
  if (again.length > 0) return reject([lateAgain(again)])
  if (sentAgain(state, context, claim, visit, destination, relation)) return accept<AccountEvent>([])
  if (frequency === '8' && owner && owner.coverageId !== destination.coverageId) {
    return accept<AccountEvent>([
      ...added.map((coverage): AccountEvent => ({ type: 'CoverageAdded', effectiveDate: on, ...coverage })),
      ...sent(context, command, visit, destination, []),
      claimVoided(context, visit, destination, on),
    ])
  }
  const isOfOne = frequency === '8' || (frequency === '7' && !toNext)
  const means = isOfOne ? meansCharge(state, context, claim, visit, destination) : () => frequency === '7'
  if (!means) return reject([oneOfSeveral(claim)])
  const gone = relation.gone.filter(means)
  const voided = voidGone(state, context, gone, on, frequency)
  if (!voided.ok) return voided
  const named = all[0] ?? destination
  const precedes = owner !== undefined && named.order < owner.order
  const turned = precedes
    ? turnToFirst(state, context, visit.visitId, { charges: relation.kept, from: owner, to: named })
    : []
  const first = precedes ? named : (owner ?? named)
  const isUndecided = inForce(state.claims, visit.visitId).length === 0
  const isFirst = isUndecided && submissionsOf(state.claims, visit.visitId).length === 0
  const found = isFirst
    ? turnFromPatient(state, context, { charges: relation.kept, to: first })
    : turnToNext(state, context, { visitId: visit.visitId, charges: relation.kept, added })
  const posted = postLines(context, claim, visit, first, relation.fresh, on)
  const ids = relation.kept.map((line) => line.lineId)
  const isVoid = frequency === '8'
  const kept = keptFromPlan(state, context, {
    visitId: visit.visitId,
    coverage: destination,
    lines: isVoid ? [] : ids,
    on,
  })
  return accept<AccountEvent>(
    [
      ...added.map((coverage): AccountEvent => ({ type: 'CoverageAdded', effectiveDate: on, ...coverage })),
      ...voided.events,
      ...turned,
      ...found,
      ...posted.events,
      ...sent(context, command, visit, destination, [...ids, ...posted.ids]),
      ...statedPayment(state, { visit: visit.visitId, stated: claim.patientPaid ?? 0, on }, context),
      ...kept.events,
    ],
    { warnings: kept.warnings },
  )
}

/**
 * An 837 claim. Charges post once per (visit, line): a second 837 for the visit is a claim to the next coverage, a
 * replacement (void and repost of what differs), a void or late charges, never the same charges again (postings.md).
 * One that is sent as an original, and differs, is refused: the book can not tell a correction from a new service.
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
      .map((line) => `line ${line.number}: a charge of ${formatCents(line.charge)}`),
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
