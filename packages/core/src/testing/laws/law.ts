import { type AccountEvent, type AccountState, foldAccount } from '../../account/index.ts'
import { formatCents } from '../../kernel/cents.ts'
import type { History, Office, Step } from '../history.ts'
import { type LawId, wordsOf } from './words.ts'

/** What a law found wrong, and at which step (1-based; 0: of the whole history). */
export interface Violation {
  readonly law: string
  readonly step: number
  readonly message: string
}

/** A property that every reachable history has. */
export interface Law {
  readonly id: LawId
  /** The whole law, as docs/laws.md words it; `holds` checks what one history of one account can show of it. */
  readonly says: string
  readonly holds: (history: History, office: Office) => readonly Violation[]
}

export type Found = readonly string[]

/** A law over each step. */
export const eachStep = (id: LawId, check: (step: Step, number: number, office: Office) => Found): Law => ({
  id,
  says: wordsOf(id),
  holds: (history, office) =>
    history.steps.flatMap((step, index) =>
      check(step, index + 1, office).map((message) => ({ law: id, step: index + 1, message })),
    ),
})

/** A law over each accepted event, with the account right after it. */
export const eachEvent = (
  id: LawId,
  check: (event: AccountEvent, before: AccountState, after: AccountState) => Found,
): Law =>
  eachStep(id, ({ before, decision }) => {
    if (!decision.ok) return []
    let state = before
    return decision.events.flatMap((event) => {
      const next = foldAccount(state, [event])
      const found = check(event, state, next)
      state = next
      return found
    })
  })

/** A law over a history as a whole. */
export const whole = (id: LawId, check: (history: History) => Found): Law => ({
  id,
  says: wordsOf(id),
  holds: (history) => check(history).map((message) => ({ law: id, step: 0, message })),
})

/** Two amounts that must be one. */
export const differs = (what: string, a: number, b: number): Found =>
  a === b ? [] : [`${what}: ${formatCents(a)} and ${formatCents(b)}`]
