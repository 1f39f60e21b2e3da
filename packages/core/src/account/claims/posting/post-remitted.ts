import type { AdviceClaim } from '../../../documents/advice.ts'
import { correctedOfAdvice, patientOfAdvice } from '../../../documents/advice-patient.ts'
import { isReversal } from '../../../documents/claim-status.ts'
import { identifierOf, isNamedAlike, type NamedPatient } from '../../../documents/patients.ts'
import { clearOf } from '../../../kernel/classes.ts'
import { accept, type Decision, precondition, type RuleHit, reject, rejectIfAny } from '../../../kernel/decision.ts'
import type { PatientId, VisitId } from '../../../kernel/ids.ts'
import { aheadHits } from '../../../policy/dated-ahead.ts'
import { remittanceBalancing } from '../../../rules/ledger/computations.ts'
import { refOf } from '../../../rules/rule.ts'
import type { Context } from '../../context.ts'
import type { PatientCorrectedByPayer } from '../../registration/events.ts'
import type { AccountEvent, AccountState } from '../../rooms.ts'
import { chargeEvents, chargesOf, openMissing } from '../advice/open-missing.ts'
import type { PostRemittedClaims } from '../commands.ts'
import { askedByAdvice } from '../identity/asked.ts'
import { idsOnFile, nameOnFile } from '../identity/on-file.ts'
import { heldHit, type Opened } from '../unit/draft.ts'
import { claimHits } from './claim-hits.ts'
import { type CoverageOf, coverageOf } from './coverage-of.ts'
import { decideUnit } from './decide-unit.ts'
import { noOriginal } from './reversal.ts'

/** The reason where a claim names a visit that the account has not opened. */
export const NO_SUCH_VISIT = 'no such visit on this account'

/**
 * Posts one unit of a remittance: all its claims, reversals first, or nothing. A rejection lists every reason; the
 * remittance then holds the unit, its money in clearing (postings.md, clarification 4).
 */
export const postRemittedClaims = (
  state: AccountState,
  command: PostRemittedClaims,
  context: Context,
): Decision<AccountEvent> => {
  const lead = command.claims.find((claim) => !isReversal(claim)) ?? command.claims[0]
  if (!lead) return reject([precondition('claims.empty', 'no claim is given')])
  const unusable = unusableHits(command, context)
  const visit = visitOf(state, command)
  if (!visit) return reject([precondition('match', NO_SUCH_VISIT), ...unusable])
  const decidedBy = coverageOf(state, context, command, lead, visit.patientId)
  const isKnown = !('rule' in decidedBy)
  const rejection = rejectIfAny([...unusable, ...(isKnown ? [] : [decidedBy])])
  if (rejection || !isKnown) return rejection ?? accept<AccountEvent>([])

  const opens = openedBy(state, context, command, lead, decidedBy)
  const opened = { ...opens, events: [...opens.events, ...correctionsOf(state, command, visit.patientId)] }
  const unserved = rejectIfAny(opened.charges.flatMap((charge) => aheadHits(charge.dosTo, context)))
  if (unserved) return unserved
  const { on, remittanceId, payer, capitation, claims } = command
  const { visitId, patientId } = visit
  const named = 'known' in command.visit && command.visit.named === true
  const of = { on, remittanceId, payer, capitation, visitId, patientId, named }
  const draft = decideUnit(state, context, of, opened, { claims, coverage: decidedBy.coverage })
  return (
    rejectIfAny(draft.hits) ??
    accept(draft.events, {
      allowedBy: [refOf(remittanceBalancing), ...draft.passed],
      warnings: draft.events.flatMap(told),
    })
  )
}

/** Why the unit can not be posted, whatever the account says. */
const unusableHits = ({ claims, on, visit }: PostRemittedClaims, context: Context): readonly RuleHit[] => [
  ...claims.flatMap(claimHits),
  ...aheadHits(on, context),
  // Nothing was ever decided on a visit that nobody knows (clarification 4).
  ...('open' in visit && claims.some(isReversal) ? [heldHit(noOriginal)] : []),
]

/** The visit of the unit and whose it is; undefined where it should be known and is not. */
const visitOf = (
  { registration }: AccountState,
  { visit }: PostRemittedClaims,
): { readonly visitId: VisitId; readonly patientId: PatientId } | undefined =>
  'open' in visit ? visit.open : registration.visits.get(visit.known)

/**
 * What the unit opens first: all of a visit that nobody knew (clarification 13), the lines of a part that joins its
 * visit (clarification 30), a coverage that was not on file.
 */
const openedBy = (
  state: AccountState,
  context: Context,
  { visit, on }: PostRemittedClaims,
  lead: AdviceClaim,
  decidedBy: CoverageOf,
): Opened => {
  if ('open' in visit) return openMissing(state, context, visit.open, lead, decidedBy, on)
  const coverages = decidedBy.added ? [decidedBy.coverage] : []
  const events = coverages.map((coverage) => ({ type: 'CoverageAdded' as const, effectiveDate: on, ...coverage }))
  if (!visit.adds) return { events, charges: [], coverages }
  const charges = chargesOf(context, visit.known, lead, decidedBy.coverage, on)
  return { events: [...events, ...chargeEvents(context, charges, decidedBy.coverage)], charges, coverages }
}

/** How the payer has the patient otherwise than they are on file (NM1 74), once. */
const correctionsOf = (
  state: AccountState,
  { claims, payer, on }: PostRemittedClaims,
  patientId: PatientId,
): readonly AccountEvent[] => {
  const said = state.registration.corrected.get(patientId) ?? []
  const known = new Set(said.map(correctionKey))
  const isThere = state.registration.patients.has(patientId)
  return claims.flatMap((claim): readonly AccountEvent[] => {
    const corrected = isReversal(claim) ? undefined : correctedOfAdvice(claim)
    if (!corrected) return []
    // Of whom this unit brings, there is on file what the claim said.
    const named = patientOfAdvice(claim)
    const name = isThere ? nameOnFile(state, patientId) : named
    const ids = isThere ? idsOnFile(state, patientId, askedByAdvice(claim, payer)) : new Set([identifierOf(named)])
    const id = identifierOf(corrected)
    const event = {
      type: 'PatientCorrectedByPayer' as const,
      effectiveDate: on,
      patientId,
      payerId: payer.payerId,
      ...(isNamedAlike(corrected, name) ? {} : nameParts(corrected)),
      ...(id === '' || ids.has(id) ? {} : { memberId: corrected.id }),
    }
    const key = correctionKey(event)
    if (known.has(key) || key === correctionKey({ payerId: payer.payerId })) return []
    known.add(key)
    return [event]
  })
}

type Correction = Pick<PatientCorrectedByPayer, 'payerId' | 'memberId' | 'last' | 'first' | 'suffix'>

const correctionKey = ({ payerId, memberId, last, first, suffix }: Correction): string =>
  JSON.stringify([payerId, ...[memberId, last, first, suffix].map((part) => clearOf(part) ?? '')])

const nameParts = ({ last, first, suffix }: NamedPatient) => ({
  ...(last === undefined ? {} : { last }),
  ...(first === undefined ? {} : { first }),
  ...(suffix === undefined ? {} : { suffix }),
})

/** What was found wrong without holding anything, for whoever posts the unit. */
const told = (event: AccountEvent): readonly RuleHit[] =>
  event.type !== 'ClaimAdjudicated'
    ? []
    : event.findings.map((reason) => ({
        rule: 'finding',
        reason,
        citation: 'postings.md, clarifications 7 and 15',
        jurisdiction: 'daybook',
      }))
