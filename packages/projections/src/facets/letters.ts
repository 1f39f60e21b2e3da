import { letterWords as words } from '../history/words/letters.ts'
import { queues } from '../worklist/queues/letters.ts'
import type { Told } from './told.ts'

export const letters = {
  words,
  queues,
  summary: { none: 'letters stand among the documents of statements' },
  explanation: { none: 'it moves no money' },
} satisfies Told
