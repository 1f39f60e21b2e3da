import type { PersonEvent } from '@daybook/core/person'
import { dayNumber } from './zones.ts'

// What the book says was said of one person and what happened to them, in plain lists. Nothing is decided here.

/** Something that stands from an instant, or from the begin of a day, until the begin of another. */
export interface Stands<T> {
  readonly what: T
  readonly day: number
  readonly at?: number
  until?: number
}

export interface OnFile {
  readonly datum: string
  readonly kind: string
  readonly value: string
  readonly place: string
  readonly line?: string | undefined
  readonly state?: string | undefined
  /** The zone that somebody knows it to be in. */
  readonly zone?: string | undefined
  readonly from: number
  retired?: number
  /** Days on which it was known to be theirs by their own use, by their word or the database. */
  readonly seen: number[]
  readonly confirmed: number[]
  /** The day of mail that came back and that nothing has put right since. */
  returned?: number | undefined
}

/** One contact: what was begun and what was reported under the same id are one. */
export interface Reached {
  readonly contact: string
  readonly account: string
  at: number
  datum?: string | undefined
  isCall: boolean
  /** It did not connect, or was a call to an attorney. */
  isFree: boolean
  talkedAt?: number | undefined
}

export interface Told {
  /** The accounts that they stand behind. */
  readonly accounts: Set<string>
  readonly data: Map<string, OnFile>
  readonly consents: {
    readonly granted: boolean
    readonly channel: string
    readonly datum: string
    readonly scope: string
    readonly day: number
    readonly at?: number
  }[]
  readonly wishes: { readonly account: string; readonly at: number }[]
  readonly times: Map<
    string,
    Stands<{ readonly from: number; readonly until: number; readonly days?: readonly number[] }>
  >
  readonly places: Map<string, Stands<string>>
  readonly media: Map<string, Stands<string>>
  readonly ceases: Stands<true>[]
  readonly attorneys: Stands<readonly string[] | undefined>[]
  readonly confidential: Stands<string>[]
  readonly vulnerable: Stands<true>[]
  readonly contacts: Map<string, Reached>
  readonly speakers: Map<string, Stands<{ readonly as: string; readonly accounts?: readonly string[] | undefined }>>
  readonly checks: Map<string, { readonly as: string; readonly at: number; readonly matched: number }>
  /** What the file says of whom they are one with. */
  group?: string | undefined
}

export const nothingTold = (): Told => ({
  accounts: new Set(),
  data: new Map(),
  consents: [],
  wishes: [],
  times: new Map(),
  places: new Map(),
  media: new Map(),
  ceases: [],
  attorneys: [],
  confidential: [],
  vulnerable: [],
  contacts: new Map(),
  speakers: new Map(),
  checks: new Map(),
})

const from = <T>(what: T, effectiveDate: string, at: string | undefined): Stands<T> => ({
  what,
  day: dayNumber(effectiveDate),
  ...(at === undefined ? {} : { at: Date.parse(at) }),
})

const end = <T>(all: Iterable<Stands<T>>, effectiveDate: string, which: (what: T) => boolean = () => true): void => {
  const day = dayNumber(effectiveDate)
  for (const each of all) if (each.until === undefined && each.day <= day && which(each.what)) each.until = day
}

/** Calls that the person answered, or somebody took for them: reference §4.2, a conversation about the debt. */
const talks: ReadonlySet<string> = new Set([
  'rightParty',
  'refused',
  'hungUp',
  'promise',
  'dispute',
  'inquiry',
  'assistanceRequest',
  'callbackScheduled',
  'attorney',
  'deceased',
  'bankruptcy',
  'ceaseRequest',
  'languageNeeded',
])

const sameAccounts = (a: readonly string[] | undefined, b: readonly string[] | undefined): boolean =>
  [...(a ?? [])].sort().join() === [...(b ?? [])].sort().join()

