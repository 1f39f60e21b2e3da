import { createHash } from 'node:crypto'
import {
  closeSync,
  constants,
  createReadStream,
  fstatSync,
  fsyncSync,
  linkSync,
  openSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname, resolve } from 'node:path'
import { Integrity, Unavailable } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import type { Scope } from 'effect/Scope'

/** The longest line: an event has at most 1 MiB, and a character of it at most six in JSON. */
const LONGEST_LINE = 8 * 1_048_576

const words: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or directory',
  ENOSPC: 'the disk is full',
  EACCES: 'this user lacks the right',
  EROFS: 'nothing can be written there',
  EEXIST: 'it is there already: an export never takes the place of anything',
}

const why = (path: string, cause: unknown): Unavailable => {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
  return new Unavailable({ message: `${path}: ${words[code] ?? code}`, cause })
}

const attempt = <A>(path: string, work: () => A): Effect.Effect<A, Unavailable> =>
  Effect.try({ try: work, catch: (cause) => (cause instanceof Unavailable ? cause : why(path, cause)) })

/** A file that is being written, line by line. */
export interface LinesOut {
  readonly write: (lines: readonly string[]) => Effect.Effect<void, Unavailable>
  /** SHA-256 (hex) of all bytes so far. */
  readonly sha256: () => string
  /** Gives the file its name, once all of it is on disk. */
  readonly finish: Effect.Effect<void, Unavailable>
}

/**
 * A new file, read by its owner alone, that gets its name when it is finished: stopped before that there is none.
 * Fails with Unavailable where something is at the path.
 */
export const linesInto = (path: string): Effect.Effect<LinesOut, Unavailable, Scope> =>
  Effect.gen(function* () {
    const draft = `${path}.${crypto.randomUUID().slice(0, 8)}.part`
    if (yield* attempt(path, () => statSync(path, { throwIfNoEntry: false }))) {
      return yield* new Unavailable({
        message: `${path} is there already: an export never takes the place of anything`,
      })
    }
    const hash = createHash('sha256')
    const descriptor = yield* Effect.acquireRelease(
      attempt(path, () => openSync(draft, 'wx', 0o600)),
      (opened) =>
        Effect.sync(() => {
          closeSync(opened)
          rmSync(draft, { force: true })
        }),
    )
    return {
      write: (lines) =>
        attempt(path, () => {
          const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''))
          hash.update(bytes)
          for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at)
        }),
      sha256: () => hash.copy().digest('hex'),
      finish: attempt(path, () => {
        fsyncSync(descriptor)
        linkSync(draft, path)
        if (process.platform === 'win32') return
        const folder = openSync(dirname(resolve(path)), 'r')
        fsyncSync(folder)
        closeSync(folder)
      }),
    }
  })

/** A line with its number, and what the bytes above it hash to, told where it is asked. */
export interface LineIn {
  readonly line: string
  readonly number: number
  readonly above: () => string
}

/** Opens a file and nothing else: a pipe would keep the reader waiting for ever, a device has no end. */
const fileAt = (path: string): number => {
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  const status = fstatSync(descriptor)
  if (status.isFile()) return descriptor
  closeSync(descriptor)
  const what = status.isDirectory() ? 'a directory' : 'no regular file'
  throw new Unavailable({ message: `${path} is ${what}` })
}

const notText = (path: string, number: number): Integrity =>
  new Integrity({ message: `${path}: line ${number} is no text in UTF-8, or longer than any line of an export` })

/**
 * The lines of a file, one after the other; memory holds one chunk. A line ends in a line feed and in nothing else.
 * @throws Unavailable, Integrity, as a rejected promise.
 */
export async function* linesOf(path: string): AsyncGenerator<LineIn> {
  const hash = createHash('sha256')
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let rest = Buffer.alloc(0)
  let number = 0
  const lineAt = (bytes: Buffer): LineIn => {
    number += 1
    try {
      return { line: decoder.decode(bytes), number, above: () => hash.copy().digest('hex') }
    } catch {
      throw notText(path, number)
    }
  }
  try {
    const from = { fd: fileAt(path), highWaterMark: 1_048_576 }
    for await (const chunk of createReadStream(path, from)) {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
      let start = 0
      for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10, start)) {
        yield lineAt(rest.subarray(start, end))
        hash.update(rest.subarray(start, end + 1))
        start = end + 1
      }
      rest = rest.subarray(start)
      if (rest.length > LONGEST_LINE) throw notText(path, number + 1)
    }
  } catch (cause) {
    throw cause instanceof Integrity || cause instanceof Unavailable ? cause : why(path, cause)
  }
  if (rest.length > 0) throw new Integrity({ message: `${path} ends in the midst of line ${number + 1}` })
}
