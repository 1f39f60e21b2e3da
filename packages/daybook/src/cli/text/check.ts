import type { CheckReport } from '../../book/answers.ts'
import { clean, paint } from '../terminal.ts'

/** What is wrong, a line each; nothing when all is well, but for the head where it is asked for. */
export const checkLines = (
  { findings, head }: Pick<CheckReport, 'findings' | 'head'>,
  asked: { readonly head?: boolean } = {},
): readonly string[] => [
  ...findings.map(({ check, message }) => `${paint('red', check)}: ${clean(message)}`),
  // A head is written down to be trusted later: that of a book with findings is not given.
  ...(asked.head && findings.length === 0 ? [head] : []),
]
