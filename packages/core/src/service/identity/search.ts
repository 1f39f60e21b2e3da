import * as Effect from 'effect/Effect'
import { type Asked, meet, type Span } from '../../account/claims/identity/asked.ts'
import { type Company, judge, mayBeOf, type Verdict } from '../../account/claims/identity/judge.ts'
import { chargesOnFile, idsOnFile, numbersOf } from '../../account/claims/identity/on-file.ts'
import { isSameService } from '../../account/claims/identity/services.ts'
import { ANY_DAY, LONGEST_SPAN } from '../../account/ledger/lines-state.ts'
import type { Visit } from '../../account/registration/state.ts'
import type { AccountState } from '../../account/rooms.ts'
import { isNumber } from '../../documents/control-number.ts'
import { addDays, type Day, daysBetween } from '../../kernel/day.ts'
import type { PatientId, VisitId } from '../../kernel/ids.ts'
import type { ReferenceAssigned } from '../../registry/events.ts'
import { type Desk, loadAccount, loadReference } from '../desk.ts'
import type { ExecuteError } from '../service.ts'
import { accountsOf, loadPerson, type Person, withNoted } from './persons.ts'
import { type Begun, begunAs, isOfNumber, isSamePlace, type Place, placeOf } from './place.ts'
import { loadNumber } from './references.ts'

/** A visit on file beside the claim that may be its. */
export interface Candidate extends Verdict {
  readonly place: Place
  readonly state: AccountState
}

/** A visit that a held claim may be of, as the remittance keeps it for a person. */
export const toldOf = ({ place: { accountId, visitId }, why }: Candidate) => ({
  accountId,
  visitId,
  why: why.slice(0, 400),
})

/** What was found of a claim's number, or of its patient where it has none. */
export interface Search {
  /** Visits that their accounts have opened. */
  readonly open: readonly Candidate[]
  /** Noted for this claim and not opened: whoever noted them is still at it, or was killed. */
  readonly begun: readonly Begun[]
  /** Every assignment of the number's stem. */
  readonly entries: readonly ReferenceAssigned[]
  readonly person?: Person
}

const candidatesAt = (
  desk: Desk,
  places: readonly { readonly place: Place; readonly begun?: Begun['as'] | undefined }[],
  asked: Asked,
  company: Company,
): Effect.Effect<Pick<Search, 'open' | 'begun'>, ExecuteError> =>
  Effect.gen(function* () {
    const open: Candidate[] = []
    const begun: Begun[] = []
    for (const { place, begun: as } of places) {
      const state = yield* loadAccount(desk, place.accountId)
      const visit = state.registration.visits.get(place.visitId)
      if (visit) {
        const { patientId } = visit
        open.push({ ...judge(state, visit, asked, company), place: { ...place, patientId }, state })
      } else if (as) begun.push({ place, as })
    }
    return { open, begun }
  })

/** Every visit of the person's accounts. */
const placesOfPerson = (desk: Desk, person: Person): Effect.Effect<readonly Place[], ExecuteError> =>
  Effect.map(
    Effect.forEach(accountsOf(person), (accountId) =>
      Effect.map(loadAccount(desk, accountId), ({ registration }) =>
        [...registration.visits.values()].map(({ visitId, patientId }) => ({ accountId, patientId, visitId })),
      ),
    ),
    (places) => places.flat(),
  )

/** The visits of a claim's person, whatever their numbers. */
export const searchPerson = (
  desk: Desk,
  asked: Asked,
  company: Company,
  known?: Person,
): Effect.Effect<readonly Candidate[], ExecuteError> =>
  Effect.gen(function* () {
    const person = known ?? (yield* loadPerson(desk, asked))
    const places = yield* placesOfPerson(desk, person)
    const of = places.map((place) => ({ place }))
    return (yield* candidatesAt(desk, of, withNoted(asked, person), company)).open
  })

