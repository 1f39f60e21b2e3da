import * as Effect from 'effect/Effect'
import { type Asked, askedBySubmission, meet, type Span } from '../../account/claims/identity/asked.ts'
import { choose } from '../../account/claims/identity/choose.ts'
import { chargesServing } from '../../account/claims/identity/fitting.ts'
import { chargesOnFile } from '../../account/claims/identity/on-file.ts'
import { submissionsOf } from '../../account/claims/state.ts'
import { frequencyOf } from '../../account/claims/submitting/submitted-lines.ts'
import type { Visit } from '../../account/registration/state.ts'
import type { AccountState } from '../../account/rooms.ts'
import { maxDay } from '../../kernel/day.ts'
import type { AccountId, VisitId } from '../../kernel/ids.ts'
import type { Desk } from '../desk.ts'
import type { ExecuteError } from '../service.ts'
import { ambiguousVisit, namesakes, otherNumber, recodedClaim, voidedSince } from './holds.ts'
import {
  accountsOf,
  begunByName,
  loadPerson,
  type Person,
  placeBegun,
  placeForNew,
  visitOfClaim,
  visitsBefore,
} from './persons.ts'
import { replaced } from './replaced.ts'
import { begunFor, type Candidate, type Search, search, searchBeyond, searchNamesakes } from './search.ts'
import { type Coming, heldAs, isOnFile, known, ofPatient, onlyOne, type VisitOfClaim } from './visit-of-claim.ts'
import {
  isBilledElsewhere,
  isOfOtherForm,
  isRefused,
  isRefusedRecoded,
  isWithoutClaim,
  isWithoutClaimTo,
} from './without-claim.ts'

/** Where a claim goes, and what was seen on the way. */
export interface Located {
  readonly visit: VisitOfClaim
  readonly asked: Asked
  readonly person: Person
  readonly entries: Search['entries']
}

/** Its charges for these services are voided, by a claim that was sent after this one: on a later day, or later in its file. */
const isVoidedSince = ({ state, place, voided }: Candidate, { on, file, claim }: Coming): boolean =>
  voided &&
  submissionsOf(state.claims, place.visitId).some(
    ({ frequency, effectiveDate, sentIn }) =>
      frequency.startsWith('8') &&
      (effectiveDate > on || (sentIn !== undefined && sentIn.file === file && sentIn.place > claim.number)),
  )

/** From the first to the last day of a visit's charges. */
const periodOf = (candidate: Candidate): Span | undefined => {
  const days = chargesOnFile(candidate.state, candidate.visit).flatMap(({ days }) => days ?? [])
  const [first] = days
  return (
    first &&
    days.reduce((all, { from, to }) => ({ from: from < all.from ? from : all.from, to: maxDay(all.to, to) }), first)
  )
}

/** Frequency 5 adds its lines to the visit of number, patient and period (clarification 28); none where none is. */
const addedTo = (asked: Asked, { open }: Search): readonly Candidate[] => {
  const spans = asked.period ? [asked.period] : asked.lines.flatMap(({ days }) => days ?? [])
  return open.filter(ofPatient).filter((candidate) => {
    const period = periodOf(candidate)
    return !period || spans.length === 0 || spans.some((span) => meet(span, period))
  })
}

/** How many charges of the visit are services of a claim. */
const servicesOn = ({ state, visit }: Candidate, asked: Asked): number => chargesServing(state, visit, asked).length

/** The place of a visit that the claim opens: beside another visit of its patient and number, else where its person is. */
const opening = (
  desk: Desk,
  coming: Coming,
  asked: Asked,
  found: Search,
  person: Person,
  counted: ReadonlyMap<AccountId, number>,
) =>
  Effect.gen(function* () {
    const { content, company } = coming
    const own = visitOfClaim(desk, content)
    const begun = begunFor(found, own)
    const met = begun?.place.visitId === own ? yield* begunByName(desk, asked, person) : undefined
    if (met && met.accountId !== begun?.place.accountId) {
      return { place: { ...met, visitId: own }, isNewAccount: false, visits: counted.get(met.accountId) ?? 0 }
    }
    if (begun) return { place: placeBegun(desk, asked, begun, person, content), isNewAccount: false }
    const beside = found.open.find(ofPatient)
    const fresh = yield* placeForNew(desk, asked, person, content, company)
    const place = beside ? { ...beside.place, visitId: fresh.place.visitId } : fresh.place
    let { visitId } = place
    // Noted by this claim, and opened by one of other services that came first: this claim takes another one.
    const isTaken = (visit: VisitId) => found.open.some((candidate) => candidate.place.visitId === visit)
    for (let next = 2; isTaken(visitId); next += 1) visitId = visitOfClaim(desk, `${content}|${next}`)
    const visits = counted.get(place.accountId) ?? beside?.state.registration.visits.size
    return {
      place: { ...place, visitId },
      isNewAccount: fresh.isNewAccount && !beside,
      ...(visits === undefined ? {} : { visits }),
    }
  })

