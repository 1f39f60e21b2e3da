import { explanation } from '../explanation/pieces/agreements.ts'
import { agreementWords as words } from '../history/words/agreements.ts'
import { summary } from '../summary/sections/agreements.ts'
import type { Told } from './told.ts'

export const agreements = {
  words,
  queues: { none: 'an election waits for the money of the patient, and ends by itself; notices are read' },
  summary,
  explanation,
} satisfies Told
