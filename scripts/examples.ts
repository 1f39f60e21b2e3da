// Runs every program of examples/ from the sources, as a newcomer would, and fails when one of them fails. One that is named
// after a server gets the URL of one that is started for it.
import { globSync } from 'node:fs'
import { type Server, serverFor, serverNames } from './servers.ts'
import { run } from './tool.ts'

const programs = globSync('examples/*/main.ts').sort()

/** Runs one; false when it fails. */
const runs = async (path: string): Promise<boolean> => {
  console.log(`examples: ${path}`)
  const named = serverNames.find((name) => path.replaceAll('\\', '/') === `examples/${name}/main.ts`)
  const server: Server | { readonly why: string } | undefined = named && (await serverFor(named))
  if (server && 'why' in server) {
    console.log(`examples: ${path} is left out: ${server.why}`)
    return true
  }
  try {
    return run('node', ['--conditions=@daybook/source', path, ...(server ? [server.url] : [])]) === 0
  } finally {
    await server?.stop()
  }
}

const failed: string[] = []
for (const path of programs) if (!(await runs(path))) failed.push(path)
for (const path of failed) console.error(`examples: ${path} failed`)
console.log(`examples: ${programs.length - failed.length} of ${programs.length} ran`)
if (failed.length > 0 || programs.length === 0) process.exit(1)
