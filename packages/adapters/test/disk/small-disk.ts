import { spawnSync } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A file system in memory that is soon full. */
export interface SmallDisk {
  readonly path: string
  readonly grow: (megabytes: number) => void
  readonly remove: () => void
}

const mount = (...args: readonly string[]): boolean => spawnSync('mount', args).status === 0

/** Why a test of a full disk is skipped. */
export const noSmallDisk = 'no small disk can be mounted here: that takes root, and not every container lets it'

/** Undefined where none can be mounted; says so then. */
export const smallDisk = (
  megabytes: number,
  owner?: { readonly uid: number; readonly gid: number },
): SmallDisk | undefined => {
  if (process.platform !== 'linux') return undefined
  const path = mkdtempSync(join(tmpdir(), 'daybook-small-'))
  if (!mount('-t', 'tmpfs', '-o', `size=${megabytes}m`, 'daybook-small', path)) {
    rmSync(path, { recursive: true })
    console.warn(`Tests of a full disk are skipped: ${noSmallDisk}.`)
    return undefined
  }
  if (owner) chownSync(path, owner.uid, owner.gid)
  return {
    path,
    grow: (size) => void mount('-o', `remount,size=${size}m`, path),
    remove: () => {
      spawnSync('umount', ['-l', path])
      rmSync(path, { recursive: true, force: true })
    },
  }
}
