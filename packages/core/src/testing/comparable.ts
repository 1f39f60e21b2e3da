import { canonicalJson } from '../kernel/canonical.ts'

const plain = (value: unknown): unknown => {
  if (typeof value === 'object' && value !== null) {
    // Lists, maps and sets: what they hold, in their order.
    if (Symbol.iterator in value) return [...(value as Iterable<unknown>)].map(plain)
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, entry]) => entry !== undefined)
        .map(([key, entry]) => [key, plain(entry)]),
    )
  }
  return value
}

/** A state or a decision as text, to compare byte for byte: maps and sets in their order, absent fields left out. */
export const comparable = (value: unknown): string => canonicalJson(plain(value))
