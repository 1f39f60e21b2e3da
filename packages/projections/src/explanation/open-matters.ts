import { type AccountEvent, wordsOfCarc } from '@daybook/core/account'
import type { CoverageId, Day, LineId } from '@daybook/core/kernel'

/** Why an amount still stands at a payer. */
export interface OpenMatter {
  readonly kind: 'denied' | 'pending' | 'held' | 'undecided' | 'leftOpen' | 'overpaid'
  readonly words: string
  readonly amount: number
  readonly codes: readonly string[]
  /** Rules that keep a held amount off the patient. */
  readonly blockedBy: readonly string[]
  /** Id of the event that says so; absent for what nobody has decided. */
  readonly event?: string
}

interface Matter extends OpenMatter {
  readonly line: LineId
  readonly coverage: CoverageId
}

/** Denials and holdings that stand on a day, and which payers have decided which lines: dated facts, read one by one. */
export interface OpenMatters {
  readonly on: (line: LineId, coverage: CoverageId, balance: number) => readonly OpenMatter[]
}

type DatedEvent = { readonly id: string; readonly event: AccountEvent }

const mattersOf = ({ id, event }: DatedEvent): { key: string; matters: readonly Matter[] } | undefined => {
  if (event.type === 'DenialRecorded' && !event.amountHeld) {
    const matters = event.lines.map(
      (line): Matter => ({
        kind: event.pending ? 'pending' : 'denied',
        words: `${event.pending ? 'not yet decided' : 'denied'}: ${wordsOfCarc(line.carc)}`,
        amount: line.amount,
        codes: [`${line.group}-${line.carc}`, ...line.remarks],
        blockedBy: [],
        event: id,
        line: line.lineId,
        coverage: event.coverageId,
      }),
    )
    return { key: `denial ${event.denialId}`, matters }
  }
  if (event.type === 'ResponsibilityHeld') {
    const matters = event.lines.map(
      (line): Matter => ({
        kind: 'held',
        words: `kept off the patient: ${wordsOfCarc(line.carc)}`,
        amount: line.amount,
        codes: [`${line.group}-${line.carc}`],
        blockedBy: event.blockedBy,
        event: id,
        line: line.lineId,
        coverage: event.coverageId,
      }),
    )
    return { key: `holding ${event.holdingId}`, matters }
  }
  return undefined
}

const none: Pick<OpenMatter, 'codes' | 'blockedBy'> = { codes: [], blockedBy: [] }

/** Ends a matter, or what is named of it. */
const end = (
  open: Map<string, readonly Matter[]>,
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
  const open = new Map<string, readonly Matter[]>()
  const decided = new Map<string, string>()
  for (const dated of events) {
    const { event } = dated
    if (event.effectiveDate > asOf) continue
    if (event.type === 'DenialResolved') end(open, `denial ${event.denialId}`, event.lines)
    else if (event.type === 'ResponsibilityReleased') end(open, `holding ${event.holdingId}`, event.lines)
    else if (event.type === 'ClaimAdjudicated' && !event.predetermination) {
      for (const line of event.lines) decided.set(`${line.lineId} ${event.coverageId}`, event.adjudicationId)
    } else if (event.type === 'AdjudicationReversed') {
      for (const [key, id] of decided) if (id === event.adjudicationId) decided.delete(key)
    } else {
      const found = mattersOf(dated)
      if (found) open.set(found.key, found.matters)
    }
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
