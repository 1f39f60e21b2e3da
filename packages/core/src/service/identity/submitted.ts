import * as Effect from 'effect/Effect'
import { type Asked, askedBySubmission, isSamePayer, meet, type Span } from '../../account/claims/identity/asked.ts'
import { choose } from '../../account/claims/identity/choose.ts'
import type { Company } from '../../account/claims/identity/judge.ts'
import { chargesOnFile, numbersOf } from '../../account/claims/identity/on-file.ts'
import { submissionsOf } from '../../account/claims/state.ts'
import { contentOf } from '../../account/claims/submitting/sent.ts'
import { frequencyOf } from '../../account/claims/submitting/submitted-lines.ts'
import type { Visit } from '../../account/registration/state.ts'
import type { AccountState } from '../../account/rooms.ts'
import { foldedNumber, isNumber, isSameNumber } from '../../documents/control-number.ts'
import type { SubmittedClaim } from '../../documents/submission.ts'
import { type Day, maxDay } from '../../kernel/day.ts'
import type { RuleHit } from '../../kernel/decision.ts'
import type { AccountId, VisitId } from '../../kernel/ids.ts'
import type { Desk } from '../desk.ts'
import type { ExecuteError } from '../service.ts'
import { ambiguousVisit, namesakes, originalUnknown, otherNumber, recodedClaim, voidedSince } from './holds.ts'
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
import { isSamePlace, type Place } from './place.ts'
import { begunFor, type Candidate, type Search, search, searchBeyond, searchNamesakes, searchPerson } from './search.ts'
import { isRefused, isWithoutClaim, isWithoutClaimTo } from './without-claim.ts'

/** The visit that a claim of an 837 speaks of (clarifications 27–29). */
export type VisitOfClaim =
  | {
      readonly kind: 'known'
      readonly place: Place
      readonly findings: readonly string[]
      /** Every number that the visit has had: what waits may have any of them. */
      readonly numbers: readonly string[]
      /** The member id of the claim is new there: it was the name that said whose it is. */
      readonly learns: boolean
    }
  /** The claim opens it: its own, or one that is noted for this claim and that nobody has opened yet. */
  | {
      readonly kind: 'opens'
      readonly place: Place
      readonly isNewAccount: boolean
      readonly findings: readonly string[]
      /** How many visits its account had when it was looked for. */
      readonly visits?: number
    }
  | {
      readonly kind: 'held'
      readonly hit: RuleHit
      readonly candidates: readonly Candidate[]
      /** What came later has answered it: there is nothing for a person to decide. */
      readonly isAnswered?: true
    }

/** Where a claim goes, and what was seen on the way. */
export interface Located {
  readonly visit: VisitOfClaim
  readonly asked: Asked
  readonly person: Person
  readonly entries: Search['entries']
}

/** A claim of an 837 as it comes: when, in which company, and under which name for good. */
export interface Coming {
  readonly claim: SubmittedClaim
  readonly on: Day
  readonly company: Company
  readonly content: string
  /** Keyed hash of the file that it comes in. */
  readonly file: string
}

/** The very claim is on file for the visit: an import of the same file, also where the claim was voided since. */
const isOnFile = (
  desk: Desk,
  { state: { claims, coverage }, place, visit, served, voided, wasOnDay }: Candidate,
  { claim, on }: Coming,
  asked: Asked,
) =>
  // A void needs none of the services that it took out.
  (served || voided || frequencyOf(claim) === '8' || (visit.openedFrom === 'remittance' && wasOnDay)) &&
  submissionsOf(claims, place.visitId).some(
    (sent) =>
      sent.effectiveDate === on &&
      sent.frequency === claim.frequency.slice(0, 2) &&
      sent.sequence === claim.destination.sequence &&
      sent.charge === claim.charge &&
      (sent.content === undefined || sent.content === contentOf(claim, desk.service.world)) &&
      (isSameNumber(sent.patientControlNumber, claim.patientControlNumber) ||
        (!isNumber(sent.patientControlNumber) && !isNumber(claim.patientControlNumber))) &&
      coverage.coverages.get(sent.coverageId)?.payerId === asked.payer.payerId,
  )

/** Its charges for these services are voided, by a claim that was sent after this one: on a later day, or later in its file. */
const isVoidedSince = ({ state, place, voided }: Candidate, { on, file, claim }: Coming): boolean =>
  voided &&
  submissionsOf(state.claims, place.visitId).some(
    ({ frequency, effectiveDate, sentIn }) =>
      frequency.startsWith('8') &&
      (effectiveDate > on || (sentIn !== undefined && sentIn.file === file && sentIn.place > claim.number)),
  )

const ofPatient = ({ patient }: Candidate): boolean => patient.is === 'same'
const known = ({ place, findings, state, visit, patient }: Candidate): VisitOfClaim => ({
  kind: 'known',
  place,
  findings,
  numbers: numbersOf(state, visit),
  learns: patient.is === 'same' && patient.by !== 'id',
})

