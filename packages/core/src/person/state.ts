import { type Day, type Instant, maxDay } from '../kernel/day.ts'
import type { AccountId, PersonId } from '../kernel/ids.ts'
import { type ReadonlyVersionedMap, VersionedMap } from '../kernel/versioned-map.ts'
import type { ContactId } from './contact-events.ts'
import { type Contact, evolveContacts } from './contact-state.ts'
import type { PersonEvent } from './events.ts'
import type { PersonAccountNamed, PersonOpened } from './file-events.ts'
import { evolveLikenesses, type Likeness, type OfGroup } from './likeness-state.ts'
import type {
  ConsentGranted,
  ConsentRevoked,
  ContactDatumAdded,
  ContactDatumRetired,
  DatumId,
  InconvenienceDeclared,
  InconvenienceId,
} from './reach-events.ts'
import type { SkipTraceId } from './skip-trace-events.ts'
import { evolveSkipTraces, type SkipTrace } from './skip-trace-state.ts'
import type {
  AttorneyRecorded,
  CeaseRecorded,
  ChannelRestricted,
  ComplaintId,
  ComplaintLogged,
  IdentityCheckId,
  IdentityVerificationFailed,
  IdentityVerified,
  SpokespersonId,
  SpokespersonNamed,
  VulnerabilityFlagged,
} from './standing-events.ts'
import { ended, endsOn, isSameReach, type Stood } from './stood.ts'

export { type Contact, isToReview } from './contact-state.ts'

/** A phone, e-mail or address. */
export interface Datum {
  readonly added: ContactDatumAdded
  /** The last day on which it was known to be theirs, by whatever told so. */
  readonly confirmedOn?: Day | undefined
  /** The days on which it was known by their own use, their word or the database: of a day that is past only those before it count. */
  readonly seenOn: readonly Day[]
  /** Mail came back from it on this day, and nobody has confirmed it since. */
  readonly returnedOn?: Day | undefined
  readonly retired?: ContactDatumRetired | undefined
}

export interface PersonState {
  readonly person?: PersonOpened | undefined
  readonly accounts: ReadonlyMap<AccountId, PersonAccountNamed>
  readonly language?: string | undefined
  readonly data: ReadonlyMap<DatumId, Datum>
  /** In the order in which they were said. */
  readonly consents: readonly (ConsentGranted | ConsentRevoked)[]
  readonly callbacks: readonly { readonly accountId: AccountId; readonly at: Instant }[]
  readonly inconveniences: ReadonlyMap<InconvenienceId, Stood<InconvenienceDeclared>>
  readonly ceases: readonly Stood<CeaseRecorded>[]
  readonly attorneys: readonly Stood<AttorneyRecorded>[]
  readonly restrictions: readonly Stood<ChannelRestricted>[]
  readonly vulnerabilities: readonly Stood<VulnerabilityFlagged>[]
  readonly complaints: ReadonlyMap<ComplaintId, { readonly event: ComplaintLogged; readonly answeredOn?: Day }>
  readonly spokespersons: ReadonlyMap<SpokespersonId, Stood<SpokespersonNamed>>
  readonly identityChecks: ReadonlyMap<IdentityCheckId, IdentityVerified | IdentityVerificationFailed>
  readonly contacts: ReadonlyVersionedMap<ContactId, Contact>
  readonly likenesses: ReadonlyMap<PersonId, Likeness>
  readonly group?: OfGroup | undefined
  readonly skipTraces: ReadonlyMap<SkipTraceId, SkipTrace>
}

export const newPerson: PersonState = {
  accounts: new Map(),
  data: new Map(),
  consents: [],
  callbacks: [],
  inconveniences: new Map(),
  ceases: [],
  attorneys: [],
  restrictions: [],
  vulnerabilities: [],
  complaints: new Map(),
  spokespersons: new Map(),
  identityChecks: new Map(),
  contacts: new VersionedMap(),
  likenesses: new Map(),
  skipTraces: new Map(),
}

type Builder = { -readonly [K in keyof PersonState]: PersonState[K] } & {
  contacts: VersionedMap<ContactId, Contact>
}

const put = <K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> => new Map(map).set(key, value)

const changed = <K, V>(map: ReadonlyMap<K, V>, key: K, change: (value: V) => V): ReadonlyMap<K, V> => {
  const value = map.get(key)
  return value === undefined ? map : put(map, key, change(value))
}

const latest = (a: Day | undefined, b: Day): Day => (a === undefined ? b : maxDay(a, b))

