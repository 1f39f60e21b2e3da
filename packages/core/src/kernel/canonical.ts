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

/** The keys of an object in the order in which they are written, and as they are written. */
interface Layout {
  readonly keys: readonly string[]
  readonly texts: readonly string[]
}

/**
 * A layout by the order in which an object's keys come: one step a key. Objects come again and again in the few orders
 * of our schemas, and are sorted once for each.
 */
interface Step {
  readonly key: string
  readonly next: Map<string, Step>
  /** The one of `next` that was taken last: nearly always the one that is taken now. */
  last: Step | undefined
  layout: Layout | undefined
}

const stepTo = (key: string): Step => ({ key, next: new Map(), last: undefined, layout: undefined })

/** What is remembered is bounded, because a stranger may name the keys of a command. */
const MAX_STEPS = 8_192
const MAX_KEYS = 64
const start = stepTo('')
let steps = 0

const keyText = (key: string, place: Place): string => {
  place.push(key)
  const written = key === '__proto__' ? refuse(place, 'the key __proto__') : `${text(key, place)}:`
  place.pop()
  return written
}

const sortedLayout = (keys: readonly string[], place: Place): Layout => {
  const sorted = keys.toSorted()
  return { keys: sorted, texts: sorted.map((key) => keyText(key, place)) }
}

const nextStep = (from: Step, key: string): Step | undefined => {
  let step = from.next.get(key)
  if (!step) {
    if (steps >= MAX_STEPS) return undefined
    steps += 1
    step = stepTo(key)
    from.next.set(key, step)
  }
  from.last = step
  return step
}

const layoutOf = (record: Record<string, unknown>, place: Place): Layout => {
  const keys = Object.keys(record)
  if (keys.length > MAX_KEYS) return sortedLayout(keys, place)
  let at = start
  for (const key of keys) {
    const step = at.last?.key === key ? at.last : nextStep(at, key)
    if (!step) return sortedLayout(keys, place)
    at = step
  }
  at.layout ??= sortedLayout(keys, place)
  return at.layout
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
  const { keys, texts } = layoutOf(record, place)
  let out = '{'
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string
    const leaf = record[key]
    if (leaf === undefined) continue
    if (out.length > 1) out += ','
    place.push(key)
    out += texts[i] + write(leaf, place)
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
