import { letterWords as words } from '../history/words/letters.ts'
import type { Told } from './told.ts'

export const letters = {
  words,
  queues: {
    none: 'what waits for a letter stands in the queue of its matter; what is made and not sent, among the documents',
  },
  summary: { none: 'letters stand among the documents of statements' },
  explanation: { none: 'it moves no money' },
} satisfies Told
