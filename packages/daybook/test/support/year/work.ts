import type { Access, Book, OpenOptions, RecordedEvent } from '../../../src/index.ts'
import { openTestBook } from '../folder.ts'
import { lakeside } from '../letters.ts'
import { toldIn } from './marks.ts'
import { commandIdOf, type Outcome, type Step } from './step.ts'

// The desk does what stands in the steps, in a book that it opens anew whenever the machine was gone.

type Answer = Awaited<ReturnType<Book['execute']>>

const outcomeOf = (step: number, answer: Answer): Outcome => {
  if (answer.ok) return { step }
  const { hits, earliest } = answer
  return { step, refused: hits.map(({ rule }) => rule), ...(earliest === undefined ? {} : { earliest }) }
}

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

type Look = Extract<Step['deed'], { kind: 'look' }>

const isWithheld = (error: unknown): boolean =>
  error instanceof Error && '_tag' in error && error._tag === 'FieldsWithheld'

/** Looks; and says whether it was shown, and what it tells. */
const look = async (book: Book, { of, about, by, role, limited }: Look, step: number): Promise<Outcome> => {
  const { account, person } = about
  const actor = { id: by, roles: [role] }
  const at = limited ? book.limited : book
  const asked = {
    account: () => at.account(account, { actor }),
    history: () => at.history(account, { actor }),
    explain: () => at.explain(account, { actor }),
    person: () => at.person(person, { actor }),
    statement: () => at.statement({ account, actor }),
    may: () => at.may({ account, person, by: 'call', actor }),
  }
  return await asked[of]().then(
    (answer: unknown) => ({ step, answered: true, tells: toldIn(answer) }),
    (error: unknown) => {
      if (!isWithheld(error)) throw error
      return { step, answered: false }
    },
  )
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
      const { kind: _kind, ...somebody } = deed
      const known = await book.openPerson({ ...somebody, on, commandId })
      if (known.ok) return { step }
      const { person, account, role } = somebody
      const named = { type: 'NameAccount', on, account, role } as const
      return outcomeOf(step, await book.executeOnPerson(person, named, { commandId: `${commandId}:again` }))
    }
    case 'account': {
      const { account, command, actor } = deed
      return outcomeOf(step, await book.execute(account, command, { commandId, ...(actor ? { actor } : {}) }))
    }
    case 'person':
      return outcomeOf(step, await book.executeOnPerson(deed.person, deed.command, { commandId }))
    case 'look':
      return await look(book, deed, step)
    case 'delegate': {
      const { delegation, from, to, until } = deed
      const actor = { id: from, roles: ['supervisor' as const] }
      const asked = { delegation, from, to, until, reason: 'is away', actor, commandId }
      return outcomeOf(step, await book.delegate(asked))
    }
    case 'revoke': {
      const actor = { id: deed.by, roles: ['supervisor' as const] }
      return outcomeOf(step, await book.revokeDelegation(deed.delegation, { reason: 'is back', actor, commandId }))
    }
    case 'handOver':
      await book.handOver({ from: deed.from, to: deed.to, commandId })
      return { step }
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

/** Whether a step waits for another one that was refused, or was not done either. */
export const isLeft = ({ ifDone }: Step, outcomes: readonly Outcome[]): boolean => {
  const before = ifDone === undefined ? undefined : outcomes[ifDone]
  return before !== undefined && (before.refused !== undefined || before.left === true)
}

const eventsOf = async (book: Book): Promise<readonly RecordedEvent[]> => {
  const log: RecordedEvent[] = []
  for await (const event of book.events()) log.push(event)
  return log
}

/** All that was looked at, oldest first. */
const accessesOf = async (book: Book): Promise<readonly Access[]> => {
  const all: Access[] = []
  let after: string | undefined
  do {
    const { items, next } = await book.accesses(after === undefined ? {} : { after })
    all.push(...items)
    after = next
  } while (after !== undefined)
  return all
}

/** What a book holds, and who has looked at it. */
export interface Worked {
  readonly log: readonly RecordedEvent[]
  readonly accesses: readonly Access[]
}

const heldBy = async (book: Book): Promise<Worked> => ({
  log: await eventsOf(book),
  accesses: await accessesOf(book),
})

/** Does what is left of the steps; gives what the book holds at the end. */
export const workOn = async ({ url, steps, outcomes, onOutcome, ...watch }: Work): Promise<Worked> => {
  let now = new Date(steps[0]?.at ?? 0)
  await using book = await yearBook(url, () => now)
  for (const [number, step] of steps.entries()) {
    if (number < outcomes.length) continue
    now = new Date(step.at)
    const left = isLeft(step, outcomes)
    if (!left) await watch.before?.(book, step, number)
    const outcome = left ? ({ step: number, left: true } as const) : await doStep(book, step, number)
    outcomes.push(outcome)
    onOutcome?.(outcome)
    await watch.after?.(book, step, number)
  }
  return await heldBy(book)
}

/** What the book holds at the end. */
export const heldIn = async (url: string, steps: readonly Step[]): Promise<Worked> => {
  await using book = await yearBook(url, () => new Date(steps.at(-1)?.at ?? 0))
  return await heldBy(book)
}
