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

/** Keys and indices down to the value being written: its length is the depth, its text the path of an error. */
type Place = (string | number)[]

const refuse = (place: Place, what: string): never => {
  throw new NotCanonical(
    place.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
    what,
  )
}

/** Text that JSON writes as it stands: nearly all there is, and three times faster to test than to escape. */
const plain = /^[ !#-[\]-~]*$/

const text = (value: string, place: Place): string => {
  if (plain.test(value)) return `"${value}"`
  return value.isWellFormed() ? JSON.stringify(value) : refuse(place, 'a lone surrogate')
}

/** Keys come again and again, from a few schemas. Bounded, because a stranger may name the keys of a command. */
const MAX_KEYS = 4_096
const writtenKeys = new Map<string, string>()
const keyText = (key: string, place: Place): string => {
  const known = writtenKeys.get(key)
  if (known !== undefined) return known
  if (key === '__proto__') return refuse(place, 'the key __proto__')
  const written = `${text(key, place)}:`
  if (writtenKeys.size < MAX_KEYS) writtenKeys.set(key, written)
  return written
}

const writeArray = (values: readonly unknown[], place: Place): string => {
  let out = '['
  for (let i = 0; i < values.length; i++) {
    if (i > 0) out += ','
    place.push(i)
    out += write(values[i], place)
    place.pop()
  }
  return `${out}]`
}

const writeObject = (record: Record<string, unknown>, place: Place): string => {
  let out = '{'
  for (const key of Object.keys(record).sort()) {
    const leaf = record[key]
    if (leaf === undefined) continue
    if (out.length > 1) out += ','
    place.push(key)
    out += keyText(key, place) + write(leaf, place)
    place.pop()
  }
  return `${out}}`
}

const write = (value: unknown, place: Place): string => {
  if (place.length > MAX_DEPTH) return refuse(place, `nesting deeper than ${MAX_DEPTH}`)
  switch (typeof value) {
    case 'string':
      return text(value, place)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'number':
      if (!Number.isSafeInteger(value)) refuse(place, `the number ${value}`)
      if (Object.is(value, -0)) refuse(place, 'the number -0')
      return String(value)
    case 'object':
      break
    default:
      return refuse(place, typeof value)
  }
  if (value === null) return refuse(place, 'null')
  if (Array.isArray(value)) return writeArray(value, place)
  const prototype = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return refuse(place, 'an instance of a class')
  return writeObject(value as Record<string, unknown>, place)
}

/** @throws NotCanonical naming the place. */
export const canonicalJson = (value: unknown): string => write(value, [])
