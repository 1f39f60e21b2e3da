/** What an import of the practice's files, in the order of their names, must come to. Amounts in cents. */
export interface Oracle {
  readonly transactions: readonly ExpectedTransaction[]
  /** By patient control number. */
  readonly visits: ReadonlyMap<string, ExpectedVisit>
  /** Sums over the book, debit-positive, by the name of the control account without its payer. */
  readonly control: Readonly<Record<string, number>>
}

export interface ExpectedTransaction {
  readonly file: string
  readonly trace: string
  readonly payer: string
  readonly amount: number
  readonly verdict: 'posted' | 'partial' | 'held' | 'duplicate'
  readonly reasons: readonly string[]
  readonly claims: number
  /** Claims held alone, by patient control number, and their Σ CLP04. */
  readonly heldClaims: readonly string[]
  readonly heldAmount: number
}

export interface ExpectedVisit {
  readonly scenario: string
  /** Who owes, `patient` or the payer's name. */
  readonly balances: Readonly<Record<string, number>>
  /** Patient share that a gate keeps at the payer. */
  readonly held: number
}
