import { explanation } from '../explanation/pieces/claims.ts'
import { claimWords as words } from '../history/words/claims.ts'
import { summary } from '../summary/sections/claims.ts'
import { queues } from '../worklist/queues/claims.ts'
import type { Told } from './told.ts'

export const claims = {
  words,
  queues,
  summary,
  explanation,
} satisfies Told
