import * as Effect from 'effect/Effect'
import type { PostRemittedClaims } from '../account/claims/commands.ts'
import type { AdviceClaim } from '../documents/advice.ts'
import { isPredetermination, isReversal } from '../documents/claim-status.ts'
import type { Unit } from '../documents/units.ts'
import { maxDay } from '../kernel/day.ts'
import type { RuleHit } from '../kernel/decision.ts'
import { awaitedReversal } from './awaited-reversal.ts'
import { accountStream, executeOnRemittance, issueToAccount, loadAccount, presumeNew, refusalOf } from './desk.ts'
import type { ExecuteError } from './execute.ts'
import { held, lead, numbers, type Posting, patientOfClaim, type UnitResult } from './posting.ts'
import {
  type ClaimIdentity,
  type Found,
  findVisit,
  type Place,
  placeForNew,
  rememberPerson,
  rememberVisit,
  type ServiceDays,
  visitOfClaim,
} from './references.ts'

const daysOf = (claim: AdviceClaim): readonly ServiceDays[] => {
  const days = [{ serviceFrom: claim.statementFrom, serviceTo: claim.statementTo }, ...claim.lines]
  return days.flatMap(({ serviceFrom, serviceTo }) => {
    const from = serviceFrom ?? serviceTo
    return from === undefined ? [] : [{ from, to: maxDay(from, serviceTo ?? from) }]
  })
}

const repeated: RuleHit = {
  rule: 'repeatedClaim',
  reason: 'the advice holds this claim twice, and neither is a reversal',
  citation: 'postings.md, clarification 10',
  jurisdiction: 'daybook',
  requiredAction: 'ask the payer which one counts; reject the claim or post it by hand',
}

/** A predetermination says what a service would be paid; one that carries money is something else. */
const paidInAdvance: RuleHit = {
  rule: 'predetermination',
  reason: 'the claim is a predetermination (status 25) and is paid',
  citation: 'X12 835 CLP02 25, CLP04',
  jurisdiction: 'daybook',
  requiredAction: 'ask the payer what it paid; reject the claim to a named account, or post it by hand',
}

const unmatched = (count: number, controlNumber: string): RuleHit => ({
  rule: 'match',
  reason:
    count === 0
      ? `no visit carries the control number ${controlNumber} for this patient`
      : `${count} visits carry the control number ${controlNumber} for this patient`,
  citation: 'postings.md, claim and charge identity',
  jurisdiction: 'daybook',
  requiredAction: 'import the claim (837) or open the account, then release the claim; or import with --open-missing',
})

/** Where a process that was killed began to post a held unit: there it goes on, wherever its claim belongs today. */
const begunAt = (posting: Posting, unit: Unit): Place | undefined => {
  const outcome = posting.outcomes.get(unit.claims[0]?.number ?? 0)
  if (outcome?.kind !== 'held' || !outcome.retried) return undefined
  const { accountId, patientId, visitId } = outcome.retried
  return { accountId, patientId, visitId }
}

/**
 * A held unit is marked before its account takes it, so that nobody rejects it meanwhile; one that its account would
 * refuse stays as it is. Gives why it does not go ahead, or nothing.
 */
const markRetried = (posting: Posting, unit: Unit, place: Place, command: PostRemittedClaims, commandId: string) =>
  Effect.gen(function* () {
    const { desk, remittanceId, on } = posting
    const hits = yield* refusalOf(desk, place.accountId, command, commandId)
    if (hits.length > 0) return held(unit, ...hits)
    const marked = yield* executeOnRemittance(
      desk,
      remittanceId,
      { type: 'RetryRemittanceClaim', on, claims: numbers(unit), ...place },
      `retry:${desk.service.world.uuid()}`,
    )
    return marked.ok ? undefined : ({ kind: 'left', unit } as const)
  })

/** The account has taken the command before, in a process that was killed. */
const isTaken = ({ desk }: Posting, { accountId }: Place, commandId: string) =>
  Effect.map(desk.service.store.findCommand(accountStream(accountId), commandId), (record) => record !== undefined)

