import type { ContactParty, ContactPurpose, LocationContact, Medium } from '../kernel/contact.ts'
import { type Day, type Instant, isInstant } from '../kernel/day.ts'
import { dayBegins, latestOf, precondition, type RuleHit, type RuleRef } from '../kernel/decision.ts'
import type { AccountId } from '../kernel/ids.ts'
import { isUnknownZone, type LocalTime } from '../kernel/local-time.ts'
import type { GateResult } from '../rules/check.ts'
import type { Asking } from './context.ts'
import { momentAt } from './context.ts'
import { attorneysOf, type ContactQuestion, contactFacts, dataFor, zonesFor } from './gate-facts.ts'
import { humanOf } from './others.ts'
import type { DatumId } from './reach-events.ts'
import type { AttorneyRecorded } from './standing-events.ts'
import type { PersonState } from './state.ts'

// May this person be reached now, by this, about this? An answer, and no event: who asks writes nothing (law Q8).

/** Rules look back thirty days; after that nothing but a standing wish is in the way, and that ends by no clock. */
const STEPS = 100

/** The civil day of an instant at the practice. */
export const practiceDay = ({ localTime, policy, today }: Asking, instant: Instant): Day => {
  const local = localTime.at(instant, policy.policy.practice.timeZone)
  return isUnknownZone(local) ? today : local.day
}

/** What the rules of contact say at an instant, and the account where something of it is to be asked for. */
export const checkContact = (
  state: PersonState,
  question: ContactQuestion,
  asking: Asking,
  at: Instant,
): GateResult => {
  const moment = momentAt(asking, at, practiceDay(asking, at))
  const gate = asking.catalogue.check('contactPerson', contactFacts(state, question, moment, asking.others), moment)
  const ofAccount = question.purpose === 'collect' ? asking.ofAccount?.(question.account, moment.today) : undefined
  return ofAccount && ofAccount.length > 0 ? { ...gate, hits: [...gate.hits, ...ofAccount] } : gate
}

/**
 * The first instant from which on every rule would let the contact pass, where nothing else happens until then. Each hit
 * names until when its own rule blocks; then all are asked again: what is free at midnight may wait for the morning.
 */
export const earliestContact = (
  state: PersonState,
  question: ContactQuestion,
  asking: Asking,
  hits: readonly RuleHit[],
): Instant | undefined => {
  const begins = dayBegins(asking.policy.policy.practice.timeZone, asking.localTime)
  let against = hits
  for (let step = 0; step < STEPS; step++) {
    const latest = latestOf(against, begins)
    const next = latest === undefined || isInstant(latest) ? latest : begins(latest)
    if (next === undefined) return undefined
    against = checkContact(state, question, asking, next).hits
    if (against.length === 0) return next
  }
  return undefined
}

/** What is asked. */
export interface MayAsked {
  readonly account: AccountId
  readonly medium: Medium
  /** One phone, address or e-mail; absent: each that the medium can use. */
  readonly datum?: DatumId | undefined
  readonly with?: ContactParty | undefined
  readonly purpose?: ContactPurpose | undefined
  readonly letterLevel?: number | undefined
  /** Of purpose `location`: of whom. */
  readonly location?: LocationContact | undefined
}

/** What the rules say of one phone, address or e-mail. */
export interface Way {
  readonly datum: DatumId
  readonly allowed: boolean
  /** Everywhere that the person may be, and what clocks show there. */
  readonly zones: readonly ({ readonly zone: string } & Partial<LocalTime>)[]
  readonly hits: readonly RuleHit[]
  readonly warnings: readonly RuleHit[]
  readonly passed: readonly RuleRef[]
  /** From when on it would be allowed, where nothing else happens and nobody has to do anything. */
  readonly earliest?: Instant | undefined
}

/** Whether the person may be reached at an instant, and by which of their phones, addresses or e-mails. */
export interface MayAnswer {
  readonly allowed: boolean
  readonly at: Instant
  readonly medium: Medium
  readonly ways: readonly Way[]
  /** What stands against it whatever is used. */
  readonly hits: readonly RuleHit[]
  readonly earliest?: Instant | undefined
  /** Where another is asked for the person's whereabouts: of whom, and what is to be kept in mind, whatever is used. */
  readonly askedOf?: string
  readonly warnings?: readonly RuleHit[]
  /** Where it is asked about an attorney: those on file, who are reached by what is theirs. */
  readonly attorneys?: readonly Pick<AttorneyRecorded, 'name' | 'reach'>[]
}

const nothingOnFile = (medium: Medium): RuleHit =>
  precondition('contact.nothingOnFile', `nothing on file by which to reach the person: ${medium}`, 'StartSkipTrace')

/** The preconditions of a contact that no rule states. */
export const contactHits = (state: PersonState, account: AccountId): readonly RuleHit[] => [
  ...(state.person ? [] : [precondition('person.notOpen', 'nobody has opened this person', 'open the person first')]),
  ...(state.accounts.has(account)
    ? []
    : [precondition('person.accountUnknown', `the person does not stand behind account ${account}`, 'NameAccount')]),
]

