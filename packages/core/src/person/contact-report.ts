import { isCall, type Medium } from '../kernel/contact.ts'
import type { Day, Instant } from '../kernel/day.ts'
import { precondition, type RuleHit } from '../kernel/decision.ts'
import type { ContactCommand } from './contact-commands.ts'
import type { ContactEvent, ContactId } from './contact-events.ts'
import type { PersonContext } from './context.ts'
import { instantHits } from './decide-file.ts'
import type { ContactQuestion } from './gate-facts.ts'
import { contactHits, locationHits, practiceDay } from './may.ts'
import type { Contact, PersonState } from './state.ts'

// What was done to reach a person, as it is reported: the contact that it is of, and what makes it no report.

export type Command<Type extends ContactCommand['type']> = Extract<ContactCommand, { type: Type }>
type Reaching = Exclude<ContactCommand, Command<'ReviewContact'>>
type Report = Exclude<Reaching, Command<'BeginContact'>>

export const datumHits = (state: PersonState, { datum }: Pick<Reaching, 'datum'>): readonly RuleHit[] =>
  datum === undefined || state.data.has(datum)
    ? []
    : [precondition('person.datumUnknown', `there is no datum ${datum} on this person's file`)]

/** What a report is about: the contact under its id, when it was, and the fields that all events of contacts have. */
export interface Reported {
  readonly fields: {
    readonly effectiveDate: Day
    readonly contactId: ContactId
    readonly accountId: Report['account']
    readonly at: Instant
    readonly with: NonNullable<Report['with']>
    readonly purpose: NonNullable<Report['purpose']>
    readonly datumId?: NonNullable<Report['datum']>
    readonly location?: NonNullable<Report['location']>
  }
  readonly before?: Contact | undefined
  /** Nothing of a contact that was begun by one medium is reported as of another: it would no longer be counted as what it was. */
  readonly elsewise: boolean
}

/** Media that one contact can be reported by. */
type Kind = 'call' | 'message' | 'visit' | 'other'
const kindOf = (medium: Contact['medium']): Kind => {
  if (medium === 'visit' || medium === 'other') return medium
  return isCall(medium) ? 'call' : 'message'
}
const reportedAs = (command: Report): Contact['medium'] => {
  if (command.type === 'RecordVisit') return 'visit'
  return command.medium ?? 'call'
}

export const reportedOf = (state: PersonState, command: Report, context: PersonContext): Reported => {
  const before = command.contact === undefined ? undefined : state.contacts.get(command.contact)
  const at = command.at ?? before?.at ?? context.now
  const datumId = command.datum ?? before?.datumId
  const location = command.location ? { ...before?.asked, ...command.location } : before?.asked
  return {
    before,
    elsewise: before !== undefined && kindOf(before.medium) !== kindOf(reportedAs(command)),
    fields: {
      effectiveDate: practiceDay(context, at),
      contactId: command.contact ?? (context.newId('contact') as ContactId),
      accountId: command.account,
      at,
      with: command.with ?? before?.with ?? 'person',
      purpose: command.purpose ?? before?.purpose ?? 'collect',
      ...(datumId === undefined ? {} : { datumId }),
      ...(location === undefined ? {} : { location }),
    },
  }
}

/** What makes it no report at all. */
export const reportHits = (
  state: PersonState,
  command: Report,
  { fields, before, elsewise }: Reported,
  type: ContactEvent['type'],
  context: PersonContext,
): readonly RuleHit[] => [
  ...contactHits(state, command.account),
  ...datumHits(state, command),
  ...locationHits({ ...fields, datum: fields.datumId }),
  ...instantHits(fields.at, context),
  ...(before?.reported.includes(type)
    ? [precondition('contact.reported', `contact ${command.contact} is reported already`)]
    : []),
  ...(before && before.accountId !== command.account
    ? [precondition('contact.anotherAccount', `contact ${command.contact} is about account ${before.accountId}`)]
    : []),
  ...(before && elsewise
    ? [
        precondition(
          'contact.anotherMedium',
          `contact ${command.contact} is on file by ${before.medium}`,
          'report another contact',
        ),
      ]
    : []),
]

export const questionAbout = (
  { fields }: Reported,
  medium: Medium,
  more: Partial<Pick<ContactQuestion, 'letterLevel' | 'optOutOffered'>> = {},
): ContactQuestion => ({
  account: fields.accountId,
  medium,
  datum: fields.datumId,
  with: fields.with,
  purpose: fields.purpose,
  letterLevel: 0,
  optOutOffered: true,
  contact: fields.contactId,
  location: fields.location,
  isReported: true,
  ...more,
})
