// Would a newcomer's product work? Packs the packages, installs the tarballs in a folder outside the repository, builds
// examples/product there as strict as TypeScript can be, without looking past types of libraries (skipLibCheck false), and
// runs it on the Node of this repository. What of other people the packages need comes from the npm cache or its registry.
// `npm run build` comes first. `--keep` leaves the folder.
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { root } from './tool.ts'

const bin = join(root, 'node_modules', '.bin')
const env = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`, NODE_OPTIONS: '' }

const run = (folder: string, command: string, ...args: readonly string[]): string => {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: folder,
    env,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} gave ${status}\n${stdout}${stderr}`.slice(0, 6_000))
  return stdout
}

const versionOf = (name: string): string => {
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const { devDependencies } = manifest as { readonly devDependencies: Readonly<Record<string, string>> }
  return devDependencies[name] ?? '*'
}

const folder = mkdtempSync(join(tmpdir(), 'daybook-newcomer-'))
try {
  const packages = globSync('packages/*/package.json', { cwd: root }).map((path) => join(root, path, '..'))
  for (const one of packages)
    if (!existsSync(join(one, 'dist'))) throw new Error(`${one}/dist is absent: npm run build`)
  const tarballs = packages.map((one) =>
    run(one, 'npm', 'pack', '--silent', '--ignore-scripts', '--pack-destination', folder).trim().split('\n').at(-1),
  )
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'a-product', version: '1.0.0', private: true, type: 'module' }, null, 2),
  )
  const wanted = [...tarballs.map((name) => `./${name}`), `@types/node@${versionOf('@types/node')}`]
  run(
    folder,
    'npm',
    'install',
    '--silent',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    ...wanted,
  )
  copyFileSync(join(root, 'examples', 'product', 'main.ts'), join(folder, 'main.ts'))
  const compilerOptions = {
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    module: 'nodenext',
    target: 'es2024',
    // Effect, whose types Daybook's errors have, speaks of the web's.
    lib: ['es2024', 'esnext.disposable', 'esnext.iterator', 'dom'],
    types: ['node'],
    outDir: 'built',
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['main.ts'] }, null, 2))
  run(folder, 'tsc', '-p', '.')
  process.stdout.write(run(folder, 'node', 'built/main.js'))
  process.stdout.write(run(folder, join(folder, 'node_modules', '.bin', 'daybook'), '--version'))
  console.log('newcomer: a product outside the repository builds and runs')
} finally {
  if (process.argv.includes('--keep')) console.log(`newcomer: left in ${folder}`)
  else rmSync(folder, { recursive: true, force: true })
}
