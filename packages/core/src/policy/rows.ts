import type { Refusal } from './section.ts'

type Row = { readonly upTo?: number | undefined }

/** The first row that reaches an amount, where rows ascend by `upTo`; undefined where none does. */
export const rowFor = <R extends Row>(rows: readonly R[], amount: number): R | undefined =>
  rows.find((row) => row.upTo === undefined || amount <= row.upTo)

/** Rows by amount must ascend and end with one that has no limit: else an amount would meet no row, or the wrong one. */
export const rowRefusals = (figure: string, rows: readonly Row[]): readonly Refusal[] => {
  const ascends = rows.every((row, index) => {
    const before = rows[index - 1]
    return before === undefined || (before.upTo !== undefined && (row.upTo === undefined || row.upTo > before.upTo))
  })
  return ascends && rows.at(-1)?.upTo === undefined
    ? []
    : [{ rule: 'rows', figure, reason: 'rows ascend by upTo, and the last has none' }]
}
