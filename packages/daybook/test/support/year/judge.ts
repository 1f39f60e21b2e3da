import type { DaybookEvent, RecordedEvent } from '../../../src/index.ts'
import { type Book, enter, isDisputed, noBook } from './ledger.ts'
import { against, type Question } from './reckoning.ts'
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
  against(person: string, question: Asked): readonly string[] {
    const told = this.told(person)
    const { contact, account } = question
    const begun = contact !== undefined && told.contacts.has(contact)
    return against(told, {
      ...question,
      begun,
      disputed: isDisputed(this.book(account), shownIn(PRACTICE, question.at).day),
    })
  }
}

export interface Verdict {
  /** Contacts that were let through, and what the reckoning has against some of them. */
  readonly allowed: number
  readonly refused: number
  readonly reported: number
  readonly faults: readonly string[]
  /** How often each reason stood against something. */
  readonly reasons: ReadonlyMap<string, number>
}

type Contact = Extract<DaybookEvent, { type: 'ContactBegun' | 'CallAttempted' | 'MessageSent' | 'VisitMade' }>
const isContact = (event: DaybookEvent): event is Contact =>
  event.type === 'ContactBegun' ||
  event.type === 'CallAttempted' ||
  event.type === 'MessageSent' ||
  event.type === 'VisitMade'

const questionOf = (event: Contact): Asked | undefined => {
  const { accountId: account, datumId: datum, purpose, contactId: contact } = event
  if (datum === undefined) return undefined
  const level = 'letterLevel' in event ? event.letterLevel : undefined
  const medium = event.type === 'VisitMade' ? 'visit' : event.medium
  return {
    at: Date.parse(event.at),
    account,
    datum,
    purpose,
    contact,
    medium,
    ...(level === undefined ? {} : { level }),
  }
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
  const tally = { allowed: 0, refused: 0, reported: 0 }
  const reckon = (person: string, question: Asked): readonly string[] => {
    const found = known.against(person, question)
    for (const each of found) reasons.set(each, (reasons.get(each) ?? 0) + 1)
    return found
  }
  const words = (person: string, { at, account, medium, datum }: Asked) =>
    `${medium} to ${datum} of ${person} about ${account} at ${new Date(at).toISOString()}`
  const contact = (stream: string, event: Contact): void => {
    const question = questionOf(event)
    if (!question) return
    const person = personOf(stream)
    const found = reckon(person, question)
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
      const { account, medium, datum = '', purpose, letterLevel: level } = deed.command
      const question = { at: now, account, medium, datum, purpose, ...(level === undefined ? {} : { level }) }
      tally.refused += 1
      if (reckon(deed.person, question).length > 0) continue
      faults.push(
        `refused: ${words(deed.person, question)}: the book has ${outcome.refused.join()} against it, and there is nothing`,
      )
    }
  }
  takeUntil(steps.length)
  return { ...tally, faults, reasons }
}
