import { type AccountEvent, isDuplicate } from '@daybook/core/account'
import type { CoverageId, Day, LineId } from '@daybook/core/kernel'
import { matterChanges } from './explanations.ts'
import type { OpenMatter, PlacedMatter } from './matter.ts'

/** Denials and holdings that stand on a day, and which payers have decided which lines: dated facts, read one by one. */
export interface OpenMatters {
  readonly on: (line: LineId, coverage: CoverageId, balance: number) => readonly OpenMatter[]
}

type DatedEvent = { readonly id: string; readonly event: AccountEvent }

const none: Pick<OpenMatter, 'codes' | 'blockedBy'> = { codes: [], blockedBy: [] }

/** Ends a matter, or what is named of it. */
const end = (
  open: Map<string, readonly PlacedMatter[]>,
  key: string,
  ended: readonly { readonly lineId: LineId; readonly amount: number }[] | undefined,
): void => {
  if (!ended) {
    open.delete(key)
    return
  }
  const left = new Map<LineId, number>()
  for (const { lineId, amount } of ended) left.set(lineId, (left.get(lineId) ?? 0) + amount)
  const rest = (open.get(key) ?? []).map((matter) => {
    const off = Math.min(matter.amount, left.get(matter.line) ?? 0)
    left.set(matter.line, (left.get(matter.line) ?? 0) - off)
    return { ...matter, amount: matter.amount - off }
  })
  open.set(
    key,
    rest.filter(({ amount }) => amount !== 0),
  )
}

/** Reads what stands as of a day, from the events of a prefix. */
export const openMatters = (events: Iterable<DatedEvent>, asOf: Day): OpenMatters => {
  const open = new Map<string, readonly PlacedMatter[]>()
  const decided = new Map<string, string>()
  for (const { id, event } of events) {
    if (event.effectiveDate > asOf) continue
    if (event.type === 'ClaimAdjudicated' && !event.predetermination && !isDuplicate(event)) {
      for (const line of event.lines) decided.set(`${line.lineId} ${event.coverageId}`, event.adjudicationId)
    } else if (event.type === 'AdjudicationReversed') {
      for (const [key, adjudication] of decided) if (adjudication === event.adjudicationId) decided.delete(key)
    }
    const change = matterChanges[event.type]?.(event, id)
    if (!change) continue
    if ('begins' in change) open.set(change.begins, change.matters)
    else end(open, change.ends, change.lines)
  }
  const all = [...open.values()].flat()
  return {
    on: (line, coverage, balance) => {
      if (balance === 0) return []
      if (balance < 0) return [{ kind: 'overpaid', words: 'paid more than it owed', amount: balance, ...none }]
      const matters = all
        .filter((matter) => matter.line === line && matter.coverage === coverage)
        .map(({ line: _line, coverage: _coverage, ...matter }) => matter)
      const rest = balance - matters.reduce((sum, matter) => sum + matter.amount, 0)
      if (rest === 0) return matters
      const wasDecided = decided.has(`${line} ${coverage}`)
      return [
        ...matters,
        {
          kind: wasDecided ? 'leftOpen' : 'undecided',
          words: wasDecided ? 'changed since its decision' : 'waiting for its decision',
          amount: rest,
          ...none,
        },
      ]
    },
  }
}
