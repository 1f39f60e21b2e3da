import { printable } from '@daybook/core/kernel'
import type { DatumListed, PersonPage } from '../../book/person-answers.ts'
import { clean } from '../terminal.ts'

const datumLine = (datum: DatumListed): string => {
  const { datum: id, kind, value, place, source, since, until, because, zones, consents, returnedOn } = datum
  const end = until === undefined ? '' : `, until ${until} (${because})`
  const back = returnedOn === undefined ? '' : `, mail came back ${returnedOn}`
  const agreed = consents.map(({ channel, scope, standing, on }) => `${channel} for ${scope} ${standing} ${on}`)
  return [
    `  ${kind} ${clean(value)} (${place}), from ${source} since ${since}${end}${back} (${printable(id)})`,
    ...(zones.length > 0 ? [`    ${zones.join(', ')}`] : []),
    ...agreed.map((each) => `    ${each}`),
  ].join('\n')
}

const part = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', title, ...lines]

/** A person on one page, for people. */
export const personLines = (page: PersonPage): readonly string[] => [
  `${clean(page.name) || 'a person without a name'}  person ${page.person}${page.language ? `  speaks ${clean(page.language)}` : ''}`,
  ...page.accounts.map(({ account, role }) => `  ${role} of account ${account}`),
  ...part(
    'Standing',
    page.standing.map((each) => `  ${clean(each)}`),
  ),
  ...part(
    'Reached by',
    page.data.flatMap((datum) => datumLine(datum).split('\n')),
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
        `  ${at} ${medium} about ${accountId}${counted ? ', counted' : ''} (${printable(contactId)})`,
    ),
  ),
]
