import { registrationWords as words } from '../history/words/registration.ts'
import { summary } from '../summary/sections/registration.ts'
import { queues } from '../worklist/queues/registration.ts'
import type { Told } from './told.ts'

export const registration = {
  words,
  queues,
  summary,
  explanation: { none: 'it moves no money' },
} satisfies Told
