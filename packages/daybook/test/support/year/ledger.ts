import { dayNumber } from './zones.ts'

// What the patient owes on each line of an account, and which lines are in dispute, added up from the log.

interface Moved {
  readonly effects?: readonly { readonly lineId: string; readonly party: unknown; readonly amount: number }[]
}

interface Dispute {
  readonly lines: readonly string[]
  readonly from: number
  readonly until?: number
}

export interface Book {
  readonly owed: Map<string, number>
  readonly disputes: Map<string, Dispute>
}

/** Kinds that keep their lines from being asked for: reference §7.1. */
const freezing: ReadonlySet<string> = new Set([
  'billingError',
  'insuranceProcessing',
  'agencyWritten',
  'identityTheft',
  'quality',
  'ppdr',
])

export const noBook = (): Book => ({ owed: new Map(), disputes: new Map() })

export const enter = (book: Book, event: { readonly type: string; readonly effectiveDate: string }): void => {
  for (const { lineId, party, amount } of (event as Moved).effects ?? []) {
    if (party === 'patient') book.owed.set(lineId, (book.owed.get(lineId) ?? 0) + amount)
  }
  const { disputeId, kind, lines } = event as {
    disputeId?: string
    kind?: string
    lines?: readonly { lineId: string }[]
  }
  if (disputeId === undefined) return
  const day = dayNumber(event.effectiveDate)
  if (event.type === 'DisputeOpened' && freezing.has(kind ?? '')) {
    book.disputes.set(disputeId, { lines: (lines ?? []).map(({ lineId }) => lineId), from: day })
  }
  const open = book.disputes.get(disputeId)
  if (event.type === 'DisputeClosed' && open) book.disputes.set(disputeId, { ...open, until: day })
}

/** Whether something is owed, and all of it is in dispute on a day. */
export const isDisputed = ({ owed, disputes }: Book, day: number): boolean => {
  const open = [...owed].filter(([, cents]) => cents > 0).map(([line]) => line)
  const frozen = new Set(
    [...disputes.values()].flatMap(({ lines, from, until }) =>
      from <= day && (until === undefined || day < until) ? lines : [],
    ),
  )
  return open.length > 0 && open.every((line) => frozen.has(line))
}
