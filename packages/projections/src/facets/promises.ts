import { promiseWords as words } from '../history/words/promises.ts'
import { summary } from '../summary/sections/promises.ts'
import { queues } from '../worklist/queues/promises.ts'
import type { Told } from './told.ts'

export const promises = {
  words,
  queues,
  summary,
  explanation: { none: 'it moves no money: promises are kept by payments' },
} satisfies Told
