/** The four separators of an interchange (X12.5): each file, and each interchange of a file, may have its own. */
export interface Separators {
  readonly element: string
  /** Between the components of a composite: ISA16. */
  readonly component: string
  /** ISA11 since 00501; earlier versions carry a standards id there and have none. */
  readonly repetition?: string
  readonly segment: string
}

export const usualSeparators: Separators = { element: '*', component: ':', repetition: '^', segment: '~' }

const isWord = (char: string): boolean => /[A-Za-z0-9]/.test(char)

/** What the start of an interchange says. `regular` is false where ISA had not its fixed widths. */
export interface FoundSeparators {
  readonly separators: Separators
  readonly envelope: 'ISA' | 'none'
  readonly regular: boolean
}

/** Where the element separators of a regular ISA stand. */
const isaSeparatorPlaces = [3, 6, 17, 20, 31, 34, 50, 53, 69, 76, 81, 83, 89, 99, 101, 103] as const

/**
 * CR LF as a terminator is read as LF; the reader drops a CR at the end of a segment. Blanks before it pad the segment:
 * one ends segments only where a segment id follows it.
 */
const terminatorAt = (text: string, at: number): string => {
  let end = at
  while (/[ \t]/.test(text.charAt(end))) end += 1
  const char = end > at && isWord(text.charAt(end)) ? text.charAt(at) : text.charAt(end)
  return char === '\r' && text.charAt(end + 1) === '\n' ? '\n' : char
}

const repetitionOf = (version: string | undefined, repetition: string | undefined): { repetition?: string } =>
  repetition?.length === 1 && !isWord(repetition) && (version ?? '') >= '00402' ? { repetition } : {}

const regularIsa = (text: string, element: string): Separators | undefined => {
  if (!isaSeparatorPlaces.every((place) => text.charAt(place) === element)) return undefined
  const component = text.charAt(104)
  const segment = terminatorAt(text, 105)
  if (segment === '' || isWord(segment) || isWord(component) || segment === component) return undefined
  const elements = text.slice(0, 105).split(element)
  return { element, component, segment, ...repetitionOf(elements[12], elements[11]) }
}

/** An ISA that is not padded, or has too few elements: it ends where GS (or TA1) begins, or after its 16th separator. */
const shortIsa = (text: string, element: string): Separators | undefined => {
  const next = ['GS', 'TA1', 'ST', 'IEA']
    .map((id) => text.search(new RegExp(`(?<![A-Za-z0-9])${id}\\${element}`)))
    .filter((at) => at > 3)
  let head: string
  let segment: string
  if (next.length > 0) {
    const before = text.slice(0, Math.min(...next))
    const trimmed = before.trimEnd()
    const last = trimmed.slice(-1)
    const isLineEnded =
      trimmed !== before &&
      last !== '~' &&
      (isWord(last) || last === element || (trimmed.split(element).at(-1)?.length ?? 0) < 2)
    segment = isLineEnded ? terminatorAt(before, trimmed.length) : last
    head = isLineEnded ? trimmed : trimmed.slice(0, -1)
  } else {
    const end = text.split(element, 16).join(element).length + 2
    segment = terminatorAt(text, end)
    head = text.slice(0, end)
  }
  if (segment === '' || segment === element || isWord(segment)) return undefined
  const elements = head.split(element)
  const last = elements[16]?.trim() ?? ''
  const component = last.length === 1 && !isWord(last) && last !== segment ? last : usualSeparators.component
  return { element, component, segment, ...repetitionOf(elements[12], elements[11]) }
}

/**
 * Finds the separators from the first characters of an interchange, leading white space already gone.
 * Undefined when the text does not begin like X12 at all (ISA, GS or ST and a separator).
 */
export const findSeparators = (text: string): FoundSeparators | undefined => {
  const start = /^(ISA|GS|ST)([^A-Za-z0-9\s])/.exec(text)
  const element = start?.[2]
  if (!start || element === undefined) return undefined
  if (start[1] === 'ISA') {
    const regular = regularIsa(text, element)
    if (regular) return { separators: regular, envelope: 'ISA', regular: !/[ \t]/.test(text.charAt(105)) }
    const short = shortIsa(text, element)
    return short && { separators: short, envelope: 'ISA', regular: false }
  }
  const segment = text.includes('~') ? '~' : '\n'
  return { separators: { ...usualSeparators, element, segment }, envelope: 'none', regular: true }
}