const evolve: { readonly [E in PersonEvent as E['type']]: (builder: Builder, event: E) => void } = {
  PersonOpened: (builder, event) => {
    builder.person = event
  },
  PersonAccountNamed: (builder, event) => {
    builder.accounts = put(builder.accounts, event.accountId, event)
  },
  PersonAccountEnded: (builder, { accountId }) => {
    builder.accounts = new Map([...builder.accounts].filter(([id]) => id !== accountId))
  },
  LanguageNeeded: (builder, { language }) => {
    builder.language = language
  },
  ContactDatumAdded: (builder, event) => {
    const confirmedOn = event.source === 'person' ? event.effectiveDate : undefined
    const seenOn = confirmedOn === undefined ? [] : [confirmedOn]
    builder.data = put(builder.data, event.datumId, { added: event, confirmedOn, seenOn })
  },
  ContactDatumConfirmed: (builder, { datumId, by, effectiveDate }) => {
    builder.data = changed(builder.data, datumId, (datum) => ({
      ...datum,
      confirmedOn: latest(datum.confirmedOn, effectiveDate),
      seenOn: by === 'mail' ? datum.seenOn : [...datum.seenOn, effectiveDate],
      returnedOn: datum.returnedOn !== undefined && effectiveDate < datum.returnedOn ? datum.returnedOn : undefined,
    }))
  },
  ContactDatumRetired: (builder, event) => {
    builder.data = changed(builder.data, event.datumId, (datum) => ({ ...datum, retired: event }))
  },
  ReturnedMailRecorded: (builder, { datumId, effectiveDate }) => {
    builder.data = changed(builder.data, datumId, (datum) =>
      datum.confirmedOn !== undefined && effectiveDate < datum.confirmedOn
        ? datum
        : { ...datum, returnedOn: latest(datum.returnedOn, effectiveDate) },
    )
  },
  ConsentGranted: (builder, event) => {
    builder.consents = [...builder.consents, event]
  },
  ConsentRevoked: (builder, event) => {
    builder.consents = [...builder.consents, event]
  },
  CallbackRequested: (builder, { accountId, at }) => {
    builder.callbacks = [...builder.callbacks, { accountId, at }]
  },
  InconvenienceDeclared: (builder, event) => {
    builder.inconveniences = put(builder.inconveniences, event.inconvenienceId, { event })
  },
  InconvenienceWithdrawn: (builder, { inconvenienceId, effectiveDate }) => {
    builder.inconveniences = changed(builder.inconveniences, inconvenienceId, (each) => ({
      ...each,
      until: effectiveDate,
    }))
  },
  CeaseRecorded: (builder, event) => {
    builder.ceases = [...builder.ceases, { event }]
  },
  CeaseWithdrawn: (builder, { effectiveDate }) => {
    builder.ceases = ended(builder.ceases, effectiveDate)
  },
  AttorneyRecorded: (builder, event) => {
    builder.attorneys = [...builder.attorneys, { event }]
  },
  AttorneyReleased: (builder, { accounts, effectiveDate }) => {
    builder.attorneys = builder.attorneys.map((each) =>
      endsOn(each, effectiveDate) && (accounts === undefined || isSameReach(each.event.accounts, accounts))
        ? { ...each, until: effectiveDate }
        : each,
    )
  },
  ChannelRestricted: (builder, event) => {
    builder.restrictions = [...ended(builder.restrictions, event.effectiveDate), { event }]
  },
  ChannelRestrictionEnded: (builder, { effectiveDate }) => {
    builder.restrictions = ended(builder.restrictions, effectiveDate)
  },
  VulnerabilityFlagged: (builder, event) => {
    builder.vulnerabilities = [...builder.vulnerabilities, { event }]
  },
  VulnerabilityEnded: (builder, { effectiveDate }) => {
    builder.vulnerabilities = ended(builder.vulnerabilities, effectiveDate)
  },
  ComplaintLogged: (builder, event) => {
    builder.complaints = put(builder.complaints, event.complaintId, { event })
  },
  ComplaintAnswered: (builder, { complaintId, effectiveDate }) => {
    builder.complaints = changed(builder.complaints, complaintId, (each) => ({ ...each, answeredOn: effectiveDate }))
  },
  SpokespersonNamed: (builder, event) => {
    builder.spokespersons = put(builder.spokespersons, event.spokespersonId, { event })
  },
  SpokespersonEnded: (builder, { spokespersonId, effectiveDate }) => {
    builder.spokespersons = changed(builder.spokespersons, spokespersonId, (each) => ({
      ...each,
      until: effectiveDate,
    }))
  },
  IdentityVerified: (builder, event) => {
    builder.identityChecks = put(builder.identityChecks, event.identityCheckId, event)
  },
  IdentityVerificationFailed: (builder, event) => {
    builder.identityChecks = put(builder.identityChecks, event.identityCheckId, event)
  },
  ...evolveContacts,
  ...evolveLikenesses,
  ...evolveSkipTraces,
}

/** Folds events onto a state; the given state stays as it is. */
export const foldPerson = (state: PersonState, events: readonly PersonEvent[]): PersonState => {
  if (events.length === 0) return state
  const builder: Builder = { ...state, contacts: state.contacts.next() }
  for (const event of events) (evolve[event.type] as (builder: Builder, event: PersonEvent) => void)(builder, event)
  return builder
}
