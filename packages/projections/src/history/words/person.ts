import { clearText, type EncryptedLeaf, type Instant, type Of } from '@daybook/core/kernel'
import type { ContactAttempt, DatumId, PersonEvent, PersonState, SpokespersonId } from '@daybook/core/person'
import { because, listed } from '../tell.ts'

/** How the words of an event of a person name what it speaks of. */
export interface TellPerson {
  /** `mobile phone +16125550101` */
  readonly datum: (id: DatumId | undefined) => string
  readonly spokesperson: (id: SpokespersonId) => string
  readonly text: (leaf: string | EncryptedLeaf | undefined) => string
}

/** A sentence for everything that can happen between a person and the practice: all of it, or it does not compile. */
type PersonWords = { readonly [K in PersonEvent['type']]: (event: Of<PersonEvent, K>, tell: TellPerson) => string }

/** Names things by the state at the end of the history that is shown. */
export const tellOfPerson = (state: PersonState): TellPerson => ({
  datum: (id) => {
    if (id === undefined) return 'a way that is not on file'
    const added = state.data.get(id)?.added
    return added ? `${added.place} ${added.kind} ${clearText(added.value)}` : `datum ${id}`
  },
  spokesperson: (id) => {
    const named = state.spokespersons.get(id)
    return named ? clearText(named.event.name) : `spokesperson ${id}`
  },
  text: (leaf) => clearText(leaf),
})

