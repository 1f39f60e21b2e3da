import { addDays, type Day, type Instant } from '../../kernel/day.ts'
import { dataFor } from '../../person/gate-facts.ts'
import { openSkipTrace, type PersonCommand, type PersonCommandInput, type PersonState } from '../../person/index.ts'
import type { Random } from '../random.ts'

// A way for every command on a person, good and bad: one that is missing does not compile, so no law can fail to meet it.

/** What a generator sees: the file, the other file of the book, when it is, and how many commands were given. */
export interface PersonMoment {
  readonly state: PersonState
  readonly other: string
  readonly now: Instant
  readonly today: Day
  readonly number: number
}
type Type = PersonCommand['type']
type Make<T extends Type> = (random: Random, moment: PersonMoment) => Extract<PersonCommandInput, { type: T }>

const accounts = ['a1', 'a1', 'a2', 'a9'] as const
const account = (random: Random) => random.pick(accounts)
const some = (random: Random, known: Iterable<string>, unknown: string): string => {
  const all = [...known]
  return all.length === 0 || random.oneIn(12) ? unknown : random.pick(all)
}
const datum = (random: Random, { state }: PersonMoment) => some(random, state.data.keys(), 'd-unknown')
const phones = (random: Random, moment: PersonMoment) =>
  some(
    random,
    dataFor(moment.state, 'call', moment.today).map(({ added }) => added.datumId),
    'd-unknown',
  )
const day = (random: Random, { today }: PersonMoment): Day => addDays(today, -random.pick([0, 0, 0, 1, 9]))
const sayingAt = (random: Random, { now }: PersonMoment) => (random.oneIn(2) ? { at: now } : {})
/** Another is asked where the person is. */
const askingOthers = (random: Random) => ({
  purpose: 'location' as const,
  with: 'thirdParty' as const,
  location: {
    of: random.pick(['n-1', 'n-2']),
    ...(random.oneIn(4) ? { again: random.pick(['asked', 'incomplete'] as const) } : {}),
    ...(random.oneIn(3)
      ? {}
      : { said: ['ownName' as const, 'confirming' as const, ...(random.oneIn(3) ? ['debt' as const] : [])] }),
  },
})
const reach = (random: Random, moment: PersonMoment) => ({
  account: account(random),
  ...(random.oneIn(10) ? askingOthers(random) : reachingPerson(random, moment)),
})
const reachingPerson = (random: Random, moment: PersonMoment) => ({
  ...(random.oneIn(8) ? {} : { datum: phones(random, moment) }),
  ...(random.oneIn(6) ? { with: random.pick(['spouse', 'attorney', 'thirdParty'] as const) } : {}),
  ...(random.oneIn(5) ? { purpose: random.pick(['answer', 'ceaseNotice', 'requiredNotice'] as const) } : {}),
})
const begun = ({ state }: PersonMoment) => [...state.contacts.keys()]
const reported = (random: Random, moment: PersonMoment) =>
  random.oneIn(3) ? { contact: some(random, begun(moment), `c${moment.number}`) } : {}
/** Who was asked today for what only the person knows. */
const todaysChecks = ({ state, today }: PersonMoment): readonly string[] =>
  [...state.identityChecks.values()].flatMap(({ identityCheckId, effectiveDate }) =>
    effectiveDate === today ? [identityCheckId] : [],
  )
const values = ['612-555-0101', '612-555-0102', '212-555-0103', '808-555-0104', 'not a number'] as const
const states = ['MN', 'MN', 'MA', 'HI', 'AZ'] as const
const said = 'said so'

const found = (random: Random, { number }: PersonMoment, n = 0) => {
  const kind = random.pick(['phone', 'phone', 'address', 'email'] as const)
  const named = { datum: `d${number}-${n}`, place: random.pick(['home', 'mobile', 'work'] as const) }
  if (kind === 'phone') {
    return { ...named, kind, value: random.pick(values), line: random.pick(['mobile', 'landline'] as const) }
  }
  if (kind === 'email') return { ...named, kind, value: random.pick(['jo@roe.example', 'ro@roe.example']) }
  return { ...named, kind, value: random.pick(['1 Main St', '2 Main St']), state: random.pick(states) }
}

const window = (random: Random) => {
  const from = random.int(0, 1_400)
  return { kind: 'time' as const, from, until: from + random.int(1, 1_440 - from) }
}

