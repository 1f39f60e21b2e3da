import { workWords as words } from '../history/words/work.ts'
import { queues } from '../worklist/queues/work.ts'
import type { Told } from './told.ts'

export const work = {
  words,
  queues,
  summary: { none: 'who works what is told by the worklist' },
  explanation: { none: 'it moves no money' },
} satisfies Told
