import { explanation } from '../explanation/pieces/placement.ts'
import { placementWords as words } from '../history/words/placement.ts'
import { summary } from '../summary/sections/placement.ts'
import { queues } from '../worklist/queues/placement.ts'
import type { Told } from './told.ts'

export const placement = {
  words,
  queues,
  summary,
  explanation,
} satisfies Told
