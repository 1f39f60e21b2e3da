import { coverageWords as words } from '../history/words/coverage.ts'
import { summary } from '../summary/sections/coverage.ts'
import { queues } from '../worklist/queues/coverage.ts'
import type { Told } from './told.ts'

export const coverage = {
  words,
  queues,
  summary,
  explanation: { none: 'it moves no money' },
} satisfies Told
