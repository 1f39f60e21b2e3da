import { canonicalJson } from '../../kernel/canonical.ts'
import type { CorrespondenceIssued } from '../letters/events.ts'
import type { DocumentPartKept, ItemisationIssued, LetterIssued, StatementIssued } from './events.ts'

// A document of thousands of services is more than one event of a store holds (1 MiB). What its lists say is then kept in parts
// before it, in the same unit: folded together they are the whole document again.

/** Characters of one part: each may be three bytes of UTF-8, and a third of an event is left for its seal. */
const PART = 200_000

type Lists = Pick<DocumentPartKept, 'activity' | 'lines' | 'visits' | 'owed'>
/** Documents whose lists grow with the account. */
export type Divisible = StatementIssued | LetterIssued | ItemisationIssued | CorrespondenceIssued

const none: Lists = { activity: [], lines: [], visits: [], owed: [] }

const listsOf = (event: Divisible): Lists => {
  switch (event.type) {
    case 'StatementIssued':
    case 'LetterIssued':
      return { ...none, activity: event.activity, lines: event.lines, visits: event.visits }
    case 'ItemisationIssued':
      return { ...none, lines: event.lines }
    case 'CorrespondenceIssued':
      return { ...none, owed: event.lines }
  }
}

/** The document with other lists. */
const withLists = <E extends Divisible>(event: E, { activity, lines, visits, owed }: Lists): E => {
  switch (event.type) {
    case 'StatementIssued':
    case 'LetterIssued':
      return { ...event, activity, lines, visits }
    case 'ItemisationIssued':
      return { ...event, lines }
    case 'CorrespondenceIssued':
      return { ...event, lines: owed }
  }
}

type Names = keyof Lists
const names: readonly Names[] = ['activity', 'lines', 'visits', 'owed']

const sizeOf = (value: object): number => canonicalJson(value).length

/** Lists cut so that no part is longer than one may be, in their order. */
const cut = (lists: Lists): readonly Lists[] => {
  const parts: Lists[] = []
  let part: { [Name in Names]: Lists[Name][number][] } = { activity: [], lines: [], visits: [], owed: [] }
  let size = 0
  const end = () => {
    parts.push(part)
    part = { activity: [], lines: [], visits: [], owed: [] }
    size = 0
  }
  for (const name of names) {
    for (const item of lists[name]) {
      const more = sizeOf(item)
      if (size > 0 && size + more > PART) end()
      ;(part[name] as object[]).push(item)
      size += more
    }
  }
  if (size > 0) end()
  return parts
}

/** A document as it is stored: itself, or its parts and then itself with empty lists. */
export const inParts = <E extends Divisible>(event: E): readonly (E | DocumentPartKept)[] => {
  const lists = listsOf(event)
  if (sizeOf(lists) <= PART) return [event]
  const { documentId, effectiveDate } = event
  const parts = cut(lists).map(
    (part, at): DocumentPartKept => ({ type: 'DocumentPartKept', effectiveDate, documentId, number: at + 1, ...part }),
  )
  return [...parts, { ...withLists(event, none), parts: parts.length }]
}

/** The whole document, of what was kept before it. */
export const whole = <E extends Divisible>(event: E, parts: readonly DocumentPartKept[]): E =>
  event.parts === undefined
    ? event
    : withLists(event, {
        activity: parts.flatMap(({ activity }) => activity),
        lines: parts.flatMap(({ lines }) => lines),
        visits: parts.flatMap(({ visits }) => visits),
        owed: parts.flatMap(({ owed }) => owed),
      })
