import type { Block, Column, Page } from './blocks.ts'

// A page as plain text, 78 columns wide at most where words can be broken. Version 1 of the template: what it prints is
// kept by its hash, so a change is a version of its own beside this one.

const WIDTH = 78

/** Words in lines of the width. */
const wrapped = (text: string, width = WIDTH): readonly string[] => {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}

const cell = (text: string, width: number, { figures }: Column): string =>
  figures ? text.padStart(width) : text.padEnd(width)

const tableLines = ({ caption, columns, rows, total }: Extract<Block, { kind: 'table' }>): readonly string[] => {
  const all = [columns.map(({ title }) => title), ...rows, ...(total ? [total] : [])]
  const widths = columns.map((_, at) => Math.max(...all.map((row) => (row[at] ?? '').length)))
  const line = (row: readonly string[]): string =>
    columns
      .map((column, at) => cell(row[at] ?? '', widths[at] ?? 0, column))
      .join('  ')
      .trimEnd()
  const rule = '-'.repeat(widths.reduce((sum, width) => sum + width + 2, -2))
  return [
    caption,
    line(columns.map(({ title }) => title)),
    rule,
    ...rows.map(line),
    ...(total ? [rule, line(total)] : []),
  ]
}

const factLines = (facts: readonly (readonly [string, string])[]): readonly string[] => {
  const width = Math.max(...facts.map(([name]) => name.length))
  return facts.map(([name, value]) => `${name.padEnd(width)}  ${value}`)
}

const linesOf = (block: Block): readonly string[] => {
  switch (block.kind) {
    case 'lines':
      return block.lines
    case 'heading':
      return [block.text.toUpperCase()]
    case 'words':
      return wrapped(block.text)
    case 'facts':
      return factLines(block.facts)
    case 'table':
      return tableLines(block)
    case 'list':
      return block.items.flatMap((item) =>
        wrapped(item, WIDTH - 2).map((line, at) => `${at === 0 ? '- ' : '  '}${line}`),
      )
    case 'notice':
      return [
        ...(block.conspicuous ? ['*'.repeat(WIDTH)] : []),
        block.conspicuous ? block.title.toUpperCase() : `${block.title}.`,
        ...wrapped(block.text),
        ...(block.conspicuous ? ['*'.repeat(WIDTH)] : []),
      ]
  }
}

/** A page as plain text. */
export const textV1 = ({ title, blocks }: Page): string => {
  const parts = [[title.toUpperCase(), '='.repeat(title.length)], ...blocks.map(linesOf)]
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`
}
