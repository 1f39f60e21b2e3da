// Runs on any Node >= 20, before `npm test`, `npm start` and .ci/run: installs what the lock file names when
// node_modules does not hold exactly that, so that each works as the only command on a fresh clone (docs/decisions/0002).
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const wanted = join(root, 'package-lock.json')
const installed = join(root, 'node_modules/.package-lock.json')
const pinnedNode = join(root, 'node_modules/.bin/node')

/** The packages that a lock file places on disk, as `path@version`. */
const placed = (file, keep) => {
  const { packages } = JSON.parse(readFileSync(file, 'utf8'))
  return Object.entries(packages)
    .filter(([path, entry]) => path.includes('node_modules/') && keep(path, entry))
    .map(([path, entry]) => `${path}@${entry.link ? entry.resolved : entry.version}`)
    .sort()
    .join('\n')
}

/** Optional packages of other platforms are in the lock file and never on disk. */
const matches = () => {
  if (!existsSync(installed) || !existsSync(pinnedNode)) return false
  const onDisk = JSON.parse(readFileSync(installed, 'utf8')).packages
  return placed(wanted, (path, entry) => path in onDisk || !entry.optional) === placed(installed, () => true)
}

if (!matches()) {
  console.error('Installing the packages of package-lock.json (npm ci) …')
  const npm = process.env.npm_execpath
  const options = { cwd: root, stdio: ['ignore', 2, 2] }
  // What npm warns of is the Node that is being replaced here: forty lines, in which an error would be overlooked.
  const install = ['ci', '--loglevel=error']
  const { status } = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...install], options)
    : spawnSync('npm', install, { ...options, shell: process.platform === 'win32' })
  if (status !== 0) {
    console.error(
      'npm ci failed: see its message above. Is the registry reachable, and is package-lock.json unchanged?',
    )
    process.exit(status ?? 1)
  }
}
if (!existsSync(pinnedNode)) {
  console.error(
    'The Node that this project pins (devDependency "node") is not installed. npm 12 needs "allowScripts": {"node": true},\n' +
      'which package.json has; do not pass --ignore-scripts. Run `npm ci` and look for a blocked install script.',
  )
  process.exit(1)
}
