import type { Cents } from './cents.ts'
import type { LineId } from './ids.ts'

/** How much of what waits on one line, cents. */
export interface WaitingLine {
  readonly lineId: LineId
  readonly amount: Cents
}

/** What still waits of a denial or a holding once these parts of it have ended; a line may stand in it several times. */
export const stillWaiting = <L extends WaitingLine>(lines: readonly L[], ended: readonly WaitingLine[]): L[] => {
  const left = new Map<LineId, number>()
  for (const { lineId, amount } of ended) left.set(lineId, (left.get(lineId) ?? 0) + amount)
  return lines.flatMap((line) => {
    const off = Math.min(line.amount, left.get(line.lineId) ?? 0)
    left.set(line.lineId, (left.get(line.lineId) ?? 0) - off)
    return off === line.amount ? [] : [{ ...line, amount: (line.amount - off) as Cents }]
  })
}
