import { registrationWords as words } from '../history/words/registration.ts'
import { summary } from '../summary/sections/registration.ts'
import type { Told } from './told.ts'

export const registration = {
  words,
  queues: { none: 'who answers for an account is asked where the patient owes' },
  summary,
  explanation: { none: 'it moves no money' },
} satisfies Told
