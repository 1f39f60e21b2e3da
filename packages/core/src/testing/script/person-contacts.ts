import type { Random } from '../random.ts'
import { none, oneOf } from './moment.ts'
import {
  accounts,
  type GenerateOfPerson as Generate,
  kindFor,
  media,
  others,
  type PersonMoment,
  someDatum,
} from './person-moment.ts'

// Reaching people, asked for or reported.

export const reaching = (random: Random, moment: PersonMoment, medium: (typeof media)[number]) => ({
  account: random.oneIn(24) ? 'a9' : random.pick(accounts),
  datum: someDatum(random, moment, random.oneIn(12) ? undefined : kindFor(medium)),
  ...(random.oneIn(8) ? { with: random.pick(others) } : {}),
  ...(random.oneIn(8) ? { purpose: random.pick(['answer', 'requiredNotice', 'ceaseNotice'] as const) } : {}),
})

export const begin: Generate<'BeginContact'> = (random, moment) => {
  const medium = random.pick(media)
  const { datum, ...about } = reaching(random, moment, medium)
  const contact = `c${moment.number}`
  const level = medium === 'mail' ? { letterLevel: random.int(0, 3) } : {}
  const used = about.with === 'attorney' ? {} : { datum }
  return { type: 'BeginContact', ...about, ...used, contact, medium, ...level }
}

/** One that was begun and of which nobody has said what came of it, or none. */
const begun = (random: Random, { state }: PersonMoment): string | undefined => {
  const open = [...state.contacts.values()].filter(({ reported }) => reported.every((type) => type === 'ContactBegun'))
  return open.length > 0 && random.oneIn(2) ? random.pick(open).contactId : undefined
}

export const call: Generate<'RecordCallAttempt'> = (random, moment) => {
  const { datum, account, with: other } = reaching(random, moment, 'call')
  const contact = begun(random, moment)
  const known = contact === undefined ? undefined : moment.state.contacts.get(contact as never)
  return {
    type: 'RecordCallAttempt',
    account: known?.accountId ?? account,
    datum: known?.datumId ?? datum,
    ...(contact === undefined ? {} : { contact }),
    ...(other === undefined ? {} : { with: other }),
    outcome: random.pick([
      'noAnswer',
      'noAnswer',
      'leftLimitedMessage',
      'busy',
      'rightParty',
      'wrongNumber',
      'disconnected',
    ]),
  }
}

export const talk: Generate<'RecordConversation'> = (random, moment) => {
  const { account, datum, with: other } = reaching(random, moment, 'call')
  const checks = [...moment.state.identityChecks.keys()]
  return {
    type: 'RecordConversation',
    account,
    ...(random.oneIn(2) ? { datum } : {}),
    ...(other === undefined ? {} : { with: other }),
    direction: random.pick(['outbound', 'inbound']),
    discussed: random.oneIn(2),
    ...(checks.length > 0 ? { check: random.oneIn(8) ? random.pick(checks) : checks.at(-1) } : {}),
    summary: 'spoke',
  }
}

export const message: Generate<'RecordMessage'> = (random, moment) => {
  const medium = random.pick(['text', 'email', 'mail'] as const)
  const { account, datum } = reaching(random, moment, medium)
  const optOutOffered = !random.oneIn(4)
  return { type: 'RecordMessage', account, datum, medium, optOutOffered, letterLevel: random.int(0, 3) }
}

export const review: Generate<'ReviewContact'> = (random, { state, today }) => {
  const all = [...state.contacts.keys()]
  if (none(random, all)) return undefined
  return { type: 'ReviewContact', on: today, contact: oneOf(random, all, 'c-unknown'), note: 'looked at' }
}
