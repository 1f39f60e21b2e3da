import * as Effect from 'effect/Effect'
import { type Asked, askedByAdvice } from '../../account/claims/identity/asked.ts'
import type { Choice } from '../../account/claims/identity/choose.ts'
import { isOfPayer } from '../../account/claims/identity/fitting.ts'
import { mayBeOf } from '../../account/claims/identity/judge.ts'
import type { Adjudication } from '../../account/claims/state.ts'
import { isReversal } from '../../documents/claim-status.ts'
import { isNumber } from '../../documents/control-number.ts'
import type { Unit } from '../../documents/units.ts'
import type { RemittanceId } from '../../kernel/ids.ts'
import type { ReferenceAssigned } from '../../registry/events.ts'
import type { Desk } from '../desk.ts'
import type { ExecuteError } from '../service.ts'
import type { Looking } from './looking.ts'
import { loadPayerNumber } from './references.ts'
import { type Candidate, type Search, searchNoted, searchPerson } from './search.ts'

// What a reversal (CLP02 22) takes back: by the payer's own number of it, whatever number of ours it has.

/** The unit itself, which may have taken a decision back in a process that was killed: it takes back the same one. */
export interface Itself {
  readonly remittanceId: RemittanceId
  readonly unit: Unit
}

const isBy = ({ remittanceId, unit }: Itself, source: Adjudication['reversedBy']): boolean =>
  source !== undefined &&
  'remittanceId' in source &&
  source.remittanceId === remittanceId &&
  unit.claims.some(({ number }) => number === source.claim)

/** The visit holds the decision of this payer that a reversal takes back, by the payer's own number of the claim. */
export const holdsOriginal =
  (reversal: Asked, itself: Itself) =>
  (candidate: Candidate): boolean =>
    mayBeOf(candidate.state, candidate.place.patientId, reversal) && holdsNumber(reversal, itself)(candidate)

/** The same, whatever it says of the patient. */
export const holdsNumber = (asked: Asked, itself: Itself) =>
  hadNumber(asked, ({ reversed, reversedBy }) => !reversed || isBy(itself, reversedBy))

export const hadNumber =
  ({ payer, payerControlNumber, originalReference }: Asked, is: (decision: Adjudication) => boolean) =>
  ({ state, place }: Candidate): boolean =>
    payerControlNumber !== '' &&
    state.claims.adjudications
      .by('visit', place.visitId)
      .some(
        (decision) =>
          is(decision) &&
          [payerControlNumber, originalReference].includes(decision.event.claimKey.payerControlNumber) &&
          isOfPayer(state, decision.event.coverageId, decision.event.claimKey.payerId, payer),
      )

/** Visits that hold a decision of the payer under one of its own numbers that a claim of it names. */
export const byPayerNumber = (desk: Desk, unit: Unit, asked: Asked, { payer, company, remittanceId }: Looking) =>
  Effect.gen(function* () {
    const entries: ReferenceAssigned[] = []
    for (const number of new Set([asked.payerControlNumber, asked.originalReference?.trim() ?? ''])) {
      entries.push(...(yield* loadPayerNumber(desk, payer.payerId, number)))
    }
    return (yield* searchNoted(desk, asked, company, entries)).filter(holdsNumber(asked, { remittanceId, unit }))
  })

/**
 * A 22 finds its original by payer and CLP07 first, whatever its number says, and whatever the payer calls the patient by
 * now (clarification 25). One whose name contradicts is for a person.
 */
export const original = (
  desk: Desk,
  unit: Unit,
  looking: Looking,
  found: Search,
): Effect.Effect<Choice<Candidate>, ExecuteError> =>
  Effect.gen(function* () {
    const doubtful: Candidate[] = []
    for (const claim of unit.claims.filter(isReversal)) {
      const reversal = askedByAdvice(claim, looking.payer)
      const holds = holdsOriginal(reversal, { remittanceId: looking.remittanceId, unit })
      const numbered = found.open.filter(holds)
      const near = numbered.length > 0 ? numbered : (yield* searchPerson(desk, reversal, looking.company)).filter(holds)
      const [best, second] = bestOf(near)
      if (best && second) return { kind: 'several', some: near }
      const named = best ? near : yield* byPayerNumber(desk, unit, reversal, looking)
      const [one, another] = best ? [best] : named.filter(holds)
      if (one && !another && (numbered.length > 0 || isOfServices(one, reversal))) return { kind: 'this', one }
      // The payer's number says one claim, services and days another.
      doubtful.push(...named, ...(one ? found.open.filter((other) => other.patient.is === 'same' && other.served) : []))
    }
    return doubtful.length > 0 ? { kind: 'several', some: doubtful } : { kind: 'none' }
  })

/**
 * Nothing but the payer's own number says that the decision is the one that is taken back: then what it takes back must be
 * there. A payer may call a service by another code; where our number is another one too, that is too much.
 */
const isOfServices = ({ served, onDay }: Candidate, { controlNumber }: Asked): boolean =>
  served || (onDay && !isNumber(controlNumber))

/** Of decisions under one number of the payer those of the services that are taken back; all, where that says nothing. */
const bestOf = (some: readonly Candidate[]): readonly Candidate[] => {
  const served = some.filter((one) => one.served)
  return served.length > 0 ? served : some
}
