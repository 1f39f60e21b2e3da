// The blocks of a guide in docs/guides: files to write, changes to files that exist, commands to run, in their order.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export type Block =
  /** ```ts path: the whole text of a new file. */
  | { readonly kind: 'file'; readonly path: string; readonly text: string; readonly line: number }
  /** ```diff path: changes to a file that exists, its parts divided by `@@`. */
  | { readonly kind: 'change'; readonly path: string; readonly text: string; readonly line: number }
  /** ```sh: commands, one a line. */
  | { readonly kind: 'run'; readonly text: string; readonly line: number }
  /** ```console: commands after `$`, each with all that it prints; `console fails`: each must fail. */
  | { readonly kind: 'session'; readonly given: readonly Shown[]; readonly fails: boolean; readonly line: number }

/** A command and what a guide shows of its output. `…` stands for anything in a line, and alone for any lines. */
export interface Shown {
  readonly command: string
  readonly prints: readonly string[]
}

const code = ['ts', 'json', 'diff']

const shownIn = (text: string): readonly Shown[] =>
  text.split(/^\$ /m).flatMap((part, at) => {
    if (at === 0) return []
    const [command = '', ...prints] = part.trimEnd().split('\n')
    return [{ command, prints }]
  })

const blockOf = (info: string, text: string, line: number): Block | undefined => {
  const [language = '', path] = info.split(' ')
  if (language === 'sh') return { kind: 'run', text, line }
  if (language === 'console') return { kind: 'session', given: shownIn(text), fails: path === 'fails', line }
  if (path !== undefined) return { kind: language === 'diff' ? 'change' : 'file', path, text, line }
  if (code.includes(language)) throw new Error(`line ${line}: a block of ${language} names no file`)
  return undefined
}

/** @throws Error when a block of code names no file, or does not end. */
export const blocksOf = (markdown: string): readonly Block[] => {
  const lines = markdown.split('\n')
  const blocks: Block[] = []
  for (let at = 0; at < lines.length; at += 1) {
    const info = /^```(.+)$/.exec(lines[at] ?? '')?.[1] ?? (lines[at] === '```' ? '' : undefined)
    if (info === undefined) continue
    const end = lines.indexOf('```', at + 1)
    if (end < 0) throw new Error(`line ${at + 1}: a block does not end`)
    const text = lines.slice(at + 1, end).map((line) => `${line}\n`)
    const block = blockOf(info, text.join(''), at + 1)
    if (block) blocks.push(block)
    at = end
  }
  return blocks
}

const trimmed = (text: string): string =>
  text
    .split('\n')
    .map((line) => `${line.trimEnd()}\n`)
    .filter((line) => line !== '\n')
    .join('')

/** A text as a pattern that matches it alone. */
const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')

/** Whether a command printed what a guide shows, empty lines aside. */
export const isPrinted = (prints: readonly string[], output: string): boolean => {
  const lines = prints.map((line) => (line === '…' ? '(?:.*\\n)*' : `${line.split('…').map(escaped).join('.*')}\\n`))
  return new RegExp(`^${lines.join('')}$`).test(trimmed(output))
}

/** The text before and after one part of a change. */
const sidesOf = (part: string): { readonly before: string; readonly after: string } => {
  const lines = part.split('\n').slice(0, -1)
  const side = (sign: string): string =>
    lines.flatMap((line) => (line.startsWith(sign) || line.startsWith(' ') ? `${line.slice(1)}\n` : [])).join('')
  return { before: side('-'), after: side('+') }
}

/** @throws Error when the place of a part is not in the text exactly once. */
export const changed = (text: string, change: string): string =>
  change.split(/^@@.*\n/m).reduce((now, part) => {
    const { before, after } = sidesOf(part)
    // Whole lines only: a line that another one merely ends with is not its place.
    const pieces = `\n${now}`.split(`\n${before}`)
    if (pieces.length !== 2) throw new Error(`found ${pieces.length - 1} times, not once:\n${before}`)
    return pieces.join(`\n${after}`).slice(1)
  }, text)

/** Writes a file, or changes one. @throws Error when a new file is there, or a change does not fit. */
export const apply = (root: string, block: Extract<Block, { path: string }>): void => {
  const path = join(root, block.path)
  if (block.kind === 'change') {
    writeFileSync(path, changed(readFileSync(path, 'utf8'), block.text))
    return
  }
  if (existsSync(path)) throw new Error(`${block.path} is there already`)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, block.text)
}
