import { planWords as words } from '../history/words/plans.ts'
import { summary } from '../summary/sections/plans.ts'
import { queues } from '../worklist/queues/plans.ts'
import type { Told } from './told.ts'

export const plans = {
  words,
  queues,
  summary,
  explanation: { none: 'it moves no money: instalments are paid by payments' },
} satisfies Told
