// Does what the guides of docs/guides say, word for word: for each guide it copies the repository, writes the guide's
// blocks of code into the copy and runs the guide's commands there, also those that must fail, and compares what they print
// with what a guide shows of it. A guide that does not work fails here, not a reader.
// A guide whose commands name $POSTGRES_URL or $KURRENTDB_URL gets a server, started for it.
// `npm run guides` does all; `npm run guides -- embed` those whose name contains `embed`; `--show` prints every output.
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, relative } from 'node:path'
import { apply, type Block, blocksOf, isPrinted } from './guide-blocks.ts'
import { type Server, type ServerName, serverFor, serverNames } from './servers.ts'
import { surround } from './testing/surroundings.ts'
import { root } from './tool.ts'

surround()
const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const show = process.argv.includes('--show')

const built = /(^|\/)(node_modules|dist)$|^(\.git|coverage|docs\/api|reports)$|\.(tsbuildinfo|tgz|db(-\w+)?)$/
/** dependency-cruiser knows these two by their place in node_modules, so they are copied, not linked, where it is asked. */
const placed = ['effect', 'zod']
const asksForFloors = /^npm run lint:floors$/m

/** A copy of the repository with the packages that are installed here; its own packages take the place of ours. */
const copyTo = (folder: string, text: string): void => {
  const copied = asksForFloors.test(text) ? placed : []
  cpSync(root, folder, {
    recursive: true,
    filter: (path) => !built.test(relative(root, path).replaceAll('\\', '/')),
  })
  const modules = join(folder, 'node_modules')
  mkdirSync(join(modules, '@daybook'), { recursive: true })
  const ours = ['daybook', '@daybook']
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (ours.includes(name) || /^\.vite/.test(name) || name === '.cache') continue
    const from = join(root, 'node_modules', name)
    if (copied.includes(name)) cpSync(from, join(modules, name), { recursive: true })
    else symlinkSync(from, join(modules, name))
  }
  symlinkSync(join(folder, 'packages/daybook'), join(modules, 'daybook'))
  for (const name of readdirSync(join(folder, 'packages'))) {
    if (name !== 'daybook') symlinkSync(join(folder, 'packages', name), join(modules, '@daybook', name))
  }
  for (const nested of globSync('packages/*/node_modules', { cwd: root })) {
    symlinkSync(join(root, nested), join(folder, nested))
  }
}

/** Sources stand in for builds, as everywhere in the repository. */
const environment = (folder: string): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: `${join(folder, 'node_modules', '.bin')}${delimiter}${process.env['PATH'] ?? ''}`,
  NODE_OPTIONS: '--conditions=@daybook/source',
  NO_COLOR: '1',
  ...urls,
})

/** Where the servers of the guide that is followed are, by the variables that it names. */
let urls: Record<string, string> = {}
const variableOf = (name: ServerName): string => `${name.toUpperCase()}_URL`

/** Starts the servers that a guide names. @throws Error where one can not run. */
const startServers = async (text: string): Promise<readonly Server[]> => {
  const started: Server[] = []
  for (const name of serverNames) {
    if (!text.includes(`$${variableOf(name)}`)) continue
    const server = await serverFor(name)
    if ('why' in server) throw new Error(`there is no server for it: ${server.why}`)
    urls[variableOf(name)] = server.url
    started.push(server)
  }
  return started
}

/** Both ends of what was printed: a failing test says what it wanted at the last. */
const ends = (output: string): string =>
  output.length <= 8_000 ? output : `${output.slice(0, 3_000)}\n…\n${output.slice(-5_000)}`

/** Runs a command and gives what it printed. @throws Error when it fails, or where it must fail and does not. */
const sh = (folder: string, command: string, fails = false): string => {
  const began = performance.now()
  const { status, stdout, stderr } = spawnSync(command, {
    cwd: folder,
    env: environment(folder),
    shell: true,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 2 ** 28,
  })
  console.log(`guides:   ${command}  ${((performance.now() - began) / 1000).toFixed(1)} s`)
  const output = `${stdout}${stderr}`
  if ((status !== 0) !== fails) throw new Error(`${command} gave ${status}\n${ends(output)}`)
  if (show) console.log(output)
  return output
}

/** @throws Error when a command does not print what the guide shows. */
const session = (folder: string, { given, fails }: Extract<Block, { kind: 'session' }>): void => {
  for (const { command, prints } of given) {
    const output = sh(folder, command, fails)
    if (!isPrinted(prints, output)) throw new Error(`${command} printed\n${ends(output)}`)
  }
}

/** Programs of a guide stand beside package.json, outside of every project: their types are checked here. */
const checkTypes = (folder: string, blocks: readonly Block[]): void => {
  const programs = blocks.flatMap((block) =>
    block.kind === 'file' && /^[^/]+\.ts$/.test(block.path) ? block.path : [],
  )
  if (programs.length === 0) return
  const compilerOptions = {
    noEmit: true,
    composite: false,
    declaration: false,
    declarationMap: false,
    incremental: false,
  }
  const project = { extends: './tsconfig.base.json', compilerOptions, files: programs }
  writeFileSync(join(folder, 'tsconfig.guide.json'), JSON.stringify(project))
  sh(folder, 'tsc -p tsconfig.guide.json')
}

/** Gives true when the guide does what it says. */
const follow = async (guide: string): Promise<boolean> => {
  console.log(`guides: ${guide}`)
  const folder = mkdtempSync(join(tmpdir(), 'daybook-guide-'))
  let at = 0
  let servers: readonly Server[] = []
  try {
    const text = readFileSync(join(root, guide), 'utf8')
    const blocks = blocksOf(text)
    servers = await startServers(text)
    copyTo(folder, text)
    for (const block of blocks) {
      at = block.line
      if (block.kind === 'session') session(folder, block)
      else if (block.kind !== 'run') apply(folder, block)
      else for (const command of block.text.split('\n').filter((line) => line !== '')) sh(folder, command)
    }
    checkTypes(folder, blocks)
    return true
  } catch (error) {
    console.error(`${guide}:${at}: ${error instanceof Error ? error.message : String(error)}`)
    return false
  } finally {
    urls = {}
    for (const { stop } of servers) await stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

const guides = globSync('docs/guides/*.md', { cwd: root })
  .filter((path) => names.length === 0 || names.some((name) => path.includes(name)))
  .sort()
const failed: string[] = []
for (const guide of guides) if (!(await follow(guide))) failed.push(guide)
console.log(`guides: ${guides.length - failed.length} of ${guides.length} do what they say`)
if (failed.length > 0 || guides.length === 0) process.exit(1)
