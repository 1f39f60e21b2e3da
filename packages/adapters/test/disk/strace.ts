import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { besideIt } from '../../src/sqlite/file-rights.ts'

/** The system calls by which SQLite changes what is on a disk, in the order of `strace`'s own names. */
export const writingCalls = ['pwrite64', 'fsync', 'fdatasync', 'ftruncate', 'unlink'] as const
export type Call = (typeof writingCalls)[number] | 'pread64'

const whyNoStrace = (): string | undefined => {
  const { status, error } = spawnSync('strace', ['-f', '--seccomp-bpf', '-qq', '-o', '/dev/null', 'true'])
  if (error) return 'there is no strace'
  return status === 0 ? undefined : 'strace may not trace here'
}

/** Why nothing can be run under strace; undefined where it can. Tests that need it are skipped then, and say so. */
export const noStrace = whyNoStrace()
if (noStrace !== undefined) console.warn(`Tests of system calls and disks that fail are skipped: ${noStrace}.`)

/** Folders of a memory file system are faster, and what is tested is not the disk of this machine. */
export const fastFolder = existsSync('/dev/shm') ? '/dev/shm' : undefined

const under = (...options: readonly string[]): readonly string[] => ['strace', '-f', '--seccomp-bpf', '-qq', ...options]

/** Only calls on a book's files: a program reads its libraries too, and those reads are not to fail. */
const onFilesOf = (book: string): readonly string[] => besideIt.flatMap((end) => ['-P', `${book}${end}`])

/** Runs a program and writes down those of its calls on the files of a book. */
export const noting = (file: string, book: string, calls: readonly string[]): readonly string[] =>
  under('-o', file, ...onFilesOf(book), '-e', `trace=${calls.join()}`)

/** Runs a program and writes down all that it writes, byte by byte, with the names of files. */
export const recording = (file: string): readonly string[] =>
  under('-o', file, '-y', '-xx', '-s', '1000000', '-e', `trace=${[...writingCalls, 'write', 'openat'].join()}`)

/**
 * Kills the program where it enters a call on the files of a book for the n-th time: what it had called before is done. Its
 * first thread is the one that writes; with `--seccomp-bpf` strace (6.1) sends no signal.
 */
export const killingAt = (book: string, call: Call, n: number): readonly string[] => [
  ...['strace', '-qq', '-o', '/dev/null', ...onFilesOf(book), '-e', `trace=${call}`],
  ...['-e', `inject=${call}:signal=SIGKILL:when=${n}`],
]

/** Answers the n-th of these calls on the files of a book with an error and does nothing, or that one and all after it. */
export const failingAt = (
  book: string,
  { call, error, forGood }: { readonly call: Call; readonly error: 'EIO' | 'ENOSPC'; readonly forGood: boolean },
  n: number,
): readonly string[] => {
  const inject = `inject=${call}:error=${error}:when=${n}${forGood ? '+' : ''}`
  return under('-o', '/dev/null', ...onFilesOf(book), '-e', `trace=${call}`, '-e', inject)
}

/** How often a program that was noted made each call. */
export const countsIn = (file: string): ReadonlyMap<string, number> => {
  const calls = readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => /^\d+ +(\w+)\(/.exec(line)?.[1] ?? [])
  return new Map([...Map.groupBy(calls, (call) => call)].map(([call, found]) => [call, found.length]))
}
