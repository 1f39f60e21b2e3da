import { type Cents, type Day, parseCents, parseDay, toCents } from '@daybook/core/kernel'

/** A segment as the scanner gives it: its id, then its elements; element 03 is `segment[3]`. */
export type Segment = readonly string[]

/** Who is told of what can not be read: the claim that the segment stands in, else the transaction. */
export interface Faults {
  /** The element can not be used: what stands on it must be held. */
  defect(segment: Segment, place: number, saying: string): void
  /** The element is odd, and nothing hangs on it. */
  finding(segment: Segment, place: number, saying: string): void
}

/** Two digits, as the guides write the place of an element: CLP03. */
export const elementName = (segment: Segment, place: number): string =>
  `${segment[0] ?? ''}${place < 10 ? '0' : ''}${place}`

/** An element as written, without the trailing spaces that X12 counts as padding; '' when absent. */
export const written = (segment: Segment, place: number): string => {
  const value = segment[place]
  if (value === undefined || value === '') return ''
  return value.charCodeAt(value.length - 1) === 32 ? value.trimEnd() : value
}

/** The element cut to `max` characters; a longer one is a defect, since it is most often two elements run together. */
export const text = (segment: Segment, place: number, max: number, faults: Faults): string =>
  fitted(written(segment, place), max, segment, place, faults)

export const fitted = (value: string, max: number, segment: Segment, place: number, faults: Faults): string => {
  if (value.length <= max) return value
  faults.defect(segment, place, `is longer than ${max} characters`)
  return value.slice(0, max).toWellFormed()
}

/** Only figures are quoted: an element that was shifted may hold a name. */
const quoted = (value: string): string => (/^[-+.,\deE ]{1,20}$/.test(value) ? `“${value}” ` : '')

/** What `parseCents` gives for `0` to `99999999.99` with two decimals or none, some five times faster. */
const plainCents = (value: string): Cents | undefined => {
  const { length } = value
  if (length > 11) return undefined
  const point = length > 3 && value.charCodeAt(length - 3) === 46 ? length - 3 : length
  let cents = 0
  for (let at = 0; at < length; at += 1) {
    if (at === point) continue
    const digit = value.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) return undefined
    cents = cents * 10 + digit
  }
  return toCents(point === length ? cents * 100 : cents)
}

/** An amount (X12 type R, dollars) in cents; undefined when it is absent, or is none, which is a defect. */
export const amount = (segment: Segment, place: number, faults: Faults): Cents | undefined => {
  const value = written(segment, place)
  if (value === '') return undefined
  const cents = plainCents(value) ?? parseCents(value)
  if (cents === undefined) faults.defect(segment, place, `${quoted(value)}is not an amount of dollars and cents`)
  return cents
}

/**
 * An amount that the guides require: its absence is a defect too. `last` is the last element that the guides have of the
 * segment. What stands after it may be the figure that is missing; it is never put in its place (clarification 22).
 */
export const requiredAmount = (segment: Segment, place: number, faults: Faults, last?: number): Cents | undefined => {
  if (written(segment, place) === '') faults.defect(segment, place, `is missing${shiftedWords(segment, last)}`)
  return amount(segment, place, faults)
}

const shiftedWords = (segment: Segment, last = segment.length): string => {
  const beyond = segment.flatMap((_, place) =>
    place > last && written(segment, place) !== '' ? [elementName(segment, place)] : [],
  )
  if (beyond.length === 0) return ''
  return `, and something stands in ${beyond.join(', ')}, which the guide does not have: shifted figures are never put back by guess`
}

/** The day that was read last: the dates of a claim's lines are mostly one. */
let lastDay: { readonly value: string; readonly day: Day | undefined } = { value: '', day: undefined }

const parsedDay = (value: string): Day | undefined => {
  if (value !== lastDay.value) lastDay = { value, day: parseDay(value) }
  return lastDay.day
}

/** A civil day written CCYYMMDD; undefined when it is absent or no day. */
export const dayAt = (segment: Segment, place: number, faults: Faults): Day | undefined => {
  const value = written(segment, place)
  if (value === '') return undefined
  const day = parsedDay(value)
  if (day === undefined) faults.finding(segment, place, `${quoted(value)}is not a day`)
  return day
}

/**
 * The days of a DTP: qualifier D8 one day, RD8 a period `CCYYMMDD-CCYYMMDD`, DT a day and a time. What is none is a
 * defect: money is aged and deadlines run from these days, and no other date may stand in for them.
 */
export const periodAt = (segment: Segment, place: number, faults: Faults): { from?: Day; to?: Day } => {
  const value = written(segment, place)
  if (value === '') {
    faults.defect(segment, place, 'is missing')
    return {}
  }
  const [first = '', last = first] = /^\d{8}-\d{8}$/.test(value) ? value.split('-') : [value]
  const from = parseDay(/^\d{12,}$/.test(first) ? first.slice(0, 8) : first)
  const to = parseDay(/^\d{12,}$/.test(last) ? last.slice(0, 8) : last)
  if (from && to && from <= to) return { from, to }
  faults.defect(segment, place, `${quoted(value)}is not a day or a period`)
  return {}
}

const otherComposite = /^[A-Za-z0-9]{2}([:>|^])/

/**
 * The components of a composite element. Where the declared separator does not occur, the first of `: > | ^` after a
 * two-letter qualifier is used, and that is a finding (postings, clarification 22).
 */
export const components = (value: string, declared: string, segment: Segment, place: number, faults: Faults) => {
  if (value.includes(declared)) return value.split(declared)
  const other = otherComposite.exec(value)?.[1]
  if (other === undefined) return [value]
  faults.finding(segment, place, `has “${other}” between its components, not “${declared}” as ISA16 says`)
  return value.split(other)
}

/** Control numbers are numeric; senders pad them with zeros, or do not. */
export const sameControl = (a: string, b: string): boolean =>
  a === b || (/^\d+$/.test(a) && /^\d+$/.test(b) && a.replace(/^0+/, '') === b.replace(/^0+/, ''))

/** The number that an element says, in a message; never what else may stand there. */
export const figure = (segment: Segment, place: number): string => {
  const value = written(segment, place)
  return /^\d{1,10}$/.test(value) ? value : 'no number of'
}
