import type { Day } from '@daybook/core/kernel'
import type { PartyLabel } from '../summary/parties.ts'
import type { OpenMatter } from './matter.ts'

/** An event that an amount comes from. */
export interface Source {
  readonly id: string
  readonly type: string
  readonly position: number
  readonly effectiveDate: Day
}

/**
 * What an amount is. `movedHere` and `movedAway` are the two sides of a transfer of responsibility; `undone` takes
 * back what an adjudication had posted.
 */
export type PartKind =
  | 'billed'
  | 'broughtForward'
  | 'discount'
  | 'withheld'
  | 'priorPayer'
  | 'planPaid'
  | 'takenBack'
  | 'movedHere'
  | 'movedAway'
  | 'writeOff'
  | 'writeOffUndone'
  | 'paid'
  | 'paymentUndone'
  | 'refund'
  | 'undone'
  | 'voided'
  | 'other'

/** A labelled piece of what one party owes on one line. `amount` is the signed change, in cents. */
export interface Piece {
  readonly kind: PartKind
  readonly words: string
  readonly amount: number
  /** Codes behind it: `CO-45`. */
  readonly code?: string
  /** Spread from claim level by rule S, not reported by line. */
  readonly derived?: boolean
  /** Of an `undone`: the kind and the words of what it takes back. */
  readonly undoes?: { readonly kind: PartKind; readonly words: string }
}

/** Pieces of one kind and wording, added up, with the events that they come from. */
export interface Part {
  readonly kind: PartKind
  readonly words: string
  readonly amount: number
  readonly codes: readonly string[]
  readonly derived: boolean
  readonly undoes?: Piece['undoes']
  readonly events: readonly Source[]
}

/** One party's share of one line: `parts` add up to `balance`; at a payer, so does `open`. Cents. */
export interface PartyExplanation extends PartyLabel {
  readonly balance: number
  readonly parts: readonly Part[]
  /** Why it still stands at a payer: denied, pending, held, undecided. Empty for the patient. */
  readonly open: readonly OpenMatter[]
}

/** The order in which a bill is read: what was charged, what the plan did, what became the patient's, what was paid. */
const readingOrder: readonly PartKind[] = [
  'billed',
  'broughtForward',
  'discount',
  'withheld',
  'priorPayer',
  'planPaid',
  'takenBack',
  'undone',
  'movedAway',
  'movedHere',
  'writeOff',
  'writeOffUndone',
  'paid',
  'paymentUndone',
  'refund',
  'voided',
  'other',
]
const rank = (kind: PartKind): number => readingOrder.indexOf(kind)

/** Adds pieces up by kind and words, in reading order; a part whose pieces cancel is kept, for the events behind it. */
export const mergePieces = (pieces: readonly { readonly piece: Piece; readonly source: Source }[]): readonly Part[] => {
  const parts = new Map<string, { part: Part; events: Map<string, Source>; codes: Set<string> }>()
  for (const { piece, source } of pieces) {
    const key = `${piece.kind}\n${piece.words}`
    const found = parts.get(key)
    const before = found?.part
    const part: Part = {
      kind: piece.kind,
      words: piece.words,
      amount: (before?.amount ?? 0) + piece.amount,
      codes: [],
      derived: (before?.derived ?? false) || (piece.derived ?? false),
      ...(piece.undoes ? { undoes: piece.undoes } : {}),
      events: [],
    }
    const events = found?.events ?? new Map<string, Source>()
    const codes = found?.codes ?? new Set<string>()
    events.set(source.id, source)
    if (piece.code) codes.add(piece.code)
    parts.set(key, { part, events, codes })
  }
  return [...parts.values()]
    .map(({ part, events, codes }) => ({ ...part, codes: [...codes], events: [...events.values()] }))
    .sort((a, b) => rank(a.kind) - rank(b.kind))
}
