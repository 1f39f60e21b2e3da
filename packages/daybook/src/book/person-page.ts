import { clearText, type Day } from '@daybook/core/kernel'
import {
  type Datum,
  type InconvenienceDeclared,
  isCurrent,
  lastWord,
  type PersonState,
  type Since,
  type Stood,
  standsOn,
  zonesOf,
} from '@daybook/core/person'
import type { DatumListed, PersonPage } from './person-answers.ts'

/** Contacts on the page. */
const LAST = 20

const two = (n: number): string => String(n).padStart(2, '0')
const clock = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
const weekdays = ['Sundays', 'Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays']

const inconvenient = ({ what }: InconvenienceDeclared): string => {
  if (what.kind === 'place') return `not to be reached at this place: ${what.place} (${what.because})`
  if (what.kind === 'medium') return `not to be reached by this medium: ${what.medium}`
  const days = what.days ? `, on ${what.days.map((day) => weekdays[day]).join(', ')}` : ''
  return `inconvenient between ${clock(what.from)} and ${clock(what.until)}${days}`
}

const standingOf = (state: PersonState, today: Day): readonly string[] => {
  const stood = <E extends Since>(all: Iterable<Stood<E>>): readonly E[] =>
    [...all].filter((each) => standsOn(each, today)).map(({ event }) => event)
  return [
    ...stood(state.ceases).map(
      ({ effectiveDate, written }) => `wants no contact since ${effectiveDate} (${written ? 'written' : 'spoken'})`,
    ),
    ...stood(state.attorneys).map(
      ({ effectiveDate, name, accounts }) =>
        `represented by ${clearText(name)} since ${effectiveDate}${accounts ? `, account ${accounts.join(', ')}` : ''}`,
    ),
    ...stood(state.restrictions).map(({ datumId }) => `to be reached in one way alone: ${datumId}`),
    ...stood(state.vulnerabilities).map(
      ({ kind }) => `vulnerable (${kind}): assistance first, no letter above level 1`,
    ),
    ...stood(state.inconveniences.values()).map(inconvenient),
  ]
}

const consentsOf = (state: PersonState, datumId: string, today: Day): DatumListed['consents'] => {
  const about = state.consents.filter((each) => each.datumId === datumId && each.effectiveDate <= today)
  const byMatter = Map.groupBy(about, ({ channel, scope }) => `${channel} ${scope}`)
  return [...byMatter.values()]
    .flatMap((said) => lastWord(said) ?? [])
    .map((each) => ({
      channel: each.channel,
      scope: each.scope,
      standing: each.type === 'ConsentGranted' ? 'granted' : 'revoked',
      on: each.effectiveDate,
      ...(each.type === 'ConsentRevoked' ? { honourBy: each.honourBy } : {}),
    }))
}

const listed = (state: PersonState, datum: Datum, today: Day): DatumListed => {
  const { added, confirmedOn, returnedOn, retired } = datum
  const { datumId, kind, value, place, source, confidence, effectiveDate } = added
  return {
    datum: datumId,
    kind,
    value: clearText(value),
    place,
    source,
    confidence,
    since: effectiveDate,
    ...(retired ? { until: retired.effectiveDate, because: retired.because } : {}),
    ...(confirmedOn ? { confirmedOn } : {}),
    ...(returnedOn ? { returnedOn } : {}),
    zones: zonesOf(datum),
    consents: consentsOf(state, datumId, today),
  }
}

/** A person on one page; of what is used first, then of what was. */
export const pageOf = (state: PersonState, today: Day): PersonPage => {
  const data = [...state.data.values()]
  const current = data.filter((datum) => isCurrent(datum, today))
  return {
    person: state.person?.personId ?? '',
    name: clearText(state.person?.name),
    accounts: [...state.accounts.values()].map(({ accountId, role }) => ({ account: accountId, role })),
    ...(state.language === undefined ? {} : { language: state.language }),
    standing: standingOf(state, today),
    data: [...current, ...data.filter((datum) => !current.includes(datum))].map((datum) => listed(state, datum, today)),
    spokespersons: [...state.spokespersons.values()]
      .filter((each) => standsOn(each, today))
      .map(({ event }) => ({ spokesperson: event.spokespersonId, name: clearText(event.name), as: event.as })),
    complaints: [...state.complaints.values()]
      .filter(({ answeredOn }) => answeredOn === undefined)
      .map(({ event }) => ({ complaint: event.complaintId, topic: event.topic, answerBy: event.answerBy })),
    contacts: [...state.contacts.values()]
      .sort((a, b) => (a.at < b.at ? 1 : -1))
      .slice(0, LAST)
      .map(({ contactId, accountId, medium, at, counted }) => ({ contactId, accountId, medium, at, counted })),
  }
}
