// How the scripts call the tools of node_modules, so that they run on the Node that this repository pins.
import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process'
import { delimiter, join } from 'node:path'

export const root = join(import.meta.dirname, '..')

const env = { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env['PATH'] ?? ''}` }

/** Runs a tool at the root of the repository and hands its output to ours; gives its exit code. `more` adds variables. */
export const run = (command: string, args: readonly string[], more: Readonly<Record<string, string>> = {}): number => {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    env: { ...env, ...more },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (error) console.error(`${command}: ${error.message}`)
  return status ?? 1
}

/** Runs a tool at the root of the repository while others run; gives its exit code and all that it wrote. */
export const collect = (
  command: string,
  args: readonly string[],
  more: Readonly<Record<string, string>>,
): Promise<{ readonly status: number; readonly output: string }> => {
  const child = spawn(command, args, { cwd: root, env: { ...env, ...more }, stdio: ['ignore', 'pipe', 'pipe'] })
  const written: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => written.push(chunk))
  return new Promise((resolve) => {
    child.on('error', ({ message }) => resolve({ status: 1, output: `${command}: ${message}\n` }))
    child.on('close', (status) => resolve({ status: status ?? 1, output: Buffer.concat(written).toString() }))
  })
}

/** Runs a tool at the root of the repository and gives what it wrote. */
export const read = (command: string, args: readonly string[]): SpawnSyncReturns<string> =>
  spawnSync(command, args, {
    cwd: root,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 2 ** 30,
  })
