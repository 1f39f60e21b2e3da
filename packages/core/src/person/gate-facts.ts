import { type ContactParty, type ContactPurpose, isCall, type LocationContact, type Medium } from '../kernel/contact.ts'
import type { Day, Instant } from '../kernel/day.ts'
import type { AccountId } from '../kernel/ids.ts'
import { epochMilliseconds, fromEpochMilliseconds, isUnknownZone } from '../kernel/local-time.ts'
import { isWithin } from '../rules/contact/clocks.ts'
import { type Facts, known, unknown } from '../rules/facts.ts'
import type { Moment } from '../rules/rule.ts'
import type { ContactId } from './contact-events.ts'
import { type Human, humanOf, isSameNumber, numberOf, type Others } from './others.ts'
import type { ConsentGranted, ConsentRevoked, DatumId } from './reach-events.ts'
import type { AttorneyRecorded, IdentityCheckId } from './standing-events.ts'
import type { Contact, Datum, PersonState } from './state.ts'
import type { Since, Stood } from './stood.ts'
import { zonesOf } from './zones.ts'

// The bridge from a person to the rules of contact: what was known of them at an instant, as facts.

/** One contact that somebody wants to make, or has made. */
export interface ContactQuestion {
  readonly account: AccountId
  readonly medium: Medium
  readonly datum?: DatumId | undefined
  readonly with: ContactParty
  readonly purpose: ContactPurpose
  readonly letterLevel: number
  readonly optOutOffered: boolean
  /** Of purpose `location`: of whom. */
  readonly location?: LocationContact | undefined
  /** Whether it has been made: what was said is known then, or nobody has told. */
  readonly isReported?: boolean
  /** The contact itself, where it is on file already: it is not counted against itself. */
  readonly contact?: ContactId | undefined
}

const CALLBACK_DAYS = 7

type At = Pick<Moment, 'now' | 'today'>

/** Whether something counted at an instant already. */
const countsBy = ({ effectiveDate, at }: Since, { now, today }: At): boolean =>
  at === undefined ? effectiveDate <= today : at <= now

const stands = <E extends Since>({ event, until }: Stood<E>, at: At): boolean =>
  countsBy(event, at) && (until === undefined || at.today < until)

const standing = <E extends Since>(all: Iterable<Stood<E>>, at: At): readonly E[] =>
  [...all].filter((each) => stands(each, at)).map(({ event }) => event)

/** Whether it could be used on a day. */
export const isCurrent = ({ added, retired }: Datum, on: Day): boolean =>
  added.effectiveDate <= on && (retired === undefined || on < retired.effectiveDate)

const currentData = ({ data }: Pick<Human, 'data'>, on: Day): readonly Datum[] =>
  [...data.values()].filter((datum) => isCurrent(datum, on))

const addressesOf = (state: Pick<Human, 'data'>, on: Day): readonly Datum[] =>
  currentData(state, on).filter(({ added }) => added.kind === 'address')

/** Everywhere that the datum and the addresses say the person may be; of an e-mail alone, where the phones say. */
export const zonesFor = (state: Pick<Human, 'data'>, datum: Datum | undefined, on: Day): readonly string[] => {
  const from = (data: readonly Datum[]) => [...new Set(data.flatMap(zonesOf))]
  const zones = from([...(datum ? [datum] : []), ...addressesOf(state, on)])
  return zones.length > 0 ? zones : from(currentData(state, on))
}

type Consent = ConsentGranted | ConsentRevoked

const isLater = (a: Consent, b: Consent | undefined): boolean => {
  if (!b || a.effectiveDate !== b.effectiveDate) return !b || a.effectiveDate > b.effectiveDate
  return a.at === undefined || b.at === undefined || a.at >= b.at
}

/** The last word of some consents, by the day from which it counts, and of one day by its time. */
export const lastWord = (consents: readonly Consent[]): Consent | undefined =>
  consents.reduce<Consent | undefined>((last, each) => (isLater(each, last) ? each : last), undefined)

