import { clean } from './terminal.ts'

export interface Column {
  readonly title: string
  /** Money and counts end in line; words begin in line. */
  readonly right?: boolean
}

const lengthOf = (text: string): number => [...text].length
const fill = (text: string, width: number, right: boolean): string => {
  const room = ' '.repeat(Math.max(0, width - lengthOf(text)))
  return right ? `${room}${text}` : `${text}${room}`
}

/** Lines of a table with aligned columns, its title line first. Cells are cleaned; nothing is cut. */
export const tableLines = (columns: readonly Column[], rows: readonly (readonly string[])[]): readonly string[] => {
  const cells = [columns.map(({ title }) => title), ...rows].map((row) => row.map(clean))
  const widths = columns.map((_, at) => Math.max(...cells.map((row) => lengthOf(row[at] ?? ''))))
  return cells.map((row) =>
    columns
      .map(({ right = false }, at) => fill(row[at] ?? '', widths[at] ?? 0, right))
      .join('  ')
      .trimEnd(),
  )
}

/** A text broken at blanks into lines of at most `width`, the first and the others after their own beginnings. */
export const wrapped = (text: string, first: string, rest: string, width: number): readonly string[] => {
  const lines: string[] = []
  let line = first
  let empty = true
  for (const word of clean(text).split(' ')) {
    if (!empty && lengthOf(line) + 1 + lengthOf(word) > width) {
      lines.push(line)
      line = rest
      empty = true
    }
    line = empty ? `${line}${word}` : `${line} ${word}`
    empty = false
  }
  return [...lines, line]
}
