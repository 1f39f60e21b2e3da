import * as Effect from 'effect/Effect'
import { type Asked, askedByAdvice, isSamePayer } from '../../account/claims/identity/asked.ts'
import { choose } from '../../account/claims/identity/choose.ts'
import { chargesServing } from '../../account/claims/identity/fitting.ts'
import { type Company, mayBeOf } from '../../account/claims/identity/judge.ts'
import { saysDuplicate } from '../../account/claims/posting/duplicate.ts'
import { inForce } from '../../account/claims/state.ts'
import type { AdviceClaim } from '../../documents/advice.ts'
import { isReversal } from '../../documents/claim-status.ts'
import { isNumber } from '../../documents/control-number.ts'
import type { Unit } from '../../documents/units.ts'
import type { RuleHit } from '../../kernel/decision.ts'
import type { AccountId } from '../../kernel/ids.ts'
import type { Desk } from '../desk.ts'
import type { ExecuteError } from '../service.ts'
import { ambiguousVisit, recoded, unmatched } from './holds.ts'
import type { Looking } from './looking.ts'
import { byPayerNumber, hadNumber, holdsNumber, holdsOriginal, type Itself, original } from './original.ts'
import { loadPerson, type Person, placeBegun, placeForNew, visitsBefore } from './persons.ts'
import type { Place } from './place.ts'
import { begunFor, type Candidate, type Search, search, searchBeyond, searchNamesakes, searchPerson } from './search.ts'

/** The visit that a unit of an 835 speaks of (clarifications 25–27, 30). */
export type VisitOfUnit =
  | {
      readonly kind: 'known'
      readonly place: Place
      readonly findings: readonly string[]
      /** The member id of the claim is new there: it was the name that said whose it is. */
      readonly learns: boolean
    }
  /** A part of a claim that the payer split: its lines join the visit that open-missing opened for the first part. */
  | { readonly kind: 'part'; readonly place: Place; readonly findings: readonly string[] }
  | {
      readonly kind: 'opens'
      readonly place: Place
      readonly isNewAccount: boolean
      readonly findings: readonly string[]
      /** How many visits its account had when it was looked for. */
      readonly visits?: number
    }
  | { readonly kind: 'none'; readonly hit: RuleHit }
  | { readonly kind: 'held'; readonly hit: RuleHit; readonly candidates: readonly Candidate[] }

export interface LocatedUnit {
  readonly visit: VisitOfUnit
  readonly asked: Asked
  readonly entries: Search['entries']
  readonly person?: Person
}

/** The claim by which a unit is looked for: a reversal says what was decided before, on the visit that it is of. */
const speaks = ({ claims }: Unit): AdviceClaim => (claims.find(isReversal) ?? claims[0]) as AdviceClaim

const findingsOf = ({ patient }: Candidate, { findings }: Asked): readonly string[] => [
  ...(patient.is === 'same' ? patient.findings : []),
  ...findings,
]

/** It was not the member id that said whose it is. */
const learnsId = ({ patient }: Candidate): boolean => patient.is === 'same' && patient.by !== 'id'

/**
 * Of several that could be it, the one that has this payer's decision under a number of the claim; else the one that had it,
 * and of which it was taken back: a correction may come after its reversal.
 */
const decidedHere = (some: readonly Candidate[], asked: Asked, itself: Itself): Candidate | undefined => {
  const [one, another] = some.filter(holdsOriginal(asked, itself))
  if (one) return another ? undefined : one
  const had = hadNumber(asked, ({ reversed }) => reversed)
  const [past, other] = some.filter((each) => mayBeOf(each.state, each.place.patientId, asked) && had(each))
  return other ? undefined : past
}

const heldFor = (hit: RuleHit, candidates: readonly Candidate[]): VisitOfUnit => ({ kind: 'held', hit, candidates })

/**
 * The payer has paid each of the services that the claim asks for: it is another one. What was denied, or waits, of a claim that
 * is paid in parts may be decided under another number. Without lines in common it goes by the whole visit.
 */
