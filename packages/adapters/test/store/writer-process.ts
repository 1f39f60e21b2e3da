import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('./crash-writer.ts', import.meta.url))

/** What a writer process has done: the commands that it saw acknowledged, and how it ended. */
export interface WriterRun {
  readonly acknowledged: readonly { readonly stream: string; readonly commandId: string; readonly version: number }[]
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly errors: string
}

/** Lines that were written whole: a killed process may leave half a line. */
const wholeLines = (output: string): readonly string[] => output.split('\n').slice(0, -1)

/**
 * Runs `crash-writer.ts` on a file, or a PostgreSQL URL. `afterwards` gets the process and a promise of its first acknowledgement, and
 * decides when to kill it; without one it writes so many `commands` a handler and ends by itself.
 */
export const runWriter = async (
  path: string,
  commands: number | 'endless',
  afterwards: (child: ChildProcess, started: Promise<unknown>) => Promise<void> = async () => {},
  handlers = 4,
): Promise<WriterRun> => {
  const given = [path, String(commands), String(handlers)]
  const child = spawn(process.execPath, ['--conditions=@daybook/source', program, ...given])
  let output = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  const closed = once(child, 'close')
  await afterwards(child, Promise.race([once(child.stdout, 'data'), closed]))
  const [code, signal] = await closed
  const acknowledged = wholeLines(output).map((line) => {
    const [stream = '', commandId = '', version = ''] = line.split(' ')
    return { stream, commandId, version: Number(version) }
  })
  return { acknowledged, code, signal, errors }
}
