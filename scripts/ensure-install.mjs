// Runs on any Node >= 20, before `npm test` and `npm start`: installs what the lock file names when node_modules
// does not hold exactly that, so that either works as the only command on a fresh clone.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** The packages that a lock file places on disk, as `path@version`; optional ones of other platforms are left out. */
const placed = (file, keep) => {
  const { packages } = JSON.parse(readFileSync(file, 'utf8'))
  return Object.entries(packages)
    .filter(([path, entry]) => path.startsWith('node_modules/') && !entry.link && keep(path, entry))
    .map(([path, entry]) => `${path}@${entry.version}`)
    .sort()
    .join('\n')
}

const installed = 'node_modules/.package-lock.json'
const matches = () => {
  if (!existsSync(installed)) return false
  const onDisk = JSON.parse(readFileSync(installed, 'utf8')).packages
  return (
    placed('package-lock.json', (path, entry) => path in onDisk || !entry.optional) === placed(installed, () => true)
  )
}

if (!matches()) {
  console.error('Installing the packages of package-lock.json (npm ci) …')
  const npm = process.env.npm_execpath
  const run = npm
    ? spawnSync(process.execPath, [npm, 'ci'], { stdio: ['ignore', 2, 2] })
    : spawnSync('npm', ['ci'], { stdio: ['ignore', 2, 2], shell: process.platform === 'win32' })
  if (run.status !== 0) {
    console.error(
      'npm ci failed: see its message above. Is the registry reachable, and is package-lock.json unchanged?',
    )
    process.exit(run.status ?? 1)
  }
}
if (!existsSync('node_modules/.bin/node')) {
  console.error(
    'The Node that this project pins (devDependency "node") is not installed. npm 12 needs "allowScripts": {"node": true},\n' +
      'which package.json has; do not pass --ignore-scripts. Run `npm ci` and look for a blocked install script.',
  )
  process.exit(1)
}