/** Says which visit a claim of an 837 is of, and why it can not be told where it can not. */
export const locate = (desk: Desk, coming: Coming): Effect.Effect<Located, ExecuteError> =>
  Effect.gen(function* () {
    const { claim, company, content } = coming
    const asked = askedBySubmission(claim)
    const person = yield* loadPerson(desk, asked)
    const counted = yield* visitsBefore(desk, person, content)
    const all = yield* search(desk, asked, company, visitOfClaim(desk, content), person)
    const at = (visit: VisitOfClaim): Located => ({ visit, asked, person, entries: all.entries })
    const filed = all.open.find((candidate) => ofPatient(candidate) && isOnFile(desk, candidate, coming, asked))
    if (filed) return at(known(filed))
    const frequency = frequencyOf(claim)
    if (frequency === '7' || frequency === '8') return at(yield* replaced(desk, coming, asked, all, person))
    const isOther = isOfOtherForm(claim, asked)
    const found = { ...all, open: all.open.filter((one) => !isOther(one)) }
    const late = frequency === '5' ? addedTo(asked, found) : []
    if (late.length > 1) return at(heldAs(ambiguousVisit(asked.controlNumber, late), late))
    const ofLate = onlyOne(late)
    if (ofLate && servicesOn(ofLate, asked) >= asked.lines.length) return at(known(ofLate))
    const choice = ofLate ? undefined : choose(found.open)
    if (choice?.kind === 'this' && !choice.one.lateAlone) return at(known(choice.one))
    if (choice?.kind === 'several') return at(heldAs(ambiguousVisit(asked.controlNumber, choice.some), choice.some))
    // By its number; an advice may have brought its services to a visit beside it, under another number or none.
    const numbered = ofLate ?? (choice?.kind === 'this' ? choice.one : undefined)
    const mayBeTheirs = found.open.filter(({ patient }) => patient.is !== 'other')
    const since = frequency === '1' ? mayBeTheirs.filter((one) => isVoidedSince(one, coming)) : []
    if (since.length > 0)
      return at({ kind: 'held', hit: voidedSince(asked.controlNumber, since), candidates: since, isAnswered: true })
    const isClaimless = isWithoutClaimTo(claim, asked)
    const mayBeSentAgain = (state: AccountState, visit: Visit) =>
      isClaimless(state, visit) || isRefused(state, visit, asked)
    const beyond = yield* searchBeyond(desk, asked, company, found, person, mayBeSentAgain)
    const unnumbered = choose(beyond.unnumbered)
    if (unnumbered.kind === 'this') return at(known(unnumbered.one))
    if (unnumbered.kind === 'several')
      return at(heldAs(ambiguousVisit(asked.controlNumber, unnumbered.some), unnumbered.some))
    // Of two of a family whose names are a letter apart, and of what was refused, all lines must be those of the claim.
    const claimless = [
      ...beyond.otherwise.filter((one) =>
        isClaimless(one.state, one.visit)
          ? ofPatient(one) || (one.patient.is === 'unsure' && one.sameServices)
          : ofPatient(one) && one.whole && !isOther(one),
      ),
      ...beyond.balances.filter(({ patient }) => patient.is !== 'other'),
    ]
    if (claimless.length > 0) return at(heldAs(otherNumber(asked.controlNumber, claimless), claimless))
    const byAdvice = ({ state, visit }: Candidate) =>
      visit.openedFrom === 'remittance' && isWithoutClaim(state, visit, asked)
    const called = (yield* searchNamesakes(desk, asked, company, person)).filter(byAdvice)
    if (called.length > 0) return at(heldAs(namesakes(asked.controlNumber, called), called))
    if (numbered) return at(known(numbered))
    // Another code for the day and the charge of what the desk, an advice or a claim to another payer has said, or of what the
    // payer has refused.
    const changed = found.open.filter(
      (one) =>
        one.patient.is !== 'other' &&
        one.recoded &&
        (one.visit.openedFrom === 'remittance' ||
          isClaimless(one.state, one.visit) ||
          isBilledElsewhere(one.state, one.visit, asked) ||
          isRefusedRecoded(one.state, one.visit, asked)),
    )
    if (changed.length > 0) return at(heldAs(recodedClaim(asked.controlNumber, changed), changed))
    return at({
      kind: 'opens',
      findings: asked.findings,
      ...(yield* opening(desk, coming, asked, all, person, counted)),
    })
  })

/** Accounts that a claim's number and person name: claims that share one are taken one after the other. */
export const accountsNamed = (entries: Search['entries'], person: Person): readonly string[] => [
  ...entries.flatMap(({ target }) => target.accountId ?? []),
  ...accountsOf(person),
]
