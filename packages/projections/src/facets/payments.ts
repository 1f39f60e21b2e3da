import { explanation } from '../explanation/pieces/payments.ts'
import { paymentWords as words } from '../history/words/payments.ts'
import { summary } from '../summary/sections/payments.ts'
import { queues } from '../worklist/queues/payments.ts'
import type { Told } from './told.ts'

export const payments = {
  words,
  queues,
  summary,
  explanation,
} satisfies Told
