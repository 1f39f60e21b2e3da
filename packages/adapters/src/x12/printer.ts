import type { Day } from '@daybook/core/kernel'
import type { Separators } from './separators.ts'

/** Writes segments, one a line. Empty elements at the end of a segment are left out, as X12 wants. */
export class Printer {
  readonly #separators: Separators
  readonly #segments: string[] = []
  #transactionFrom = 0

  constructor(separators: Separators) {
    this.#separators = separators
  }

  line(id: string, ...elements: readonly (string | undefined)[]): void {
    const { element, segment } = this.#separators
    let last = elements.length
    while (last > 0 && !elements[last - 1]) last -= 1
    let line = id
    for (let at = 0; at < last; at += 1) {
      const value = elements[at] ?? ''
      if (value.includes(element) || value.includes(segment) || /[\r\n]/.test(value))
        throw new RangeError(`${id}${String(at + 1).padStart(2, '0')} holds a separator or a line break`)
      line += element + value
    }
    this.#segments.push(line)
  }

  /** ISA: every element keeps its width, and the component separator is the last one. */
  header(...elements: readonly string[]): void {
    this.#segments.push([...elements, this.#separators.component].join(this.#separators.element))
  }

  /**
   * The components of a composite element, empty ones at its end left out.
   * @throws RangeError where a component holds the component separator.
   */
  composite(...components: readonly string[]): string {
    const { component } = this.#separators
    if (components.some((value) => value.includes(component)))
      throw new RangeError('a component holds the component separator')
    let last = components.length
    while (last > 0 && !components[last - 1]) last -= 1
    return components.slice(0, last).join(component)
  }

  /** A component that may itself hold separators of components: it is the last of its composite. */
  pair(code: string, rest: string): string {
    return rest ? code + this.#separators.component + rest : code
  }

  /** ST, the segments of `body`, and SE with their count. */
  transaction(id: string, controlNumber: string, version: string | undefined, body: () => void): void {
    this.#transactionFrom = this.#segments.length
    this.line('ST', id, controlNumber, version)
    body()
    this.line('SE', String(this.#segments.length - this.#transactionFrom + 1), controlNumber)
  }

  text(): string {
    return this.#segments.map((line) => `${line}${this.#separators.segment}\n`).join('')
  }
}

/** Cents as X12 writes dollars: `-12.50`. */
export const dollars = (cents: number | undefined): string | undefined => {
  if (cents === undefined) return undefined
  const magnitude = Math.abs(cents)
  return `${cents < 0 ? '-' : ''}${Math.floor(magnitude / 100)}.${String(magnitude % 100).padStart(2, '0')}`
}

/** CCYYMMDD. */
export const digits = (day: Day | undefined): string | undefined => day?.replaceAll('-', '')
