import { styleText } from 'node:util'

/**
 * Takes out what could steer a terminal or reorder a line: C0 and C1 control characters with ESC among them, marks of
 * writing direction, line and paragraph separators. Names and reasons come from files that others wrote.
 */
const steering = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu

export const clean = (text: string): string => text.replace(steering, '')

/** JSON for a terminal or a pipe: the same values, with steering characters written as escapes. */
export const jsonText = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(steering, (character) =>
    character === '\n' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow'

/** Colour on a terminal that wants it, plain text elsewhere. */
export const paint = (style: Style, text: string): string => styleText(style, text, { stream: process.stdout })

/** Columns for text that is broken into lines: those of the terminal, up to what reads well; that much in a pipe. */
export const lineWidth = Math.max(60, Math.min(116, process.stdout.isTTY ? process.stdout.columns : 116))

export const say = (text: string): void => {
  process.stdout.write(`${text}\n`)
}
export const complain = (text: string): void => {
  process.stderr.write(`daybook: ${clean(text)}\n`)
}