/** The only one of some, if there is. */
const onlyOne = (some: readonly Candidate[]): Candidate | undefined => (some.length === 1 ? some[0] : undefined)

const withoutRepeats = (candidates: readonly Candidate[]): readonly Candidate[] =>
  candidates.filter((one, at) => candidates.findIndex(({ place }) => isSamePlace(place, one.place)) === at)

/** A void says what a claim says that it takes back: that of the visit, or a service of it. */
const mayVoid = (desk: Desk, { state, visit, served, voided, onDay }: Candidate, { claim }: Coming): boolean => {
  const said = contentOf(claim, desk.service.world)
  const isClaim = submissionsOf(state.claims, visit.visitId).some(({ content, charge }) =>
    content === undefined ? onDay && charge === claim.charge : content === said,
  )
  return served || voided || isClaim
}

/**
 * A day, a code or a charge of the claim is one of the visit, which has its number or that of REF F8. A number that only payers
 * gave for the visit may be that of another one of its day: then code or charge must say so too. For a void neither day nor
 * charge is enough: a practice may give one number to many visits, and charges are often equal.
 */
const touches = (desk: Desk, candidate: Candidate, coming: Coming, asked: Asked): boolean => {
  if (frequencyOf(coming.claim) === '8') return mayVoid(desk, candidate, coming)
  const { state, visit, onDay, served } = candidate
  const numbers = [asked.controlNumber, asked.originalReference ?? '']
  const isCharged = chargesOnFile(state, visit).some(({ line }) =>
    asked.lines.some(({ charge }) => charge === line.amount),
  )
  return served || isCharged || (onDay && numbers.some((number) => isOurNumber(candidate, number)))
}

/** The desk, or a claim of ours, gave the visit the number. */
const isOurNumber = ({ state, visit }: Candidate, controlNumber: string): boolean =>
  [
    ...(visit.openedFrom === 'remittance' ? [] : [visit.patientControlNumber ?? '']),
    ...submissionsOf(state.claims, visit.visitId).map(({ patientControlNumber }) => patientControlNumber),
  ].some((number) => isSameNumber(number, controlNumber))

/**
 * What REF F8 names: a payer's number of a decision of that payer, or a control number of the patient. One that visits
 * share names none of them by itself: a day, a code or a charge must fit too.
 */
const named = (desk: Desk, candidate: Candidate, coming: Coming, asked: Asked): boolean => {
  const { state, place, visit } = candidate
  const { originalReference, payer } = asked
  const original = originalReference?.trim() ?? ''
  if (original === '') return false
  const decided = state.claims.adjudications
    .by('visit', place.visitId)
    .some(
      ({ event: { claimKey, coverageId } }) =>
        foldedNumber(claimKey.payerControlNumber) === foldedNumber(original) &&
        (claimKey.payerId === payer.payerId ||
          isSamePayer(state.coverage.coverages.get(coverageId) ?? { payerId: claimKey.payerId, payerName: '' }, payer)),
    )
  if (decided) return true
  return (
    touches(desk, candidate, coming, asked) && numbersOf(state, visit).some((number) => isSameNumber(number, original))
  )
}

/**
 * Clarification 29: what REF F8 names; else the one visit of number and patient where day, code or charge fits; else,
 * whatever the number, the one visit of that patient with day and code. Never a new visit.
 */
const replaced = (desk: Desk, coming: Coming, asked: Asked, found: Search, person: Person) =>
  Effect.gen(function* () {
    const { claim, company } = coming
    const voids = frequencyOf(claim) === '8'
    const ofPerson = yield* searchPerson(desk, asked, company, person)
    // Taken in by another process since its number was looked up: it is that claim, and not one more.
    const filed = ofPerson.find((candidate) => ofPatient(candidate) && isOnFile(desk, candidate, coming, asked))
    if (filed) return known(filed)
    const numbered = found.open.filter(ofPatient)
    const all = withoutRepeats([...numbered, ...ofPerson.filter(ofPatient)])
    // What REF F8 names may be sent to mend a name or a birth day.
    const doubtful = withoutRepeats([...found.open, ...ofPerson].filter(({ patient }) => patient.is === 'unsure'))
    const byName = all.filter((one) => named(desk, one, coming, asked))
    const byReference =
      byName.length > 0 ? byName : doubtful.filter((one) => one.served && named(desk, one, coming, asked))
    // Without a number all visits of the day were looked at: of them none is the one by its number.
    const byNumber = isNumber(asked.controlNumber) ? numbered.filter((one) => touches(desk, one, coming, asked)) : []
    const byServices = all.filter(({ served, voided }) => served || voided)
    // Of the same number there may be one of the very services, of which a letter says that it is not theirs: it is as near.
    const near = doubtful.filter((one) => one.served)
    const ofNumber = isNumber(asked.controlNumber)
      ? near.filter((one) => found.open.some(({ place }) => isSamePlace(place, one.place)))
      : []
    // REF F8 may name what is not on file yet, by a number that visits share: its own number says otherwise.
    const ofName =
      byName.length > 0
        ? [
            ...near.filter((one) => named(desk, one, coming, asked)),
            ...byNumber.filter((one) => one.served && !byName.includes(one)),
          ]
        : []
    for (const [some, beside] of [
      [byReference, ofName],
      [byNumber, ofNumber],
      [byServices, near],
    ] as const) {
      const one = onlyOne(some) ?? onlyOne(some.filter(({ served }) => served))
      if (one && (beside.length === 0 || (some !== byServices && isTheVery(one)))) return known(one)
      const both = [...some, ...beside]
      if (both.length > 0) return heldAs(originalUnknown(asked.controlNumber, voids, both), both)
    }
    const likely = [...doubtful, ...numbered]
    return heldAs(originalUnknown(asked.controlNumber, voids, likely), likely)
  })

