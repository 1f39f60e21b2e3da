import { chmodSync, closeSync, openSync, statSync } from 'node:fs'
import { Unavailable } from '@daybook/core/ports'

/** What SQLite keeps beside a database, and the database itself. */
export const besideIt = ['', '-wal', '-shm', '-journal'] as const

/** Makes an empty file that its owner alone may read; false where there is one already. */
export const makeOwn = (path: string): boolean => {
  try {
    closeSync(openSync(path, 'wx', 0o600))
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    // What keeps it from being made, SQLite says again.
    return true
  }
}

/**
 * A book is read by its owner alone: what stands in it is about patients. SQLite makes the files beside it with the same
 * rights. One that was made with more loses what strangers may do, and what a group may read; what a group may write was
 * meant so.
 */
export const keepToOwner = (path: string): void => {
  if (process.platform === 'win32' || makeOwn(path)) return
  for (const file of [path, `${path}-wal`, `${path}-shm`]) {
    const status = statSync(file, { throwIfNoEntry: false })
    if (!status?.isFile() || status.uid !== process.geteuid?.()) continue
    const rights = status.mode & 0o777
    const kept = rights & ((rights & 0o020) === 0 ? 0o700 : 0o770)
    if (kept !== rights) chmodSync(file, kept)
  }
}

/** Opening a pipe would wait for ever, and a device has no end. */
export const onlyAFile = (file: string): void => {
  const there = statSync(file, { throwIfNoEntry: false })
  if (!there || there.isFile()) return
  const what = there.isDirectory() ? 'it is a directory' : 'it is no regular file'
  throw new Unavailable({ message: `${file} can not be opened: ${what}` })
}