/** `2026-03-04 18:00 UTC` */
const time = (at: Instant): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`
const when = (at: Instant | undefined): string => (at === undefined ? '' : `, ${time(at)}`)

/** `callBack` as `call back`. */
const spelled = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

const inconvenient = (what: Of<PersonEvent, 'InconvenienceDeclared'>['what']): string => {
  switch (what.kind) {
    case 'time': {
      const days = what.days ? ` on ${listed(what.days.map((day) => weekdays[day] ?? String(day)))}` : ''
      return `from ${clock(what.from)} until ${clock(what.until)} by their clocks${days}`
    }
    case 'place':
      return `at ${what.place}${what.because === 'employer' ? ', which the employer forbids' : ''}`
    case 'medium':
      return `by ${spelled(what.medium)}`
  }
}

/** What every contact says of itself: for what, with whom, when, about which account, and what stood against it. */
const told = (event: ContactAttempt): string => {
  const to = event.with === 'person' ? '' : ` with ${spelled(event.with)}`
  const aim = event.purpose === 'collect' ? '' : ` (${spelled(event.purpose)})`
  const asked =
    event.location === undefined
      ? ''
      : `, of ${event.location.of}${event.location.said === undefined ? '' : ` (said: ${listed(event.location.said.map(spelled))})`}`
  const against = 'against' in event && event.against.length > 0 ? `; against it stood ${listed(event.against)}` : ''
  return `${to}${aim}${asked}, about account ${event.accountId}, ${time(event.at)}${against}`
}

const remark = (text: string): string => because(text)
const accounts = (ids: readonly string[] | undefined): string => (ids ? ` about account ${listed(ids)}` : '')

export const personWords: PersonWords = {
  PersonOpened: ({ name }, { text }) => `Known to the practice${name === undefined ? '' : ` as ${text(name)}`}`,
  PersonAccountNamed: ({ accountId, role }) => `Stands behind account ${accountId} as ${spelled(role)}`,
  PersonAccountEnded: ({ accountId }) => `Does not stand behind account ${accountId} any more`,
  LanguageNeeded: ({ language }) => `Needs to be spoken to in ${language}`,
  PersonLikenessHinted: ({ otherId, by }) => `May be the same as person ${otherId}, by ${listed(by.map(spelled))}`,
  PersonLikenessJudged: ({ otherId, same }) =>
    same ? `Is one human being with person ${otherId}` : `Is not person ${otherId}`,
  PersonGrouped: ({ groupId }) => `Counts as one with others from now on, group ${groupId}`,
  PersonUngrouped: ({ groupId }) => `Counts alone again, out of group ${groupId}`,
  SkipTraceStarted: (event, { datum, text }) =>
    `Is looked for: ${spelled(event.because)}${event.datumId === undefined ? '' : `, ${datum(event.datumId)}`}${remark(text(event.note))}`,
  SkipTraceStepTaken: (event, { datum, text }) =>
    `Looked for in ${spelled(event.source)}: ${event.found.length === 0 ? 'nothing found' : `found ${listed(event.found.map((id) => datum(id)))}`}${remark(text(event.note))}`,
  SkipTraceClosed: (event, { text }) => `No longer looked for: ${spelled(event.outcome)}${remark(text(event.note))}`,
  ContactDatumAdded: (event, { text }) =>
    `On file: ${event.place} ${event.kind} ${text(event.value)}, from ${spelled(event.source)}`,
  ContactDatumConfirmed: ({ datumId, by }, { datum }) => `Still theirs, by ${by}: ${datum(datumId)}`,
  ContactDatumRetired: (event, { datum }) => `Used no more, ${spelled(event.because)}: ${datum(event.datumId)}`,
  ReturnedMailRecorded: ({ datumId }, { datum }) => `Mail came back from ${datum(datumId)}`,
  ConsentGranted: (event, { datum }) =>
    `Agreed to ${spelled(event.channel)} for ${event.scope} at ${datum(event.datumId)}, by ${spelled(event.source)}${when(event.at)}`,
  ConsentRevoked: (event, { datum }) =>
    `No longer agrees to ${spelled(event.channel)} for ${event.scope} at ${datum(event.datumId)}, by ` +
    `${spelled(event.means)}${when(event.at)}; to be honoured by ${event.honourBy}`,
  CallbackRequested: ({ accountId, at }) => `Asked to be called back about account ${accountId}, ${time(at)}`,
  InconvenienceDeclared: ({ what, at }) => `Is not to be reached ${inconvenient(what)}${when(at)}`,
  InconvenienceWithdrawn: () => 'What was inconvenient is so no more',
  CeaseRecorded: ({ written, at }) =>
    `Wants no more contact, ${written ? 'in writing' : 'by word of mouth'}${when(at)}`,
  CeaseWithdrawn: () => 'Wants to be reached again',
  AttorneyRecorded: (event, { text }) =>
    `Is represented by ${text(event.name)}${event.reach ? `, ${text(event.reach)}` : ''}${accounts(event.accounts)}${when(event.at)}`,
  AttorneyReleased: (event) => `May be reached again beside the attorney: ${spelled(event.because)}`,
  ChannelRestricted: ({ datumId, at }, { datum }) => `Everything goes to ${datum(datumId)} and nowhere else${when(at)}`,
  ChannelRestrictionEnded: () => 'May be reached in every way again',
  VulnerabilityFlagged: ({ kind, note }, { text }) => `To be treated with care: ${spelled(kind)}${remark(text(note))}`,
  VulnerabilityEnded: () => 'The need for care is taken back',
  ComplaintLogged: (event, { text }) =>
    `Complains of ${event.topic}${accounts(event.accountId ? [event.accountId] : undefined)}${remark(text(event.about))}; to be answered by ${event.answerBy}`,
  ComplaintAnswered: ({ answer }, { text }) => `The complaint was answered${remark(text(answer))}`,
  SpokespersonNamed: (event, { text }) =>
    `${text(event.name)} may be spoken to as ${spelled(event.as)}, by ${spelled(event.by)}${accounts(event.accounts)}`,
  SpokespersonEnded: ({ spokespersonId }, { spokesperson }) =>
    `${spokesperson(spokespersonId)} may be spoken to no more`,
  IdentityVerified: (event) =>
    `Verified as ${spelled(event.as)} by ${listed(event.matched.map(spelled))}, ${time(event.at)}`,
  IdentityVerificationFailed: (event, { text }) =>
    `Not verified as ${spelled(event.as)}: ${event.matched.length} of two matched, ${time(event.at)}; nothing was told${remark(text(event.note))}`,
  ContactBegun: (event, { datum }) =>
    `About to be reached by ${spelled(event.medium)}, ${datum(event.datumId)}${told(event)}`,
  CallAttempted: (event, { datum, text }) =>
    `Called (${spelled(event.medium)}), ${datum(event.datumId)}: ${spelled(event.outcome)}${told(event)}${remark(text(event.note))}`,
  ContactMade: (event, { text }) => {
    const commitment = event.commitment === undefined ? '' : `; they will ${text(event.commitment)}`
    const next = event.nextStep === undefined ? '' : `; next: ${text(event.nextStep)}`
    const said = event.discussed ? 'spoke of the account' : 'spoke, nothing of the account was told'
    return `${event.direction === 'inbound' ? 'They came to us' : 'Reached'} (${event.medium}), ${said}${told(event)}: ${text(event.summary)}${commitment}${next}`
  },
  MessageSent: (event, { datum }) => {
    const level = event.letterLevel > 0 ? `, level ${event.letterLevel}` : ''
    return `Sent by ${event.medium}${event.template ? ` (${event.template})` : ''}${level} to ${datum(event.datumId)}${told(event)}`
  },
  ContactReviewed: ({ note }, { text }) => `Somebody has looked at a contact: ${text(note)}`,
  VisitMade: (event, { text }) =>
    `Visited, ${event.met ? 'met' : 'nobody met'}${told(event)}${remark(text(event.note))}`,
}