/** Takes down one event. */
export const hear = (told: Told, event: PersonEvent): void => {
  const { effectiveDate } = event
  const day = dayNumber(effectiveDate)
  switch (event.type) {
    case 'ContactDatumAdded': {
      const { datumId: datum, kind, value, place, line, state, zone, source } = event
      const seen = source === 'person' ? [day] : []
      const text = typeof value === 'string' ? value : ''
      told.data.set(datum, {
        datum,
        kind,
        value: text,
        place,
        line,
        state,
        zone,
        from: day,
        seen,
        confirmed: [...seen],
      })
      return
    }
    case 'ContactDatumConfirmed': {
      const on = told.data.get(event.datumId)
      if (!on) return
      if (event.by !== 'mail') on.seen.push(day)
      on.confirmed.push(day)
      if (on.returned !== undefined && day >= on.returned) on.returned = undefined
      return
    }
    case 'ReturnedMailRecorded': {
      const on = told.data.get(event.datumId)
      if (on?.confirmed.every((each) => each <= day)) on.returned = Math.max(on.returned ?? 0, day)
      return
    }
    case 'ContactDatumRetired': {
      const on = told.data.get(event.datumId)
      if (on) on.retired = day
      return
    }
    case 'ConsentGranted':
    case 'ConsentRevoked': {
      const { channel, datumId: datum, scope, at } = event
      const said = { granted: event.type === 'ConsentGranted', channel, datum, scope, day }
      told.consents.push({ ...said, ...(at === undefined ? {} : { at: Date.parse(at) }) })
      return
    }
    case 'CallbackRequested':
      told.wishes.push({ account: event.accountId, at: Date.parse(event.at) })
      return
    case 'InconvenienceDeclared': {
      const { inconvenienceId: id, what, at } = event
      if (what.kind === 'place') told.places.set(id, from(what.place, effectiveDate, at))
      if (what.kind === 'medium') told.media.set(id, from(what.medium, effectiveDate, at))
      if (what.kind !== 'time') return
      const window = { from: what.from, until: what.until, ...(what.days ? { days: what.days } : {}) }
      told.times.set(id, from(window, effectiveDate, at))
      return
    }
    case 'InconvenienceWithdrawn':
      for (const each of [told.times, told.places, told.media]) {
        const found = each.get(event.inconvenienceId)
        if (found) found.until = day
      }
      return
    case 'CeaseRecorded':
      told.ceases.push(from(true as const, effectiveDate, event.at))
      return
    case 'CeaseWithdrawn':
      end(told.ceases, effectiveDate)
      return
    case 'AttorneyRecorded':
      told.attorneys.push(from(event.accounts, effectiveDate, event.at))
      return
    case 'AttorneyReleased':
      end(told.attorneys, effectiveDate, (accounts) => !event.accounts || sameAccounts(accounts, event.accounts))
      return
    case 'ChannelRestricted':
      end(told.confidential, effectiveDate)
      told.confidential.push(from(event.datumId as string, effectiveDate, event.at))
      return
    case 'ChannelRestrictionEnded':
      end(told.confidential, effectiveDate)
      return
    case 'VulnerabilityFlagged':
      told.vulnerable.push(from(true as const, effectiveDate, undefined))
      return
    case 'VulnerabilityEnded':
      end(told.vulnerable, effectiveDate)
      return
    case 'SpokespersonNamed': {
      const { as, accounts, spokespersonId } = event
      told.speakers.set(spokespersonId, from({ as, accounts }, effectiveDate, undefined))
      return
    }
    case 'SpokespersonEnded': {
      const found = told.speakers.get(event.spokespersonId)
      if (found) found.until = day
      return
    }
    case 'IdentityVerified':
    case 'IdentityVerificationFailed':
      told.checks.set(event.identityCheckId, {
        as: event.as,
        at: Date.parse(event.at),
        matched: new Set(event.matched).size,
      })
      return
    case 'PersonAccountNamed':
      told.accounts.add(event.accountId)
      return
    case 'PersonAccountEnded':
      told.accounts.delete(event.accountId)
      return
    case 'PersonGrouped':
      told.group = event.groupId
      return
    case 'PersonUngrouped':
      told.group = undefined
      return
    case 'ContactBegun':
    case 'CallAttempted':
    case 'ContactMade':
      reach(told, event)
      return
    default:
  }
}

type Call = Extract<PersonEvent, { type: 'ContactBegun' | 'CallAttempted' | 'ContactMade' }>

const reach = (told: Told, event: Call): void => {
  const { contactId: contact, accountId: account, with: other } = event
  const before = told.contacts.get(contact)
  const at = Date.parse(event.at)
  const one = { contact, account, at, datum: event.datumId }
  // Of whoever is said to have been called: the person's own number is theirs.
  const isTheirs = other !== 'attorney' || event.datumId !== undefined
  const isWithThem = other !== 'attorney' && other !== 'thirdParty'
  if (event.type === 'ContactBegun') {
    const isCall = event.medium === 'call' || event.medium === 'autodialedCall' || event.medium === 'prerecordedCall'
    told.contacts.set(contact, { ...one, isCall, isFree: !isTheirs })
    return
  }
  if (event.type === 'CallAttempted') {
    const isFree = !isTheirs || event.outcome === 'busy' || event.outcome === 'disconnected'
    const talkedAt = talks.has(event.outcome) && isWithThem ? at : before?.talkedAt
    told.contacts.set(contact, { ...one, isCall: true, isFree, talkedAt })
    return
  }
  const isByPhone = event.medium === 'call'
  const talkedAt = isByPhone && isWithThem ? at : before?.talkedAt
  const isOurs = before?.isCall ?? (isByPhone && event.direction === 'outbound')
  told.contacts.set(contact, { ...one, isCall: isOurs, isFree: before ? before.isFree : !isTheirs, talkedAt })
}