/** An attorney is reached by what is on file of the attorney: the person's own phone would be a call to the person. */
export const attorneyHits = ({ with: other, datum }: Pick<MayAsked, 'with' | 'datum'>): readonly RuleHit[] =>
  other === 'attorney' && datum !== undefined
    ? [
        precondition(
          'contact.attorneyElsewhere',
          `datum ${datum} is the person's own: an attorney is reached by the attorney's`,
          'leave the datum out',
        ),
      ]
    : []

/** Another is asked where the person is, by what is that one's own; of nobody else, and for nothing else, is it said of whom. */
export const locationHits = ({
  with: other,
  datum,
  purpose,
  location,
}: Pick<MayAsked, 'with' | 'datum' | 'purpose' | 'location'>): readonly RuleHit[] => {
  if (purpose !== 'location') {
    return location
      ? [precondition('contact.notLocation', 'it says of whom the person’s whereabouts are asked', 'purpose location')]
      : []
  }
  return [
    ...(other === 'thirdParty'
      ? []
      : [
          precondition(
            'contact.locationOf',
            `where the person is, is asked of a third party, not of: ${other ?? 'person'}`,
          ),
        ]),
    ...(datum === undefined
      ? []
      : [precondition('contact.locationElsewhere', `datum ${datum} is the person's own`, 'leave the datum out')]),
  ]
}

/** May somebody be reached by what is their own: no phone, address or e-mail of the person is asked about. */
const mayContactOther = (state: PersonState, asked: MayAsked, asking: Asking): MayAnswer => {
  const { now } = asking
  const question = questionOf(asked)
  const gate = checkContact(state, question, asking, now)
  const own = [...contactHits(state, asked.account), ...attorneyHits(asked), ...locationHits(asked)]
  const earliest =
    own.length > 0 || gate.hits.length === 0 ? undefined : earliestContact(state, question, asking, gate.hits)
  const attorneys = attorneysOf(
    humanOf(state, asking.others),
    asked.account,
    momentAt(asking, now, practiceDay(asking, now)),
  )
  return {
    allowed: own.length + gate.hits.length === 0,
    at: now,
    medium: asked.medium,
    ways: [],
    hits: [...own, ...gate.hits],
    ...(asked.purpose === 'location' ? { warnings: gate.warnings } : {}),
    ...(asked.purpose === 'location' && asked.location ? { askedOf: asked.location.of } : {}),
    ...(asked.with === 'attorney'
      ? { attorneys: attorneys.map(({ name, reach }) => ({ name, ...(reach === undefined ? {} : { reach }) })) }
      : {}),
    ...(earliest === undefined ? {} : { earliest }),
  }
}

export const questionOf = ({ with: other, purpose, letterLevel, ...asked }: MayAsked): ContactQuestion => ({
  ...asked,
  with: other ?? 'person',
  purpose: purpose ?? 'collect',
  letterLevel: letterLevel ?? 0,
  optOutOffered: true,
})

/** Asks every rule of contact, about an instant: `asking.now`. */
export const mayContact = (state: PersonState, asked: MayAsked, asking: Asking): MayAnswer => {
  const { now } = asking
  if (asked.with === 'attorney' || asked.purpose === 'location') return mayContactOther(state, asked, asking)
  const on = practiceDay(asking, now)
  const wanted = (id: DatumId): boolean => asked.datum === undefined || asked.datum === id
  const data = dataFor(state, asked.medium, on).filter(({ added }) => wanted(added.datumId))
  const ways = data.map((datum): Way => {
    const question = questionOf({ ...asked, datum: datum.added.datumId })
    const { hits, warnings, passed } = checkContact(state, question, asking, now)
    const earliest = hits.length === 0 ? now : earliestContact(state, question, asking, hits)
    const zones = zonesFor(humanOf(state, asking.others), datum, on).map((zone) => {
      const local = asking.localTime.at(now, zone)
      return isUnknownZone(local) ? { zone } : { zone, ...local }
    })
    const allowed = hits.length === 0
    return {
      datum: datum.added.datumId,
      allowed,
      zones,
      hits,
      warnings,
      passed,
      ...(earliest === undefined || allowed ? {} : { earliest }),
    }
  })
  const hits = [
    ...contactHits(state, asked.account),
    ...locationHits(asked),
    ...(data.length === 0 ? [nothingOnFile(asked.medium)] : []),
  ]
  const allowed = hits.length === 0 && ways.some((way) => way.allowed)
  const ends = hits.length > 0 || allowed ? [] : ways.flatMap(({ earliest }) => earliest ?? [])
  const earliest = ends.reduce<Instant | undefined>((a, b) => (a === undefined || b < a ? b : a), undefined)
  return { allowed, at: now, medium: asked.medium, ways, hits, ...(earliest === undefined ? {} : { earliest }) }
}
