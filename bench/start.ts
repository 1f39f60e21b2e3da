import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Opened } from './measure.ts'

const built = fileURLToPath(new URL('../packages/daybook/dist/cli/main.js', import.meta.url))
const source = fileURLToPath(new URL('../packages/daybook/src/cli/main.ts', import.meta.url))

const milliseconds = (args: readonly string[]): number => {
  const from = performance.now()
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`node ${args.join(' ')}: ${stderr}`)
  return performance.now() - from
}

/** As it is installed: built. From the sources where nothing is built, and the name of the bench says so. */
export const open = (): Opened => {
  const isBuilt = existsSync(built)
  const args = isBuilt ? [built, '--help'] : ['--conditions=@daybook/source', source, '--help']
  return {
    benches: [
      {
        name: `start of daybook --help${isBuilt ? '' : ' (from the sources, not built)'}`,
        unit: 'ms',
        limitIs: 'node -e 0',
        ours: () => milliseconds(args),
        limit: () => milliseconds(['-e', '0']),
        bars: [{ of: 'ratio', is: 'at most', value: 1.5 }],
      },
    ],
    close: () => {},
  }
}
