import type { DaybookEvent, RecordedEvent } from '../../../src/index.ts'
import { unlikeEarliest } from './earliest.ts'
import type { HumanTold } from './human.ts'
import { type Book, enter, isDisputed, noBook } from './ledger.ts'
import { against, againstTalking, type Question } from './reckoning.ts'
import type { Outcome, Step } from './step.ts'
import { hear, nothingTold, type Told } from './told.ts'
import { PRACTICE, shownIn } from './zones.ts'

// Goes over the whole history once more, step by step, and holds every contact that was allowed, and every one that was
// refused, against the reckoning of its own, as it was known then.

export type Asked = Omit<Question, 'disputed' | 'begun'>

/** All that was known at some step. */
export class Known {
  readonly #people = new Map<string, Told>()
  readonly #books = new Map<string, Book>()
  told(person: string): Told {
    const known = this.#people.get(person) ?? nothingTold()
    this.#people.set(person, known)
    return known
  }
  book(account: string): Book {
    const known = this.#books.get(account) ?? noBook()
    this.#books.set(account, known)
    return known
  }
  take({ stream, event }: Pick<RecordedEvent, 'stream' | 'event'>): void {
    if (stream.startsWith('person-'))
      hear(this.told(stream.slice('person-'.length)), event as Parameters<typeof hear>[1])
    if (stream.startsWith('account-')) enter(this.book(stream.slice('account-'.length)), event)
  }
  /** The human being behind a file: all files that say so of themselves. */
  human(person: string): HumanTold {
    const own = this.told(person)
    const { group } = own
    const others =
      group === undefined ? [] : [...this.#people.values()].filter((each) => each !== own && each.group === group)
    return { own, others }
  }
  question(person: string, asked: Asked): Question {
    const { contact, account, at } = asked
    const begun = contact !== undefined && this.told(person).contacts.has(contact)
    return { ...asked, begun, disputed: isDisputed(this.book(account), shownIn(PRACTICE, at).day) }
  }
  against(person: string, asked: Asked): readonly string[] {
    return against(this.human(person), this.question(person, asked))
  }
  againstTalking(person: string, asked: Asked, check: string | undefined): readonly string[] {
    return againstTalking(this.human(person), this.question(person, asked), check)
  }
  /** What is wrong with the first instant that was said to be free. */
  unlikeEarliest(person: string, asked: Asked, said: string | undefined): string | undefined {
    return unlikeEarliest(this.human(person), this.question(person, asked), said)
  }
}

export interface Verdict {
  /** Contacts that were let through, and what the reckoning has against some of them. */
  readonly allowed: number
  readonly refused: number
  /** Of those refused: with the first instant at which they are free, which was found again by trying. */
  readonly dated: number
  readonly reported: number
  readonly faults: readonly string[]
  /** How often each reason stood against something. */
  readonly reasons: ReadonlyMap<string, number>
}

type Contact = Extract<
  DaybookEvent,
  { type: 'ContactBegun' | 'CallAttempted' | 'MessageSent' | 'VisitMade' | 'ContactMade' }
>
const isContact = (event: DaybookEvent): event is Contact =>
  event.type === 'ContactMade' ||
  event.type === 'ContactBegun' ||
  event.type === 'CallAttempted' ||
  event.type === 'MessageSent' ||
  event.type === 'VisitMade'

const mediumOf = (event: Contact): string => {
  if (event.type === 'VisitMade') return 'visit'
  if (event.type === 'ContactMade') return event.medium === 'call' ? 'call' : 'visit'
  return event.medium
}

const questionOf = (event: Contact): Asked => {
  const { accountId: account, datumId: datum, purpose, contactId: contact, with: other } = event
  const level = 'letterLevel' in event ? event.letterLevel : undefined
  const common = { at: Date.parse(event.at), account, datum, purpose, contact, other, medium: mediumOf(event) }
  const isSilent = event.type === 'MessageSent' && !event.optOutOffered
  return { ...common, isSilent, ...(level === undefined ? {} : { level }) }
}

const personOf = (stream: string): string => stream.slice('person-'.length)

/** The step that wrote an event. */
const stepOf = ({ commandId }: RecordedEvent): number | undefined => {
  const found = /^y(\d+)(?::|$)/.exec(commandId)?.[1]
  return found === undefined ? undefined : Number(found)
}

export const judge = (steps: readonly Step[], outcomes: readonly Outcome[], log: readonly RecordedEvent[]): Verdict => {
  const known = new Known()
  const reasons = new Map<string, number>()
  const faults: string[] = []
  const tally = { allowed: 0, refused: 0, dated: 0, reported: 0 }
  const reckon = (person: string, question: Asked): readonly string[] => {
    const found = known.against(person, question)
    for (const each of found) reasons.set(each, (reasons.get(each) ?? 0) + 1)
    return found
  }
  /** Who rings up is not reached; what was begun has been judged. To talk about the account asks for more. */
  const reckonTalk = (
    person: string,
    question: Asked,
    { direction, discussed, identityCheckId, contactId }: Extract<Contact, { type: 'ContactMade' }>,
  ): readonly string[] => {
    const isAnew = direction === 'outbound' && !known.told(person).contacts.has(contactId)
    const talk = discussed ? known.againstTalking(person, question, identityCheckId) : []
    for (const each of talk) reasons.set(each, (reasons.get(each) ?? 0) + 1)
    return [...(isAnew ? reckon(person, question) : []), ...talk]
  }
  const words = (person: string, { at, account, medium, datum, other }: Asked) =>
    `${medium} to ${datum} (${other ?? 'person'}) of ${person} about ${account} at ${new Date(at).toISOString()}`
  const contact = (stream: string, event: Contact): void => {
    const question = questionOf(event)
    const person = personOf(stream)
    const found = event.type === 'ContactMade' ? reckonTalk(person, question, event) : reckon(person, question)
    const said = event.type === 'ContactBegun' ? [] : event.against
    tally[event.type === 'ContactBegun' ? 'allowed' : 'reported'] += 1
    if ((said.length === 0) === (found.length === 0)) return
    faults.push(
      `${event.type}: ${words(person, question)}: the book has ${said.join() || 'nothing'} against it, and there is ${found.join() || 'nothing'}`,
    )
  }
  let at = 0
  const takeUntil = (step: number): void => {
    for (; at < log.length; at += 1) {
      const record = log[at]
      if (!record) return
      const of = stepOf(record)
      if (of !== undefined && of > step) return
      if (isContact(record.event)) contact(record.stream, record.event)
      known.take(record)
    }
  }
  for (const [number, { deed, at: now }] of steps.entries()) {
    const outcome = outcomes[number]
    if (!outcome || outcome.left) continue
    if (outcome.refused && deed.kind === 'person' && deed.command.type === 'BeginContact') {
      takeUntil(number - 1)
      const { account, medium, datum, purpose, with: other, letterLevel: level } = deed.command
      const asked = { at: now, account, medium, datum, purpose, other }
      const question = { ...asked, ...(level === undefined ? {} : { level }) }
      tally.refused += 1
      const said = `refused: ${words(deed.person, question)}: the book has ${outcome.refused.join()} against it`
      const found = reckon(deed.person, question)
      if (found.length === 0) faults.push(`${said}, and there is nothing`)
      // A fault of the command alone, such as an id that was used before, has no end that a clock brings.
      const unlike = known.unlikeEarliest(deed.person, question, outcome.earliest)
      if (unlike === undefined) tally.dated += outcome.earliest === undefined ? 0 : 1
      else faults.push(`${said}: ${unlike}; ${found.join()}`)
    }
  }
  takeUntil(steps.length)
  return { ...tally, faults, reasons }
}