/** The visits that are noted under something else than number and person, as a claim finds them. */
export const searchNoted = (
  desk: Desk,
  asked: Asked,
  company: Company,
  entries: readonly ReferenceAssigned[],
): Effect.Effect<readonly Candidate[], ExecuteError> => {
  const places = entries.flatMap((entry) => placeOf(entry) ?? []).map((place) => ({ place }))
  return Effect.map(candidatesAt(desk, places, asked, company), ({ open }) => open)
}

/**
 * The visits that a claim may be of: those of its number, or where it has none, those of its patient (clarification
 * 27). `own` is the visit that this very claim has opened, or would open.
 */
export const search = (
  desk: Desk,
  asked: Asked,
  company: Company,
  own: VisitId,
  known?: Person,
): Effect.Effect<Search, ExecuteError> =>
  Effect.gen(function* () {
    if (!isNumber(asked.controlNumber)) {
      const person = known ?? (yield* loadPerson(desk, asked))
      const open = yield* searchPerson(desk, asked, company, person)
      return { open: open.filter(({ onDay, wasOnDay }) => onDay || wasOnDay), begun: [], entries: [], person }
    }
    const entries = yield* loadNumber(desk, asked.controlNumber)
    const places: { place: Place; begun: Begun['as'] | undefined }[] = []
    for (const entry of entries) {
      const place = placeOf(entry)
      if (!place || !isOfNumber(desk, entry, asked.controlNumber)) continue
      if (places.some((known) => isSamePlace(known.place, place))) continue
      places.push({ place, begun: place.visitId === own ? 'its' : begunAs(desk, entry, asked, company) })
    }
    return { ...(yield* candidatesAt(desk, places, asked, company)), entries }
  })

/** Visits of a claim's patient that its number does not name, and whose services fit. */
export interface Beyond {
  /** Of no number at all: no number can say that the claim is not of them. */
  readonly unnumbered: readonly Candidate[]
  /** Of other numbers, as far as they are asked for. */
  readonly otherwise: readonly Candidate[]
  /** Balances of an older book that may be what is left of the claim: of no number, or of another and of a charge of it. */
  readonly balances: readonly Candidate[]
}

const isNumbered = (state: AccountState, visit: Visit): boolean =>
  isNumber(visit.patientControlNumber ?? '') || numbersOf(state, visit).some(isNumber)

const spansOf = ({ lines, period }: Asked) => (lines.length > 0 ? lines.map(({ days }) => days) : [period])

const isShort = ({ from, to }: Span): boolean => from <= to && daysBetween(from, to) < LONGEST_SPAN

const daysFrom = ({ from, to }: Span): readonly Day[] =>
  Array.from({ length: daysBetween(from, to) + 1 }, (_, after) => addDays(from, after))

/**
 * Visits that may have a charge on a day of the claim, found by the days of charges: an account may have thousands. An older
 * book does not mark the days that an advice's paper did not name: charges of the day of the advice may be of any.
 */
const visitsOnDay = ({ registration, ledger }: AccountState, asked: Asked): readonly Visit[] => {
  const { visits, adviceDays } = registration
  const spans = spansOf(asked).map((span) => (span && isShort(span) ? daysFrom(span) : undefined))
  if (spans.some((days) => days === undefined)) return [...visits.values()]
  const days = new Set([...spans.flatMap((each) => each ?? []), ...adviceDays])
  const lines = ledger.lines.by('day', ANY_DAY, ...days)
  return visits.inOrder(lines.map(({ visitId }) => visitId))
}

/** Some charge of a visit is of a day of the claim, or one of them is not known. */
const isOnDay = (state: AccountState, visit: Visit, asked: Asked): boolean => {
  const spans = spansOf(asked)
  return chargesOnFile(state, visit).some(({ days }) => spans.some((span) => !days || !span || meet(days, span)))
}

