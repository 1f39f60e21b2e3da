import { readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { type Line, linesOf } from '../store/writer-lines.ts'

/** What a writer did to the files of a folder, and what it said meanwhile, in the order in which it did so. */
export type Deed =
  | { readonly does: 'make' | 'unlink'; readonly file: string }
  | { readonly does: 'write'; readonly file: string; readonly at: number; readonly bytes: Buffer }
  | { readonly does: 'cut'; readonly file: string; readonly size: number }
  | { readonly does: 'sync'; readonly file: string }
  | { readonly does: 'sync-folder' }
  | { readonly does: 'say'; readonly line: Line }

const bytesOf = (escaped: string): Buffer => Buffer.from(escaped.replaceAll('\\x', ''), 'hex')
const text = (escaped: string): string => bytesOf(escaped).toString('utf8')

/** Kept in memory by all that have the file open: it is mapped, and made anew by whoever opens the file alone. */
const isOfMemory = (file: string): boolean => file.endsWith('-shm')

const deedOf = (line: string, folder: string): Deed | undefined => {
  const here = (path: string): string | undefined =>
    dirname(path) === folder && !isOfMemory(path) ? basename(path) : undefined
  const of = (path: string, deed: (file: string) => Deed): Deed | undefined => {
    const file = here(path)
    return file === undefined ? undefined : deed(file)
  }
  if (/\) += -1 /.test(line)) return undefined
  const said = /^\d+ +write\(1<[^>]*>, "([^"]*)"/.exec(line)?.[1]
  if (said !== undefined) {
    const [one] = linesOf(text(said))
    return one && { does: 'say', line: one }
  }
  const [, call, path, rest = ''] = /^\d+ +(\w+)\(\d+<([^>]*)>(?:, )?(.*)$/.exec(line) ?? []
  if (call !== undefined && path !== undefined) {
    const name = text(path)
    if (call === 'fsync' || call === 'fdatasync')
      return name === folder ? { does: 'sync-folder' } : of(name, (file) => ({ does: 'sync', file }))
    if (call === 'ftruncate') return of(name, (file) => ({ does: 'cut', file, size: Number.parseInt(rest, 10) }))
    const [, data = '', at = ''] = /^"([^"]*)", \d+, (\d+)/.exec(rest) ?? []
    if (call === 'pwrite64') return of(name, (file) => ({ does: 'write', file, at: Number(at), bytes: bytesOf(data) }))
    return undefined
  }
  const [, named, of2 = ''] = /^\d+ +(unlink|openat)\((?:AT_FDCWD<[^>]*>, )?"([^"]*)"/.exec(line) ?? []
  if (named === 'unlink') return of(text(of2), (file) => ({ does: 'unlink', file }))
  return named === 'openat' && line.includes('O_CREAT') ? of(text(of2), (file) => ({ does: 'make', file })) : undefined
}

/** The deeds of a run that was recorded with `recording` (strace.ts), on the files of a folder. */
export const deedsIn = (file: string, folder: string): readonly Deed[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => deedOf(line, folder) ?? [])
