// What the desk of the practice did beside the files (examples/practice/desk.jsonl): given to a book, step by step, each at its
// instant. A step that the book refuses stays refused: that is part of the story.
import { readFileSync } from 'node:fs'
import type { Book } from 'daybook'
import { type DeskStep, OF_THE_VISIT } from '../bench/practice/desk.ts'

export interface DeskReport {
  readonly steps: number
  /** Steps that were refused, by the rule that is named first. */
  readonly refused: ReadonlyMap<string, number>
}

/** The steps of a file, given to a book up to an instant at a time. */
export class DeskFile {
  readonly #left: DeskStep[]
  readonly #accounts = new Map<string, string>()
  readonly #persons = new Map<string, string>()
  readonly #answering = new Set<string>()
  readonly #refused = new Map<string, number>()
  #done = 0
  #read = 0
  constructor(path: string) {
    this.#left = readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as DeskStep)
  }

  /** Gives the book all steps before an instant. `clock` is told the instant of each. */
  async until(book: Book, before: Date, clock: (now: Date) => void): Promise<void> {
    for await (const { event, account = '', position } of book.events({ after: this.#read, types: ['VisitOpened'] })) {
      this.#read = position
      if (event.patientControlNumber !== undefined) this.#accounts.set(event.patientControlNumber, account)
    }
    for (let next = this.#left[0]; next && next.at < before.toISOString(); next = this.#left[0]) {
      this.#left.shift()
      clock(new Date(next.at))
      await this.#give(book, next)
    }
  }

  async #give(book: Book, { visit, step }: DeskStep): Promise<void> {
    const account = this.#accounts.get(visit)
    if (account === undefined) return
    this.#done += 1
    if (step.kind === 'meet') {
      // Whoever comes with the claim of another in the family answers for no account of their own.
      if (this.#answering.has(account)) return
      const { person, name } = step
      await book.openPerson({ person, name, account })
      this.#answering.add(account)
      this.#persons.set(visit, person)
      return
    }
    if (step.kind === 'account') {
      this.#take(await book.execute(account, step.command))
      return
    }
    const person = this.#persons.get(visit)
    if (person === undefined) return
    const command =
      'account' in step.command && step.command.account === OF_THE_VISIT ? { ...step.command, account } : step.command
    this.#take(await book.executeOnPerson(person, command))
  }

  #take(answer: Awaited<ReturnType<Book['execute']>>): void {
    if (answer.ok) return
    const rule = answer.hits[0]?.rule ?? ''
    this.#refused.set(rule, (this.#refused.get(rule) ?? 0) + 1)
  }

  get report(): DeskReport {
    return { steps: this.#done, refused: this.#refused }
  }
}
