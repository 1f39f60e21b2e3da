import { canonicalJson } from '../kernel/canonical.ts'

const plain = (value: unknown): unknown => {
  if (value instanceof Map) return [...value].map(([key, entry]) => [plain(key), plain(entry)])
  if (value instanceof Set) return [...value].map(plain)
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value === 'object' && value !== null) {
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
