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
const given = (text: string): string =>
  text.includes('\u0001') ? text.replaceAll('\u0001\u0001', '\0').replaceAll('\u0001\u0002', '\u0001') : text

const keptValue = (value: Value): Value => {
  if (typeof value === 'string') return kept(value)
  return Array.isArray(value) ? value.map((one) => (typeof one === 'string' ? kept(one) : one)) : value
}

type Rows = Session['rows']

/** The same statements, with texts as PostgreSQL can keep them, and back. */
export const anyText =
  (rows: Rows): Rows =>
  async <Row extends readonly unknown[]>(...[of, ...values]: Parameters<Rows>): Promise<readonly Row[]> =>
    (await rows<Row>(of, ...values.map(keptValue))).map(
      (row) => row.map((value) => (typeof value === 'string' ? given(value) : value)) as unknown as Row,
    )
