/**
 * What could steer a terminal or reorder a line: control characters (C0 and C1, ESC among them), line and paragraph
 * separators, marks of writing direction; and halves of a character, which are no text.
 */
const steering = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Cs}]/gu

/** What breaks a text into lines and columns: a person types it in notes, and nothing is steered by it. */
const layout = /[\t\n\r]/g

/** Whether a text holds what could steer a terminal or reorder a line; breaks of lines and tabs do not. */
export const steers = (text: string): boolean => text.replace(layout, '').search(steering) >= 0

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

const cut = (text: string, longest: number): string =>
  text.length > longest
    ? `${text
        .slice(0, longest)
        .toWellFormed()
        .replace(/\ufffd$/, '')}…`
    : text

/** Longest of a message: room for every reason of a refusal, and for nobody's file. */
const LONGEST_MESSAGE = 4_000
/** Longest of a value that a message names. */
const LONGEST_VALUE = 80

/** A text that can be printed anywhere, in one line: what could steer is written as its escape, the rest left out. */
export const printable = (text: string, longest = LONGEST_MESSAGE): string =>
  cut(cut(text, longest).replace(steering, escaped), longest)

/** What was given, as a message names it: printable and short, whatever it is. */
export const shown = (given: unknown, longest = LONGEST_VALUE): string => {
  if (typeof given === 'string') return printable(given, longest)
  if (typeof given === 'number' || typeof given === 'boolean' || given === null || given === undefined)
    return String(given)
  return Array.isArray(given) ? 'a list' : `a ${typeof given}`
}
