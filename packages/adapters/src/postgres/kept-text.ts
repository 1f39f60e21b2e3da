import type { Session } from './sessions.ts'
import type { Value } from './statement.ts'

/**
 * PostgreSQL keeps no U+0000, and rows of views may hold any text: U+0000 is kept as U+0001 U+0001, and U+0001 as U+0001 U+0002,
 * so that texts stay in the order of their characters.
 */
const kept = (text: string): string => {
  const marked = text.includes('\u0001') ? text.replaceAll('\u0001', '\u0001\u0002') : text
  return marked.includes('\0') ? marked.replaceAll('\0', '\u0001\u0001') : marked
}
/** Pairs begin with U+0001: read from the left, none is taken for a part of two. */
export const textGiven = (text: string): string =>
  text.includes('\u0001') ? text.replaceAll('\u0001\u0001', '\0').replaceAll('\u0001\u0002', '\u0001') : text

const keptValue = (value: Value): Value => {
  if (typeof value === 'string') return kept(value)
  return Array.isArray(value) ? value.map((one) => (typeof one === 'string' ? kept(one) : one)) : value
}

type Rows = Session['rows']

/** The same statements, given texts as PostgreSQL can keep them; sessions with `textGiven` give them back as they were. */
export const anyText =
  (rows: Rows): Rows =>
  (of, ...values) =>
    rows(of, ...values.map(keptValue))
