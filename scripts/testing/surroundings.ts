// What tests and the processes that they start find around them. A child of a test loads some five hundred modules from
// their sources, and hundreds of children are started: what Node has compiled once is kept for the next one.
// And a folder of a memory file system is no less a folder to a process that is killed; what a disk may lose is tested apart,
// from what a program has asked of it (`packages/adapters/test/disk`).
import { accessSync, constants, readFileSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const memory = '/dev/shm'

/** Books, servers and copies of all tests that run at once need a few hundred MB: containers often have 64. */
const roomBytes = 4 * 2 ** 30

/** A server's programs may be copied there. */
const runsPrograms = (): boolean =>
  readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .some(([, place, , options]) => place === memory && !options?.split(',').includes('noexec'))

/** Where tests keep their files: in memory where there is room, else where the system says. */
const folder = (): string => {
  try {
    accessSync(memory, constants.W_OK)
    const { bavail, bsize } = statfsSync(memory)
    return bavail * bsize >= roomBytes && runsPrograms() ? memory : tmpdir()
  } catch {
    return tmpdir()
  }
}

/** Set before anything of the run is started; who sets one of them in another way is heard. */
export const surround = (): void => {
  const { TMPDIR = folder(), NODE_COMPILE_CACHE = join(import.meta.dirname, '../../node_modules/.cache/compiled') } =
    process.env
  Object.assign(process.env, { TMPDIR, NODE_COMPILE_CACHE })
}
