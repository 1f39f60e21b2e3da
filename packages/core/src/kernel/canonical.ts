/**
 * Canonical JSON: the subset of RFC 8785 that Daybook stores. Keys in code-unit order, no white space, leaves that are
 * `undefined` left out. Takes strings, booleans, safe integers, arrays and plain objects; refuses everything else,
 * because what can not be written exactly can not be hashed honestly (design §3.14).
 */
export type Canonical =
  | string
  | boolean
  | number
  | readonly Canonical[]
  | { readonly [key: string]: Canonical | undefined }

/** Deeper nesting than this is refused before it can exhaust the stack. */
export const MAX_DEPTH = 64

export class NotCanonical extends Error {
  override readonly name = 'NotCanonical'
  /** Where in the value, as a JSON pointer. */
  readonly path: string
  constructor(path: string, what: string) {
    super(`${path || '(root)'}: ${what} has no canonical form`)
    this.path = path
  }
}

const text = (value: string, path: string): string => {
  if (!value.isWellFormed()) throw new NotCanonical(path, 'a lone surrogate')
  return JSON.stringify(value)
}

const write = (value: unknown, path: string, depth: number): string => {
  if (depth > MAX_DEPTH) throw new NotCanonical(path, `nesting deeper than ${MAX_DEPTH}`)
  switch (typeof value) {
    case 'string':
      return text(value, path)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'number':
      if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new NotCanonical(path, `the number ${value}`)
      return String(value)
    case 'object':
      break
    default:
      throw new NotCanonical(path, typeof value)
  }
  if (value === null) throw new NotCanonical(path, 'null')
  if (Array.isArray(value)) {
    let out = '['
    for (let i = 0; i < value.length; i++) {
      if (i > 0) out += ','
      out += write(value[i], `${path}/${i}`, depth + 1)
    }
    return `${out}]`
  }
  const prototype = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) throw new NotCanonical(path, 'an instance of a class')
  const record = value as Record<string, unknown>
  let out = '{'
  let first = true
  for (const key of Object.keys(record).sort()) {
    const leaf = record[key]
    if (leaf === undefined) continue
    if (key === '__proto__') throw new NotCanonical(`${path}/__proto__`, 'the key __proto__')
    if (!first) out += ','
    first = false
    out += `${text(key, path)}:${write(leaf, `${path}/${key}`, depth + 1)}`
  }
  return `${out}}`
}

/** @throws NotCanonical naming the place. */
export const canonicalJson = (value: unknown): string => write(value, '', 0)