/** Both files of one human being: what was agreed to stands on the file that is asked, what was revoked on either. */
interface Files {
  readonly own: PersonState
  readonly human: Human
}

/**
 * What the person said last of being reached by a medium at a number about what they owe. What was agreed to stands on its own
 * datum of its own file; what was taken back counts at the number, wherever it stands, until it is agreed to again there or
 * since on the datum that is used. A call by hand and a letter need no consent.
 */
export const consentFor = (
  { human }: Files,
  { medium, datum }: { readonly medium: ConsentGranted['channel'] | Medium; readonly datum?: DatumId | undefined },
  at: At,
): 'none' | 'granted' | 'revoked' => {
  if (datum === undefined) return 'none'
  const said = human.consents.filter(
    (each) =>
      each.channel === medium &&
      (each.scope === 'billing' || each.scope === 'all') &&
      countsBy(each, at) &&
      isSameNumber(human, each.datumId, datum),
  )
  const last = lastWord(said.filter(({ datumId }) => datumId === datum))
  const elsewhere = Map.groupBy(said, ({ datumId }) => datumId)
  const takenBack = [...elsewhere].some(([id, words]) => {
    const word = id === datum ? undefined : lastWord(words)
    return word?.type === 'ConsentRevoked' && isLater(word, last)
  })
  if (takenBack || last?.type === 'ConsentRevoked') return 'revoked'
  return last ? 'granted' : 'none'
}

/** Whether something was revoked, and not granted again at its number, at another number or on another topic. */
const revokedElsewhere = (state: Human, at: At): boolean => {
  const byMatter = Map.groupBy(
    // Who wants paper instead of the portal has revoked no consent to be reached.
    state.consents.filter((each) => each.channel !== 'portal' && countsBy(each, at)),
    ({ channel, datumId, scope }) => `${channel} ${numberOf(state, datumId)} ${scope}`,
  )
  return [...byMatter.values()].some((consents) => lastWord(consents)?.type === 'ConsentRevoked')
}

/** Rules look back thirty days of some zone at most: what is older costs no question anything. */
const LOOK_BACK = 32 * 86_400_000

/** Contacts of the time before an instant that rules look at, this one left out. */
const before = (state: Human, { contact }: ContactQuestion, { now }: At): readonly Contact[] => {
  const since = fromEpochMilliseconds(epochMilliseconds(now) - LOOK_BACK)
  return state.contacts.filter((each) => each.at <= now && each.at >= since && each.contactId !== contact)
}

const isWork = (state: Human, { datumId }: Contact): boolean =>
  datumId !== undefined && state.data.get(datumId)?.added.place === 'work'

const atOf = (contacts: readonly Contact[]): Instant[] => contacts.map(({ at }) => at)

type Callback = PersonState['callbacks'][number]

/** A call that the person had asked for is not counted (12 CFR 1006.14(b)(3)(i)): in seven days, the one of the wish the first. */
const wasAskedFor = (call: Contact, asked: readonly Callback[], zones: readonly string[], at: Moment): boolean => {
  const wishes = asked.filter((each) => each.accountId === call.accountId && each.at <= call.at).map((each) => each.at)
  if (wishes.length === 0 || zones.length === 0) return false
  return zones.every((zone) => {
    const local = at.localTime.at(call.at, zone)
    return !isUnknownZone(local) && isWithin(local.day, wishes, CALLBACK_DAYS, zone, at)
  })
}

const frequencyFacts = (state: Human, question: ContactQuestion, zones: readonly string[], at: Moment): Facts => {
  const contacts = before(state, question, at)
  const asked = state.callbacks.filter((each) => each.at <= at.now)
  const counted = contacts.filter((each) => each.counted && !wasAskedFor(each, asked, zones, at))
  const about = (each: { readonly accountId: AccountId }): boolean => each.accountId === question.account
  return {
    'contact.callsAt': known(atOf(counted.filter(about))),
    'contact.callsToWorkAt': known(atOf(counted.filter((each) => about(each) && isWork(state, each)))),
    'contact.callsOfPersonAt': known(atOf(counted)),
    'contact.callbacksAt': known(asked.filter(about).map((each) => each.at)),
    'contact.conversationsAt': known(contacts.filter(about).flatMap(({ spokenAt }) => spokenAt ?? [])),
  }
}