/** The services are of it, and its patient is called as the claim says. */
const isTheVery = ({ served, patient }: Candidate): boolean => served && patient.is === 'same' && patient.isCalledSo

const heldAs = (hit: RuleHit, candidates: readonly Candidate[]): VisitOfClaim => ({ kind: 'held', hit, candidates })

/** From the first to the last day of a visit's charges. */
const periodOf = (candidate: Candidate): Span | undefined => {
  const days = chargesOnFile(candidate.state, candidate.visit).flatMap(({ days }) => days ?? [])
  const [first] = days
  return (
    first &&
    days.reduce((all, { from, to }) => ({ from: from < all.from ? from : all.from, to: maxDay(all.to, to) }), first)
  )
}

/** Frequency 5 adds its lines to the visit of number, patient and period (clarification 28); nothing where none is. */
const added = (asked: Asked, { open }: Search): VisitOfClaim | undefined => {
  const spans = asked.period ? [asked.period] : asked.lines.flatMap(({ days }) => days ?? [])
  const inPeriod = open.filter(ofPatient).filter((candidate) => {
    const period = periodOf(candidate)
    return !period || spans.length === 0 || spans.some((span) => meet(span, period))
  })
  const one = onlyOne(inPeriod)
  if (one) return known(one)
  return inPeriod.length > 0 ? heldAs(ambiguousVisit(asked.controlNumber, inPeriod), inPeriod) : undefined
}

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
    const found = yield* search(desk, asked, company, visitOfClaim(desk, content), person)
    const at = (visit: VisitOfClaim): Located => ({ visit, asked, person, entries: found.entries })
    const filed = found.open.find((candidate) => ofPatient(candidate) && isOnFile(desk, candidate, coming, asked))
    if (filed) return at(known(filed))
    const frequency = frequencyOf(claim)
    if (frequency === '7' || frequency === '8') return at(yield* replaced(desk, coming, asked, found, person))
    const late = frequency === '5' ? added(asked, found) : undefined
    if (late) return at(late)
    const choice = choose(found.open)
    if (choice.kind === 'this') return at(known(choice.one))
    if (choice.kind === 'several') return at(heldAs(ambiguousVisit(asked.controlNumber, choice.some), choice.some))
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
          : ofPatient(one) && one.whole,
      ),
      ...beyond.balances.filter(({ patient }) => patient.is !== 'other'),
    ]
    if (claimless.length > 0) return at(heldAs(otherNumber(asked.controlNumber, claimless), claimless))
    const byAdvice = ({ state, visit }: Candidate) =>
      visit.openedFrom === 'remittance' && isWithoutClaim(state, visit, asked)
    const called = (yield* searchNamesakes(desk, asked, company, person)).filter(byAdvice)
    if (called.length > 0) return at(heldAs(namesakes(asked.controlNumber, called), called))
    // Another code for the day and the charge of what the desk, an advice or a claim to another payer has said.
    const changed = found.open.filter(
      (one) =>
        one.patient.is !== 'other' &&
        one.recoded &&
        (one.visit.openedFrom === 'remittance' || isClaimless(one.state, one.visit)),
    )
    if (changed.length > 0) return at(heldAs(recodedClaim(asked.controlNumber, changed), changed))
    return at({
      kind: 'opens',
      findings: asked.findings,
      ...(yield* opening(desk, coming, asked, found, person, counted)),
    })
  })

/** Accounts that a claim's number and person name: claims that share one are taken one after the other. */
export const accountsNamed = (entries: Search['entries'], person: Person): readonly string[] => [
  ...entries.flatMap(({ target }) => target.accountId ?? []),
  ...accountsOf(person),
]
