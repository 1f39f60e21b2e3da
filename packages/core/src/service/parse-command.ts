import * as Effect from 'effect/Effect'
import type { Aggregate } from '../kernel/aggregate.ts'
import { canonicalJson, MAX_DEPTH, NotCanonical } from '../kernel/canonical.ts'
import type { Sha256 } from '../kernel/leaf.ts'
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
