import { explanation } from '../explanation/pieces/ledger.ts'
import { ledgerWords as words } from '../history/words/ledger.ts'
import { summary } from '../summary/sections/ledger.ts'
import { queues } from '../worklist/queues/ledger.ts'
import type { Told } from './told.ts'

export const ledger = {
  words,
  queues,
  summary,
  explanation,
} satisfies Told
