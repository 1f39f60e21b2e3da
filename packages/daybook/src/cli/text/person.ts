import { printable } from '@daybook/core/kernel'
import type { DatumListed, PersonPage } from '../../book/person-answers.ts'
import { clean } from '../terminal.ts'
import { clockTime, shortId } from './words.ts'

const datumLine = (datum: DatumListed): string => {
  const {
    datum: id,
    kind,
    value,
    place,
    source,
    confidence,
    since,
    until,
    because,
    zones,
    consents,
    returnedOn,
  } = datum
  const end = until === undefined ? '' : `, until ${until} (${because})`
  const back = returnedOn === undefined ? '' : `, mail came back ${returnedOn}`
  const agreed = consents.map(({ channel, scope, standing, on }) => `${channel} for ${scope} ${standing} ${on}`)
  return [
    `  ${kind} ${clean(value)} (${place}), from ${source}, confidence ${confidence}, since ${since}${end}${back} (${printable(id)})`,
    ...(zones.length > 0 ? [`    ${zones.join(', ')}`] : []),
    ...agreed.map((each) => `    ${each}`),
  ].join('\n')
}

const part = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', title, ...lines]

/** A person on one page, for people. */
export const personLines = (page: PersonPage, timeZone = 'UTC'): readonly string[] => [
  `${clean(page.name) || 'a person without a name'}  person ${page.person}${page.language ? `  speaks ${clean(page.language)}` : ''}`,
  ...page.accounts.map(({ account, role }) => `  ${role} of account ${account}`),
  ...part(
    'Standing',
    page.standing.map((each) => `  ${clean(each)}`),
  ),
  ...part(
    'The same human being',
    page.sameAs.map(({ person, name }) => `  ${clean(name) || 'a person without a name'}, person ${person}`),
  ),
  ...part(
    'May be the same: say so, or not (JudgeLikePerson)',
    page.mayBe.map(({ person, by, since }) => `  person ${person}, by ${by.join(', ')}, since ${since}`),
  ),
  ...part(
    'Reached by',
    page.data.flatMap((datum) => datumLine(datum).split('\n')),
  ),
  ...part(
    'Looked for',
    page.skipTraces.flatMap(({ skipTrace, because, since, steps, closedOn, outcome }) => [
      `  since ${since}, ${because}${closedOn === undefined ? '' : `, until ${closedOn}: ${outcome}`} (${printable(skipTrace)})`,
      ...steps.map(
        ({ on, source, found }) =>
          `    ${on} ${source}: ${found.length === 0 ? 'nothing' : found.map((id) => printable(id)).join(', ')}`,
      ),
    ]),
  ),
  ...part(
    'May be spoken to',
    page.spokespersons.map(({ name, as, spokesperson }) => `  ${clean(name)}, ${as} (${printable(spokesperson)})`),
  ),
  ...part(
    'Complaints',
    page.complaints.map(({ complaint, topic, answerBy }) => `  ${topic}, to be answered by ${answerBy} (${complaint})`),
  ),
  ...part(
    'Last contacts',
    page.contacts.map(
      ({ at, medium, accountId, counted, contactId }) =>
        `  ${clockTime(at, timeZone)} ${medium} about account ${shortId(accountId)}${counted ? ', counted' : ''} (${printable(contactId)})`,
    ),
  ),
]
