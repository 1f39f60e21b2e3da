// A program of a test as one file. A child that loads five hundred modules from their sources spends half a second of a processor
// before it does anything, and hundreds of children are killed at once after that: from one file it is a tenth. The sources are
// the same, types taken out; who is not killed starts from the sources, as everybody does.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { rolldown } from 'rolldown'

const built = new Map<string, Promise<string>>()

/** Drivers are loaded where a URL names their store, from where they are installed. */
const drivers = ['pg', '@eventstore/db-client']

const build = async (program: string): Promise<string> => {
  // A process of tests may be ended by a signal: what it leaves is taken away with the place of the whole run.
  const folder = mkdtempSync(join(process.env['DAYBOOK_TEST_PLACE'] ?? tmpdir(), 'daybook-bundled-'))
  const bundle = await rolldown({
    input: program,
    platform: 'node',
    resolve: { conditionNames: ['@daybook/source', 'import', 'node', 'default'] },
    logLevel: 'silent',
    plugins: [
      {
        name: 'drivers stay where they are',
        resolveId: (id) => (drivers.includes(id) ? { id: import.meta.resolve(id), external: 'absolute' } : undefined),
      },
    ],
  })
  await bundle.write({ dir: folder, format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' })
  await bundle.close()
  return join(folder, `${basename(program, '.ts')}.mjs`)
}

/** The program as one file of JavaScript; built once a process. */
export const bundled = (program: string): Promise<string> => {
  const known = built.get(program)
  if (known) return known
  const made = build(program)
  built.set(program, made)
  return made
}
