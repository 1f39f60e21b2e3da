import { addDays, type Day, daysBetween } from '@daybook/core/kernel'
import {
  type ComplaintLogged,
  type Contact,
  type Datum,
  isToReview,
  openSkipTrace,
  type PersonState,
  type SkipTrace,
} from '@daybook/core/person'
import { type ForbiddingMatter, forbiddingOf } from '../forbidden.ts'
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

/** Another person who may be this one, and nobody has said whether. */
export interface LikenessMatter {
  readonly other: string
  readonly by: readonly string[]
  readonly since: Day
}

/** A search that goes on. */
export interface TraceMatter {
  readonly trace: string
  readonly because: SkipTrace['started']['because']
  readonly since: Day
  readonly steps: number
  readonly lastOn?: Day
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
  /** Addresses that they moved from, where no other is on file. */
  readonly moved: readonly MailMatter[]
  readonly likenesses: readonly LikenessMatter[]
  readonly trace?: TraceMatter
  /** What they have said or done that keeps everybody from contacting them, and about which accounts. */
  readonly forbidding: readonly ForbiddingMatter[]
  /** Accounts for which they answer. */
  readonly answersFor: readonly string[]
  /** The group of those who are one human being with them. */
  readonly group?: string
  /** All accounts that they stand behind. */
  readonly accounts: readonly string[]
  /** Of the last days before the latest: earlier ones count for no day that is asked of this. */
  readonly attempts: readonly AttemptMatter[]
}

export const personQueueNames = ['complaints', 'contacts', 'returnedMail', 'samePersons', 'skipTracing'] as const
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

const isAddress = ({ added }: Datum): boolean => added.kind === 'address'

const movedOf = ({ data }: PersonState): readonly MailMatter[] => {
  const addresses = [...data.values()].filter(isAddress)
  if (addresses.some(({ retired }) => retired === undefined)) return []
  return addresses.flatMap(({ added, retired }) =>
    retired?.because === 'moved' ? [{ datum: added.datumId, place: added.place, since: retired.effectiveDate }] : [],
  )
}

const traceOf = (state: PersonState): { readonly trace?: TraceMatter } => {
  const open = openSkipTrace(state)
  if (!open) return {}
  const { skipTraceId: trace, because, effectiveDate: since } = open.started
  const last = open.steps.at(-1)
  const steps = { steps: open.steps.length, ...(last ? { lastOn: last.effectiveDate } : {}) }
  return { trace: { trace, because, since, ...steps } }
}

const likenessesOf = ({ likenesses }: PersonState): readonly LikenessMatter[] =>
  [...likenesses.values()].flatMap(({ otherId, by, since, judged }) =>
    judged === undefined ? [{ other: otherId, by, since }] : [],
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
    nextAction: 'answer it (IssueLetter, or AnswerComplaint)',
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

/** While somebody looks for them, what has started it waits. */
const searched = ({ trace }: PersonMatters) => (trace ? { waits: { says: `search ${trace.trace} goes on` } } : {})

const ofMail = ({ datum, place, since }: MailMatter, matters: PersonMatters): PersonWork => ({
  queue: 'returnedMail',
  subject: datum,
  amount: 0,
  since,
  reasons: [`mail came back from the ${place} address on ${since}: nothing is sent there until it is confirmed`],
  nextAction: 'look for them (StartSkipTrace); retire the address (RetireDatum), or confirm it (ConfirmDatum)',
  ...searched(matters),
})

const ofMove = ({ datum, place, since }: MailMatter, matters: PersonMatters): PersonWork => ({
  queue: 'skipTracing:moved',
  subject: datum,
  amount: 0,
  since,
  reasons: [`moved from the ${place} address on ${since}, and no other is on file`],
  nextAction: 'look for them (StartSkipTrace), or record where they live (RecordDatum)',
  ...searched(matters),
})

const spelled = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

const ofTrace = ({ trace, because, since, steps, lastOn }: TraceMatter): PersonWork => ({
  queue: 'skipTracing:open',
  subject: trace,
  amount: 0,
  since,
  reasons: [
    `looked for since ${since} (${spelled(because)})`,
    lastOn === undefined
      ? 'nowhere looked yet'
      : `${steps} ${steps === 1 ? 'place' : 'places'} looked at, the last on ${lastOn}`,
  ],
  nextAction: 'look in the next place (RecordSkipTraceStep), or end it (CloseSkipTrace)',
})

const ofLikeness = ({ other, by, since }: LikenessMatter): PersonWork => ({
  queue: 'samePersons',
  subject: other,
  amount: 0,
  since,
  reasons: [`person ${other} may be the same, by ${by.map(spelled).join(' and ')}`],
  nextAction: 'look whether they are one, and say so (JudgeLikePerson)',
})

/** Complaints with their clock, contacts that somebody has to look at, addresses from which mail came back, searches, likenesses. */
export const personQueues: PersonQueues = {
  names: personQueueNames,
  version: 2,
  matters: (state) => ({
    complaints: complaintsOf(state),
    contacts: contactsOf(state),
    mail: mailOf(state),
    accounts: [...state.accounts.keys()],
    attempts: attemptsOf(state),
    moved: movedOf(state),
    likenesses: likenessesOf(state),
    ...traceOf(state),
    forbidding: forbiddingOf(state),
    answersFor: [...state.accounts.values()].flatMap(({ accountId, role }) => (role === 'guarantor' ? accountId : [])),
    ...(state.group ? { group: state.group.groupId } : {}),
  }),
  work: (matters) => [
    ...matters.complaints.map(ofComplaint),
    ...matters.contacts.map(ofContact),
    ...matters.mail.map((mail) => ofMail(mail, matters)),
    ...matters.moved.map((moved) => ofMove(moved, matters)),
    ...(matters.trace ? [ofTrace(matters.trace)] : []),
    ...matters.likenesses.map(ofLikeness),
  ],
}
