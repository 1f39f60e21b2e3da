import type { AccountEvent } from '@daybook/core/account'
import type { Day } from '@daybook/core/kernel'
import type { RemittanceEvent } from '@daybook/core/remittance'
import { Entries } from './entries.ts'
import { type Matter, matterKey } from './matter.ts'

/** A part of a balance. Cents, debit-positive, never 0. */
export interface Piece {
  readonly matter: Matter
  readonly amount: number
  /** The first day from which anything of it counts, since it was last even. */
  readonly since: Day
}

const earlier = (a: Day, b: Day): Day => (a < b ? a : b)

/** Adds up the accounts of the books as of a day, each by what explains it, while the log goes by in its order. */
export class Tally {
  readonly #asOf: Day
  readonly #entries = new Entries()
  readonly #accounts = new Map<string, Map<string, Piece>>()
  constructor(asOf: Day) {
    this.#asOf = asOf
  }

  add(stream: string, event: AccountEvent | RemittanceEvent): void {
    const day = event.effectiveDate
    // An event of a later day is read too: it may say what a reference is called.
    for (const { account, amount, matter } of this.#entries.of(stream, event)) {
      if (day > this.#asOf || amount === 0) continue
      const pieces = this.#piecesOf(account)
      const key = matterKey(matter)
      const before = pieces.get(key)
      const sum = (before?.amount ?? 0) + amount
      // What is even explains nothing: it is forgotten, so that memory holds what is open.
      if (sum === 0) pieces.delete(key)
      else pieces.set(key, { matter, amount: sum, since: before ? earlier(before.since, day) : day })
    }
  }

  /** Every account of which anything is open, with what is. */
  accounts(): ReadonlyMap<string, readonly Piece[]> {
    return new Map(
      [...this.#accounts]
        .filter(([, pieces]) => pieces.size > 0)
        .map(([account, pieces]) => [account, [...pieces.values()]]),
    )
  }

  #piecesOf(account: string): Map<string, Piece> {
    const known = this.#accounts.get(account)
    if (known) return known
    const made = new Map<string, Piece>()
    this.#accounts.set(account, made)
    return made
  }
}
