import * as Effect from 'effect/Effect'
import type { AccountCommand } from '../account/rooms.ts'
import { InvalidCommand } from '../ports/errors.ts'
import type { Vouchable } from '../rules/own.ts'

// What a command has the desk vouch for of facts of the product: only the book knows which there are.

const issueOf = (vouchable: Vouchable, name: string, value: unknown): string | undefined => {
  const schema = Object.hasOwn(vouchable, name) ? vouchable[name] : undefined
  if (schema) return schema.safeParse(value).error?.issues[0]?.message
  const names = Object.keys(vouchable)
  return `is no fact of this book that the desk may vouch for${names.length > 0 ? `: ${names.join(', ')}` : ''}`
}

/** Refuses what is no such fact, or no value of it, with its path, as whatever else of a command can not be read. */
export const vouchedAsKnown = (
  vouchable: Vouchable | undefined,
  command: AccountCommand,
): Effect.Effect<void, InvalidCommand> => {
  const given = 'attestedOwn' in command ? (command.attestedOwn ?? {}) : {}
  const issues = Object.entries(given).flatMap(([name, value]) => {
    const message = issueOf(vouchable ?? {}, name, value)
    return message === undefined ? [] : [{ path: `attestedOwn.${name}`, message }]
  })
  if (issues.length === 0) return Effect.void
  const words = issues.map(({ path, message }) => `${path}: ${message}`).join('; ')
  return Effect.fail(new InvalidCommand({ message: `not a valid command: ${words}`, issues }))
}
