import type { AccountEvent } from '@daybook/core/account'
import type { LineId, Of, Party, Posting } from '@daybook/core/kernel'
import type { MatterChange } from './matter.ts'
import type { Piece } from './parts.ts'

// How events tell of what they changed: what a facet says in `pieces/<facet>.ts`.

/** What an event says about one party's share of one line, and what words need to look up. */
export interface Scene {
  readonly line: LineId
  readonly party: Party
  /** Net change of the receivable of this party on this line by the event. Never zero. */
  readonly net: number
  /** `plan`, or the payer's name where more than one payer is on the line. */
  readonly plan: string
  /** Who else a party is, in words: `the patient`, a payer's name. */
  readonly nameOf: (party: Party) => string
  readonly adjudication: (id: string) => Of<AccountEvent, 'ClaimAdjudicated'> | undefined
  readonly writeOff: (id: string) => Of<AccountEvent, 'WriteOffPosted'> | undefined
  /** What an adjudication has put on this party's share of this line so far. */
  readonly postedBy: (adjudication: string) => readonly Piece[]
}

/** An event that moves money. */
export type MoneyEvent = Extract<AccountEvent, Posting>

/** A piece that stands for the whole change of a share. */
export type Whole = Omit<Piece, 'amount'>

/**
 * How an event tells of a share that it changed: as one piece, or by figures of its own. Those need not add up to the
 * change; what they leave stands as a piece with the words `rest`, so that no explanation can leave a cent out.
 */
export type Telling<E> =
  | ((event: E, scene: Scene) => Whole)
  | { readonly pieces: (event: E, scene: Scene) => readonly Piece[]; readonly rest: string }

/** Of one payment: how much of its money lost its item (above zero) or found one. */
export interface UnappliedMove {
  readonly payment: string
  readonly amount: number
}

/** What one facet's events say of why a balance is what it is. */
export interface FacetExplanation {
  /** Every event that moves money stands with one facet. */
  readonly pieces: { readonly [T in MoneyEvent['type']]?: Telling<Of<MoneyEvent, T>> }
  /** Which payments' money without an item an event moved, `moved` in all, as far as its own figures say. */
  readonly unapplied?: {
    readonly [T in MoneyEvent['type']]?: (event: Of<MoneyEvent, T>, moved: number) => readonly UnappliedMove[]
  }
  /** Why an amount still stands at a payer. `id`: the event's own. */
  readonly matters?: {
    readonly [T in AccountEvent['type']]?: (event: Of<AccountEvent, T>, id: string) => MatterChange | undefined
  }
}
