import type { FileHandle } from 'node:fs/promises'
import { defaultLimits } from './limits.ts'
import { type X12ProblemCode, x12Problem } from './problems.ts'
import { type ReadX12Options, readX12 } from './read.ts'
import type { X12Transaction } from './transaction.ts'

const CHUNK = 256 * 1024

const sayings: Readonly<Record<string, readonly [X12ProblemCode, string]>> = {
  ENOENT: ['fileNotFound', 'there is no such file'],
  ENOTDIR: ['fileNotFound', 'there is no such file'],
  EACCES: ['fileNotReadable', 'the file may not be read by this user'],
  EPERM: ['fileNotReadable', 'the file may not be read by this user'],
}

const only = (code: X12ProblemCode, message: string): X12Transaction => ({
  kind: 'envelope',
  interchange: 1,
  problems: [x12Problem(code, message, { interchange: 1 })],
})

/** Upwards, so that what is above a limit never reads as the limit itself. */
const megabytes = (bytes: number): string => (Math.ceil(bytes / 104_857.6) / 10).toLocaleString('en-US')

/** What the operating system says of the file; undefined for an error that is not its own. */
const refusal = (error: unknown): X12Transaction | undefined => {
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) return undefined
  const system = String(error.code)
  return only(...(sayings[system] ?? ['fileNotReadable', `the file could not be read (${system})`]))
}

/** A stream of its own would close the file too, and Node then reports the second close before the first is done. */
async function* chunksOf(file: FileHandle): AsyncGenerator<Uint8Array> {
  for (;;) {
    const { bytesRead, buffer } = await file.read(new Uint8Array(CHUNK))
    if (bytesRead === 0) return
    yield buffer.subarray(0, bytesRead)
  }
}

/**
 * Reads a file of the disk (Node only). What the operating system says, and a file above the limit, come as problems of
 * a last result of kind `envelope`; nothing is thrown. A file above the limit is refused before anything is read of it.
 */
export async function* readX12File(path: string, options: ReadX12Options = {}): AsyncGenerator<X12Transaction> {
  const { constants, open } = await import('node:fs/promises')
  const limit = options.limits?.fileBytes ?? defaultLimits.fileBytes
  try {
    // Without NONBLOCK, opening a pipe waits until somebody writes to it.
    await using file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    const status = await file.stat()
    if (status.isDirectory()) return yield only('fileIsDirectory', 'this is a directory, not a file')
    if (!status.isFile())
      return yield only('fileNotReadable', 'this is no regular file: copy what the pipe or device gives')
    if (status.size > limit) {
      const message = `the file has ${megabytes(status.size)} MB, more than the limit of ${megabytes(limit)} MB`
      return yield only('fileTooLarge', message)
    }
    yield* readX12(chunksOf(file), options)
  } catch (error) {
    const refused = refusal(error)
    if (!refused) throw error
    yield refused
  }
}
