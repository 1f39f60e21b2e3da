import { reviewWords as words } from '../history/words/reviews.ts'
import { summary } from '../summary/sections/reviews.ts'
import { queues } from '../worklist/queues/reviews.ts'
import type { Told } from './told.ts'

export const reviews = {
  words,
  queues,
  summary,
  explanation: { none: 'it moves no money: what a finding is of is explained where it lies' },
} satisfies Told
