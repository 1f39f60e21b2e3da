import { addDays, type Day, daysBetween } from '@daybook/core/kernel'
import { type ComplaintLogged, type Contact, isToReview, type PersonState } from '@daybook/core/person'
import type { Kept } from '../queue.ts'
import type { Deadline, Work, WorkContext } from '../work.ts'

export interface ComplaintMatter {
  readonly complaint: string
  readonly account?: string
  readonly topic: ComplaintLogged['topic']
  readonly since: Day
  readonly answerBy: Day
}

export interface ContactMatter {
  readonly contact: string
  readonly account: string
  readonly medium: Contact['medium']
  readonly since: Day
  /** Rules that stood against it; empty where nobody has said what came of it. */
  readonly against: readonly string[]
}

export interface MailMatter {
  readonly datum: string
  readonly place: string
  readonly since: Day
}

/** A call about an account on a day at the practice, of those that the law counts too (reference §11.5). */
export interface AttemptMatter {
  readonly account: string
  readonly day: Day
}

/** What the view keeps of a person. */
export interface PersonMatters {
  readonly complaints: readonly ComplaintMatter[]
  readonly contacts: readonly ContactMatter[]
  readonly mail: readonly MailMatter[]
  /** All accounts that they stand behind. */
  readonly accounts: readonly string[]
  /** Of the last days before the latest: earlier ones count for no day that is asked of this. */
  readonly attempts: readonly AttemptMatter[]
}

export const personQueueNames = ['complaints', 'contacts', 'returnedMail'] as const
export type PersonQueue = (typeof personQueueNames)[number]

/** Work on a person; absent: about none of their accounts alone. */
export interface PersonWork extends Work<PersonQueue> {
  readonly account?: string
}

/** A person's work and what it is made of. */
export interface PersonQueues extends Kept<PersonQueue> {
  readonly matters: (state: PersonState) => PersonMatters
  readonly work: (matters: PersonMatters, context: WorkContext) => readonly PersonWork[]
}

const complaintsOf = (state: PersonState): readonly ComplaintMatter[] =>
  [...state.complaints.values()].flatMap(({ event, answeredOn }) => {
    const { complaintId, accountId, topic, effectiveDate, answerBy } = event
    if (answeredOn !== undefined) return []
    const about = accountId === undefined ? {} : { account: accountId }
    return [{ complaint: complaintId, ...about, topic, since: effectiveDate, answerBy }]
  })

const contactsOf = (state: PersonState): readonly ContactMatter[] =>
  [...state.contacts.values()].filter(isToReview).map(({ contactId, accountId, medium, day, against }) => ({
    contact: contactId,
    account: accountId,
    medium,
    since: day,
    against,
  }))

const mailOf = (state: PersonState): readonly MailMatter[] =>
  [...state.data.values()].flatMap(({ added, returnedOn, retired }) =>
    returnedOn === undefined || retired ? [] : [{ datum: added.datumId, place: added.place, since: returnedOn }],
  )

/** How far a score looks back for attempts, in days (reference §11.2). */
const ATTEMPT_DAYS = 7

const attemptsOf = (state: PersonState): readonly AttemptMatter[] => {
  const attempts = [...state.contacts.values()]
    .filter(({ counted }) => counted)
    .map(({ accountId, day }) => ({ account: accountId, day }))
  const latest = attempts.reduce<Day | undefined>((last, { day }) => (last && last > day ? last : day), undefined)
  return latest === undefined ? [] : attempts.filter(({ day }) => daysBetween(day, latest) < ATTEMPT_DAYS)
}

/** Calls to the people of each account in the last seven days; of an account that nobody stands behind nothing is known. */
export const attemptsBy = (persons: readonly PersonMatters[], asOf: Day): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const { accounts, attempts } of persons) {
    for (const account of accounts) counts.set(account, counts.get(account) ?? 0)
    for (const { account, day } of attempts) {
      const ago = daysBetween(day, asOf)
      if (ago >= 0 && ago < ATTEMPT_DAYS) counts.set(account, (counts.get(account) ?? 0) + 1)
    }
  }
  return counts
}

const ofComplaint = ({ complaint, account, topic, since, answerBy }: ComplaintMatter): PersonWork => {
  const deadline: Deadline = { due: answerBy, legal: false, source: 'policy: answer a complaint' }
  return {
    ...(account === undefined ? {} : { account }),
    queue: 'complaints',
    subject: complaint,
    amount: 0,
    since,
    reasons: [`complained on ${since} of ${topic}`],
    nextAction: 'answer it (AnswerComplaint)',
    deadline,
  }
}

const ofContact = ({ contact, account, medium, since, against }: ContactMatter): PersonWork =>
  against.length > 0
    ? {
        account,
        queue: 'contacts:against',
        subject: contact,
        amount: 0,
        since,
        reasons: [`against a contact of ${since} (${medium}) stood ${against.join(', ')}`],
        nextAction: 'look at it and say what follows (ReviewContact)',
      }
    : {
        account,
        queue: 'contacts:begun',
        subject: contact,
        amount: 0,
        since,
        reasons: [`a contact was begun on ${since} (${medium}), and nobody has said what came of it`],
        nextAction: 'report it, or say why it was not made (ReviewContact)',
        // Whoever began it may still be at it.
        waits: { says: 'it was begun today', until: addDays(since, 1) },
      }

const ofMail = ({ datum, place, since }: MailMatter): PersonWork => ({
  queue: 'returnedMail',
  subject: datum,
  amount: 0,
  since,
  reasons: [`mail came back from the ${place} address on ${since}: nothing is sent there until it is confirmed`],
  nextAction: 'find where they live (RecordDatum) and retire it (RetireDatum), or confirm it (ConfirmDatum)',
})

/** Complaints with their clock, contacts that somebody has to look at, addresses from which mail came back. */
export const personQueues: PersonQueues = {
  names: personQueueNames,
  version: 1,
  matters: (state) => ({
    complaints: complaintsOf(state),
    contacts: contactsOf(state),
    mail: mailOf(state),
    accounts: [...state.accounts.keys()],
    attempts: attemptsOf(state),
  }),
  work: ({ complaints, contacts, mail }) => [
    ...complaints.map(ofComplaint),
    ...contacts.map(ofContact),
    ...mail.map(ofMail),
  ],
}
