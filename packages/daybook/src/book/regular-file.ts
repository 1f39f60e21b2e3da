import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs'

/** What a path gave: the bytes of a file, or in words why there are none. */
export type FileRead =
  | { readonly kind: 'read'; readonly bytes: Buffer; readonly mode: number }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable'; readonly why: string }

const unreadable = (why: string): FileRead => ({ kind: 'unreadable', why })

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error)

const readAll = (descriptor: number, size: number): Buffer => {
  const bytes = Buffer.alloc(size)
  let length = 0
  while (length < size) {
    const read = readSync(descriptor, bytes, length, size - length, null)
    if (read === 0) break
    length += read
  }
  return bytes.subarray(0, length)
}

/** Why what is behind a descriptor is not read: it could keep a reader waiting for ever, or has no end. */
const notAFile = (status: { isDirectory: () => boolean; isFile: () => boolean }): string | undefined =>
  status.isDirectory() ? 'this is a directory' : status.isFile() ? undefined : 'this is no regular file'

const megabytes = (bytes: number): string =>
  bytes >= 1_048_576 ? `${Math.floor(bytes / 1_048_576)} MB` : `${bytes} bytes`

/**
 * Reads a file of at most `limit` bytes whole. A pipe, a device or a directory is refused before anything of it is read,
 * and so is a file beyond the limit: none of them can keep the caller waiting or fill the memory.
 */
export const readRegularFile = (path: string, limit: number): FileRead => {
  let descriptor: number
  try {
    // Without NONBLOCK, opening a pipe waits until somebody writes to it.
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  } catch (error) {
    const code = codeOf(error)
    return code === 'ENOENT' ? { kind: 'missing' } : unreadable(code)
  }
  try {
    const status = fstatSync(descriptor)
    const why = notAFile(status)
    if (why !== undefined) return unreadable(why)
    if (status.size > limit) return unreadable(`more than ${megabytes(limit)}`)
    // One byte more than there should be: a file that grows meanwhile is told from one that does not.
    const bytes = readAll(descriptor, status.size + 1)
    return bytes.length > limit
      ? unreadable(`more than ${megabytes(limit)}`)
      : { kind: 'read', bytes, mode: status.mode }
  } catch (error) {
    return unreadable(codeOf(error))
  } finally {
    closeSync(descriptor)
  }
}

/** Why a path is not to be opened by somebody who would wait for a pipe, or read a device without end; undefined: it may be. */
export const notRegular = (path: string): string | undefined => {
  try {
    return notAFile(statSync(path))
  } catch (error) {
    const code = codeOf(error)
    return code === 'ENOENT' ? 'there is no such file' : code
  }
}
