import { explanation } from '../explanation/pieces/credits.ts'
import { creditWords as words } from '../history/words/credits.ts'
import { summary } from '../summary/sections/credits.ts'
import { queues } from '../worklist/queues/credits.ts'
import type { Told } from './told.ts'

export const credits = {
  words,
  queues,
  summary,
  explanation,
} satisfies Told
