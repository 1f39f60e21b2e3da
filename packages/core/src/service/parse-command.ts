import * as Effect from 'effect/Effect'
import type { Aggregate } from '../kernel/aggregate.ts'
import { canonicalJson, MAX_DEPTH, NotCanonical } from '../kernel/canonical.ts'
import type { Sha256 } from '../kernel/leaf.ts'
import { steers } from '../kernel/printable.ts'
import { InvalidCommand } from '../ports/errors.ts'

interface SchemaIssue {
  readonly path: readonly PropertyKey[]
  readonly message: string
  /** Of unrecognised keys: each is a fault of its own, at its own place. */
  readonly keys?: readonly string[]
}

const issuesOf = ({ issues }: { readonly issues: readonly SchemaIssue[] }): InvalidCommand['issues'] =>
  issues.flatMap(({ path, message, keys }) =>
    keys
      ? keys.map((key) => ({ path: [...path, key].map(String).join('.'), message: 'no such field' }))
      : [{ path: path.map(String).join('.'), message }],
  )

/** `constructor`, `prototype` and `__proto__` are no keys of a command, at any depth (notes/trust §6): the first found. */
const forbiddenKey = (value: unknown, depth = 0): readonly string[] | undefined => {
  if (typeof value !== 'object' || value === null) return undefined
  if (depth > MAX_DEPTH) return []
  for (const key of Object.keys(value)) {
    if (key === '__proto__' || key === 'constructor' || key === 'prototype') return [key]
    const below = forbiddenKey((value as Record<string, unknown>)[key], depth + 1)
    if (below) return [key, ...below]
  }
  return undefined
}

/** Where text of a command could steer a terminal that shows it one day: every such place, at any depth. */
const steeringAt = (value: unknown, path: readonly string[] = []): readonly (readonly string[])[] => {
  if (typeof value === 'string') return steers(value) ? [path] : []
  if (typeof value !== 'object' || value === null || path.length > MAX_DEPTH) return []
  return Object.entries(value).flatMap(([key, below]) => steeringAt(below, [...path, key]))
}

const invalid = (message: string, issues: InvalidCommand['issues']) => new InvalidCommand({ message, issues })

/** Validates a command as given; every fault with the path to its field. */
export const parseCommand = <C extends { readonly type: string }>(
  aggregate: Pick<Aggregate<never, C, never, never>, 'commandSchema'>,
  given: unknown,
): Effect.Effect<C, InvalidCommand> => {
  const forbidden = forbiddenKey(given)?.join('.')
  if (forbidden !== undefined) {
    return Effect.fail(invalid(`the key ${forbidden} is not allowed`, [{ path: forbidden, message: 'not allowed' }]))
  }
  const parsed = aggregate.commandSchema.safeParse(given)
  if (parsed.success) return Effect.succeed(parsed.data)
  const issues = issuesOf(parsed.error)
  const words = issues.map((issue) => `${issue.path || '(command)'}: ${issue.message}`).join('; ')
  return Effect.fail(invalid(`not a valid command: ${words}`, issues))
}

/**
 * The same for what a person types, or a program for them: no text of it steers a terminal (ESC and its like, marks of writing
 * direction). What a document says is kept as it says it, and escaped wherever it is shown.
 */
export const parseTyped = <C extends { readonly type: string }>(
  aggregate: Pick<Aggregate<never, C, never, never>, 'commandSchema'>,
  given: unknown,
): Effect.Effect<C, InvalidCommand> => {
  const issues = steeringAt(given).map((path) => ({ path: path.join('.'), message: 'has control characters' }))
  if (issues.length === 0) return parseCommand(aggregate, given)
  const words = issues.map(({ path, message }) => `${path}: ${message}`).join('; ')
  return Effect.fail(invalid(`not a valid command: ${words}`, issues))
}

/** What a command is known by besides its id (law B4): the hash of it as given, before defaults. */
export const fingerprintOf = (given: unknown, sha256: Sha256): Effect.Effect<string, InvalidCommand> => {
  try {
    return Effect.succeed(sha256(canonicalJson(given)))
  } catch (fault) {
    if (!(fault instanceof NotCanonical)) throw fault
    const path = fault.path.slice(1).replaceAll('/', '.')
    return Effect.fail(invalid(`not a valid command: ${fault.message}`, [{ path, message: fault.message }]))
  }
}
