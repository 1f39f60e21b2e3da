import * as Effect from 'effect/Effect'
import type { Asked } from '../../account/claims/identity/asked.ts'
import { chargesServing, isOfPayer } from '../../account/claims/identity/fitting.ts'
import { chargesOnFile, numbersOf } from '../../account/claims/identity/on-file.ts'
import { submissionsOf } from '../../account/claims/state.ts'
import { contentOf } from '../../account/claims/submitting/sent.ts'
import { frequencyOf } from '../../account/claims/submitting/submitted-lines.ts'
import { foldedNumber, isNumber, isSameNumber } from '../../documents/control-number.ts'
import type { Desk } from '../desk.ts'
import { originalUnknown } from './holds.ts'
import type { Person } from './persons.ts'
import { isSamePlace } from './place.ts'
import { type Candidate, type Search, searchPerson } from './search.ts'
import { type Coming, heldAs, isOnFile, known, ofPatient, onlyOne } from './visit-of-claim.ts'
import { isOfOtherForm } from './without-claim.ts'

// The visit whose claim a replacement or a void (frequency 7, 8) takes the place of (clarification 29).

const withoutRepeats = (candidates: readonly Candidate[]): readonly Candidate[] =>
  candidates.filter((one, at) => candidates.findIndex(({ place }) => isSamePlace(place, one.place)) === at)

/** Late charges that came before the claim that they were added to say nothing of it: it is not on file to be taken back. */
const withoutLate = (one: Candidate): Candidate => (one.lateAlone ? { ...one, served: false } : one)

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

/** REF F8 is the number under which the payer has decided the visit. */
const isDecidedAs = ({ state, place }: Candidate, { originalReference = '', payer }: Asked): boolean => {
  const original = foldedNumber(originalReference)
  return (
    original !== '' &&
    state.claims.adjudications
      .by('visit', place.visitId)
      .some(
        ({ event: { claimKey, coverageId } }) =>
          foldedNumber(claimKey.payerControlNumber) === original &&
          isOfPayer(state, coverageId, claimKey.payerId, payer),
      )
  )
}

/**
 * What REF F8 names: a payer's number of a decision of that payer, or a control number of the patient. One that visits
 * share names none of them by itself: a day, a code or a charge must fit too.
 */
const named = (desk: Desk, candidate: Candidate, coming: Coming, asked: Asked): boolean => {
  const { state, visit } = candidate
  const original = asked.originalReference ?? ''
  return (
    isDecidedAs(candidate, asked) ||
    (touches(desk, candidate, coming, asked) &&
      numbersOf(state, visit).some((number) => isSameNumber(number, original)))
  )
}

/**
 * Clarification 29: what REF F8 names; else the one visit of number and patient where day, code or charge fits; else,
 * whatever the number, the one visit of that patient with day and code. Never a new visit.
 */
export const replaced = (desk: Desk, coming: Coming, asked: Asked, found: Search, person: Person) =>
  Effect.gen(function* () {
    const { claim, company } = coming
    const voids = frequencyOf(claim) === '8'
    // What the payer has decided under the number that is named is that claim, whatever form it was filed on.
    const isOther = isOfOtherForm(claim, asked)
    const mayBeIt = (one: Candidate): boolean => !isOther(one) || isDecidedAs(one, asked)
    const open = found.open.filter(mayBeIt).map(withoutLate)
    const ofPerson = (yield* searchPerson(desk, asked, company, person)).filter(mayBeIt).map(withoutLate)
    // Taken in by another process since its number was looked up: it is that claim, and not one more.
    const filed = ofPerson.find((candidate) => ofPatient(candidate) && isOnFile(desk, candidate, coming, asked))
    if (filed) return known(filed)
    const numbered = open.filter(ofPatient)
    const all = withoutRepeats([...numbered, ...ofPerson.filter(ofPatient)])
    // What REF F8 names may be sent to mend a name or a birth day.
    const doubtful = withoutRepeats([...open, ...ofPerson].filter(({ patient }) => patient.is === 'unsure'))
    const byName = all.filter((one) => named(desk, one, coming, asked))
    const byReference =
      byName.length > 0 ? byName : doubtful.filter((one) => one.served && named(desk, one, coming, asked))
    // Without a number all visits of the day were looked at: of them none is the one by its number.
    const byNumber = isNumber(asked.controlNumber) ? numbered.filter((one) => touches(desk, one, coming, asked)) : []
    const byServices = all.filter(({ served, voided }) => served || voided)
    // Of the same number there may be one of the very services, of which a letter says that it is not theirs: it is as near.
    const near = doubtful.filter((one) => one.served)
    const ofNumber = isNumber(asked.controlNumber)
      ? near.filter((one) => open.some(({ place }) => isSamePlace(place, one.place)))
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
      const others = one && !voids ? numbered.filter((other) => takesFrom(other, one, asked)) : []
      if (one && others.length > 0) {
        return heldAs(originalUnknown(asked.controlNumber, voids, [one, ...others]), [one, ...others])
      }
      if (one && (beside.length === 0 || (some !== byServices && isTheVery(one)))) return known(one)
      const both = [...some, ...beside]
      if (both.length > 0) return heldAs(originalUnknown(asked.controlNumber, voids, both), both)
    }
    const likely = withoutRepeats([...doubtful, ...found.open.filter(ofPatient)])
    return heldAs(originalUnknown(asked.controlNumber, voids, likely), likely)
  })

/**
 * A line of the replacement is a service of another visit of its number, and no charge of the one that it replaces: posted
 * there, it would stand twice. So a bill of a whole stay replaces those of its months.
 */
const takesFrom = (other: Candidate, one: Candidate, asked: Asked): boolean =>
  !isSamePlace(other.place, one.place) &&
  asked.lines.some((line) => {
    const of = { ...asked, lines: [line] }
    return (
      chargesServing(other.state, other.visit, of).length > 0 &&
      !chargesServing(one.state, one.visit, of).some((charge) => charge.line.amount === line.charge)
    )
  })

/** The services are of it, and its patient is called as the claim says. */
const isTheVery = ({ served, patient }: Candidate): boolean => served && patient.is === 'same' && patient.isCalledSo
