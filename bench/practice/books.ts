/**
 * What a visit must come to, by plain addition: who owes how much. Kept by the generator from what it meant, never from
 * what the product decides, so that the two can be compared.
 */
export class VisitBooks {
  readonly #owed = new Map<string, number>()
  readonly #settled = new Map<string, Settlement>()
  charged = 0
  contractual = 0
  paid = 0
  /** Patient share that a gate keeps at the payer. */
  held = 0

  owes(party: string): number {
    return this.#owed.get(party) ?? 0
  }

  #move(party: string, amount: number): void {
    this.#owed.set(party, this.owes(party) + amount)
  }

  charge(party: string, amount: number): void {
    this.charged += amount
    this.#move(party, amount)
  }

  /** Takes the whole visit back: nobody owes anything. Only for visits on which no money was posted. */
  void(): void {
    this.charged = 0
    this.#owed.clear()
  }

  /** A payer's answer, kept under the payer's control number so that it can be reversed. */
  settle(controlNumber: string, settlement: Settlement): void {
    this.#settled.set(controlNumber, settlement)
    this.#apply(settlement, 1)
  }

  reverse(controlNumber: string): void {
    const settlement = this.#settled.get(controlNumber)
    if (!settlement) throw new RangeError(`${controlNumber} was never settled`)
    this.#apply(settlement, -1)
  }

  #apply({ payer, next, paid, contractual, share, held }: Settlement, sign: 1 | -1): void {
    this.#move(payer, -sign * (paid + contractual + share))
    if (share !== 0) this.#move(next, sign * share)
    this.paid += sign * paid
    this.contractual += sign * contractual
    this.held += sign * held
  }

  /** Parties that owe something, by name: `patient` or the payer's. */
  balances(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#owed].filter(([, amount]) => amount !== 0).sort())
  }
}

export interface Settlement {
  readonly payer: string
  /** Who takes the patient's share: `patient` or the next payer's name. */
  readonly next: string
  readonly paid: number
  readonly contractual: number
  readonly share: number
  readonly held: number
}
