import { noteWords as words } from '../history/words/notes.ts'
import type { Told } from './told.ts'

export const notes = {
  words,
  queues: { none: 'notes are read in the history; what waits for a day is a promise, a dispute or an inquiry' },
  summary: { none: 'notes are read in the history' },
  explanation: { none: 'it moves no money' },
} satisfies Told
