import { writeSync } from 'node:fs'
import { commands, sharedOptions } from './catalogue.ts'

const aligned = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n')
}

/** The first page, written without loading a parser: `daybook --help` is asked often and should answer at once. */
export const helpText = (): string => `Usage: daybook <command> [options]

The book of original entry of a medical practice: patient accounts receivable and collections.

Commands:
${aligned(commands.map(({ usage, says }) => [usage, says]))}

Options of every command:
${aligned(sharedOptions)}
  ${'-h, --help'.padEnd(Math.max(...sharedOptions.map(([flags]) => flags.length)))}  help on a command: daybook import --help

Exit status: 0 done; 1 something was refused, could not be read or does not verify; 2 bad usage.
What went wrong as a whole is told on stderr, with --json too.
`

/**
 * Writes the first page to a descriptor: setting up the streams of a process takes longer than all the rest of it. Gives
 * the exit status; a reader that has gone is no error.
 */
export const writeHelp = (descriptor: 1 | 2): number => {
  try {
    writeSync(descriptor, helpText())
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    if (code === 'EPIPE') return 0
    if (descriptor === 1) writeSync(2, `daybook: the help could not be written: ${code}\n`)
    return 1
  }
  return 0
}
