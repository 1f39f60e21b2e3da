import type { CheckReport } from '../../book/answers.ts'
import { clean, paint } from '../terminal.ts'

/** What is wrong, a line each; nothing when all is well, but for the head where it is asked for. */
export const checkLines = (
  { findings, head, accesses }: Pick<CheckReport, 'findings' | 'head' | 'accesses'>,
  asked: { readonly head?: boolean; readonly accessHead?: boolean } = {},
): readonly string[] => [
  ...findings.map(({ check, message }) => `${paint('red', check)}: ${clean(message)}`),
  // A head is written down to be trusted later: that of a book with findings is not given.
  ...(asked.head && findings.length === 0 ? [head] : []),
  ...(asked.accessHead && accesses && findings.length === 0 ? [accesses.head] : []),
]
