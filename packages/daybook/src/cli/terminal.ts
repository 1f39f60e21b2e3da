import { styleText } from 'node:util'
import { printable } from '@daybook/core/kernel'

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

const codeOf = (error: Error): string => ('code' in error ? String(error.code) : error.message)

/**
 * Watches what is printed: a reader that has gone (`| head`) is no error, and the work goes on to its end; a disk that is
 * full is told in one line. Gives whether something could not be printed.
 */
export const watchOutput = (): (() => boolean) => {
  let lost = false
  process.stdout.on('error', (error: Error) => {
    if (codeOf(error) === 'EPIPE' || lost) return
    lost = true
    process.exitCode = 1
    complain(`what it has to tell could not be written: ${codeOf(error)}`)
  })
  process.stderr.on('error', () => undefined)
  return () => lost
}

export const say = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

/** Lines for stderr, whatever came into them: printable, and none longer than a message. */
export const printableLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => printable(line))
    .join('\n')

export const complain = (text: string): void => {
  process.stderr.write(`daybook: ${printableLines(text)}\n`)
}
