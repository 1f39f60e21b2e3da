import { clearText, type Day } from '@daybook/core/kernel'
import {
  type Datum,
  type InconvenienceDeclared,
  isCurrent,
  lastWord,
  type PersonState,
  type Since,
  type SkipTrace,
  type Stood,
  standsOn,
  zonesOf,
} from '@daybook/core/person'
import type { DatumListed, PersonPage, SkipTraceListed } from './person-answers.ts'

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

const searchOf = ({ started, steps, closed }: SkipTrace): SkipTraceListed => ({
  skipTrace: started.skipTraceId,
  because: started.because,
  since: started.effectiveDate,
  steps: steps.map(({ effectiveDate: on, source, found }) => ({ on, source, found })),
  ...(closed ? { closedOn: closed.effectiveDate, outcome: closed.outcome } : {}),
})

/** A person on one page; of what is used first, then of what was. What others' files say of them stands there. */
export const pageOf = (state: PersonState, today: Day, others: readonly PersonState[]): PersonPage => {
  const data = [...state.data.values()]
  const current = data.filter((datum) => isCurrent(datum, today))
  return {
    person: state.person?.personId ?? '',
    name: clearText(state.person?.name),
    accounts: [...state.accounts.values()].map(({ accountId, role }) => ({ account: accountId, role })),
    ...(state.language === undefined ? {} : { language: state.language }),
    standing: [
      ...standingOf(state, today),
      ...others.flatMap((other) =>
        standingOf(other, today).map((each) => `${each} (by the file of person ${other.person?.personId})`),
      ),
    ],
    sameAs: others.map(({ person }) => ({ person: person?.personId ?? '', name: clearText(person?.name) })),
    mayBe: [...state.likenesses.values()].flatMap(({ otherId, by, since, judged }) =>
      judged === undefined ? [{ person: otherId, by, since }] : [],
    ),
    data: [...current, ...data.filter((datum) => !current.includes(datum))].map((datum) => listed(state, datum, today)),
    skipTraces: [...state.skipTraces.values()].toReversed().map(searchOf),
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
