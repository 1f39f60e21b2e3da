import { addDays } from '../../kernel/day.ts'
import type { Random } from '../random.ts'
import { none, oneOf, recently } from './moment.ts'
import { begin, call, message, reaching, review, talk } from './person-contacts.ts'
import {
  accounts,
  type GenerateOfPerson as Generate,
  media,
  others,
  type PersonCommandType,
  type PersonMoment,
  scopes,
  some,
  someDatum,
  type WayOfPerson,
} from './person-moment.ts'

// What a desk does with people, good or bad: how they are reached, what they agree to and forbid, and reaching them.

const recordDatum: Generate<'RecordDatum'> = (random, { today, number }) => {
  const datum = { type: 'RecordDatum' as const, on: recently(random, today), datum: `d${number}` }
  const source = random.pick(['person', 'registration', 'append'] as const)
  const state = some(random, random.pick(['MN', 'MA', 'MA', 'NY', 'CO', 'AZ', 'HI']), 1)
  return random.pick([
    {
      ...datum,
      kind: 'phone' as const,
      value: `${random.pick(['612', '212', '617', '303', '808'])}5550100`,
      place: random.pick(['home', 'mobile', 'work'] as const),
      line: random.pick(['mobile', 'landline'] as const),
      source,
    },
    {
      ...datum,
      kind: 'email' as const,
      value: 'jo@roe.example',
      place: random.pick(['home', 'work'] as const),
      source,
    },
    { ...datum, kind: 'address' as const, value: '1 Main St', place: 'home' as const, state, source },
  ])
}

const consent = (random: Random, moment: PersonMoment) => {
  const channel = random.pick(['text', 'text', 'email', 'call', 'autodialedCall'] as const)
  const datum = someDatum(random, moment, channel === 'email' ? 'email' : 'phone')
  return { on: moment.today, datum, channel, scope: random.pick(scopes), at: some(random, moment.now) } as const
}

const inconvenience: Generate<'DeclareInconvenience'> = (random, { today, number, now }) => {
  const from = random.int(0, 1_400)
  return {
    type: 'DeclareInconvenience',
    on: today,
    inconvenience: `i${number}`,
    what: random.pick([
      { kind: 'time' as const, from, until: Math.min(1_440, from + random.int(1, 600)) },
      { kind: 'place' as const, place: 'work' as const, because: 'employer' as const },
      { kind: 'medium' as const, medium: random.pick(media) },
    ]),
    at: some(random, now),
  }
}

