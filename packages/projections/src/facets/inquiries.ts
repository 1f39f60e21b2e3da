import { inquiryWords as words } from '../history/words/inquiries.ts'
import { summary } from '../summary/sections/inquiries.ts'
import { queues } from '../worklist/queues/inquiries.ts'
import type { Told } from './told.ts'

export const inquiries = {
  words,
  queues,
  summary,
  explanation: { none: 'it moves no money' },
} satisfies Told
