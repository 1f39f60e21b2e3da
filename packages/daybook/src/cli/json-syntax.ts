/** Why a text is not taken as JSON, and where: never what stands there, which may be somebody's name. */
export interface SyntaxFault {
  readonly what: string
  /** From 0, in UTF-16 units. */
  readonly at: number
}

/** What may come next. */
type Expected = 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'colon' | 'commaOrEnd' | 'nothing'

/** An array, or an object with the names that it has had. */
type Frame = Set<string> | 'array'

const blank = /[\t\n\r ]*/y
/** A number or a word; none is longer than this that means anything. */
const scalar = /(?:-?(?:0|[1-9]\d{0,400})(?:\.\d{1,400})?(?:[eE][+-]?\d{1,400})?|true|false|null)(?![\w.+-])/y

const startsAt = (pattern: RegExp, text: string, at: number): number => {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : -1
}

/** Where the string that begins at `at` has ended; the fault's place, negative and less one, where it does not. */
const endOfString = (text: string, at: number): number => {
  for (let next = at + 1; next < text.length; next++) {
    const unit = text.charCodeAt(next)
    if (unit === 0x22) return next + 1
    if (unit < 0x20) return -next - 1
    if (unit !== 0x5c) continue
    const escaped = /^(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.exec(text.slice(next + 1, next + 6))?.[0]
    if (escaped === undefined) return -next - 1
    next += escaped.length
  }
  return -text.length - 1
}

/**
 * Reads a text as JSON without making anything of it: every bracket, comma and escape, how deep it goes, and that no
 * object has two values under one name, of which a reader would take the last in silence.
 */
export const syntaxFault = (text: string, deepest: number): SyntaxFault | undefined => {
  const frames: Frame[] = []
  let expected: Expected = 'value'
  let at = startsAt(blank, text, 0)
  const closed = (): void => {
    frames.pop()
    expected = frames.length === 0 ? 'nothing' : 'commaOrEnd'
  }
  for (; at < text.length; at = startsAt(blank, text, at)) {
    const sign = text[at]
    const frame = frames.at(-1)
    const takesValue = expected === 'value' || expected === 'valueOrEnd'
    if (takesValue && (sign === '{' || sign === '[')) {
      if (frames.length === deepest) return { what: `nested deeper than ${deepest}`, at }
      frames.push(sign === '{' ? new Set() : 'array')
      expected = sign === '{' ? 'keyOrEnd' : 'valueOrEnd'
      at += 1
    } else if (sign === '}' && frame instanceof Set && (expected === 'keyOrEnd' || expected === 'commaOrEnd')) {
      closed()
      at += 1
    } else if (sign === ']' && frame === 'array' && (expected === 'valueOrEnd' || expected === 'commaOrEnd')) {
      closed()
      at += 1
    } else if (sign === ',' && expected === 'commaOrEnd') {
      expected = frame === 'array' ? 'value' : 'key'
      at += 1
    } else if (sign === ':' && expected === 'colon') {
      expected = 'value'
      at += 1
    } else if (sign === '"' && expected !== 'colon' && expected !== 'commaOrEnd' && expected !== 'nothing') {
      const end = endOfString(text, at)
      if (end < 0) return { what: 'not JSON', at: -end - 1 }
      if (takesValue) expected = frames.length === 0 ? 'nothing' : 'commaOrEnd'
      else {
        const key = String(JSON.parse(text.slice(at, end)))
        if (frame instanceof Set && frame.has(key)) return { what: 'a second value under one name', at }
        if (frame instanceof Set) frame.add(key)
        expected = 'colon'
      }
      at = end
    } else {
      const end = takesValue ? startsAt(scalar, text, at) : -1
      if (end < 0) return { what: 'not JSON', at }
      expected = frames.length === 0 ? 'nothing' : 'commaOrEnd'
      at = end
    }
  }
  return expected === 'nothing' ? undefined : { what: 'not JSON: it ends too early', at }
}

/** Line and column of a place, both from 1. */
export const placeOf = (text: string, at: number): string => {
  const before = text.slice(0, at)
  const line = before.split('\n').length
  return `line ${line}, column ${at - before.lastIndexOf('\n')}`
}
