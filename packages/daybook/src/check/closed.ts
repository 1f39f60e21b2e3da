import { closesIn, type StoredEvent, type StreamEntry } from '@daybook/core/ports'
import type { Finding } from './finding.ts'

/** A stream as its events close it, held against how its store has marked it. */
export class ClosedStream {
  readonly #entry: StreamEntry
  #closedBy: StoredEvent | undefined
  #last: StoredEvent | undefined
  readonly #after: Finding[] = []
  constructor(entry: StreamEntry) {
    this.#entry = entry
  }

  /** The next event of the stream. */
  add(event: StoredEvent): void {
    const { stream, version, position } = event
    if (this.#closedBy) {
      const message = `${stream} was closed by its version ${this.#closedBy.version}, and version ${version} (@${position}) follows`
      this.#after.push({ check: 'guards', message, stream, version, position })
    }
    if (closesIn(event.meta)) this.#closedBy ??= event
    this.#last = event
  }

  /** What does not fit, of a book that is looked at up to a head: what came since may be newer than the mark. */
  findings(head: number): readonly Finding[] {
    const { stream, closed } = this.#entry
    if (!this.#last || this.#last.position > head || closed === (this.#closedBy !== undefined)) return this.#after
    const message = closed
      ? `${stream} is marked as closed, and no event of it says so`
      : `${stream} was closed by its version ${this.#closedBy?.version}, and is not marked so`
    return [...this.#after, { check: 'guards', message, stream }]
  }
}