const settledBy =
  (asked: Asked) =>
  ({ state, visit, undecided }: Candidate): boolean => {
    const paid = inForce(state.claims, visit.visitId).filter(
      ({ event: { paidTotal, coverageId, claimKey } }) =>
        paidTotal !== 0 &&
        isSamePayer(state.coverage.coverages.get(coverageId) ?? { ...claimKey, payerName: '' }, asked.payer),
    )
    const lines = new Set(
      paid.flatMap(({ event }) => event.lines.flatMap((line) => (line.paid === 0 ? [] : line.lineId))),
    )
    return (
      !undecided && paid.length > 0 && chargesServing(state, visit, asked).every(({ line }) => lines.has(line.lineId))
    )
  }

/** The person of a unit, and how many visits their accounts have, counted before any of them is looked at. */
interface Whose {
  readonly person: Person
  readonly counted: ReadonlyMap<AccountId, number>
}

/**
 * Number and name say one patient, the member id another one, on whose visit the very service waits for the payer: a changed
 * id, or a number that is not of this claim.
 */
const whoseIdIs = (
  desk: Desk,
  asked: Asked,
  company: Company,
  { patient, place }: Candidate,
  whose: Effect.Effect<Whose, ExecuteError>,
) =>
  Effect.gen(function* () {
    if (patient.is !== 'same' || patient.by !== 'claim' || asked.members.length === 0) return []
    const known = yield* searchPerson(desk, asked, company, (yield* whose).person)
    return known.filter(
      (other) =>
        other.place.patientId !== place.patientId &&
        other.patient.is === 'same' &&
        other.patient.by === 'id' &&
        other.served &&
        other.undecided,
    )
  })

const decideVisit = (
  desk: Desk,
  unit: Unit,
  looking: Looking,
  asked: Asked,
  found: Search,
  whose: Effect.Effect<Whose, ExecuteError>,
) =>
  Effect.gen(function* () {
    const known = (one: Candidate): VisitOfUnit => ({
      kind: 'known',
      place: one.place,
      findings: findingsOf(one, asked),
      learns: learnsId(one),
    })
    const number = asked.controlNumber
    const itself = { remittanceId: looking.remittanceId, unit }
    const reversed = yield* original(desk, unit, looking, found)
    if (reversed.kind === 'this') return known(reversed.one)
    if (reversed.kind === 'several') return heldFor(ambiguousVisit(number, reversed.some), reversed.some)
    const choice = choose(found.open)
    if (choice.kind === 'this') {
      const others = yield* whoseIdIs(desk, asked, looking.company, choice.one, whose)
      if (others.length > 0) return heldFor(ambiguousVisit(number, [choice.one, ...others]), [choice.one, ...others])
      return known(choice.one)
    }
    if (choice.kind === 'several') {
      const one = decidedHere(choice.some, asked, itself)
      if (one) return known(one)
      return heldFor(ambiguousVisit(number, choice.some), choice.some)
    }
    const opens = looking.openMissing && !asked.reversal
    const beyond = yield* searchBeyond(desk, asked, looking.company, found, (yield* whose).person, () => opens)
    const unnumbered = choose(beyond.unnumbered)
    if (unnumbered.kind === 'this') return known(unnumbered.one)
    if (unnumbered.kind === 'several') return heldFor(ambiguousVisit(number, unnumbered.some), unnumbered.some)
    const ofPatient = found.open.filter(({ patient }) => patient.is === 'same')
    const mayBeTheirs = found.open.filter(({ patient }) => patient.is !== 'other')
    const voided = mayBeTheirs.filter((one) => one.voided)
    if (voided.length > 0) return heldFor(unmatched(number, voided), voided)
    const coded = mayBeTheirs.filter((one) => one.recoded)
    if (coded.length > 0) return heldFor(recoded(number, coded), coded)
    const begun = begunFor(found, looking.own)
    if (!begun && !looking.openMissing && !unit.claims.some(isReversal)) {
      return { kind: 'none', hit: unmatched(number, found.open) } as VisitOfUnit
    }
    // The payer may have returned another number than it got, or decided a claim that was replaced: one service has one
    // charge. What it has paid already, at that charge, is another service, unless it says that it is the same once more.
    const isSettled = saysDuplicate(speaks(unit)) ? () => false : settledBy(asked)
    const isTheirs = ({ patient }: Candidate): boolean => patient.is !== 'other'
    const waiting = [
      ...beyond.otherwise.filter(
        (one) => isTheirs(one) && (one.patient.is === 'same' || one.sameServices) && (!isSettled(one) || !one.whole),
      ),
      ...beyond.balances.filter((one) => isTheirs(one) && !isSettled(one)),
    ]
    if (waiting.length > 0) return heldFor(ambiguousVisit(number, waiting), waiting)
    // What the payer has decided under the very number of this decision is no other service, whatever our number and code are now.
    const again = [...found.open, ...beyond.otherwise].filter(
      (one) =>
        isTheirs(one) &&
        one.onDay &&
        !one.part &&
        isNumber(asked.payerControlNumber) &&
        holdsNumber(asked, itself)(one),
    )
    if (again.length > 0) return heldFor(ambiguousVisit(number, again), again)
    // Nothing says that it is one of these, and to open it beside one might charge a service twice (decision 0022).
    const calledOtherwise = found.open.filter((one) => one.calledOtherwise && one.served && one.undecided)
    const namesakes = yield* searchNamesakes(desk, asked, looking.company, (yield* whose).person)
    const likely = [...calledOtherwise, ...namesakes.filter((one) => !isSettled(one))]
    if (likely.length > 0) return heldFor(ambiguousVisit(number, likely), likely)
    // Whoever has begun to open it has asked all of this, of the claim that they have: of another one it is asked no less.
    if (begun) {
      const place = placeBegun(desk, asked, begun, (yield* whose).person, looking.name)
      return { kind: 'opens', place, isNewAccount: false, findings: asked.findings } as VisitOfUnit
    }
    // What joins a visit opens a charge as well: it is a part of it where no other visit may have its services (clarification 30).
    const part = ofPatient.filter((one) => one.part)
    const [whole] = part
    return whole && part.length === 1
      ? ({ kind: 'part', place: whole.place, findings: findingsOf(whole, asked) } as VisitOfUnit)
      : undefined
  })

