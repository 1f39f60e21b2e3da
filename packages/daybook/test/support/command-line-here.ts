import { vi } from 'vitest'
import { run } from '../../src/cli/program.ts'
import type { Ran } from './command-line.ts'

/** The command line in this process: what it prints is caught. For many commands; a few are to be run for real. */
export const commandLineHere = async (...args: readonly string[]): Promise<Ran> => {
  const caught = { stdout: '', stderr: '' }
  const { stdout, stderr } = process
  const streams = [
    ['stdout', stdout, stdout.listeners('error')],
    ['stderr', stderr, stderr.listeners('error')],
  ] as const
  const spies = streams.map(([name, stream]) =>
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      caught[name] += String(text)
      return true
    }),
  )
  try {
    return { status: await run(args), ...caught }
  } finally {
    for (const spy of spies) spy.mockRestore()
    // A command watches its output to its end; the streams of this process outlive it.
    for (const [, stream, before] of streams) {
      for (const listener of stream.listeners('error')) {
        if (!before.includes(listener)) stream.off('error', listener as (error: Error) => void)
      }
    }
  }
}
