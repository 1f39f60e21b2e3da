import * as Effect from 'effect/Effect'
import { askedByAdvice } from '../account/claims/identity/asked.ts'
import { numbersOf } from '../account/claims/identity/on-file.ts'
import { isReversal } from '../documents/claim-status.ts'
import { isNumber, stemOf } from '../documents/control-number.ts'
import type { RemittanceId } from '../kernel/ids.ts'
import type { ReferenceAssigned } from '../registry/events.ts'
import { countsFrom, type RemittanceState } from '../remittance/state.ts'
import { type Desk, loadAccount, loadReference, loadRemittance } from './desk.ts'
import { glancing, readReferences } from './glance.ts'
import { type Place, waitingUnder, whoWaits } from './identity/place.ts'
import { postOpen } from './open-units.ts'
import type { ExecuteError } from './service.ts'

/** Remittances as this process last saw them: loaded once, and after each run as it has left them. */
type Seen = Map<RemittanceId, RemittanceState>

const byPaymentDate = (a: RemittanceState, b: RemittanceState): number => {
  const [one, other] = [countsFrom(a) ?? '', countsFrom(b) ?? '']
  return one === other ? 0 : one < other ? -1 : 1
}

/** Claims without a number: no number of another claim is theirs. */
const NO_NUMBER = ''

const retryNumber = (desk: Desk, controlNumber: string, seen: Seen, glance = desk): Effect.Effect<void, ExecuteError> =>
  Effect.flatMap(loadReference(glance, 'heldClaim', waitingUnder(controlNumber)), (waiting) =>
    retry(desk, waiting, controlNumber, seen),
  )

/**
 * What waits without a number, of people who are called so (`whoWaits`). Of what an older Daybook noted nobody knows whose
 * it is: it waits for what has no number either.
 */
const retryPeople = (
  desk: Desk,
  people: readonly string[],
  seen: Seen,
  anybody = false,
): Effect.Effect<void, ExecuteError> =>
  Effect.flatMap(loadReference(desk, 'heldClaim', waitingUnder(NO_NUMBER)), (waiting) => {
    const called = new Set(people)
    const isTheirs = ({ patientKeys: keys }: ReferenceAssigned) =>
      keys.length === 0 ? anybody : keys.some((key) => called.has(key))
    return retry(desk, waiting.filter(isTheirs), NO_NUMBER, seen)
  })

const retry = (
  desk: Desk,
  waiting: readonly ReferenceAssigned[],
  controlNumber: string,
  seen: Seen,
): Effect.Effect<void, ExecuteError> =>
  Effect.gen(function* () {
    const found: { readonly id: RemittanceId; readonly first: RemittanceState }[] = []
    for (const id of new Set(waiting.flatMap(({ target }) => target.remittanceId ?? []))) {
      const first = seen.get(id) ?? (yield* loadRemittance(desk, id))
      seen.set(id, first)
      found.push({ id, first })
    }
    found.sort((a, b) => byPaymentDate(a.first, b.first))
    for (let posted = found.length > 0; posted; ) {
      posted = false
      for (const { id, first } of found) {
        const before = seen.get(id) ?? first
        const { results, state } = yield* postOpen(desk, before, { openMissing: false }, { held: true, controlNumber })
        seen.set(id, state)
        posted ||= results.some((result) => result.kind === 'posted' || result.kind === 'recorded')
      }
    }
  })

/**
 * A reversal before its original, an advice before its claim: tried again now that the other has arrived, the oldest
 * payment first, and as long as one that is posted may have been what the next one waits for (law L2). `people`: what
 * whoever it is of is called by (`whoWaits`): a claim without a number waits for its patient.
 */
export const retryWaiting = (
  desk: Desk,
  controlNumbers: readonly string[],
  people: readonly string[],
): Effect.Effect<void, ExecuteError> =>
  Effect.suspend(() => {
    const seen: Seen = new Map()
    const numbers = onceEach(controlNumbers.filter(isNumber))
    const byPatient = retryPeople(desk, people, seen, numbers.length === 0)
    const byNumber = Effect.forEach(numbers, (number) => retryNumber(desk, number, seen), { discard: true })
    return Effect.andThen(byNumber, byPatient)
  })

/** Numbers that are one where a payer may return its first 20 characters only, once each. */
const onceEach = (numbers: readonly string[]): readonly string[] => [
  ...new Map(numbers.map((number) => [stemOf(number), number])).values(),
]

/** A number, and every other one that its visit has had: what waits may have any of them. */
const numbersAt = (
  desk: Desk,
  { accountId, visitId }: Pick<Place, 'accountId' | 'visitId'>,
  controlNumber: string,
): Effect.Effect<readonly string[], ExecuteError> =>
  Effect.map(loadAccount(desk, accountId), (state) => {
    const visit = state.registration.visits.get(visitId)
    return [...(visit ? numbersOf(state, visit) : []), controlNumber]
  })

/**
 * Tries again what waited for any claim that this remittance has posted, in this run or in one that was killed. Gives
 * the remittance as it is left: claims of its own may have waited.
 */
export const retryWaitingFor = (desk: Desk, state: RemittanceState): Effect.Effect<RemittanceState, ExecuteError> =>
  Effect.gen(function* () {
    if (!state.received) return state
    const { remittanceId: id, ...payer } = state.received
    const seen: Seen = new Map([[id, state]])
    const posted = [...state.claims.values()].filter(({ number }) => state.outcomes.get(number)?.kind === 'posted')
    const numbers = new Set(posted.map((claim) => claim.patientControlNumber))
    for (const claim of posted.filter(isReversal)) {
      const outcome = state.outcomes.get(claim.number)
      const { accountId, visitId } = outcome?.kind === 'posted' ? outcome.event : {}
      if (!accountId || !visitId) continue
      // Its correction may have come first, under another number of the visit.
      for (const number of yield* numbersAt(desk, { accountId, visitId }, claim.patientControlNumber))
        numbers.add(number)
    }
    const all = onceEach([...numbers])
    // One round trip says that hardly any has something to wait: after all of them were posted, so none is missed.
    const glance = glancing(desk)
    yield* readReferences(
      glance,
      all.map((number) => ['heldClaim', waitingUnder(number)]),
    )
    for (const controlNumber of all) yield* retryNumber(desk, controlNumber, seen, glance)
    const people = posted.flatMap((claim) => whoWaits(desk, askedByAdvice(claim, payer)))
    if (people.length > 0) yield* retryPeople(desk, people, seen)
    return seen.get(id) ?? state
  })