/** A way for every command there is of a person, sorted: one that is missing does not compile. */
export const personWays: { readonly [T in PersonCommandType]: WayOfPerson<T> } = {
  AnswerComplaint: {
    make: (random, { state, today }) => {
      const open = [...state.complaints].flatMap(([id, { answeredOn }]) => (answeredOn === undefined ? [id] : []))
      if (none(random, open)) return undefined
      return { type: 'AnswerComplaint', on: today, complaint: oneOf(random, open, 'm-unknown'), answer: 'sorry' }
    },
    often: 1,
  },
  BeginContact: { make: begin, often: 20 },
  CheckIdentity: {
    make: (random, { number }) => ({
      type: 'CheckIdentity',
      check: `k${number}`,
      as: random.pick(['person', 'person', 'person', 'spouse']),
      matched: random.pick([['name', 'born'] as const, ['name', 'born', 'last4'] as const, ['name'] as const]).slice(),
    }),
    often: 3,
  },
  ConfirmDatum: {
    make: (random, moment) => ({
      type: 'ConfirmDatum',
      on: random.oneIn(8) ? addDays(moment.today, 1) : recently(random, moment.today),
      datum: someDatum(random, moment),
      by: random.pick(['used', 'used', 'asked', 'database', 'mail']),
    }),
    often: 4,
  },
  DeclareInconvenience: { make: inconvenience, often: 2 },
  EndAccount: {
    make: (_random, { today }) => ({ type: 'EndAccount', on: today, account: 'a2', reason: 'a namesake' }),
    often: 1,
  },
  EndConfidentialChannel: {
    make: (_random, { today }) => ({ type: 'EndConfidentialChannel', on: today, reason: 'asked for it' }),
    often: 2,
  },
  EndSpokesperson: {
    make: (random, { state, today }) => {
      const all = [...state.spokespersons.keys()]
      if (none(random, all)) return undefined
      return { type: 'EndSpokesperson', on: today, spokesperson: oneOf(random, all, 's-unknown'), reason: 'no more' }
    },
    often: 1,
  },
  EndVulnerability: {
    make: (_random, { today }) => ({ type: 'EndVulnerability', on: today, reason: 'is well again' }),
    often: 1,
  },
  FlagVulnerability: {
    make: (_random, { today }) => ({ type: 'FlagVulnerability', on: today, kind: 'illness' }),
    often: 1,
  },
  GrantConsent: {
    make: (random, moment) => ({ type: 'GrantConsent', ...consent(random, moment), source: 'form' }),
    often: 5,
  },
  NameAccount: {
    make: (random, { today }) => ({
      type: 'NameAccount',
      on: today,
      account: random.pick(accounts),
      role: random.pick(['guarantor', 'patient']),
    }),
    often: 2,
  },
  NameSpokesperson: {
    make: (random, { today, number }) => ({
      type: 'NameSpokesperson',
      on: today,
      spokesperson: `s${number}`,
      as: random.pick(others),
      name: 'Sam Roe',
      by: 'person',
    }),
    often: 2,
  },
  NoteLanguage: {
    make: (random, { today }) => ({ type: 'NoteLanguage', on: today, language: random.pick(['so', 'es']) }),
    often: 1,
  },
  OpenPerson: { make: (_random, { today }) => ({ type: 'OpenPerson', on: today, personId: 'p1' }), often: 1 },
  RecordAttorney: {
    make: (random, { today, now }) => ({
      type: 'RecordAttorney',
      on: today,
      name: 'A. Torney',
      at: some(random, now),
      ...(random.oneIn(2) ? { accounts: ['a1'] } : {}),
    }),
    often: 1,
  },
  RecordCallAttempt: { make: call, often: 14 },
  RecordCease: {
    make: (random, { today, now }) => ({
      type: 'RecordCease',
      on: today,
      written: random.oneIn(2),
      at: some(random, now),
    }),
    often: 1,
  },
  RecordComplaint: {
    make: (_random, { today, number }) => ({
      type: 'RecordComplaint',
      on: today,
      complaint: `m${number}`,
      topic: 'calls',
      about: 'too many calls',
    }),
    often: 1,
  },
  RecordConversation: { make: talk, often: 4 },
  RecordDatum: { make: recordDatum, often: 5 },
  RecordMessage: { make: message, often: 4 },
  RecordReturnedMail: {
    make: (random, moment) => ({
      type: 'RecordReturnedMail',
      on: moment.today,
      datum: someDatum(random, moment, 'address'),
    }),
    often: 1,
  },
  RecordVisit: {
    make: (random, moment) => {
      const { account, datum } = reaching(random, moment, 'visit')
      return { type: 'RecordVisit', account, datum, met: random.oneIn(2) }
    },
    often: 1,
  },
  ReleaseAttorney: {
    make: (random, { today }) => ({
      type: 'ReleaseAttorney',
      on: today,
      because: 'ended',
      reason: 'the matter is over',
      ...(random.oneIn(3) ? { accounts: ['a1'] } : {}),
    }),
    often: 2,
  },
  RequestCallback: { make: (random) => ({ type: 'RequestCallback', account: random.pick(accounts) }), often: 2 },
  RetireDatum: {
    make: (random, moment) => ({
      type: 'RetireDatum',
      on: moment.today,
      datum: someDatum(random, moment),
      because: 'asked',
    }),
    often: 1,
  },
  ReviewContact: { make: review, often: 2 },
  RevokeConsent: {
    make: (random, moment) => ({ type: 'RevokeConsent', ...consent(random, moment), means: 'stopWord' }),
    often: 2,
  },
  SetConfidentialChannel: {
    make: (random, moment) => ({ type: 'SetConfidentialChannel', on: moment.today, datum: someDatum(random, moment) }),
    often: 1,
  },
  WithdrawCease: {
    make: (_random, { today }) => ({ type: 'WithdrawCease', on: today, reason: 'wants to hear of it again' }),
    often: 2,
  },
  WithdrawInconvenience: {
    make: (random, { state, today }) => {
      const all = [...state.inconveniences.keys()]
      if (none(random, all)) return undefined
      return {
        type: 'WithdrawInconvenience',
        on: today,
        inconvenience: oneOf(random, all, 'i-unknown'),
        reason: 'has nothing against it',
      }
    },
    often: 2,
  },
}