const speaksFor = (state: PersonState, { account, with: other }: ContactQuestion, at: At): boolean =>
  standing(state.spokespersons.values(), at).some(
    (each) => each.as === other && (each.accounts?.includes(account) ?? true),
  )

/** Who represents the person in the matter of an account, at an instant. */
export const attorneysOf = (state: Pick<Human, 'attorneys'>, account: AccountId, at: At): readonly AttorneyRecorded[] =>
  standing(state.attorneys, at).filter(({ accounts }) => accounts?.includes(account) ?? true)

const represented = (state: Human, account: AccountId, at: At): boolean => attorneysOf(state, account, at).length > 0

const standingFacts = (files: Files, question: ContactQuestion, at: Moment): Facts => {
  const { own, human: state } = files
  const { honoursSpokenCease } = at.policy.policy.contact
  const declared = standing(state.inconveniences, at).map(({ what }) => what)
  const states = [...new Set(addressesOf(state, at.today).flatMap(({ added }) => added.state ?? []))]
  const isRepresented = represented(state, question.account, at)
  return {
    'person.ceased': known(standing(state.ceases, at).some(({ written }) => written || honoursSpokenCease)),
    'person.represented': known(isRepresented),
    'contact.withMaySpeak': known(speaksFor(own, question, at) || (question.with === 'attorney' && isRepresented)),
    'person.confidentialDatum': known(agreedOn(state, question, at) ?? 'none'),
    'person.vulnerable': known(standing(state.vulnerabilities, at).length > 0),
    'person.language': known(state.language ?? 'none'),
    'person.timesRefused': known(declared.flatMap((what) => (what.kind === 'time' ? [windowOf(what)] : []))),
    'person.placesRefused': known(declared.flatMap((what) => (what.kind === 'place' ? what.place : []))),
    'person.mediaRefused': known([
      ...declared.flatMap((what) => (what.kind === 'medium' ? mediaOf(what.medium) : [])),
      ...takenBack(files, question, at),
    ]),
    'person.states': states.length > 0 ? known(states) : unknown('no address with a state is on file'),
  }
}

/** The one way that was agreed on last; under the name of the datum that is used, where that is the same number. */
const agreedOn = (state: Human, { datum }: ContactQuestion, at: At): DatumId | undefined => {
  const last = standing(state.restrictions, at).at(-1)?.datumId
  return last !== undefined && datum !== undefined && isSameNumber(state, last, datum) ? datum : last
}

const windowOf = ({ from, until, days }: { from: number; until: number; days?: number[] | undefined }) => ({
  from,
  until,
  ...(days ? { days } : {}),
})

/** Who takes back that they may be called at a number is not called there: no law asks for the consent, the wish is said. */
const takenBack = (files: Files, question: ContactQuestion, at: At): readonly Medium[] =>
  isCall(question.medium) && consentFor(files, { ...question, medium: 'call' }, at) === 'revoked' ? mediaOf('call') : []

/** Who wants no calls wants none of any kind. */
const mediaOf = (medium: Medium): readonly Medium[] =>
  medium === 'call' ? ['call', 'autodialedCall', 'prerecordedCall'] : [medium]

/** The last day by then on which the number was known to be theirs: who looks back at a day knows no more than was known on it. */
const lastSeen = (datum: Datum | undefined, on: Day): Day | undefined =>
  datum?.seenOn.reduce<Day | undefined>((last, each) => (each > on || (last && each < last) ? last : each), undefined)