const loadWhose = (desk: Desk, asked: Asked, name: string): Effect.Effect<Whose, ExecuteError> =>
  Effect.gen(function* () {
    const person = yield* loadPerson(desk, asked)
    return { person, counted: yield* visitsBefore(desk, person, name) }
  })

/** Says which visit a unit of an 835 is of, and why it can not be told where it can not. */
export const locateUnit = (desk: Desk, unit: Unit, looking: Looking): Effect.Effect<LocatedUnit, ExecuteError> =>
  Effect.gen(function* () {
    const { company, name, own, payer, named } = looking
    const asked = askedByAdvice(speaks(unit), payer)
    let whom = undefined as Whose | undefined
    const whose = Effect.suspend(() => (whom ? Effect.succeed(whom) : loadWhose(desk, asked, name))).pipe(
      Effect.tap((loaded) =>
        Effect.sync(() => {
          whom = loaded
        }),
      ),
    )
    const found = yield* search(
      desk,
      asked,
      company,
      own,
      isNumber(asked.controlNumber) ? undefined : (yield* whose).person,
    )
    const { entries } = found
    if (named !== undefined) {
      const all = [
        ...found.open,
        ...(yield* searchPerson(desk, asked, company, found.person)),
        ...(asked.reversal ? yield* byPayerNumber(desk, unit, asked, looking) : []),
        ...(yield* searchNamesakes(desk, asked, company, (yield* whose).person)),
      ]
      const one = all.find(({ place }) => place.visitId === named)
      const visit: VisitOfUnit = one
        ? { kind: 'known', place: one.place, findings: findingsOf(one, asked), learns: learnsId(one) }
        : { kind: 'held', hit: unmatched(asked.controlNumber, all), candidates: all }
      return { visit, asked, entries }
    }
    const visit = yield* decideVisit(desk, unit, looking, asked, found, whose)
    if (visit) return { visit, asked, entries, ...(whom ? { person: whom.person } : {}) }
    const { person, counted } = yield* whose
    const fresh = yield* placeForNew(desk, asked, person, name, company)
    const beside = found.open.find(({ patient }) => patient.is === 'same')
    const place = beside ? { ...beside.place, visitId: fresh.place.visitId } : fresh.place
    const isNewAccount = fresh.isNewAccount && !beside
    const visits = counted.get(place.accountId) ?? beside?.state.registration.visits.size
    const opens = { kind: 'opens', place, isNewAccount, findings: asked.findings } as const
    return { visit: { ...opens, ...(visits === undefined ? {} : { visits }) }, asked, entries, person }
  })
