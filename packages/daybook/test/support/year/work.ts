import type { Book, OpenOptions, RecordedEvent } from '../../../src/index.ts'
import { openTestBook } from '../folder.ts'
import { lakeside } from '../letters.ts'
import { commandIdOf, type Outcome, type Step } from './step.ts'

// The desk does what stands in the steps, in a book that it opens anew whenever the machine was gone.

type Answer = Awaited<ReturnType<Book['execute']>>

const outcomeOf = (step: number, answer: Answer): Outcome =>
  answer.ok ? { step } : { step, refused: answer.hits.map(({ rule }) => rule) }

/** Runs the day, and gives what waits; what was written is found in the book. */
const runDay = async (book: Book, step: number): Promise<Outcome> => {
  const { steps } = await book.day()
  const waits = steps.flatMap(({ account, outcome, hits = [] }) =>
    outcome === 'waits' ? [{ account, rules: hits.map(({ rule }) => rule) }] : [],
  )
  return waits.length > 0 ? { step, waits } : { step }
}

/** Hands the documents to the carrier. */
const post = async (book: Book, step: number, on: string): Promise<Outcome> => {
  const { documents } = await book.statementFile()
  for (const { account, document } of documents) {
    const sent = { type: 'RecordDelivery', on, document, stage: 'sent' } as const
    await book.execute(account, sent, { commandId: `${commandIdOf(step)}:${document}` })
  }
  return { step }
}

/** Does one step. */
export const doStep = async (book: Book, { deed, on }: Step, step: number): Promise<Outcome> => {
  const commandId = commandIdOf(step)
  switch (deed.kind) {
    case 'open': {
      const { account, name, born, state } = deed
      const guarantor = { name, born, state, standing: 'confirmed' } as const
      return outcomeOf(step, await book.open({ account, guarantor, on, commandId }))
    }
    case 'meet': {
      const { person, account, name } = deed
      const known = await book.openPerson({ person, name, account, on, commandId })
      if (known.ok) return { step }
      const named = { type: 'NameAccount', on, account, role: 'guarantor' } as const
      return outcomeOf(step, await book.executeOnPerson(person, named, { commandId: `${commandId}:again` }))
    }
    case 'account':
      return outcomeOf(step, await book.execute(deed.account, deed.command, { commandId }))
    case 'person':
      return outcomeOf(step, await book.executeOnPerson(deed.person, deed.command, { commandId }))
    case 'day':
      return await runDay(book, step)
    case 'post':
      return await post(book, step, on)
  }
}

/** A book whose clock stands where the desk is, and whose ids and hashes are the same in every run. */
export const yearBook = async (url: string, clock: () => Date, options: Partial<OpenOptions> = {}): Promise<Book> =>
  await openTestBook(url, { practice: lakeside, clock, secret: new Uint8Array(32).fill(9), ...options })

export interface Work {
  readonly url: string
  readonly steps: readonly Step[]
  /** What was done already, in the order of the steps. */
  readonly outcomes: Outcome[]
  readonly onOutcome?: (outcome: Outcome) => void
  /** Called before a step and after it: what happens to the book there is not the desk's doing. */
  readonly before?: (book: Book, step: Step, number: number) => Promise<void>
  readonly after?: (book: Book, step: Step, number: number) => Promise<void>
}

/** Does what is left of the steps. */
export const workOn = async ({ url, steps, outcomes, onOutcome, ...watch }: Work): Promise<void> => {
  let now = new Date(steps[0]?.at ?? 0)
  await using book = await yearBook(url, () => now)
  for (const [number, step] of steps.entries()) {
    if (number < outcomes.length) continue
    now = new Date(step.at)
    const before = step.ifDone === undefined ? undefined : outcomes[step.ifDone]
    const isLeft = before !== undefined && (before.refused !== undefined || before.left === true)
    if (!isLeft) await watch.before?.(book, step, number)
    const outcome = isLeft ? ({ step: number, left: true } as const) : await doStep(book, step, number)
    outcomes.push(outcome)
    onOutcome?.(outcome)
    await watch.after?.(book, step, number)
  }
}

/** What the book holds at the end. */
export const logOf = async (url: string, steps: readonly Step[]): Promise<readonly RecordedEvent[]> => {
  await using book = await yearBook(url, () => new Date(steps.at(-1)?.at ?? 0))
  const log: RecordedEvent[] = []
  for await (const event of book.events()) log.push(event)
  return log
}