/** What is known of asking another where the person is. Of whom it was asked before is asked of all that is on record. */
const locationFacts = (
  state: Human,
  own: PersonState,
  { location, isReported, contact }: ContactQuestion,
  at: Moment,
): Facts => {
  if (!location) {
    const nobody = unknown('nobody said of whom')
    return {
      'location.earlier': nobody,
      'location.again': nobody,
      'location.said': nobody,
      'location.searched': nobody,
    }
  }
  const { of, again = 'none', said } = location
  const earlier = state.contacts.filter(
    ({ asked, at: then, contactId }) => asked?.of === of && then <= at.now && contactId !== contact,
  )
  const searched = [...own.skipTraces.values()].some(
    ({ started, closed }) =>
      started.effectiveDate <= at.today && (closed === undefined || at.today <= closed.effectiveDate),
  )
  return {
    'location.earlier': known(earlier.length),
    'location.again': known(again),
    'location.said': said || !isReported ? known([...(said ?? [])]) : unknown('nobody told what was said'),
    'location.searched': known(searched),
  }
}

/** The facts of a contact at an instant. */
export const contactFacts = (state: PersonState, question: ContactQuestion, at: Moment, others?: Others): Facts => {
  const { medium, datum: datumId } = question
  const files = { own: state, human: humanOf(state, others) }
  const datum = datumId === undefined ? undefined : state.data.get(datumId)
  const { location } = question
  const zones = location?.zone === undefined ? zonesFor(files.human, datum, at.today) : [location.zone]
  const isLocation = question.purpose === 'location'
  const { practice } = at.policy.policy
  return {
    'practice.entityType': known(practice.entityType),
    'practice.state': known(practice.state),
    'contact.medium': known(medium),
    'contact.with': known(question.with),
    'contact.purpose': known(question.purpose),
    'contact.letterLevel': known(question.letterLevel),
    'contact.optOutOffered': known(question.optOutOffered),
    // Who is asked where the person is, is reached by what is their own.
    'contact.datum':
      datumId !== undefined || isLocation ? known(datumId ?? 'theirs') : unknown('nobody said which is used'),
    'contact.place': datum ? known(datum.added.place) : unknown('nobody said which is used'),
    'contact.zones': zones.length > 0 ? known([...zones]) : unknown('neither a number nor an address tells'),
    'contact.consent': known(consentFor(files, question, at)),
    'contact.revokedElsewhere': known(revokedElsewhere(files.human, at)),
    'contact.numberSeenOn': known(lastSeen(datum, at.today) ?? 'never'),
    ...frequencyFacts(files.human, question, zones, at),
    ...standingFacts(files, question, at),
    ...(isLocation ? locationFacts(files.human, state, question, at) : {}),
  }
}

/** The facts of talking about an account with somebody, whose identity was checked or not. */
export const discussionFacts = (
  state: PersonState,
  question: ContactQuestion,
  check: IdentityCheckId | undefined,
  at: Moment,
  others?: Others,
): Facts => {
  const checked = check === undefined ? undefined : state.identityChecks.get(check)
  // Who called on another day has not been looked at today.
  const isOfDay = checked !== undefined && checked.effectiveDate === at.today && checked.at <= at.now
  const isTheirs = isOfDay && checked.as === question.with
  return {
    ...contactFacts(state, question, at, others),
    'identity.identifiers': known(isTheirs ? new Set(checked.matched).size : 0),
  }
}

/** In words why a medium does not reach the person by a datum, whatever anybody agreed to; undefined where it may. */
export const unfitFor = ({ added, returnedOn }: Datum, medium: Medium): string | undefined => {
  const kind = medium === 'email' ? 'email' : medium === 'mail' || medium === 'visit' ? 'address' : 'phone'
  if (added.kind !== kind) return `it is of kind ${added.kind}, and ${medium} needs one of kind ${kind}`
  if (medium === 'mail' && returnedOn !== undefined) return `mail came back from it on ${returnedOn}`
  return medium === 'text' && added.line === 'landline' ? 'a landline takes no text' : undefined
}

/** Data of a person by which a medium reaches them, on a day. */
export const dataFor = (state: PersonState, medium: Medium, on: Day): readonly Datum[] =>
  currentData(state, on).filter((datum) => unfitFor(datum, medium) === undefined)
