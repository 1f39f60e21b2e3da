import { chmodSync, closeSync, openSync, type Stats, statSync } from 'node:fs'
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

/**
 * What is at a path; undefined where nothing is.
 * @throws Unavailable where that can not even be asked: links in a ring, a name too long, a folder that is closed.
 */
export const statusOf = (path: string): Stats | undefined => {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    const shownPath = path.length > 120 ? `${path.slice(0, 120)}…` : path
    throw new Unavailable({ message: `${shownPath} can not be looked at: ${why[code] ?? code}` })
  }
}

const why: Readonly<Record<string, string>> = {
  ELOOP: 'its links lead to each other (ELOOP)',
  ENAMETOOLONG: 'the name is too long (ENAMETOOLONG)',
  EACCES: 'it may not be read (EACCES)',
}

/** Opening a pipe would wait for ever, and a device has no end. */
export const onlyAFile = (file: string): void => {
  const there = statusOf(file)
  if (!there || there.isFile()) return
  const what = there.isDirectory() ? 'it is a directory' : 'it is no regular file'
  throw new Unavailable({ message: `${file} can not be opened: ${what}` })
}
