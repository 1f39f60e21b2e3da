import { statementWords as words } from '../history/words/statements.ts'
import { summary } from '../summary/sections/statements.ts'
import { queues } from '../worklist/queues/statements.ts'
import type { Told } from './told.ts'

export const statements = {
  words,
  queues,
  summary,
  explanation: { none: 'it moves no money: a statement tells what others moved' },
} satisfies Told
