import { disputeWords as words } from '../history/words/disputes.ts'
import { summary } from '../summary/sections/disputes.ts'
import { queues } from '../worklist/queues/disputes.ts'
import type { Told } from './told.ts'

export const disputes = {
  words,
  queues,
  summary,
  explanation: { none: 'it moves no money: what is upheld is corrected by its own commands' },
} satisfies Told
