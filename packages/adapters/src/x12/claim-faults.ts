import { elementName, type Faults, type Segment } from './elements.ts'
import type { TransactionContext } from './transaction.ts'

/** Sayings kept of one claim; one is enough to hold it. */
const MOST = 40

interface Noted {
  readonly defects: string[]
  readonly findings: string[]
}

/** Tells the claim that is being read; before the first claim, and after the last, the transaction. */
export class ClaimFaults implements Faults {
  #claim: Noted | undefined
  readonly #context: TransactionContext

  constructor(context: TransactionContext) {
    this.#context = context
  }

  attendTo(claim: Noted | undefined): void {
    this.#claim = claim
  }

  defect(segment: Segment, place: number, saying: string): void {
    this.#note(this.#claim?.defects, segment, place, saying, true)
  }

  finding(segment: Segment, place: number, saying: string): void {
    this.#note(this.#claim?.findings, segment, place, saying, false)
  }

  #note(list: string[] | undefined, segment: Segment, place: number, saying: string, counted: boolean): void {
    const name = elementName(segment, place)
    if (!list) {
      this.#context.problem('elementUnusable', `${name} ${saying}`, segment)
      return
    }
    const message = counted ? `segment ${this.#context.segmentNumber()}: ${name} ${saying}` : `${name} ${saying}`
    if (list.length < MOST && !list.includes(message)) list.push(message)
  }
}