export const personWays: { readonly [T in Type]: { readonly make: Make<T>; readonly often: number } } = {
  AnswerComplaint: {
    often: 3,
    make: (random, moment) => ({
      type: 'AnswerComplaint',
      on: moment.today,
      complaint: some(random, moment.state.complaints.keys(), 'k-unknown'),
      answer: said,
    }),
  },
  BeginContact: {
    often: 12,
    make: (random, moment) => ({
      type: 'BeginContact',
      ...reach(random, moment),
      medium: random.pick(['call', 'call', 'text', 'email', 'mail', 'visit', 'prerecordedCall'] as const),
      ...(random.oneIn(4) ? { letterLevel: random.int(0, 3) } : {}),
    }),
  },
  CheckIdentity: {
    often: 6,
    make: (random, moment) => ({
      type: 'CheckIdentity',
      check: `i${moment.number}`,
      matched: random.oneIn(2) ? ['name', 'born'] : ['name'],
    }),
  },
  CloseSkipTrace: {
    often: 3,
    make: (random, moment) => ({
      type: 'CloseSkipTrace',
      on: day(random, moment),
      skipTrace: openSkipTrace(moment.state)?.started.skipTraceId ?? 's-unknown',
      outcome: random.pick(['found', 'notFound'] as const),
    }),
  },
  ConfirmDatum: {
    often: 3,
    make: (random, moment) => ({
      type: 'ConfirmDatum',
      on: day(random, moment),
      datum: datum(random, moment),
      by: random.pick(['used', 'asked', 'database', 'mail'] as const),
    }),
  },
  DeclareInconvenience: {
    often: 3,
    make: (random, moment) => ({
      type: 'DeclareInconvenience',
      on: moment.today,
      inconvenience: `n${moment.number}`,
      what: random.pick([
        window(random),
        { kind: 'place' as const, place: 'work' as const, because: 'employer' as const },
        { kind: 'medium' as const, medium: random.pick(['call', 'text', 'email'] as const) },
      ]),
      ...sayingAt(random, moment),
    }),
  },
  EndAccount: {
    often: 2,
    make: (random, moment) => ({ type: 'EndAccount', on: moment.today, account: account(random), reason: said }),
  },
  EndConfidentialChannel: {
    often: 4,
    make: (_random, { today }) => ({ type: 'EndConfidentialChannel', on: today, reason: said }),
  },
  EndSpokesperson: {
    often: 3,
    make: (random, { state, today }) => ({
      type: 'EndSpokesperson',
      on: today,
      spokesperson: some(random, state.spokespersons.keys(), 'sp-unknown'),
      reason: said,
    }),
  },
  EndVulnerability: { often: 4, make: (_random, { today }) => ({ type: 'EndVulnerability', on: today, reason: said }) },
  FlagVulnerability: {
    often: 2,
    make: (random, { today }) => ({
      type: 'FlagVulnerability',
      on: today,
      kind: random.pick(['illness', 'language'] as const),
    }),
  },
  GrantConsent: {
    often: 4,
    make: (random, moment) => ({
      type: 'GrantConsent',
      on: moment.today,
      datum: phones(random, moment),
      channel: random.pick(['text', 'text', 'call', 'email', 'prerecordedCall'] as const),
      scope: random.pick(['billing', 'all', 'marketing'] as const),
      source: 'form',
      ...sayingAt(random, moment),
    }),
  },
  HintLikePerson: {
    often: 2,
    make: (random, { today, other }) => ({
      type: 'HintLikePerson',
      on: today,
      other,
      by: random.pick([['nameAndBirth' as const], ['phone' as const, 'email' as const]]),
    }),
  },
  JudgeLikePerson: {
    often: 3,
    make: (random, { today, other }) => ({
      type: 'JudgeLikePerson',
      on: today,
      other,
      same: !random.oneIn(3),
      reason: said,
    }),
  },
  LeaveGroup: { often: 2, make: (_random, { today }) => ({ type: 'LeaveGroup', on: today, reason: said }) },
  NameAccount: {
    often: 4,
    make: (random, { today }) => ({
      type: 'NameAccount',
      on: today,
      account: account(random),
      role: random.pick(['guarantor', 'spouse'] as const),
    }),
  },
  NameSpokesperson: {
    often: 3,
    make: (random, { today, number }) => ({
      type: 'NameSpokesperson',
      on: today,
      spokesperson: `sp${number}`,
      as: random.pick(['spouse', 'guardian'] as const),
      name: 'Sam Roe',
      by: 'person',
    }),
  },
  NoteLanguage: {
    often: 2,
    make: (random, { today }) => ({ type: 'NoteLanguage', on: today, language: random.pick(['so', 'es']) }),
  },
  OpenPerson: { often: 1, make: (_random, { today }) => ({ type: 'OpenPerson', on: today, personId: 'p9' }) },
  RecordAttorney: {
    often: 2,
    make: (random, moment) => ({
      type: 'RecordAttorney',
      on: moment.today,
      name: 'A. Torney',
      ...(random.oneIn(2) ? { accounts: ['a1'] } : {}),
      ...sayingAt(random, moment),
    }),
  },
  RecordCallAttempt: {
    often: 10,
    make: (random, moment) => ({
      type: 'RecordCallAttempt',
      ...reach(random, moment),
      ...reported(random, moment),
      outcome: random.pick(['noAnswer', 'noAnswer', 'busy', 'rightParty', 'wrongNumber', 'disconnected'] as const),
    }),
  },
  RecordCease: {
    often: 1,
    make: (random, moment) => ({
      type: 'RecordCease',
      on: moment.today,
      written: random.oneIn(2),
      ...sayingAt(random, moment),
    }),
  },
  RecordComplaint: {
    often: 2,
    make: (random, { today, number }) => ({
      type: 'RecordComplaint',
      on: today,
      complaint: `k${number}`,
      topic: random.pick(['calls', 'billing'] as const),
      about: said,
    }),
  },
  RecordConversation: {
    often: 5,
    make: (random, moment) => ({
      type: 'RecordConversation',
      ...reach(random, moment),
      ...reported(random, moment),
      direction: random.pick(['inbound', 'outbound'] as const),
      discussed: random.oneIn(2),
      ...(random.oneIn(2) ? {} : { check: some(random, todaysChecks(moment), 'i-unknown') }),
      summary: said,
    }),
  },
  RecordDatum: {
    often: 6,
    make: (random, moment) => ({
      type: 'RecordDatum',
      on: day(random, moment),
      source: random.pick(['person', 'append', 'payer'] as const),
      ...found(random, moment),
    }),
  },
  RecordMessage: {
    often: 4,
    make: (random, moment) => ({
      type: 'RecordMessage',
      ...reach(random, moment),
      ...reported(random, moment),
      medium: random.pick(['text', 'email', 'mail'] as const),
      letterLevel: random.int(0, 3),
      optOutOffered: !random.oneIn(4),
    }),
  },
  RecordReturnedMail: {
    often: 1,
    make: (random, moment) => ({
      type: 'RecordReturnedMail',
      on: day(random, moment),
      datum: datum(random, moment),
    }),
  },
  RecordSkipTraceStep: {
    often: 3,
    make: (random, moment) => ({
      type: 'RecordSkipTraceStep',
      on: day(random, moment),
      skipTrace: openSkipTrace(moment.state)?.started.skipTraceId ?? 's-unknown',
      source: random.pick(['ncoa', 'append', 'creditHeader'] as const),
      found: random.pick([[], [found(random, moment)], [found(random, moment, 1), found(random, moment, 2)]]),
    }),
  },
  RecordVisit: {
    often: 1,
    make: (random, moment) => ({
      type: 'RecordVisit',
      ...reach(random, moment),
      ...reported(random, moment),
      met: random.oneIn(2),
    }),
  },
  ReleaseAttorney: {
    often: 4,
    make: (random, { today }) => ({
      type: 'ReleaseAttorney',
      on: today,
      because: random.pick(['ended', 'unresponsive'] as const),
      reason: said,
    }),
  },
  RequestCallback: {
    often: 2,
    make: (random) => ({ type: 'RequestCallback', account: account(random) }),
  },
  RetireDatum: {
    often: 1,
    make: (random, moment) => ({
      type: 'RetireDatum',
      on: day(random, moment),
      datum: datum(random, moment),
      because: random.pick(['moved', 'reassigned', 'mistake'] as const),
    }),
  },
  ReviewContact: {
    often: 3,
    make: (random, moment) => ({
      type: 'ReviewContact',
      on: moment.today,
      contact: some(random, begun(moment), 'c-unknown'),
      note: said,
    }),
  },
  RevokeConsent: {
    often: 2,
    make: (random, moment) => ({
      type: 'RevokeConsent',
      on: moment.today,
      datum: phones(random, moment),
      channel: random.pick(['text', 'call', 'email'] as const),
      scope: random.pick(['billing', 'all'] as const),
      means: 'stopWord',
      ...sayingAt(random, moment),
    }),
  },
  SetConfidentialChannel: {
    often: 2,
    make: (random, moment) => ({
      type: 'SetConfidentialChannel',
      on: moment.today,
      datum: datum(random, moment),
      ...sayingAt(random, moment),
    }),
  },
  StartSkipTrace: {
    often: 3,
    make: (random, moment) => ({
      type: 'StartSkipTrace',
      on: day(random, moment),
      skipTrace: `s${moment.number}`,
      because: random.pick(['returnedMail', 'wrongNumber'] as const),
    }),
  },
  WithdrawCease: { often: 4, make: (_random, { today }) => ({ type: 'WithdrawCease', on: today, reason: said }) },
  WithdrawInconvenience: {
    often: 4,
    make: (random, { state, today }) => ({
      type: 'WithdrawInconvenience',
      on: today,
      inconvenience: some(random, state.inconveniences.keys(), 'n-unknown'),
      reason: said,
    }),
  },
}

const drawn = (Object.keys(personWays) as Type[]).flatMap((type) =>
  Array.from({ length: personWays[type].often }, () => type),
)

/** One command for a person as they stand, good or bad. */
export const somePersonCommand = (random: Random, moment: PersonMoment): PersonCommandInput =>
  personWays[random.pick(drawn)].make(random, moment)
