/** A provider adjustment of a payer as its control account names it. */
export interface Referred {
  readonly account: string
  readonly reference: string
  /** How earlier payments called the same claim, where they called it otherwise. */
  readonly alsoNamed?: readonly string[] | undefined
}

/** References of payers that name one claim, under the first of them (clarification 32). */
export class ReferenceNames {
  readonly #first = new Map<string, string>()

  /** The reference under which the claim was named first. */
  firstOf({ account, reference, alsoNamed = [] }: Referred): string {
    const own = `${account}\n${reference}`
    const [earlier = reference] = alsoNamed
    const first = this.#first.get(own) ?? this.#first.get(`${account}\n${earlier}`) ?? earlier
    this.#first.set(own, first)
    return first
  }
}
