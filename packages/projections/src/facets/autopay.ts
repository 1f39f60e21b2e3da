import { autopayWords as words } from '../history/words/autopay.ts'
import { summary } from '../summary/sections/autopay.ts'
import { queues } from '../worklist/queues/autopay.ts'
import type { Told } from './told.ts'

export const autopay = {
  words,
  queues,
  summary,
  explanation: { none: 'it moves no money: what is drawn is posted as a payment' },
} satisfies Told