/** What the account keeps of findings on a unit that was posted before: a first receipt does not tell them again. */
const findingsOnFile = ({ desk, remittanceId }: Posting, unit: Unit, { accountId }: Place) =>
  Effect.map(loadAccount(desk, accountId), ({ claims }) =>
    [...claims.adjudications.values()].flatMap(({ event: { source, findings } }) => {
      if (!('remittanceId' in source) || source.remittanceId !== remittanceId) return []
      return numbers(unit).includes(source.claim) ? findings : []
    }),
  )

/** One unit to its account: find the visit, or open one, and issue one idempotent command. */
export const postUnit = (posting: Posting, unit: Unit): Effect.Effect<UnitResult, ExecuteError> =>
  Effect.gen(function* () {
    const { desk, options, payer } = posting
    if (unit.problem === 'repeatedClaim') return held(unit, repeated)
    const claim = lead(unit)
    const patient = patientOfClaim(claim)
    const key: ClaimIdentity = {
      controlNumber: claim.patientControlNumber,
      patient,
      payerId: payer.payerId,
      charge: claim.charge,
    }
    const begun = begunAt(posting, unit)
    const found: Found = begun ? { kind: 'found', place: begun } : yield* findVisit(desk, key, daysOf(claim))
    const predetermination = unit.claims.every(isPredetermination)
    if (unit.claims.some((each) => isPredetermination(each) && (each.paid ?? 0) !== 0)) {
      return held(unit, paidInAdvance)
    }
    const reversal = unit.claims.some(isReversal)
    if (found.kind !== 'found' && predetermination)
      return { kind: 'recorded', unit, findings: ['predetermination: no ledger event'], repeated: false }
    if (found.kind === 'ambiguous' || found.kind === 'otherDays') {
      return held(unit, unmatched(found.places.length, claim.patientControlNumber))
    }
    if (found.kind === 'none' && !options.openMissing && !reversal) {
      return held(unit, unmatched(0, claim.patientControlNumber))
    }
    const name = `${posting.remittanceId}:${claim.number}`
    const place = found.kind === 'found' ? found.place : yield* placeForNew(desk, payer.payerId, patient, name)
    if (found.kind === 'none') presumeNew(desk, place.accountId)
    // A visit that this very unit opened, before its process was killed: the same command again, not another one.
    const opens = found.kind === 'none' || place.visitId === visitOfClaim(desk, name)
    const command: PostRemittedClaims = {
      type: 'PostRemittedClaims',
      on: posting.on,
      remittanceId: posting.remittanceId,
      payer,
      capitation: posting.capitation,
      claims: [...unit.claims],
      visit: opens ? { open: { ...place } } : { known: place.visitId },
    }
    const commandId = `remit:${name}`
    const awaited = yield* awaitedReversal(posting, unit)
    if (awaited && !(yield* isTaken(posting, place, commandId))) return held(unit, awaited)
    if (!begun && posting.outcomes.get(claim.number)?.kind === 'held') {
      const stays = yield* markRetried(posting, unit, place, command, commandId)
      if (stays) return stays
    }
    const outcome = yield* issueToAccount(desk, place.accountId, command, commandId, {
      remittanceId: posting.remittanceId,
      claim: String(claim.number),
    })
    if (!outcome.ok) return held(unit, ...outcome.hits)
    if (opens) {
      yield* Effect.all(
        [rememberVisit(desk, key, place, posting.on), rememberPerson(desk, payer.payerId, patient, place, posting.on)],
        { concurrency: 2, discard: true },
      )
    }
    const before = 'repeated' in outcome && outcome.repeated
    const findings = before ? yield* findingsOnFile(posting, unit, place) : outcome.warnings.map(({ reason }) => reason)
    return { kind: predetermination ? 'recorded' : 'posted', unit, place, findings, repeated: before }
  })
