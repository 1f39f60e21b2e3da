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