/** The charge of a balance of an older book, or its code, is that of the claim or of a line of it. */
const mayBeLeftOf = (state: AccountState, visit: Visit, { charge, lines }: Asked): boolean =>
  chargesOnFile(state, visit).some(
    ({ line, service }) =>
      line.broughtForward &&
      ((line.amount > 0 && line.amount === charge) ||
        lines.some((one) => one.charge === line.amount || isSameService(one.service, service) === true)),
  )

/**
 * Where a claim's number names no visit that it is of: visits of its patient that no number tells from it. A balance
 * brought forward is asked for neither code nor charge, and goes by its number alone (clarification 33): under another
 * number, or under none, it may be what is left of the claim, and a person says.
 */
export const searchBeyond = (
  desk: Desk,
  claimed: Asked,
  company: Company,
  { open }: Search,
  person: Person,
  others: (state: AccountState, visit: Visit) => boolean,
): Effect.Effect<Beyond, ExecuteError> =>
  Effect.gen(function* () {
    const unnumbered: Candidate[] = []
    const otherwise: Candidate[] = []
    const balances: Candidate[] = []
    const asked = withNoted(claimed, person)
    // Without a number it was looked for among all of them.
    if (!isNumber(asked.controlNumber)) return { unnumbered, otherwise, balances }
    for (const accountId of accountsOf(person)) {
      const state = yield* loadAccount(desk, accountId)
      for (const visit of visitsOnDay(state, asked)) {
        const { patientId, visitId } = visit
        const place = { accountId, patientId, visitId }
        const numbered = isNumbered(state, visit)
        if ((numbered && !others(state, visit)) || !isOnDay(state, visit, asked)) continue
        if (open.some((known) => isSamePlace(known.place, place))) continue
        const verdict = judge(state, visit, asked, company)
        if (!verdict.served) continue
        if (verdict.broughtForward) {
          if (!numbered || mayBeLeftOf(state, visit, asked)) balances.push({ ...verdict, place, state })
        } else (numbered ? otherwise : unnumbered).push({ ...verdict, place, state })
      }
    }
    return { unnumbered, otherwise, balances }
  })

/** Of people of one name, so many are looked at: what a newcomer costs does not grow with them. */
const NAMESAKES = 5

/**
 * Visits of whoever has the very name of a claim's patient, whatever their member id, that have all of its lines: day,
 * code and charge. No birth day, id or number says that they are the patient's, and none that they are not.
 */
export const searchNamesakes = (
  desk: Desk,
  asked: Asked,
  company: Company,
  person: Person,
): Effect.Effect<readonly Candidate[], ExecuteError> =>
  Effect.gen(function* () {
    if (person.called === undefined) return []
    const entries = yield* loadReference(desk, 'person', person.called)
    const found: Candidate[] = []
    for (const { target } of entries.slice(0, NAMESAKES)) {
      if (!target.accountId || !target.patientId) continue
      const state = yield* loadAccount(desk, target.accountId)
      if (!namesakeOf(state, target.patientId, asked, company)) continue
      for (const visit of visitsOnDay(state, asked)) {
        if (visit.patientId !== target.patientId) continue
        const verdict = judge(state, visit, asked, company)
        const place = { accountId: target.accountId, patientId: visit.patientId, visitId: visit.visitId }
        if (verdict.patient.is === 'other' && verdict.sameServices && isOnDay(state, visit, asked)) {
          found.push({ ...verdict, place, state })
        }
      }
    }
    return found
  })

/** Nothing that a claim says of its patient contradicts one on file, and no file has both their ids. */
const namesakeOf = (state: AccountState, patientId: PatientId, asked: Asked, { idsBeside }: Company): boolean =>
  ![...idsOnFile(state, patientId, asked)].some((id) => idsBeside.has(id)) && mayBeOf(state, patientId, asked)

/** The place that a claim opens which others have noted and not opened: its own before another's, the surer first. */
export const begunFor = ({ begun }: Search, own: VisitId): Begun | undefined =>
  begun.find(({ place: { visitId } }) => visitId === own) ?? begun.find(({ as }) => as === 'its') ?? begun[0]
